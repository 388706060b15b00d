"""Which words of the index a misspelt word may stand for.

Deletion neighbours (Garbe, "SymSpell", 2012): two words within two edits of each other have a spelling in common once
up to two letters are left out of each. The spellings of the index's words are hashed when a segment is written; those
of a query's word are looked up. What is found is verified, and weighed as a noisy channel would (Kernighan, Church and
Gale, "A Spelling Correction Program Based on a Noisy Channel Model", 1990): few edits, frequent words first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np

from ..stored.arrays import Array
from ..stored.segment import Segment
from ..weights import EDIT, FIRST_LETTER, FREQUENCY, LAST_LETTER

SHORTEST = 4
"""Letters of a word that is corrected; shorter ones are neighbours of half the dictionary."""
_TWO_EDITS_FROM = 6
"""Letters from which a word may have two mistakes."""
_LONGEST = 24
PREFIX = 7
"""Letters whose neighbours are kept; what follows is compared when a candidate is verified."""

_LETTERS_AND_DIGITS = re.compile(r"([^\W\d_]+)(\d+)|(\d+)([^\W\d_]+)")

KEPT = 3
"""Candidates that a word is taken for."""
_VERIFIED = 64


def is_correctable(word: str) -> bool:
    """Whether a word is long enough and made of letters alone: numbers are meant as they are."""
    return SHORTEST <= len(word) <= _LONGEST and word.isalpha()


def letters_and_digits(word: str) -> tuple[str, str] | None:
    """The letters and the digits of a word that is nothing else, in its order; None where it is anything else."""
    found = _LETTERS_AND_DIGITS.fullmatch(word)
    return (found[1] or found[3], found[2] or found[4]) if found else None


def candidates(segments: Sequence[Segment], word: str) -> list[tuple[str, float]]:
    """The words of the index that `word`, folded and in none of them, may stand for: the best first, with a weight.

    The weight is 1 for the best and falls with its odds against it.
    """
    if not is_correctable(word):
        return []
    frequencies: dict[str, int] = {}
    for segment in segments:
        for surface, frequency in _neighbours(segment, word):  # never 0: see `neighbours`
            frequencies[surface] = frequencies.get(surface, 0) + frequency
    near: list[tuple[float, str]] = []
    others: list[tuple[float, str]] = []
    for surface, frequency in frequencies.items():
        distance = edit_distance(word, surface, at_most=1)
        if distance is not None:
            near.append((_score(word, surface, distance, frequency), surface))
        elif edits(word) > 1:
            others.append((_score(word, surface, 2, frequency), surface))
    near.sort(reverse=True)
    # Most take long to be told from words that are further away: none is looked at that couldn't be kept.
    for candidate in sorted(others, reverse=True):
        if len(near) >= KEPT and candidate < near[KEPT - 1]:
            break
        if edit_distance(word, candidate[1], at_most=2) is not None:
            near.append(candidate)
            near.sort(reverse=True)
    return [(surface, math.exp(score - near[0][0])) for score, surface in near[:KEPT]]


def edit_distance(one: str, other: str, *, at_most: int) -> int | None:
    """Insertions, deletions, substitutions and swaps of neighbours between two words; None beyond `at_most`.

    The optimal string alignment distance, by trying each edit of the first letters that differ: of the few edits that
    matter here that is faster than a table of all letters.
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > at_most or at_most < 1:
        return None
    one, other = _apart(one, other)
    if at_most == 1:
        return 1 if _are_one_edit_apart(one, other) else None
    letters, others = set(one), set(other)
    if max(len(letters - others), len(others - letters)) > at_most:
        return None  # an edit brings in or takes away one letter at most
    edited = [(one[1:], other[1:]), (one[1:], other), (one, other[1:])]
    if one[:2] == other[1::-1]:
        edited.append((one[2:], other[2:]))
    nearest: int | None = None
    for rest, wanted in edited:
        distance = edit_distance(rest, wanted, at_most=at_most - 1 if nearest is None else nearest - 2)
        if distance is not None:
            nearest = distance + 1
    return nearest


def _are_one_edit_apart(one: str, other: str) -> bool:
    """Whether two different words are, whose first letters differ."""
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped


def _apart(one: str, other: str) -> tuple[str, str]:
    """Two words without the beginning that they have in common."""
    common = 0
    for letter, another in zip(one, other, strict=False):
        if letter != another:
            break
        common += 1
    return one[common:], other[common:]


def edits(word: str) -> int:
    """How many mistakes a word may have."""
    return 2 if len(word) >= _TWO_EDITS_FROM else 1


def _score(word: str, surface: str, distance: int, frequency: int) -> float:
    wrong_ends = FIRST_LETTER * (word[0] != surface[0]) + LAST_LETTER * (word[-1] != surface[-1])
    return FREQUENCY * math.log(frequency) - EDIT * distance - wrong_ends


def spellings(word: str, most: int) -> list[int]:
    """The hashes of the beginning of a word with up to so many letters left out."""
    prefix = word[:PREFIX]
    distinct = {prefix}
    for count in range(1, min(most, len(prefix) - 1) + 1):
        distinct.update("".join(kept) for kept in combinations(prefix, len(prefix) - count))
    return [crc32(spelling.encode("utf-8", "replace")) for spelling in distinct]


def sharing(segment: Segment, word: str, most: int) -> Array:
    """The surfaces, u4, that have a spelling in common with a word once up to `most` letters are left out of each.

    Each is there as often as it has one in common.
    """
    keys = np.array(spellings(word, most), np.uint32)
    starts = segment.neighbour.searchsorted(keys).tolist()
    ends = segment.neighbour.searchsorted(keys, side="right").tolist()
    found = [segment.neighbour_surface[first:last] for first, last in zip(starts, ends, strict=True) if first < last]
    return np.concatenate([segment.neighbour_surface[:0], *found])


def _neighbours(segment: Segment, word: str) -> Iterator[tuple[str, int]]:
    """Words that share a spelling with `word`, those that share most of them first, with their frequencies."""
    surfaces = sharing(segment, word, edits(word))
    if not len(surfaces):
        return
    numbers, shared = np.unique(surfaces, return_counts=True)
    frequency = segment.document_frequencies(segment.surface_term[numbers])
    best = np.lexsort((-frequency, -shared))[:_VERIFIED]
    for number, count in zip(numbers[best].tolist(), frequency[best].tolist(), strict=True):
        yield segment.surfaces.text(number), count
