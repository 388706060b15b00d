"""The lock that lets one process at a time write an index, and says which."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from ..errors import IndexLocked

_MAX_HOLDER = 4096


class WriteLock:
    """An exclusive flock on `path`, from construction to `release`. The kernel frees it when its process dies.

    The file stays when the lock is free: removing it would let two processes hold a lock on two inodes.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            self._take(path)
        except BaseException:  # on a full disk, say: nobody would ever release it
            os.close(self._descriptor)
            raise

    def _take(self, path: Path) -> None:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            holder = _describe(os.read(self._descriptor, _MAX_HOLDER))
            raise IndexLocked(f"{path.parent} is being written by {holder}: wait for it to end, or end it") from exc
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, _holder(), 0)

    def release(self) -> None:
        """Let others write. Releasing twice is fine."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            with suppress(OSError):  # a name that stays there is nobody's: whoever takes the lock writes another
                os.ftruncate(descriptor, 0)
            os.close(descriptor)


def _holder() -> bytes:
    return json.dumps(
        {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": " ".join(sys.argv)[:200],
            "since": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        }
    ).encode()


def _describe(content: bytes) -> str:
    try:
        holder = json.loads(content)
        return f"process {holder['pid']} on {holder['host']} ({holder['command']!r}, since {holder['since']})"
    except (ValueError, KeyError, TypeError):
        return "another process"
