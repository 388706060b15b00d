"""Checks every byte of a generation beside the service, slowly."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from contextlib import suppress

from ..engine.port import Engine

_NICENESS = 19


async def verified(engine: Engine, generation: str) -> None:
    """Return when every byte of the generation was checked; raise what `Engine.verify` raises.

    The thread is a daemon, so that the end of the service never waits for a disk.
    """
    loop = asyncio.get_running_loop()
    checked: asyncio.Future[None] = loop.create_future()

    def settle(error: Exception | None) -> None:
        if checked.done():  # cancelled
            return
        if error is None:
            checked.set_result(None)
        else:
            checked.set_exception(error)

    def check() -> None:
        _yield_to_visitors()
        error: Exception | None = None
        try:
            engine.verify(generation)
        except Exception as exc:
            error = exc
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=check, name=f"scrub {generation}", daemon=True).start()
    await checked


def _yield_to_visitors() -> None:
    """Give this thread the lowest priority; Linux alone sets it for one thread."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
