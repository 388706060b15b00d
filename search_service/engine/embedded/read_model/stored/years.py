"""The years that the documents of a segment are dated in: since documents are in order of their dates, ranges."""

from __future__ import annotations

import datetime as dt

import numpy as np

from .arrays import Array


def years_of(day: Array) -> tuple[list[int], Array]:
    """All years from the first to the last, and where each begins, i8 (one more: where the last ends).

    `day` i4 [N] are ordinals, ascending; 0 is no date.
    """
    undated = int(day.searchsorted(1))
    if undated == len(day):
        return [], np.array([len(day)])
    first, last = (dt.date.fromordinal(int(each)).year for each in (day[undated], day[-1]))
    years = list(range(first, last + 1))
    starts = np.searchsorted(day, [dt.date(year, 1, 1).toordinal() for year in years])
    return years, np.append(starts, len(day))
