"""The neighbours of a segment's words, for `typos`: what is left of each once a letter or two are left out, hashed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np

from ..planning.typos import PREFIX, edits, is_correctable, spellings
from ..stored.arrays import Array

_LARGE = 50_000
"""Words of a vocabulary that is large."""
_PIECE_BITS = 4
_PIECES = 1 << _PIECE_BITS


def neighbours(surfaces: Sequence[bytes], frequencies: Array) -> Iterator[tuple[Array, Array]]:
    """The arrays `neighbour` (hashes, u4, sorted) and `neighbour_surface` (u4) of a segment, in pieces.

    `frequencies` i8 [S]: in how many documents each stands. In a large vocabulary words of one document, half of them
    misspelt, keep just the neighbours by one letter.
    """
    pairs = list(_pairs(surfaces, frequencies))
    for piece in range(_PIECES):
        found = [each[each >> np.uint64(64 - _PIECE_BITS) == np.uint64(piece)] for each in pairs]
        # Sorted by hash, then by surface; letters that are double give the same spelling twice.
        ordered = np.sort(np.concatenate([np.zeros(0, np.uint64), *found]))
        distinct = ordered[np.append(ordered[1:] != ordered[:-1], True)[: len(ordered)]]
        yield (distinct >> np.uint64(32)).astype(np.uint32), distinct.astype(np.uint32)


def _pairs(surfaces: Sequence[bytes], frequencies: Array) -> Iterator[Array]:
    """Hashes and numbers of surfaces, u8: those of ASCII words with prefixes of one length together, others alone."""
    large = len(surfaces) > _LARGE
    alike: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    others = []
    for number, (surface, frequency) in enumerate(zip(surfaces, frequencies.tolist(), strict=True)):
        word = surface.decode("utf-8", "replace")
        if not frequency or not is_correctable(word):
            continue
        most = 1 if large and frequency == 1 else edits(word)
        if word.isascii():
            alike[min(len(word), PREFIX), most].append(number)
        else:
            others += [spelling << 32 | number for spelling in spellings(word, most)]
    yield np.array(others, np.uint64)
    for (length, most), numbers in alike.items():
        letters = np.array([surfaces[number][:length] for number in numbers], f"S{length}").view(np.uint8)
        for kept in _kept(length, most):
            hashes = _crc32(letters.reshape(-1, length)[:, kept])
            yield hashes.astype(np.uint64) << np.uint64(32) | np.array(numbers, np.uint64)


def _kept(length: int, most: int) -> list[tuple[int, ...]]:
    """The places of the letters that are kept where up to `most` of them, but not all, are left out."""
    return [kept for left in range(min(most, length - 1) + 1) for kept in combinations(range(length), length - left)]


def _crc32(letters: Array) -> Array:
    """The CRC-32, u4 [n], of each row of letters, u1 [n, m]: `zlib.crc32` for all of them at once."""
    inverted = np.array([crc32(bytes([byte ^ 0xFF])) for byte in range(256)], np.uint32)
    table = ~inverted ^ np.uint32(0x00FFFFFF)  # the table of the algorithm, out of the checksums of single bytes
    state = np.full(len(letters), 0xFFFFFFFF, np.uint32)
    for column in letters.T:
        state = table[(state ^ column) & np.uint32(0xFF)] ^ (state >> np.uint32(8))
    return ~state
