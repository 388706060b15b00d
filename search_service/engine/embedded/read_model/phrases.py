"""Which documents hold some terms one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .arrays import Array
from .segment import Segment
from .sets import distinct, member, union

_LOOK_UP = 128
"""Times that looking a place up costs what comparing its byte of hash does."""


def phrase_documents(segment: Segment, terms: Sequence[int]) -> Array:
    """The documents, i8, ascending, that hold the terms in this order without a gap. One term is a phrase too.

    Starts at the rarest term but the last and looks each of its places up among those of the others. A byte of hash of
    the term that follows, kept beside every place, spares nearly all look-ups that would fail; the last term has none,
    and is where to start only if it is rarer by far. Of a phrase that documents hold many times ("of the") the first
    candidate of each is looked up, and the others where that fails.
    """
    if len(terms) == 1:
        return segment.posting_doc[segment.postings(terms[0])].astype(np.int64)
    places = [segment.places(term) for term in terms]
    sizes = [held.stop - held.start for held in places]
    sizes[-1] *= _LOOK_UP
    anchor, *others = sorted(range(len(terms)), key=sizes.__getitem__)
    start = segment.place[places[anchor]]
    if anchor + 1 < len(terms):
        start = start[(segment.place_next[places[anchor]] == hashed(terms[anchor + 1])).nonzero()[0]]
    if anchor:
        if len(start) and start.item(0) < anchor:
            start = start[start >= anchor]
        start = start - np.uint32(anchor)
    wanted = [(np.uint32(offset), places[offset]) for offset in others]
    if len(start) <= segment.count:
        return _documents_at(segment, start[_right(segment, start, wanted)])
    bounds = start.searchsorted(segment.first_place)
    counts = np.diff(bounds)
    documents = np.flatnonzero(counts)
    right = np.zeros(len(documents), bool)
    right[_right(segment, start[bounds[documents]], wanted)] = True
    rest = start[np.flatnonzero(np.repeat(~right, counts[documents]))]
    return union([documents[right], _documents_at(segment, rest[_right(segment, rest, wanted)])])


def _right(segment: Segment, start: Array, others: Sequence[tuple[np.uint32, slice]]) -> Array:
    """Which of some places, u4, ascending, are followed by all the terms, at their distances: i8, ascending."""
    (offset, places), *rest = others
    kept: Array = member(start + offset, segment.place[places]).nonzero()[0]
    for offset, places in rest:
        if len(kept):
            kept = kept[member(start[kept] + offset, segment.place[places])]
    return kept


def _documents_at(segment: Segment, places: Array) -> Array:
    """The documents, i8, ascending, that some places, u4, ascending, are in."""
    return distinct(segment.first_place.searchsorted(places, side="right") - 1)


def hashed(term: int) -> int:
    """The byte that `place_next` has for a term: see `inverted.hashed`."""
    return (term * 2654435761 & 0xFFFFFFFF) >> 24
