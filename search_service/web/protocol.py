"""HTTP/1.1 as uvicorn speaks it through httptools, at half the cost of h11, with a bound on a request's head.

The parser (llhttp, Node's) keeps what it has of a header until the header ends, and uvicorn keeps all headers, trailers
among them: what a client sends without ever coming to an end would fill the memory.
"""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 << 10
"""Bytes of a request's line and headers, or of the trailers behind its body."""


class BoundedProtocol(HttpToolsProtocol):
    """A connection that ends when more than `MAX_HEAD` bytes, give or take a packet, bring a request no further."""

    _idle = 0
    """Bytes that came since a request or a part of its body did."""

    def data_received(self, data: bytes) -> None:
        """Take what the client sent."""
        self._idle += len(data)
        super().data_received(data)
        if self._idle > MAX_HEAD and not self.transport.is_closing():
            if self.cycle is None or self.cycle.response_complete:
                self.send_400_response("The head of the request is too large.")
            else:
                self.transport.close()

    def on_headers_complete(self) -> None:
        """Its head is complete. ValueError, which the parser makes a 400 of, for one that came large but at once."""
        self._idle = 0
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD:
            raise ValueError("a head that is too large")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of its body is here."""
        self._idle = 0
        super().on_body(body)
