"""Documents with their tokens on disk, by number, until the last one is there and their order is known."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..read_model.stored.arrays import Array
from ..scratch import ScratchFile

_TOKEN_BYTES = 7
_SIZES = 6
"""Numbers that are kept of a document: its positions, and the bytes of each of its parts."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """A document as it waits: `words` u4, `char` u2 and `width` u1 by position, and the bytes of each of its parts."""

    words: Array
    char: Array
    width: Array
    title: bytes
    body: bytes
    card: bytes
    rest: bytes
    stored: bytes


class Spool:
    """Spooled documents, numbered from 0, on the disk of `folder`."""

    def __init__(self, folder: Path) -> None:
        self._file = ScratchFile(folder)
        self._at = array("Q", [0])
        self._sizes = array("I")

    def __len__(self) -> int:
        return len(self._at) - 1

    def put(self, words: array[int], char: array[int], width: array[int], parts: Sequence[bytes]) -> None:
        """Add a document: numbers of words, u4, characters, u2, and widths, u1, of its positions; the parts of
        `Spooled`, in order.
        """
        content = b"".join((words.tobytes(), char.tobytes(), width.tobytes(), *parts))
        self._at.append(self._file.append(content) + len(content))
        self._sizes.extend((len(words), *map(len, parts)))

    def positions(self) -> Array:
        """The number of positions of every document, i8."""
        return np.frombuffer(self._sizes, np.uint32).reshape(-1, _SIZES)[:, 0].astype(np.int64)

    def __getitem__(self, number: int) -> Spooled:
        """The document of that number."""
        start, end = self._at[number : number + 2]
        content = self._file.read(start, end - start)
        positions, *sizes = self._sizes[_SIZES * number : _SIZES * (number + 1)]
        parts, at = [], positions * _TOKEN_BYTES
        for size in sizes:
            parts.append(content[at : at + size])
            at += size
        return Spooled(
            np.frombuffer(content, np.uint32, positions),
            np.frombuffer(content, np.uint16, positions, 4 * positions),
            np.frombuffer(content, np.uint8, positions, 6 * positions),
            *parts,
        )

    def close(self) -> None:
        """Give the disk space back."""
        self._file.close()
