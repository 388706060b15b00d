"""Which documents hold some terms one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..stored.adjacent import term_byte
from ..stored.arrays import Array
from ..stored.segment import Segment
from ..stored.sets import distinct, member, places, union

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
    pieces = _surrounded(segment, terms, anchor)
    wanting = [
        offset
        for offset, term in enumerate(terms)
        if offset != anchor and (abs(offset - anchor) > 1 or term not in segment.own_bytes)
    ]
    if not wanting:
        return distinct(np.concatenate([distinct(segment.documents_at(piece)) for piece in pieces]))
    start = np.concatenate(list(pieces))
    wanted: list[tuple[np.uint32, Array]] = []
    for offset in sorted(wanting, key=sizes.__getitem__):
        position = segment.position[held[offset]]
        if sizes[offset] < len(start):
            start = start[places(position, start + np.uint32(offset))]
        else:
            wanted.append((np.uint32(offset), position))
    return _held_at(segment, start, wanted) if wanted else distinct(segment.documents_at(start))


def _surrounded(segment: Segment, terms: Sequence[int], anchor: int) -> Iterator[Array]:
    """Where the phrase may begin: u4, ascending, piece by piece. One of its terms is there, and the ones before and
    after it seem to surround it; they do if they have bytes of their own.
    """
    held = segment.positions(terms[anchor])
    position = segment.position[held]
    sides = []
    if anchor:
        sides.append((segment.previous_term[held], term_byte(terms[anchor - 1], segment.own_bytes)))
    if anchor + 1 < len(terms):
        sides.append((segment.next_term[held], term_byte(terms[anchor + 1], segment.own_bytes)))
    (side, byte), *other = sides
    # Of a term as frequent as "the" it takes longer to get memory for all at once than to compare it.
    for first in range(0, len(position) or 1, _PIECE):
        piece = slice(first, first + _PIECE)
        fitting = (side[piece] == byte).nonzero()[0]
        for further, its_byte in other:
            fitting = fitting[further[piece][fitting] == its_byte]
        found = position[piece][fitting]
        if anchor:
            if len(found) and found.item(0) < anchor:
                found = found[found >= anchor]
            found = found - np.uint32(anchor)
        yield found


def _held_at(segment: Segment, start: Array, wanted: Sequence[tuple[np.uint32, Array]]) -> Array:
    """The documents, i8, ascending, in which one of some positions, u4, ascending, is followed by all that is `wanted`:
    positions, each at a distance.

    Of a phrase that documents may hold many times the first candidate of each is looked up, and the others where that
    fails.
    """
    if len(start) <= segment.count:
        return distinct(segment.documents_at(start[_right(start, wanted)]))
    held = segment.documents_at(start)
    first = np.append(True, held[1:] != held[:-1]).nonzero()[0]
    documents, counts = held[first], np.diff(first, append=len(held))
    right = np.zeros(len(first), bool)
    right[_right(start[first], wanted)] = True
    rest = (~right).repeat(counts).nonzero()[0]
    return union([documents[right], distinct(held[rest[_right(start[rest], wanted)]])])


def _right(start: Array, wanted: Sequence[tuple[np.uint32, Array]]) -> Array:
    """Which of some positions are followed by all that is wanted: i8, ascending."""
    (offset, position), *rest = wanted
    kept: Array = member(start + offset, position).nonzero()[0]
    for offset, position in rest:
        if len(kept):
            kept = kept[member(start[kept] + offset, position)]
    return kept
