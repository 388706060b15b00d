"""Weak entity tags (RFC 9110, 8.8): an answer is the same for as long as index, configuration and request are.

The request with the address that it was sent to: feeds, fragments and descriptions name it in their links. So a tag is
known before anything is searched, and an answer that the client has costs next to nothing. Parameters
count whatever their order; those without a value don't.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..config import PREFIX, to_environment
from ..settings import SECRETS, Config
from .fragments import prefers_html
from .live import LiveIndex
from .public import PublicAddress
from .routes import NOWHERE, Kind, Place, place_of

_PLACE_OF_SERVICE = ("HOST", "PORT", "WORKERS", "INDEX")
"""What may differ between machines that give the same answers."""


def fingerprint(config: Config) -> bytes:
    """A hash of what shapes answers beside index and request: the settings and this version of Postseek."""
    unlike = {PREFIX + name for name in (*_PLACE_OF_SERVICE, *(secret.upper() for secret in SECRETS))}
    settings = sorted((name, value) for name, value in to_environment(config).items() if name not in unlike)
    return hashlib.blake2b(repr((version("postseek"), settings)).encode("utf-8", "replace"), digest_size=16).digest()


class Revalidation:
    """ASGI middleware: answers to GET carry an `ETag`, and who has one already gets 304.

    Answers that mustn't be kept, or have a tag of their own, are let through.
    """

    def __init__(self, app: ASGIApp, *, live: LiveIndex, public: PublicAddress, fingerprint: bytes) -> None:
        self._app = app
        self._live = live
        self._public = public
        self._fingerprint = fingerprint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        place = place_of(scope["path"]) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else NOWHERE
        if place.kind not in (Kind.API, Kind.PAGE):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        tag = self._tag(scope, headers, place)
        kept = headers.get("if-none-match")
        if tag and kept and is_kept(tag, kept):
            await send({"type": "http.response.start", "status": 304, "headers": _own_headers(tag, place)})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                answer = MutableHeaders(scope=message)
                if tag and "etag" not in answer and answer.get("cache-control") != "no-store":
                    message["headers"] = [*message["headers"], *_own_headers(tag, place)]
            await send(message)

        await self._app(scope, receive, send_tagged)

    def _tag(self, scope: Scope, headers: Headers, place: Place) -> str | None:
        generation = self._live.generation
        if generation is None:
            return None
        html = place.negotiated and prefers_html(headers.get("accept", ""))
        pairs = sorted(pair for pair in scope["query_string"].split(b"&") if pair.partition(b"=")[2])
        request = (self._public.of(Request(scope)), scope["path"], pairs, html)
        asked = repr((generation.id, request)).encode("utf-8", "replace")
        return f'W/"{hashlib.blake2b(asked, digest_size=12, key=self._fingerprint).hexdigest()}"'


def _own_headers(tag: str, place: Place) -> list[tuple[bytes, bytes]]:
    headers = [(b"etag", tag.encode())]
    return [*headers, (b"vary", b"Accept")] if place.negotiated else headers


def is_kept(tag: str, kept: str) -> bool:
    """Whether a weak tag is among those of an If-None-Match, compared weakly; `*` is any (RFC 9110, 13.1.2)."""
    return kept.strip() == "*" or tag in {
        f'W/"{each.strip().removeprefix("W/").strip(chr(34))}"' for each in kept[:4000].split(",")
    }
