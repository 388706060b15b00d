"""An array of byte strings on a memory map, and look-ups in a sorted one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np

from .arrays import Array


def encoded(text: str) -> bytes:
    """A text as it is stored: what no file can hold, half characters, is replaced."""
    return text.encode("utf-8", "replace")


def strings(name: str, values: Sequence[bytes]) -> dict[str, Array]:
    """The two arrays that hold strings of bytes."""
    ends = np.cumsum(np.fromiter(map(len, values), np.int64, len(values)))
    return {name: np.frombuffer(b"".join(values), np.uint8), f"{name}_at": np.concatenate([[0], ends]).astype(np.int64)}


_BLOCK = 32


class Strings:
    """`n` strings: `blob` u1, `at` i8 [n + 1]."""

    def __init__(self, blob: Array, at: Array) -> None:
        # Memory views: indexing them gives Python integers and bytes without NumPy's overhead.
        self._blob = blob.data
        self._at = at.data
        self.count = len(at) - 1

    def __getitem__(self, index: int) -> bytes:
        return bytes(self._blob[self._at[index] : self._at[index + 1]])

    def __iter__(self) -> Iterator[bytes]:
        return map(self.__getitem__, range(self.count))

    def view(self, index: int) -> memoryview:
        """The string's bytes where they are."""
        return self._blob[self._at[index] : self._at[index + 1]]

    def views(self, indexes: Iterable[int]) -> list[memoryview]:
        """The bytes of several strings where they are."""
        blob, at = self._blob, self._at
        return [blob[at[index] : at[index + 1]] for index in indexes]

    def text(self, index: int) -> str:
        """The string as text."""
        return str(self._blob[self._at[index] : self._at[index + 1]], "utf-8")

    def lower_bound(self, value: bytes) -> int:
        """The index of the first string that isn't less than `value`; the strings must be sorted."""
        blob, at = self._blob, self._at
        block = bisect_left(self._fences, value)
        low, high = max(0, block - 1) * _BLOCK, min(block * _BLOCK, self.count)
        while low < high:
            middle = (low + high) // 2
            if bytes(blob[at[middle] : at[middle + 1]]) < value:
                low = middle + 1
            else:
                high = middle
        return low

    @cached_property
    def _fences(self) -> list[bytes]:
        """The first string of every block: most of a search is among these few, which are objects already."""
        return [self[index] for index in range(0, self.count, _BLOCK)]

    def find(self, value: bytes) -> int:
        """The index in the sorted array of the first string that equals `value`, which isn't empty, or -1."""
        at = self._at
        block = bisect_left(self._fences, value)
        # Of equal strings the first is in the block before, or begins this one.
        low, high = max(0, block - 1) * _BLOCK, min(block * _BLOCK + 1, self.count)
        first = at[low]
        # Looking for the bytes, then for where they are, takes half the time of comparing one string after the other.
        text = bytes(self._blob[first : at[high]])
        found = text.find(value)
        while found >= 0:
            index = bisect_left(at, first + found, low, high)
            if at[index] == first + found and at[index + 1] == first + found + len(value):
                return index
            found = text.find(value, found + 1)
        return -1

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """The half-open range of the strings that begin with `prefix`, which isn't empty."""
        first = self.lower_bound(prefix)
        if first == self.count or not self[first].startswith(prefix):
            return first, first
        end = prefix.rstrip(b"\xff")
        above = end[:-1] + bytes([end[-1] + 1]) if end else None
        return first, self.lower_bound(above) if above is not None else self.count
