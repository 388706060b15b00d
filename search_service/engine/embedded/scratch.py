"""A file without a name, for what waits to be written where it belongs: gone with the process, whatever happens."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

_BUFFER = 1 << 20


class ScratchFile:
    """Bytes that are added at the end and read from anywhere, on the disk of `folder`."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, buffering=_BUFFER)  # noqa: SIM115 - closed by `close`
        self._flushed = True
        self.size = 0

    def append(self, content: bytes | bytearray | memoryview) -> int:
        """Add some bytes; where they begin."""
        start = self.size
        self._file.write(content)
        self.size += len(content)
        self._flushed = False
        return start

    def read(self, start: int, size: int) -> bytes:
        """So many bytes from there on."""
        if not self._flushed:
            self._file.flush()
            self._flushed = True
        return os.pread(self._file.fileno(), size, start)

    def close(self) -> None:
        """Give the disk space back."""
        with suppress(OSError):  # a full disk has no room for what was still in memory: nobody wants it any more
            self._file.close()
