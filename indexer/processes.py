"""Processes beside this one: starting them apart from it, waiting for several, and what became of them."""

from __future__ import annotations

import select
import signal
import sys
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from types import ModuleType


@contextmanager
def apart() -> Iterator[None]:
    """While processes are started: what the parent runs, and Ctrl-C, are for the parent alone.

    Each would import the program that the parent runs, which takes longer than it, and print a traceback where it is
    interrupted before it can say that it doesn't mind.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # inherited; the parent's own waits
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        sys.modules["__main__"] = main


def readable(connections: Iterable[Connection], *, timeout: float) -> Container[int]:
    """The descriptors of those that have an answer, or have ended; `multiprocessing.connection.wait` takes ten times
    as long, once for every page."""
    poll = select.poll()
    for connection in connections:
        poll.register(connection, select.POLLIN)
    return {descriptor for descriptor, _ in poll.poll(timeout * 1000)}


def ended(code: int | None) -> str:
    """How a process ended, by its exit code."""
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit status {code}"
