"""Which documents hold some terms one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .adjacent import term_byte
from .arrays import Array
from .segment import Segment
from .sets import distinct, member, places, union

_PIECE = 1 << 16
"""Positions that are looked through at a time."""


def phrase_documents(segment: Segment, terms: Sequence[int]) -> Array:
    """The documents, i8, ascending, that hold the terms in this order without a gap. One term is a phrase too.

    Starts at the rarest term, at those of its positions that the right terms seem to surround (`adjacent`). The
    positions of other terms are looked up among the starts where they are fewer, the rarest first, then the starts
    among them.
    """
    if len(terms) == 1:
        return segment.posting_doc[segment.postings(terms[0])].astype(np.int64)
    held = [segment.positions(term) for term in terms]
    sizes = [each.stop - each.start for each in held]
    anchor = sizes.index(min(sizes))
    start = _surrounded(segment, terms, anchor)
    if anchor:
        if len(start) and start.item(0) < anchor:
            start = start[start >= anchor]
        start = start - np.uint32(anchor)
    wanted: list[tuple[np.uint32, Array]] = []
    for offset in sorted(range(len(terms)), key=sizes.__getitem__):
        if offset == anchor or (abs(offset - anchor) == 1 and terms[offset] in segment.own_bytes):
            continue
        position = segment.position[held[offset]]
        if sizes[offset] < len(start):
            start = start[places(position, start + np.uint32(offset))]
        else:
            wanted.append((np.uint32(offset), position))
    return _held_at(segment, start, wanted) if wanted else _documents_at(segment, start)


def _surrounded(segment: Segment, terms: Sequence[int], anchor: int) -> Array:
    """The positions, u4, ascending, of one of the terms that the ones before and after it seem to surround; they do if
    they have bytes of their own.
    """
    held = segment.positions(terms[anchor])
    position = segment.position[held]
    sides = []
    if anchor:
        sides.append((segment.previous_term[held], term_byte(terms[anchor - 1], segment.own_bytes)))
    if anchor + 1 < len(terms):
        sides.append((segment.next_term[held], term_byte(terms[anchor + 1], segment.own_bytes)))
    (side, byte), *other = sides
    found = []
    # Piece by piece: of a term as frequent as "the" it takes longer to get memory for all at once than to compare it.
    for first in range(0, len(position) or 1, _PIECE):
        piece = slice(first, first + _PIECE)
        fitting = (side[piece] == byte).nonzero()[0]
        for further, its_byte in other:
            fitting = fitting[further[piece][fitting] == its_byte]
        found.append(position[piece][fitting])
    return found[0] if len(found) == 1 else np.concatenate(found)


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
