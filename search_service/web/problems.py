"""Errors as RFC 9457 problems: `application/problem+json` with a machine-readable `code` and, where known, `errors`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from ..engine.errors import PostseekError, QueryError
from .fragments import prefers_html
from .given import InvalidParameters
from .responses import NO_STORE, json_response
from .routes import Kind, place_of

log = logging.getLogger(__name__)

RETRY_SECONDS = 5
"""What a client is told to wait when there is nothing to answer with."""
_DEEPEST = 20
"""Steps of a path that leads nowhere, at most, from which a page leads up again: each of its links names them all."""


class ParameterError(Struct, frozen=True):
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class Problem(Struct, frozen=True):
    """The body of an error. `type` says that the status explains it (RFC 9457, 4.2.1); `code` tells more."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: tuple[ParameterError, ...]


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Sequence[ParameterError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error response."""
    body = Problem("about:blank", HTTPStatus(status).phrase, status, detail, code, tuple(errors))
    return json_response(
        body, status=status, headers=NO_STORE | dict(headers or {}), media_type="application/problem+json"
    )


def retry_headers(status: int) -> dict[str, str]:
    """When to come back, for what is away for now."""
    return {"Retry-After": str(RETRY_SECONDS)} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}


async def on_postseek_error(request: Request, exc: Exception) -> Response:
    """An error of the tree in `engine.errors`, as that says."""
    assert isinstance(exc, PostseekError)
    if exc.http_status is None:
        return _internal(exc)
    errors = exc.errors if isinstance(exc, InvalidParameters) else (exc,) if isinstance(exc, QueryError) else ()
    return problem(
        exc.http_status,
        exc.code,
        str(exc),
        errors=[ParameterError(error.parameter, str(error)) for error in errors],
        headers=retry_headers(exc.http_status),
    )


async def on_http_exception(request: Request, exc: Exception) -> Response:
    """What the router says: no such path, or not with this method."""
    assert isinstance(exc, HTTPException)
    status = HTTPStatus(exc.status_code)
    details = {
        HTTPStatus.NOT_FOUND: "There is nothing at this address.",
        HTTPStatus.METHOD_NOT_ALLOWED: f"{request.method[:20]} is not possible here; see Allow.",
    }
    detail = details.get(status, exc.detail) if exc.detail == status.phrase else exc.detail
    return problem(status, status.phrase.lower().replace(" ", "_"), detail, headers=exc.headers)


def error_handlers(nowhere: Callable[[str], Response]) -> dict[type[Exception], ExceptionHandler]:
    """What answers each kind of error; `nowhere` makes the page that a browser sees at a path that leads nowhere."""

    async def on_exception(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, HTTPException)
        path = request.scope["path"]
        lost = exc.status_code == HTTPStatus.NOT_FOUND and place_of(path).kind in (Kind.NONE, Kind.PAGE)
        if lost and path.count("/") <= _DEEPEST and prefers_html(request.headers.get("accept", "")):
            return nowhere(path)
        return await on_http_exception(request, exc)

    return {PostseekError: on_postseek_error, HTTPException: on_exception}


class InternalErrors:
    """ASGI middleware that answers what no handler foresaw: a traceback in the log, nothing of it for the client."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception as exc:
            if scope["type"] != "http" or started:
                raise
            await _internal(exc)(scope, receive, send)


def _internal(exc: Exception) -> Response:
    log.error("a request failed", exc_info=exc)
    return problem(500, "internal_error", "The service failed to answer; its log has the details.")
