"""One request and its answer, for those who watch: the access log and the metrics."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .routes import place_of


@dataclass(slots=True)
class Exchange:
    """What happened. `status` stays 0 where the client went away before an answer; `size` counts the body sent."""

    scope: Scope
    route: str
    started: float
    status: int = 0
    size: int = 0
    seconds: float = 0.0

    @property
    def method(self) -> str:
        """The method; anything unusual is OTHER, so that nobody makes up new ones without end."""
        method = self.scope["method"]
        return method if method in ("GET", "HEAD", "POST", "OPTIONS") else "OTHER"

    @property
    def client(self) -> str:
        """The client's address: that of the connection or, behind a trusted proxy, the one that it names."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""


class Observer(Protocol):
    """Someone who watches."""

    def began(self, exchange: Exchange) -> None:
        """A request has come."""
        ...

    def ended(self, exchange: Exchange) -> None:
        """Its answer is out, or never will be."""
        ...


class Observed:
    """ASGI middleware, the outermost, that tells its observers of every exchange."""

    def __init__(self, app: ASGIApp, *, observers: Sequence[Observer]) -> None:
        self._app = app
        self._observers = observers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = Exchange(scope, place_of(scope["path"]).route, time.perf_counter())

        async def send_noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
            else:
                exchange.size += len(message.get("body", b""))
            await send(message)

        for observer in self._observers:
            observer.began(exchange)
        try:
            await self._app(scope, receive, send_noting)
        finally:
            exchange.seconds = time.perf_counter() - exchange.started
            for observer in self._observers:
                observer.ended(exchange)
