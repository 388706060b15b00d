"""Which documents hold some terms one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .arrays import Array
from .followers import follower_byte
from .segment import Segment
from .sets import distinct, member, places, union

_LOOK_UP = 128
"""Times that looking a position up costs what comparing its byte does."""


def phrase_documents(segment: Segment, terms: Sequence[int]) -> Array:
    """The documents, i8, ascending, that hold the terms in this order without a gap. One term is a phrase too.

    Starts at the rarest term but the last, at those of its positions that the right term seems to follow (`followers`);
    the last term has no such bytes, and is where to start only if it is rarer by far. The positions of other terms are
    looked up among the starts where they are fewer, the rarest first, then the starts among them.
    """
    if len(terms) == 1:
        return segment.posting_doc[segment.postings(terms[0])].astype(np.int64)
    held = [segment.positions(term) for term in terms]
    sizes = [each.stop - each.start for each in held]
    weights = [*sizes[:-1], sizes[-1] * _LOOK_UP]
    anchor, *others = sorted(range(len(terms)), key=weights.__getitem__)
    if anchor + 1 < len(terms):
        start = followed_by(segment, terms[anchor], terms[anchor + 1])
        if terms[anchor + 1] in segment.own_bytes:
            others.remove(anchor + 1)
    else:
        start = segment.position[held[anchor]]
    if anchor:
        if len(start) and start.item(0) < anchor:
            start = start[start >= anchor]
        start = start - np.uint32(anchor)
    wanted: list[tuple[np.uint32, Array]] = []
    for offset in sorted(others, key=sizes.__getitem__):
        position = segment.position[held[offset]]
        if sizes[offset] < len(start):
            start = start[places(position, start + np.uint32(offset))]
        else:
            wanted.append((np.uint32(offset), position))
    return _held_at(segment, start, wanted) if wanted else _documents_at(segment, start)


def followed_by(segment: Segment, term: int, follower: int) -> Array:
    """The positions, u4, ascending, of a term that another one follows; without a byte of its own, seems to follow."""
    held = segment.positions(term)
    byte = follower_byte(follower, segment.own_bytes)
    following: Array = segment.position[held][(segment.next_term[held] == byte).nonzero()[0]]
    return following


def _held_at(segment: Segment, start: Array, wanted: Sequence[tuple[np.uint32, Array]]) -> Array:
    """The documents, i8, ascending, in which one of some positions, u4, ascending, is followed by all that is `wanted`:
    positions, each at a distance.

    Of a phrase that documents may hold many times the first candidate of each is looked up, and the others where that
    fails.
    """
    if len(start) <= segment.count:
        return _documents_at(segment, start[_right(start, wanted)])
    bounds = start.searchsorted(segment.first_position)
    counts = np.diff(bounds)
    documents = counts.nonzero()[0]
    right = np.zeros(len(documents), bool)
    right[_right(start[bounds[documents]], wanted)] = True
    rest = start[(~right).repeat(counts[documents]).nonzero()[0]]
    return union([documents[right], _documents_at(segment, rest[_right(rest, wanted)])])


def _right(start: Array, wanted: Sequence[tuple[np.uint32, Array]]) -> Array:
    """Which of some positions are followed by all that is wanted: i8, ascending."""
    (offset, position), *rest = wanted
    kept: Array = member(start + offset, position).nonzero()[0]
    for offset, position in rest:
        if len(kept):
            kept = kept[member(start[kept] + offset, position)]
    return kept


def _documents_at(segment: Segment, start: Array) -> Array:
    """The documents, i8, ascending, that some positions, u4, ascending, are in."""
    if len(start) > segment.count:
        bounds = start.searchsorted(segment.first_position)
        documents: Array = (bounds[1:] != bounds[:-1]).nonzero()[0]
        return documents
    return distinct(segment.first_position.searchsorted(start, side="right") - 1)
