"""Hits of two words by way of those that have both, which come first and as a rule fill a page.

The postings of the rarer word are looked up among those of the other; all other documents are only counted. So a query
costs what its words have postings, not what the segment has documents.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..scoring.cells import WORD
from ..scoring.words import Accumulators, WordTerms, live_postings
from ..stored.layout import DENSE_SHARE
from ..stored.segment import Segment
from .matches import Matches

_LIKELY = 4
"""Times more documents that have two words than if words were spread by chance: those of a query belong together."""


def with_both(segment: Segment, accumulators: Accumulators, words: Sequence[WordTerms], wanted: int) -> Matches | None:
    """The hits of two words of one term each; None where those with both are fewer than are wanted, or cost more."""
    if len(words) != 2 or not words[0].is_single or not words[1].is_single:
        return None
    rarer, other = words
    size, more = rarer.frequency(segment), other.frequency(segment)
    if size > more:  # they are in order of their documents in all segments
        rarer, other, size, more = other, rarer, more, size
    if size * DENSE_SHARE > segment.count or _LIKELY * size * more < wanted * segment.count:
        return None
    documents, impacts = live_postings(segment, rarer)
    cells = accumulators.cells_of(segment, [other], documents)
    both = cells.nonzero()[0]
    if len(both) < wanted:
        return None
    complete = documents[both]
    cells = cells[both] + impacts[both]
    cells += WORD
    return Matches(segment, cells, complete, 2, tuple(words), complete)
