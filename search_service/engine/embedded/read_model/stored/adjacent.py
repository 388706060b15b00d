"""The bytes of every position that tell which terms stand before and after it.

Of the most frequent terms each has a byte of its own; the other terms share what is left, by a hash. So at the rarest
word of a phrase the bytes say whether frequent words surround it, and of others they spare nearly all look-ups that
would fail.
"""

from __future__ import annotations

import numpy as np

from .arrays import Array

OWN = 128
"""Bytes, from 0 on, that stand for one term."""


def own_terms(positions: Array) -> Array:
    """The terms with a byte of their own, u4, ascending, by the number of positions, i8 [T], of every term."""
    most = np.argsort(-positions, kind="stable")[:OWN]
    return np.sort(most).astype(np.uint32)


def term_bytes(terms: Array, own: Array) -> Array:
    """The bytes of some terms, u1: the number of the term among the `own`, or a hash."""
    # Multiplicative hashing (Knuth, TAOCP 3, 6.4).
    hashes = (terms.astype(np.uint32) * np.uint32(2654435761) >> np.uint32(25)).astype(np.uint8) | np.uint8(OWN)
    if not len(own):
        return hashes
    numbers = np.minimum(own.searchsorted(terms), len(own) - 1)
    return np.where(own[numbers] == terms, numbers, hashes).astype(np.uint8)


def term_byte(term: int, own: dict[int, int]) -> int:
    """The byte of one term; `own` are the numbers of those that have one of their own."""
    number = own.get(term)
    return (term * 2654435761 & 0xFFFFFFFF) >> 25 | OWN if number is None else number
