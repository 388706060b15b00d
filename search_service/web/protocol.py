"""HTTP/1.1 as uvicorn speaks it through httptools, at half the cost of h11, with bounds on what a client may keep open.

The parser (llhttp, Node's) keeps what it has of a header until the header ends, and uvicorn keeps all headers, trailers
among them, and all requests that were sent ahead of their answers: what a client sends without ever coming to an end,
or without reading, would fill the memory. A client that sends nothing would hold its connection for ever.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 << 10
"""Bytes of a request's line and headers, or of the trailers behind its body."""
MAX_AHEAD = 32
"""Requests that wait on one connection for the answers before theirs."""
PATIENCE = 20.0
"""Seconds that a client may take for a request's head, from the connection's start or the answer before; and about as
long for fetching more of what is answered than waits in the system's buffers."""


class BoundedProtocol(HttpToolsProtocol):
    """A connection that ends when more than `MAX_HEAD` bytes, give or take a packet, bring a request no further, when
    more than `MAX_AHEAD` requests wait, when none comes for `patience` seconds, or when answers aren't fetched so long.
    """

    patience = PATIENCE

    _idle = 0
    """Bytes that came since a request or a part of its body did."""
    _waits_since = 0.0
    """When the wait for a head began, by the loop's clock."""
    _clock: asyncio.TimerHandle | None = None
    _stuck = False
    """Whether, at the last look at the clock, the client had more to fetch than may wait for it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(transport)
        self._waits_since = self.loop.time()
        self._clock = self.loop.call_later(self.patience, self._look_at_the_clock)

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone; nobody waits for the answers that are due."""
        if self._clock is not None:
            self._clock.cancel()
        self.pipeline.clear()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what the client sent."""
        if self.transport.is_closing():
            return
        self._idle += len(data)
        super().data_received(data)
        if self._idle > MAX_HEAD and not self.transport.is_closing():
            if self._answers_all():
                self.send_400_response("The head of the request is too large.")
            else:
                self.transport.close()

    def on_headers_complete(self) -> None:
        """Its head is complete. ValueError, which the parser makes a 400 of, for one that can't be served."""
        self._idle = 0
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD:
            raise ValueError("a head that is too large, but came at once")
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (not hosts and self.parser.get_http_version() == "1.1"):  # RFC 9112, 3.2
            raise ValueError("not the one Host that there has to be")
        if len(self.pipeline) >= MAX_AHEAD:
            raise ValueError("too many requests at once")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of its body is here."""
        self._idle = 0
        super().on_body(body)

    def on_response_complete(self) -> None:
        """An answer is out."""
        self._waits_since = self.loop.time()
        super().on_response_complete()

    def _answers_all(self) -> bool:
        """Whether all requests so far are answered: what comes is the next one's head."""
        return self.cycle is None or self.cycle.response_complete

    def _look_at_the_clock(self) -> None:
        """Hang up on who is too slow. One timer a connection, not one a request: those come too often."""
        if self.transport.is_closing() or self.flow.write_paused:
            if self._stuck:
                self.transport.abort()
                return
            self._stuck, left = True, self.patience
        else:
            self._stuck, left = False, self.patience
            if self._answers_all():
                left += self._waits_since - self.loop.time()
                if left <= 0:
                    self.transport.close()
                    left = self.patience
        self._clock = self.loop.call_later(left, self._look_at_the_clock)
