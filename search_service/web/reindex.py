"""`POST /reindex`: a blog tells which of its posts are new or changed, and `postseek watch` reads them soon.

Off unless a secret is set. Two ways to show that one knows it: as a bearer token, or by signing the body and the
present time with it (HMAC-SHA256), so that the secret itself never travels and an intercepted request is good for
nothing: it is refused after five minutes, and before that since it was met.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import re
import time
from collections.abc import Sequence
from http import HTTPStatus

import msgspec
from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ..engine.requests import ReindexRequests, SpoolFull
from ..engine.urls import canonical_url, origin
from .live import LiveIndex
from .problems import RETRY_SECONDS, problem
from .responses import NO_STORE, json_response

log = logging.getLogger(__name__)

MAX_BODY = 64 << 10
MAX_URLS = 100
WINDOW_SECONDS = 300
TIMESTAMP = "X-Postseek-Timestamp"
SIGNATURE = "X-Postseek-Signature"

_BODY_SECONDS = 10
_SIGNATURE = re.compile(r"sha256=([0-9a-f]{64})", re.ASCII)
_TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)


class ReindexBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What to read again."""

    urls: list[str]


class ReindexAnswer(Struct, frozen=True):
    """What will be read again."""

    accepted: int


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a body: `sha256=` and the HMAC-SHA256 of timestamp, full stop and body, in hexadecimal."""
    digest = hmac.new(secret.encode(), timestamp.encode("ascii") + b"." + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


class Refused(Exception):
    """The request isn't taken; `response` says why."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class Reindex:
    """Takes requests and spools them."""

    def __init__(self, live: LiveIndex, requests: ReindexRequests, *, secret: str) -> None:
        self._live = live
        self._requests = requests
        self._secret = secret

    async def take(self, request: Request) -> Response:
        """`POST /reindex`."""
        if not self._secret:
            raise HTTPException(404)
        try:
            body = await _body(request)
            signed = self._authenticated(request, body)
            urls = self._urls(request, body)
            await asyncio.to_thread(self._keep, urls, signed)  # visitors don't wait for the disk
        except Refused as exc:
            return exc.response
        except SpoolFull as exc:
            return problem(429, "rate_limited", f"{exc}; is `postseek watch` running?", headers={"Retry-After": "60"})
        except OSError as exc:
            log.error("a request to reindex can't be kept: %s", exc)
            retry = {"Retry-After": str(RETRY_SECONDS)}
            return problem(
                503, "spool_unavailable", "The request can't be kept; the log has the details.", headers=retry
            )
        return json_response(ReindexAnswer(len(urls)), status=HTTPStatus.ACCEPTED, headers=NO_STORE)

    def _authenticated(self, request: Request, body: bytes) -> str | None:
        """The signature, if it isn't a token that shows that the sender knows the secret. Refused where neither does.

        Comparisons take the same time however wrong a guess is.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            # As it came: headers are decoded byte by byte.
            if hmac.compare_digest(token.strip().encode("latin-1"), self._secret.encode()):
                return None
            raise _unauthorized("The bearer token is not the secret of this service.")
        timestamp, signed = request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, "")
        match = _SIGNATURE.fullmatch(signed)
        if not _TIMESTAMP.fullmatch(timestamp) or match is None:
            raise _unauthorized(f"Send a bearer token, or {TIMESTAMP} and {SIGNATURE}.")
        if not hmac.compare_digest(signature(self._secret, timestamp, body), signed):
            raise _unauthorized("The signature doesn't fit timestamp, body and secret.")
        if abs(time.time() - int(timestamp)) > WINDOW_SECONDS:
            raise _unauthorized(f"The timestamp is more than {WINDOW_SECONDS} seconds away from the time here.")
        return match[1]

    def _keep(self, urls: Sequence[str], signed: str | None) -> None:
        """Spool a request. Refused where it is signed and was taken before; SpoolFull, OSError."""
        # A timestamp may lie in the future by as much as in the past.
        if signed and not self._requests.is_new(signed, window=2 * WINDOW_SECONDS):
            raise Refused(problem(409, "replayed", "This very request was taken before."))
        try:
            self._requests.add(urls)
        except (SpoolFull, OSError):
            if signed:  # it wasn't taken: whoever is told to come back may send it again as it is
                self._requests.forget(signed)
            raise

    def _urls(self, request: Request, body: bytes) -> list[str]:
        """The canonical addresses in a body, each once. Refused where one can't be a post of this blog."""
        with self._live.searcher():  # says what is wrong where there is no index to know the blog by
            origins = self._live.origins
        given = _listed(request, body)
        if len(given) > MAX_URLS:
            raise _too_large(f"A request has room for {MAX_URLS} addresses; send several.")
        urls: dict[str, None] = {}
        for number, address in enumerate(given, 1):
            url = canonical_url(address)
            if url is None or origin(url) not in origins:
                raise _bad(f"Address {number} is none of the indexed blog: {address[:200]!r}.")
            urls[url] = None
        if not urls:
            raise _bad("No address was given.")
        return list(urls)


def _listed(request: Request, body: bytes) -> list[str]:
    """The addresses as they are written: a line each in plain text, else `{"urls": [...]}`."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "text/plain":
        return [line.strip() for line in body.decode("utf-8", "replace").splitlines() if line.strip()]
    try:
        return msgspec.json.decode(body, type=ReindexBody).urls
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise _bad(
            f'Send JSON such as {{"urls": ["https://..."]}}, or text/plain with an address a line: {exc}.'
        ) from exc


async def _body(request: Request) -> bytes:
    """The body, of which no more is read than may come, nor waited for longer."""
    body = b""
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > MAX_BODY:
                    raise _too_large(f"A request has room for {MAX_BODY >> 10} KB.")
    except ClientDisconnect as exc:
        raise _bad("The body broke off.") from exc  # told to the access log, if to nobody else
    except TimeoutError as exc:
        raise Refused(problem(408, "request_timeout", f"The body took longer than {_BODY_SECONDS} seconds.")) from exc
    return body


def _unauthorized(detail: str) -> Refused:
    return Refused(problem(401, "unauthorized", detail, headers={"WWW-Authenticate": 'Bearer realm="reindex"'}))


def _too_large(detail: str) -> Refused:
    # What is still to come of it isn't read: the connection can't be used again.
    return Refused(problem(413, "too_large", detail, headers={"Connection": "close"}))


def _bad(detail: str) -> Refused:
    return Refused(problem(400, "invalid_body", detail))
