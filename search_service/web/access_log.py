"""One line of JSON for each request: enough to see what goes on, nothing about who asked or what for.

The line names the route, never the path, since the path of a tag is what somebody looked for. `log_queries` adds path,
query and client. Each line is one write of what a pipe takes in one piece, so that lines of several workers don't run
into each other. Visitors don't wait for the log: where nobody takes its lines, they are lost.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import select
from contextlib import suppress

import msgspec

from .exchange import Exchange

_STDERR = 2
_MOST = 2000
"""Characters of a path or query that are logged, unless they take too much room as JSON."""
_FEWER = 200
_LEFT_BY_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters that JSON has no need to escape; the last ones turn the direction of what follows."""


class Line(msgspec.Struct, omit_defaults=True):
    """What is written of an exchange; the last three with `log_queries` alone."""

    time: dt.datetime
    method: str
    route: str
    status: int
    ms: float
    bytes: int
    client: str | None = None
    path: str | None = None
    query: str | None = None


class AccessLog:
    """Writes a line to `descriptor` when a request has ended."""

    def __init__(self, *, queries: bool, descriptor: int = _STDERR) -> None:
        self._queries = queries
        self._descriptor = descriptor
        self._writable = select.poll()
        self._writable.register(descriptor, select.POLLOUT)

    def began(self, exchange: Exchange) -> None:
        """Nothing yet."""

    def ended(self, exchange: Exchange) -> None:
        """Write the line."""
        line = Line(
            time=dt.datetime.now(dt.UTC),
            method=exchange.method,
            route=exchange.route,
            status=exchange.status,
            ms=round(exchange.seconds * 1000, 2),
            bytes=exchange.size,
        )
        if self._queries:
            written = one_line(_with_query(line, exchange, _MOST))
            if len(written) > select.PIPE_BUF:
                written = one_line(_with_query(line, exchange, _FEWER))
        else:
            written = one_line(line)
        with suppress(OSError):
            if self._writable.poll(0):
                os.write(self._descriptor, written)


def one_line(line: Line) -> bytes:
    """A line of JSON without a control character in it, not even such as JSON allows in strings."""
    encoded = msgspec.json.encode(line) + b"\n"
    if encoded.isascii() and b"\x7f" not in encoded:
        return encoded
    return _LEFT_BY_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", encoded.decode()).encode()


def _with_query(line: Line, exchange: Exchange, most: int) -> Line:
    """The line with what was asked for and by whom."""
    query: bytes = exchange.scope["query_string"]
    return msgspec.structs.replace(
        line,
        client=_readable(exchange.client, 64),
        path=_readable(exchange.scope["path"], most),
        query=query[:most].decode("ascii", "backslashreplace"),
    )


def _readable(text: str, most: int) -> str:
    return text[:most].encode("utf-8", "replace").decode()
