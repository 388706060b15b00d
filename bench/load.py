"""A client for HTTP load, to run in a process of its own: `python -m bench.load`, a `Load` as JSON on stdin.

With a rate it is open-loop: requests are due at fixed times whatever the server does, and latency counts from when a
request was due, so that a stalled server can't hide its stall (the "coordinated omission" of closed loops). Without
one, every connection asks again as soon as it is answered: that finds the rate the server can sustain. `select` waits
with a precision of microseconds, which epoll doesn't.
"""

from __future__ import annotations

import select
import socket
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass

import msgspec

from .measure import Spread

_STALLED_SECONDS = 30


class Load(msgspec.Struct):
    """What to send: GET `paths` over keep-alive connections, again from the first when all are through."""

    port: int
    paths: list[str]
    connections: int
    seconds: float
    rate: float | None = None


class Outcome(msgspec.Struct):
    """What came back. Latencies in milliseconds."""

    answered: int
    failed: int
    seconds: float
    kilobytes: float
    latency: Spread

    @property
    def per_second(self) -> float:
        """Requests that were answered a second."""
        return self.answered / self.seconds


def run_load(load: Load) -> Outcome:
    """Let another process send it."""
    command = [sys.executable, "-m", "bench.load"]
    done = subprocess.run(command, input=msgspec.json.encode(load), capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"the client failed:\n{done.stderr.decode()}")
    return msgspec.json.decode(done.stdout, type=Outcome)


@dataclass(slots=True, eq=False)
class _Connection:
    socket: socket.socket
    due: float = 0.0
    received: bytes = b""

    def fileno(self) -> int:
        return self.socket.fileno()

    def ask(self, path: str, due: float) -> None:
        self.due, self.received = due, b""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n".encode())

    def response(self) -> bytes | None:
        """The whole response, once it is here. ConnectionError where the server hangs up."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server closed a connection")
        self.received += piece
        head, end, body = self.received.partition(b"\r\n\r\n")
        if not end:
            return None
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        return self.received if len(body) >= length else None


def send(load: Load) -> Outcome:
    """Send it from this process."""
    address = ("127.0.0.1", load.port)
    idle = deque(_Connection(socket.create_connection(address)) for _ in range(load.connections))
    connections, busy = tuple(idle), set[_Connection]()
    latencies: list[float] = []
    sent = failed = size = 0
    begun = time.perf_counter()
    end = begun + load.seconds
    while True:
        now = time.perf_counter()
        due = begun + sent / load.rate if load.rate else now
        while idle and due <= now and due < end:
            connection = idle.popleft()
            connection.ask(load.paths[sent % len(load.paths)], due)
            busy.add(connection)
            sent += 1
            due = begun + sent / load.rate if load.rate else now
        if not busy and due >= end:
            break
        wait = max(0.0, due - now) if idle and due < end else _STALLED_SECONDS
        ready, _, _ = select.select(busy, (), (), wait)
        if not ready and wait == _STALLED_SECONDS:
            raise SystemExit(f"no answer within {_STALLED_SECONDS} s")
        for connection in ready:
            response = connection.response()
            if response is not None:
                latencies.append(1000 * (time.perf_counter() - connection.due))
                failed += not response.startswith(b"HTTP/1.1 200 ")
                size += len(response)
                busy.discard(connection)
                idle.append(connection)
    seconds = time.perf_counter() - begun
    for connection in connections:
        connection.socket.close()
    return Outcome(len(latencies), failed, seconds, size / len(latencies) / 1000, Spread.of(latencies))


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(send(msgspec.json.decode(sys.stdin.buffer.read(), type=Load))))
