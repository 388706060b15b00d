"""One address -> one response: bounded in bytes, time and redirects, polite to the server, and on guarded connections.

Built on httpcore2 rather than on a client: no cookies, no proxies, no credentials and no redirects but those below.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpcore2

from search_service.engine.errors import FetchError

from .guard import Endpoint, Guard, GuardedBackend
from .inflate import TooLarge, inflated, joined
from .model import MAX_BYTES, Validators
from .response import REDIRECTS, NoAnswer, Response, fields_named, header_fields, location, retry_after

AGENT = "postseek"
"""The name that robots.txt knows this crawler by."""

MAX_REDIRECTS = 5
MAX_RETRIES = 3
MAX_WAIT = 30.0
"""Seconds; a server that asks for more patience than that gets this much."""

_BUSY = frozenset({429, 503})

_DECODERS = {"identity": joined, "": joined, "gzip": inflated, "x-gzip": inflated, "deflate": inflated}

log = logging.getLogger(__name__)


class Fetcher:
    """GETs for one crawl, one after the other.

    `named` is the address that the operator gave; see `guard`. `timeout` bounds one exchange from connecting to the
    last byte, `pause` is kept between two requests, `backoff` before the first retry of a busy server; all in seconds.
    """

    def __init__(self, *, named: str, timeout: float = 20.0, pause: float = 0.1, backoff: float = 1.0) -> None:
        self.pause = pause
        self._agent = f"{AGENT}/{version('postseek')} (+blog search indexer)"
        self._timeout = timeout
        self._backoff = backoff
        self._last = -float("inf")
        self._backend = GuardedBackend(Guard(Endpoint.of(named)))
        self._pool = httpcore2.ConnectionPool(network_backend=self._backend, max_connections=4, keepalive_expiry=30.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._pool.close()

    def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        media_types: Collection[str] | None = None,
        max_bytes: int = MAX_BYTES,
        truncate: bool = False,
        may_follow: Callable[[str], bool] = lambda url: True,
    ) -> Response:
        """The response at `url`, behind at most five redirects, each of which `may_follow` must admit.

        A content is read where its type is one of `media_types`, or isn't said; all are wanted without them. Beyond
        `max_bytes` it is a FetchError, or cut with `truncate`. FetchError also for whatever gets in the way of an
        answer; any status that a server answers with is a response.
        """
        wanted = _Wanted(validators or Validators(), media_types, max_bytes, truncate)
        for _ in range(MAX_REDIRECTS + 1):
            response = self._patiently(url, wanted)
            if response.location is None or not may_follow(response.location):
                return response
            url = response.location
        raise FetchError(f"more than {MAX_REDIRECTS} redirects", url=url)

    def _patiently(self, url: str, wanted: _Wanted) -> Response:
        """The answer, asked for again while the server says that it is busy."""
        for attempt in range(MAX_RETRIES + 1):
            response = self._connected(url, wanted)
            if response.status not in _BUSY or attempt == MAX_RETRIES:
                break
            wait = min(MAX_WAIT, max(retry_after(response.headers), self._backoff * 2**attempt))
            log.info("server is busy", extra={"url": url, "status": response.status, "wait_seconds": wait})
            time.sleep(wait)
        return response

    def _connected(self, url: str, wanted: _Wanted) -> Response:
        """The answer, asked for once more where the connection broke: servers close idle ones at any moment."""
        try:
            return self._exchange(url, wanted)
        except _Disconnected:
            return self._exchange(url, wanted)

    def _exchange(self, url: str, wanted: _Wanted) -> Response:
        time.sleep(max(0.0, self._last + self.pause - time.monotonic()))
        self._backend.deadline = time.monotonic() + self._timeout
        try:
            with self._pool.stream("GET", url, headers=self._headers(url, wanted.validators)) as answer:
                headers = header_fields(answer.headers)
                if answer.status in REDIRECTS:
                    return Response(url, answer.status, headers, location=location(url, headers))
                robots_tags = fields_named("x-robots-tag", answer.headers)
                response = Response(url, answer.status, headers, robots_tags=robots_tags)
                if 200 <= answer.status < 300 and wanted.admits(response):
                    return replace(response, content=_content(answer.iter_stream(), response, wanted))
                return response
        except httpcore2.TimeoutException as exc:
            raise NoAnswer(f"no complete answer within {self._timeout:g} seconds", url=url) from exc
        except (httpcore2.ReadError, httpcore2.WriteError, httpcore2.RemoteProtocolError) as exc:
            raise _Disconnected(str(exc) or "the connection broke", url=url) from exc
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as exc:
            raise NoAnswer(str(exc) or type(exc).__name__, url=url) from exc
        finally:
            self._last = time.monotonic()

    def _headers(self, url: str, validators: Validators) -> list[tuple[bytes, bytes]]:
        headers = {
            "Host": urlsplit(url).netloc,
            "User-Agent": self._agent,
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.1",
            "Accept-Encoding": "gzip",
            "If-None-Match": validators.etag,
            "If-Modified-Since": validators.last_modified,
        }
        return [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items() if value]


class _Disconnected(NoAnswer):
    """The connection broke in the middle of an exchange, or before it."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What of an answer is of interest."""

    validators: Validators
    media_types: Collection[str] | None
    max_bytes: int
    truncate: bool

    def admits(self, response: Response) -> bool:
        return self.media_types is None or response.media_type is None or response.media_type in self.media_types


def _content(body: Iterable[bytes], response: Response, wanted: _Wanted) -> bytes:
    """The decoded body."""
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding not in _DECODERS:
        raise FetchError(f"the content is in an encoding that wasn't asked for: {encoding[:40]}", url=response.url)
    try:
        return _DECODERS[encoding](body, limit=wanted.max_bytes)
    except TooLarge as exc:
        if wanted.truncate:
            return exc.beginning
        raise FetchError(f"the content is {exc}", url=response.url) from exc
    except ValueError as exc:
        raise FetchError(f"the content is {exc}", url=response.url) from exc
