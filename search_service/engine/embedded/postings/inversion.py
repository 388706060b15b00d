"""A stream of tokens on disk -> postings, one range of terms after the other, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from ..read_model.stored.arrays import Array
from ..read_model.stored.layout import FIELDS
from ..scratch import ScratchFile

_PIECE = 1 << 20
"""Tokens that are read at once, but for documents that have more."""
_POSITIONS = 1 << 20
"""Positions of the terms of a block, unless a single term has more."""
_TERMS = 1 << 16
"""Terms of a block: numbers of 16 bits are sorted by radix."""


class TokenFile:
    """The tokens of documents as numbers, u4, by position, on the disk of `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = ScratchFile(folder)
        self._ends = [0]

    @classmethod
    def written(cls, folder: Path, documents: Iterable[Array]) -> TokenFile:
        """A file of these documents' tokens."""
        file = cls(folder)
        waiting: list[Array] = []
        size = 0
        for tokens in documents:
            waiting.append(tokens)
            size += len(tokens)
            if size >= _PIECE:
                file._append(np.concatenate(waiting))
                waiting, size = [], 0
        if waiting:
            file._append(np.concatenate(waiting))
        return file

    def pieces(self) -> Iterator[Array]:
        """The tokens in pieces, each of whole documents."""
        for start, end in pairwise(self._ends):
            yield np.frombuffer(self._file.read(start, end - start), np.uint32)

    def counts(self, numbers: int) -> Array:
        """How often each of so many numbers occurs, i8."""
        counts = np.zeros(numbers, np.int64)
        for piece in self.pieces():
            counts += np.bincount(piece, minlength=numbers)
        return counts

    def translated(self, table: Array) -> TokenFile:
        """A file of `table[n]` for every n."""
        return TokenFile.written(self._folder, (table[piece] for piece in self.pieces()))

    def close(self) -> None:
        """Give the disk space back."""
        self._file.close()

    def _append(self, piece: Array) -> None:
        self._ends.append(self._file.append(piece.tobytes()) + piece.nbytes)

    def __enter__(self) -> TokenFile:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The n terms of ranks `first` to `first + n - 1` with their p postings, of all fields together, and q positions.

    `term` i8 [p]: rank of each posting's term less `first`; `doc` i4 [p], ascending within a term; `at` i8 [n + 1]:
    the postings of each term. `frequency` i4 [4, p]: occurrences by field, in the order of `layout.FIELDS`.
    `position` i8 [q], by term, ascending within each; `previous` and `next` u4 [q]: ranks of the terms at the positions
    before and after, or NO_TERM.
    """

    first: int
    term: Array
    doc: Array
    at: Array
    frequency: Array
    position: Array
    previous: Array
    next: Array


def inverted(tokens: TokenFile, positions: Array, first_position: Array, field_position: Array) -> Iterator[Block]:
    """The blocks of all terms. `tokens` are ranks of terms, `positions` i8 [T] how often each occurs."""
    for first, last in _ranges(positions):
        # What goes into making a block is given back before it is worked on.
        yield _block(tokens, first, last, first_position, field_position)


def _block(tokens: TokenFile, first: int, last: int, first_position: Array, field_position: Array) -> Block:
    """The block of a range of terms."""
    rank, position, previous, following = _positions_of(tokens, first, last)
    order = np.argsort(rank, kind="stable")
    document = (np.searchsorted(first_position, position, side="right") - 1).astype(np.int32)[order]
    rank, position = rank[order], position[order]
    field = np.zeros(len(position), np.uint8)
    for number in range(1, len(FIELDS)):
        field += position >= field_position[document, number]
    # One posting for each run of equal (term, document).
    change = np.ones(len(position), bool)
    change[1:] = (rank[1:] != rank[:-1]) | (document[1:] != document[:-1])
    posting = np.flatnonzero(change)
    ends = np.append(posting, len(position))
    frequency = np.zeros((len(FIELDS), len(posting)), np.int32)
    for number in range(len(FIELDS)):
        before = np.concatenate([[0], np.cumsum(field == number, dtype=np.int32)])
        frequency[number] = before[ends[1:]] - before[ends[:-1]]
    return Block(
        first=first,
        term=rank[posting].astype(np.int64),
        doc=document[posting],
        at=_starts(rank[posting], last - first),
        frequency=frequency,
        position=position,
        previous=previous[order],
        next=following[order],
    )


def _ranges(positions: Array) -> Iterator[tuple[int, int]]:
    """Half-open ranges of terms with so many positions, and so many terms, at most."""
    ends = np.cumsum(positions)
    first, before = 0, 0
    while first < len(positions):
        last = int(np.searchsorted(ends, before + _POSITIONS, side="right"))
        last = min(max(last, first + 1), first + _TERMS)
        yield first, last
        first, before = last, int(ends[last - 1])


def _positions_of(tokens: TokenFile, first: int, last: int) -> tuple[Array, Array, Array, Array]:
    """The positions of a range of terms, ascending: rank less `first`, u2; position, i8; the terms before and after,
    u4.
    """
    ranks, positions = [np.zeros(0, np.uint16)], [np.zeros(0, np.int64)]
    previous, following = [np.zeros(0, np.uint32)], [np.zeros(0, np.uint32)]
    start = 0
    for piece in tokens.pieces():
        relative = piece - np.uint32(first)  # NO_TERM, and what is less than `first`, wrap to what is beyond `last`
        found = np.flatnonzero(relative < np.uint32(last - first))
        ranks.append(relative[found].astype(np.uint16))
        positions.append(found + start)
        previous.append(piece[found - 1])  # an empty position ends every piece, as it does every document
        following.append(piece[found + 1])
        start += len(piece)
    return np.concatenate(ranks), np.concatenate(positions), np.concatenate(previous), np.concatenate(following)


def _starts(sorted_numbers: Array, count: int) -> Array:
    """Where each of `count` numbers begins in a sorted array, i8 [count + 1]."""
    return np.concatenate([[0], np.cumsum(np.bincount(sorted_numbers, minlength=count))]).astype(np.int64)
