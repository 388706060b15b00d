"""A file of arrays (see `arrays`) that are written piece by piece, for segments that are larger than memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search_service.engine.embedded.scratch import ScratchFile

from .arrays import Array, padding, write_header

_BUFFER = 1 << 18
"""Bytes of an array that wait in memory."""
_CHUNK = 1 << 20


@dataclass(slots=True)
class _Column:
    dtype: np.dtype[Any]
    row: tuple[int, ...]
    size: int = 0
    waiting: bytearray = field(default_factory=bytearray)
    extents: list[tuple[int, int]] = field(default_factory=list)


class ArrayFile:
    """Arrays by name. They wait on the disk of `path`, which `finish` writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting = ScratchFile(path.parent)
        self._columns: dict[str, _Column] = {}

    def declare(self, name: str, dtype: npt.DTypeLike, row: tuple[int, ...] = ()) -> None:
        """An array of rows of this shape, empty so far."""
        self._columns[name] = _Column(np.dtype(dtype), row)

    def append(self, name: str, rows: Array) -> None:
        """Add rows to an array, as its type."""
        self.append_bytes(name, np.ascontiguousarray(rows, self._columns[name].dtype).tobytes())

    def append_bytes(self, name: str, content: bytes) -> None:
        """Add rows to an array, as they are in memory."""
        column = self._columns[name]
        column.waiting += content
        if len(column.waiting) >= _BUFFER:
            self._write(column)

    def put(self, arrays: Mapping[str, Array]) -> None:
        """Add whole arrays."""
        for name, array in arrays.items():
            self.declare(name, array.dtype, array.shape[1:])
            self.append(name, array)

    def finish(self, attributes: Mapping[str, Any]) -> None:
        """Write the file."""
        described, at = {}, 0
        for name, column in self._columns.items():
            self._write(column)
            rows = column.size // (column.dtype.itemsize * int(np.prod(column.row, dtype=np.int64)) or 1)
            described[name] = {"dtype": column.dtype.str, "shape": [rows, *column.row], "at": at}
            at += column.size + padding(column.size)
        with self._path.open("wb") as file:
            write_header(file, described, attributes)
            for column in self._columns.values():
                for start, size in column.extents:
                    for part in range(start, start + size, _CHUNK):
                        file.write(self._waiting.read(part, min(_CHUNK, start + size - part)))
                file.write(b"\0" * padding(column.size))

    def close(self) -> None:
        """Give the disk space of what was waiting back."""
        self._waiting.close()

    def _write(self, column: _Column) -> None:
        if column.waiting:
            column.extents.append((self._waiting.append(column.waiting), len(column.waiting)))
            column.size += len(column.waiting)
            column.waiting = bytearray()
