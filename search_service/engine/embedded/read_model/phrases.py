"""Which documents hold some terms one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .arrays import Array
from .inverted import hashed
from .segment import Segment

VERIFIED = 1 << 16
"""Candidates up to which each is looked up; of more, the hash of the following term decides."""


def phrase_documents(segment: Segment, terms: Sequence[int]) -> Array:
    """The documents, i8, ascending, that hold the terms in this order without a gap. One term is a phrase too.

    Starts at the rarest neighbouring pair and looks each candidate up among the places of the other terms. A byte of
    hash of the term that follows, kept beside every place, spares nearly all look-ups that would fail. A phrase so
    common ("of the") that more than `VERIFIED` candidates are left isn't looked up further: it is nearly everywhere.
    """
    if len(terms) == 1:
        return segment.posting_doc[segment.postings(terms[0])].astype(np.int64)
    rarest = min(range(len(terms) - 1), key=lambda index: segment.document_frequency(terms[index]))
    places = segment.places(terms[rarest])
    following = hashed(np.array([terms[rarest + 1]]))[0]
    start = segment.place[places][segment.place_next[places] == following].astype(np.int64) - rarest
    for offset in sorted(range(len(terms)), key=lambda index: segment.document_frequency(terms[index])):
        if offset != rarest and 0 < len(start) <= VERIFIED:
            start = start[_among(start + offset, segment.place[segment.places(terms[offset])])]
    if len(start) < segment.count:
        return np.unique(np.searchsorted(segment.first_place, start, side="right") - 1)
    return np.flatnonzero(np.diff(np.searchsorted(start, segment.first_place)))


def _among(wanted: Array, places: Array) -> Array:
    """Which of `wanted`, i8, ascending, are in `places`, u4, ascending: bool."""
    if not len(places):
        return np.zeros(len(wanted), bool)
    # Python integers out of range would wrap around in u4; a place before 0 can't be found in any case.
    found = np.searchsorted(places, np.maximum(wanted, 0).astype(places.dtype))
    matched: Array = places[np.minimum(found, len(places) - 1)] == wanted
    return matched


def union(sets: Sequence[Array]) -> Array:
    """The documents, i8, ascending, that are in one of the sets."""
    return sets[0] if len(sets) == 1 else np.unique(np.concatenate([np.zeros(0, np.int64), *sets]))
