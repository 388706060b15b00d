"""How answers leave: encodings, and the headers that every response carries unless it says otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NO_STORE = {"Cache-Control": "no-store"}
NO_INDEX = {"X-Robots-Tag": "noindex"}

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' https: http:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'"
)
"""The Content-Security-Policy of pages: no script but the module, nothing inline; images come from the blog."""

_CACHING = ((b"cache-control", b"no-cache"),)  # a new generation may be a second away
_DEFAULTS = (
    *_CACHING,
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),  # what a visitor searched for stays here
    (b"x-content-type-options", b"nosniff"),
)


def json_response(
    answer: object, *, status: int = 200, headers: Mapping[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    """An answer as JSON, which search engines leave alone."""
    return Response(_encoded(answer), status, NO_INDEX | dict(headers or {}), media_type)


def _encoded(answer: object) -> bytes:
    try:
        return msgspec.json.encode(answer)
    except UnicodeEncodeError:  # half a surrogate pair in the text of a post; the rest of the answer is good
        return json.dumps(msgspec.to_builtins(answer), ensure_ascii=False).encode("utf-8", "replace")


class ResponseHeaders:
    """ASGI middleware that completes the headers of every response.

    Of a 304 only what caches need: they take its headers over, and a policy would replace that of the page they have.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                defaults = _CACHING if message["status"] == 304 else _DEFAULTS
                message["headers"] = [*message["headers"], *(each for each in defaults if each[0] not in present)]
            await send(message)

        await self._app(scope, receive, send_completed)
