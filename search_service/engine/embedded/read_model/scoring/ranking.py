"""The best of many hits, without sorting them all."""

from __future__ import annotations

import numpy as np

from ..stored.arrays import Array

_GROUPS = 128
"""Groups of keys at most whose maxima are compared: rows of a table, so that NumPy compares whole rows."""
_LEAST_GROUPS = 8
_WIDER = 4
"""Times as many maxima as are wanted, or the bound would be a poor one."""


def highest(keys: Array, count: int) -> Array:
    """Candidates for the `count` highest of `keys`, u4: i8, ascending, all that can be among them, without zeros.

    Of many keys the maxima of groups are taken first: the `count`-th highest of these is a bound below which nothing
    can be among the best, and finding it costs far less than a partition of all.
    """
    size = len(keys)
    if size <= count:
        return keys.nonzero()[0]
    groups = min(_GROUPS, size // (_WIDER * count))
    if groups >= _LEAST_GROUPS:
        # What doesn't fill a group is left out of the bound, which is only ever too low for it.
        width = size // groups
        maxima = np.maximum.reduce(keys[: groups * width].reshape(groups, width))
    else:
        maxima = keys.copy()
    at = len(maxima) - count
    maxima.partition(at)
    found: Array = (keys >= max(maxima.item(at), 1)).nonzero()[0]
    return found
