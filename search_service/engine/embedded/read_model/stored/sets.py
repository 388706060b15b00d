"""Sets of documents: arrays i8, ascending, without repetitions.

Whatever is chosen by a mask is chosen by the places where the mask is true: NumPy is several times faster at both steps
together than at the one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from .arrays import Array

NOTHING = np.zeros(0, np.int64)
NOTHING.flags.writeable = False

_SPARSE = 32
"""Numbers up to the highest of some sets for each that they hold, from which on sorting costs less than marking."""


def member(values: Array, of: Array) -> Array:
    """Which of some `values` are in a set (or in any other ascending array): bool."""
    if not len(of):
        return np.zeros(len(values), bool)
    # The array's own type, or NumPy would convert all of it; no value is beyond that type's range.
    found = of.searchsorted(values.astype(of.dtype, copy=False))
    held: Array = of.take(found, mode="clip") == values
    return held


def places(values: Array, of: Array) -> Array:
    """Where in a set those of some `values` are that it holds: i8."""
    if not len(of):
        return NOTHING
    found = of.searchsorted(values)
    held: Array = found[(of.take(found, mode="clip") == values).nonzero()[0]]
    return held


def union(sets: Sequence[Array]) -> Array:
    """What is in one of the sets."""
    if len(sets) == 1:
        return sets[0]
    beyond = max((each.item(-1) + 1 for each in sets if len(each)), default=0)
    if sum(map(len, sets)) * _SPARSE < beyond:
        return distinct(np.sort(np.concatenate([NOTHING, *sets])))
    held = np.zeros(beyond, bool)
    for each in sets:
        held[each] = True
    return held.nonzero()[0]


def intersection(sets: Sequence[Array]) -> Array:
    """What is in all of the sets, of which there is at least one."""
    if len(sets) == 1:
        return sets[0]
    return reduce(lambda smaller, larger: smaller[member(smaller, larger).nonzero()[0]], sorted(sets, key=len))


def distinct(ascending: Array) -> Array:
    """An ascending array without its repetitions."""
    if len(ascending) < 2:
        return ascending
    new = np.empty(len(ascending), bool)
    new[0] = True
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new.nonzero()[0]]
