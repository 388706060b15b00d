"""Which words of the index a misspelt word may stand for.

Deletion neighbours (Garbe, "SymSpell", 2012): two words within two edits of each other have a spelling in common once
up to two letters are left out of each. The spellings of the index's words are hashed when a segment is written; those
of a query's word are looked up. What is found is verified, and weighed as a noisy channel would (Kernighan, Church and
Gale, "A Spelling Correction Program Based on a Noisy Channel Model", 1990): few edits, frequent words first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np

from .arrays import Array
from .segment import Segment

SHORTEST = 4
"""Letters of a word that is corrected; shorter ones are neighbours of half the dictionary."""
_TWO_EDITS_FROM = 6
"""Letters from which a word may have two mistakes."""
_LONGEST = 24
_PREFIX = 7
"""Letters whose neighbours are kept; what follows is compared when a candidate is verified."""

_LARGE = 50_000
"""Words of a vocabulary that is large."""

KEPT = 3
"""Candidates that a word is taken for."""
_VERIFIED = 64
_EDIT, _FREQUENCY, _FIRST_LETTER, _LAST_LETTER = 2.6, 0.45, 1.2, 0.3
"""The cost of an edit and the worth of a word's frequency, as logarithms; and of a wrong letter at either end."""


def neighbour_arrays(surfaces: Sequence[bytes], frequencies: Sequence[int]) -> dict[str, Array]:
    """The arrays `neighbour` (hashes, u4, sorted) and `neighbour_surface` (u4) of a segment.

    In a large vocabulary words of one document, half of them misspelt, keep just the neighbours by one letter.
    """
    large = len(surfaces) > _LARGE
    hashes: list[int] = []
    numbers: list[int] = []
    for number, (surface, frequency) in enumerate(zip(surfaces, frequencies, strict=True)):
        word = surface.decode("utf-8", "replace")
        if frequency and is_correctable(word):
            spellings = _spellings(word, 1 if large and frequency == 1 else _edits(word))
            hashes += spellings
            numbers += [number] * len(spellings)
    keys = np.array(hashes, np.uint32)
    order = np.argsort(keys, kind="stable")
    return {"neighbour": keys[order], "neighbour_surface": np.array(numbers, np.uint32)[order]}


def is_correctable(word: str) -> bool:
    """Whether a word is long enough and made of letters alone: numbers are meant as they are."""
    return SHORTEST <= len(word) <= _LONGEST and word.isalpha()


def candidates(segments: Sequence[Segment], word: str) -> list[tuple[str, float]]:
    """The words of the index that `word`, folded and in none of them, may stand for: the best first, with a weight.

    The weight is 1 for the best and falls with its odds against it.
    """
    if not is_correctable(word):
        return []
    frequencies: dict[str, int] = {}
    for segment in segments:
        for surface, frequency in _neighbours(segment, word):  # never 0: see `neighbour_arrays`
            frequencies[surface] = frequencies.get(surface, 0) + frequency
    scored = []
    for surface, frequency in frequencies.items():
        distance = edit_distance(word, surface, at_most=_edits(word))
        if distance is not None:
            scored.append((_score(word, surface, distance, frequency), surface))
    scored.sort(reverse=True)
    return [(surface, math.exp(score - scored[0][0])) for score, surface in scored[:KEPT]]


def edit_distance(one: str, other: str, *, at_most: int) -> int | None:
    """Insertions, deletions, substitutions and swaps of neighbours between two words; None beyond `at_most`.

    The optimal string alignment distance, row by row.
    """
    if abs(len(one) - len(other)) > at_most:
        return None
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, another in enumerate(other, start=1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != another))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == another:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > at_most:
            return None
        before, above = above, current
    return above[-1] if above[-1] <= at_most else None


def _edits(word: str) -> int:
    return 2 if len(word) >= _TWO_EDITS_FROM else 1


def _score(word: str, surface: str, distance: int, frequency: int) -> float:
    wrong_ends = _FIRST_LETTER * (word[0] != surface[0]) + _LAST_LETTER * (word[-1] != surface[-1])
    return _FREQUENCY * math.log(frequency) - _EDIT * distance - wrong_ends


def _spellings(word: str, edits: int) -> list[int]:
    """The hashes of the beginning of a word with up to so many letters left out."""
    prefix = word[:_PREFIX]
    distinct = {prefix}
    for count in range(1, min(edits, len(prefix) - 1) + 1):
        distinct.update("".join(kept) for kept in combinations(prefix, len(prefix) - count))
    return [crc32(spelling.encode("utf-8", "replace")) for spelling in distinct]


def _neighbours(segment: Segment, word: str) -> Iterator[tuple[str, int]]:
    """Words that share a spelling with `word`, those that share most of them first, with their frequencies."""
    keys = np.array(_spellings(word, _edits(word)), np.uint32)
    starts = np.searchsorted(segment.neighbour, keys)
    ends = np.searchsorted(segment.neighbour, keys, side="right")
    found: Iterable[Array] = [segment.neighbour_surface[a:b] for a, b in zip(starts, ends, strict=True) if a < b]
    surfaces = np.concatenate([np.zeros(0, np.uint32), *found])
    if not len(surfaces):
        return
    numbers, shared = np.unique(surfaces, return_counts=True)
    frequency = segment.document_frequencies(segment.surface_term[numbers])
    best = np.lexsort((-frequency, -shared))[:_VERIFIED]
    for number, count in zip(numbers[best].tolist(), frequency[best].tolist(), strict=True):
        yield segment.surfaces.text(number), count
