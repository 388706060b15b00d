"""Positions -> documents: a table of every 64th position, then a step or two.

Of what may be some 100,000 positions of a phrase a binary search among 100,000 documents takes 17 steps for each.
"""

from __future__ import annotations

import numpy as np

from .arrays import Array

_SHIFT = 6
_FEW = 500
"""Positions for which searching takes less than the steps with the table."""


def position_table(first_position: Array) -> Array:
    """The document, u4, of every 64th position, for documents whose positions begin at `first_position`, i8 [N + 1]."""
    begun = -(-first_position >> _SHIFT)  # the multiples of 64 that are before each document
    return np.arange(len(first_position) - 1, dtype=np.uint32).repeat(np.diff(begun))


def documents_at(positions: Array, table: Array, first_position: Array) -> Array:
    """The documents, i8, that some positions, u4, are in."""
    if len(positions) < _FEW:
        return first_position.searchsorted(positions, side="right") - 1
    end = first_position[1:]
    documents: Array = table[positions >> np.uint32(_SHIFT)].astype(np.int64)
    beyond = (positions >= end[documents]).nonzero()[0]
    while len(beyond):
        documents[beyond] += 1
        beyond = beyond[(positions[beyond] >= end[documents[beyond]]).nonzero()[0]]
    return documents
