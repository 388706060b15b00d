"""Worker processes of the service, and what becomes of those that die."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from socket import socket

import uvicorn
from uvicorn.supervisors import Multiprocess

log = logging.getLogger(__name__)

_QUIET_SECONDS = 60.0
"""So long after a death the next one is by itself: that worker is replaced at once."""
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0


class Workers(Multiprocess):
    """uvicorn's worker processes, of which none dies unseen, nor again and again without a pause.

    Each death within a minute of the last one doubles the pause before the next is replaced: what kills workers as they
    start would else take the processor, too, and fill the log.
    """

    def __init__(
        self, config: uvicorn.Config, sockets: list[socket], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        hang_up = signal.getsignal(signal.SIGHUP)
        super().__init__(config, sockets)
        # uvicorn would replace the workers by others with the same settings; the end is the same with one or several.
        signal.signal(signal.SIGHUP, hang_up)
        self._clock = clock
        self._died_at = -float("inf")
        self._pause = 0.0

    def keep_subprocess_alive(self) -> None:
        """Replace the dead once the pause is over, and say so."""
        now = self._clock()
        if now < self._died_at + self._pause:
            return
        before = list(self.processes)
        super().keep_subprocess_alive()
        dead = [(was, is_) for was, is_ in zip(before, self.processes, strict=True) if is_ is not was]
        for was, is_ in dead:
            log.error("worker %s died (exit code %s); %s takes its place", was.pid, was.exitcode, is_.pid)
        if dead:
            self._wait_before_the_next(now)

    def _wait_before_the_next(self, now: float) -> None:
        again = now - self._died_at - self._pause < _QUIET_SECONDS
        self._pause = min(_LONGEST_PAUSE, 2 * self._pause or _FIRST_PAUSE) if again else 0.0
        self._died_at = now
        if self._pause:
            log.error(
                "workers die again and again: the next one is replaced after %d s at the earliest; the lines above"
                " may say why, exit code -9 is often a limit of memory",
                self._pause,
            )
