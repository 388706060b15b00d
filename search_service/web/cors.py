"""Which pages may read what (Fetch, 3.2): the module is for everyone, the API for the blog's own pages.

The blog's origins are those of the indexed posts and of `allow_origins`. Nothing here needs cookies, so none are
ever allowed along; a page that isn't on the list is kept from reading an answer, not from asking.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..engine.urls import canonical_url, origin
from .live import LiveIndex
from .routes import Kind, place_of

_ORIGIN = "Access-Control-Allow-Origin"
_READABLE = "ETag, Link, Retry-After"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, Cache-Control, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Cache-Control": "no-store",
}


class CrossOrigin:
    """ASGI middleware that says which origins may read an answer, and answers preflights itself."""

    def __init__(self, app: ASGIApp, *, live: LiveIndex, allow_origins: Sequence[str]) -> None:
        self._app = app
        self._live = live
        # As browsers write them: no default port, the host in its ASCII form.
        self._allowed = frozenset(
            origin(canonical_url(each) or each) if each != "*" else each for each in allow_origins
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        kind = place_of(scope["path"]).kind if scope["type"] == "http" else Kind.NONE
        if kind not in (Kind.API, Kind.MODULE):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        granted = self._granted(kind, headers.get("origin"))
        if scope["method"] == "OPTIONS" and "origin" in headers and "access-control-request-method" in headers:
            answer = MutableHeaders(granted | _PREFLIGHT if _ORIGIN in granted else granted)
            await send({"type": "http.response.start", "status": 204, "headers": answer.raw})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_granted(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in granted.items():
                    if name == "Vary":
                        answer.add_vary_header(value)
                    else:
                        answer[name] = value
            await send(message)

        await self._app(scope, receive, send_granted)

    def _granted(self, kind: Kind, asking: str | None) -> dict[str, str]:
        """The headers of an answer. What depends on the origin says so to caches, whoever asks."""
        if kind is Kind.MODULE or "*" in self._allowed:
            return {_ORIGIN: "*", "Access-Control-Expose-Headers": _READABLE}
        if asking is None or not (asking in self._live.origins or asking in self._allowed):
            return {"Vary": "Origin"}
        return {_ORIGIN: asking, "Access-Control-Expose-Headers": _READABLE, "Vary": "Origin"}
