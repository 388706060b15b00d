"""gzip for texts that gain from it."""

from __future__ import annotations

import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEAST = 1024
"""Bytes; below that one packet carries it either way."""
_LEVEL = 4
"""Of ten hits, 10.5 KB: level 1 leaves 3.2 KB in 26 µs, level 4 3.0 KB in 37 µs, level 6 2.9 KB in 48 µs."""
_TEXTS = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/atom+xml",
    "application/opensearchdescription+xml",
    "image/svg+xml",
)
_GZIP = 16 + zlib.MAX_WBITS


class Compression:
    """ASGI middleware that compresses answers which come in one piece, for clients that accept gzip."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        accepted = accepts_gzip(Headers(scope=scope).get("accept-encoding", ""))
        start: Message | None = None

        async def send_compressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message  # its length is known with the body
                return
            if start is not None:
                headers = MutableHeaders(scope=start)
                if headers.get("content-type", "").startswith(_TEXTS) or start["status"] == 304:
                    headers.add_vary_header("Accept-Encoding")
                    if headers.get("etag", "").startswith('"'):  # it would claim that the bytes are the same
                        headers["ETag"] = "W/" + headers["etag"]
                    body = message.get("body", b"")
                    if accepted and len(body) >= _LEAST and not message.get("more_body") and _is_whole(start, headers):
                        message = {"type": "http.response.body", "body": _compressed(body, headers)}
                await send(start)
                start = None
            await send(message)

        await self._app(scope, receive, send_compressed)


def accepts_gzip(value: str) -> bool:
    """Whether an Accept-Encoding allows gzip (RFC 9110, 12.5.3)."""
    for entry in value[:1000].split(","):
        coding, _, quality = entry.partition(";")
        if coding.strip().lower() in ("gzip", "x-gzip"):
            return quality.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _is_whole(start: Message, headers: MutableHeaders) -> bool:
    return start["status"] != 206 and "content-encoding" not in headers


def _compressed(body: bytes, headers: MutableHeaders) -> bytes:
    """The body as gzip."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    packed = deflate.compress(body) + deflate.flush()
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(packed))
    return packed
