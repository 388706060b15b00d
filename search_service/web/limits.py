"""How much one client may ask: a limit over a sliding minute, for all worker processes together.

The counts are a table of fixed size in shared memory, so that neither clients nor workers make it grow: 4 cells in
each set, 16 bytes each, in which the least busy client makes room for a new one. Two workers that count at the same
instant may lose a request; that is cheaper than a lock. The sliding minute is Cloudflare's approximation: this
minute's count and the part of the last minute's that still lies within the past 60 seconds.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import time
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .problems import problem
from .routes import NOWHERE, Place, place_of

log = logging.getLogger(__name__)

_CELLS = 4
_SETS = 1 << 14
_WORDS = 4
"""Of a cell, 32 bits each: a hash of the client, the minute, the requests in it, those in the minute before."""
_NAME = "clients"
_ROUNDING = 1e-6
TABLE_BYTES = _SETS * _CELLS * _WORDS * 4


class Counts:
    """Requests of each client: in a file that processes share, else in memory of this process.

    Clients are known by a keyed hash: nobody can choose addresses that meet in one set.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._table = memoryview(_shared(folder / _NAME) if folder else mmap.mmap(-1, TABLE_BYTES)).cast("I")
        self._key = folder.name.encode()[-64:] if folder else os.urandom(16)  # the folder's name is random

    def wait(self, client: str, now: float, *, limit: int) -> int | None:
        """None where the client may ask now, which then counts; else it may after this many (whole) seconds.

        What is refused doesn't count.
        """
        minute, second = int(now // 60), now % 60
        mark, row = self._place(client)
        at = self._cell(row, mark)
        _, then, current, before = self._table[at : at + _WORDS]
        if then != minute:
            current, before = 0, current if then == minute - 1 else 0
        allowed = current + before * (1 - second / 60) < limit
        for offset, value in enumerate((mark, minute, current + allowed, before)):
            self._table[at + offset] = value
        if allowed:
            return None
        # As soon as enough of the last minute has passed out of sight, or this one begins to.
        until = 60 * (1 - (limit - current) / before) if current < limit else 60
        return int(until - second + _ROUNDING) + 1

    def _place(self, client: str) -> tuple[int, int]:
        digest = hashlib.blake2b(client.encode("utf-8", "replace"), digest_size=8, key=self._key).digest()
        return int.from_bytes(digest[:4], "little") | 1, int.from_bytes(digest[4:], "little") % _SETS

    def _cell(self, row: int, mark: int) -> int:
        """Where a client's cell is: its own or that of whoever asked least and longest ago."""
        first = row * _CELLS * _WORDS
        cells = range(first, first + _CELLS * _WORDS, _WORDS)
        for at in cells:
            if self._table[at] == mark:
                return at
        victim = min(cells, key=lambda at: (self._table[at + 1], self._table[at + 2]))
        for offset in range(_WORDS):
            self._table[victim + offset] = 0
        return victim


def _shared(path: Path) -> mmap.mmap:
    if not path.exists():
        # Written, not only made as long: a page that the disk had no room for would kill whoever touches it.
        path.write_bytes(bytes(TABLE_BYTES))
    with path.open("r+b") as file:
        return mmap.mmap(file.fileno(), TABLE_BYTES)


@lru_cache(maxsize=4096)
def client_key(host: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network of an IPv6 address, which one household has."""
    if ":" not in host:
        return host[:64]
    try:
        address = IPv6Address(host.partition("%")[0])
    except ValueError:
        return host[:64]
    return str(address.ipv4_mapped) if address.ipv4_mapped else address.packed[:8].hex()


def _is_of_this_machine(scope: Scope) -> bool:
    """Whether a program here asks for itself, as a web server does that includes fragments; a proxy's is for others."""
    client = scope.get("client")
    return client is not None and _is_loopback(client[0]) and "x-forwarded-for" not in Headers(scope=scope)


@lru_cache(maxsize=4096)
def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class RateLimit:
    """ASGI middleware that turns away, with 429, who asks more than `limit` times in a minute.

    At `/`, where people are, `page` says it: a response for the limit, the seconds to wait and headers. Programs get a
    problem.
    """

    def __init__(
        self, app: ASGIApp, *, counts: Counts, limit: int, page: Callable[[int, int, dict[str, str]], Response]
    ) -> None:
        self._app = app
        self._counts = counts
        self._limit = limit
        self._page = page
        self._suspected = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        place = place_of(scope["path"]) if scope["type"] == "http" else NOWHERE
        if scope["type"] == "http" and place.limited and not _is_of_this_machine(scope):
            client, now = scope.get("client"), time.time()
            wait = self._counts.wait(client_key(client[0]), now, limit=self._limit) if client else None
            if client and wait is not None:
                self._suspect_proxy(scope, client[0])
                await self._refusal(place, wait)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _suspect_proxy(self, scope: Scope, client: str) -> None:
        """Say once that what is turned away may be everybody behind one proxy."""
        if self._suspected or "x-forwarded-for" not in Headers(scope=scope):
            return
        self._suspected = True
        log.warning(
            "%s asks more often than rate_limit allows, for others as it says: if it is your proxy, name it in"
            " trusted_proxies, or all visitors share one limit",
            client,
        )

    def _refusal(self, place: Place, seconds: int) -> Response:
        headers = {"Retry-After": str(seconds)}
        if place.route == "/":
            return self._page(self._limit, seconds, headers)
        came = f"More than {self._limit} requests came from this address within a minute"
        return problem(429, "rate_limited", f"{came}; wait {seconds} seconds.", headers=headers)
