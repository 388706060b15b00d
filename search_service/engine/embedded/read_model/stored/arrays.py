"""A file of named arrays that opens in no time: a header of JSON, then the arrays, aligned, as they are in memory.

Nothing is parsed but the header and nothing is unpickled; pages of the file come into memory when they are read, and
processes share them.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from search_service.engine.errors import IndexCorrupt

Array = npt.NDArray[Any]

_MAGIC = b"postseek arrays 1\n"
_ALIGNMENT = 64


def write_arrays(path: Path, arrays: Mapping[str, Array], attributes: Mapping[str, Any]) -> None:
    """Write arrays and (JSON) attributes to a file."""
    described, at = {}, 0
    for name, array in arrays.items():
        described[name] = {"dtype": array.dtype.str, "shape": array.shape, "at": at}
        at += array.nbytes + padding(array.nbytes)
    with path.open("wb") as file:
        write_header(file, described, attributes)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data)
            file.write(b"\0" * padding(array.nbytes))


def write_header(file: IO[bytes], described: Mapping[str, Any], attributes: Mapping[str, Any]) -> None:
    """Write what stands before the arrays: by name each one's `dtype`, `shape` and `at`, its place after the header."""
    header = json.dumps({"arrays": described, "attributes": attributes}, ensure_ascii=False).encode()
    start = _MAGIC + len(header).to_bytes(8, "little") + header
    file.write(start + b"\0" * padding(len(start)))


def padding(size: int) -> int:
    """The bytes that are missing for an array to begin after so many."""
    return -size % _ALIGNMENT


class Arrays:
    """The arrays of a file, read-only and memory-mapped. IndexCorrupt where it isn't such a file.

    OSError where it can't be opened, which says nothing of what is in it. They stay valid for as long as anything
    refers to them, whatever becomes of the file's name.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self.buffer = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            start = len(_MAGIC) + 8
            magic, length = bytes(self.buffer[: len(_MAGIC)]), bytes(self.buffer[len(_MAGIC) : start])
            size = int.from_bytes(length, "little") if magic == _MAGIC else 0
            header = json.loads(bytes(self.buffer[start : start + size]))
            self.attributes: dict[str, Any] = header["attributes"]
            base = -(-(start + size) // _ALIGNMENT) * _ALIGNMENT
            self._arrays = {name: self._array(base, **entry) for name, entry in header["arrays"].items()}
        except (ValueError, KeyError, TypeError) as exc:
            raise IndexCorrupt(f"{path} can't be read as arrays: {exc}") from exc

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def _array(self, base: int, *, dtype: str, shape: list[int], at: int) -> Array:
        kind = np.dtype(dtype)
        if kind.hasobject:
            raise ValueError(f"arrays of type {dtype} are not allowed")
        count = int(np.prod(shape, dtype=np.int64))
        if count == 0:
            return np.zeros(shape, kind)
        return np.frombuffer(self.buffer, kind, count, base + at).reshape(shape)
