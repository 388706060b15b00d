"""The hits of a query in a segment: how many there are, which, and which are the best."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from ..scoring.cells import FIRST, SCORE, WORD
from ..scoring.ranking import highest
from ..scoring.words import WordTerms
from ..stored.arrays import Array
from ..stored.segment import Segment
from ..stored.sets import member, places
from ..weights import COMPLETE_FIRST


class Matches(Struct, frozen=True):
    """The hits in one segment.

    `cells` u4 are their words and scores (see `cells`), those of the documents `among`, i8, ascending; or those of
    all documents of the segment, with 0 for what is no hit, where `among` is None. `words` is the number of words that
    make a hit complete, 0 where there are no words. `any_of` are words of one term each, where the hits are just the
    documents that have one of them.

    With `both` the cells are those of complete hits alone, which fill the page that is wanted: the other hits of the
    two words `any_of` are counted, not looked at. `both` are the documents that have both words, i8, ascending.
    """

    segment: Segment
    cells: Array
    among: Array | None
    words: int
    any_of: tuple[WordTerms, ...] = ()
    both: Array | None = None

    @property
    def total(self) -> int:
        """The number of hits."""
        if self.both is not None:
            held = [self.segment.live_frequency(word.terms[0][0]) for word in self.any_of]
            return sum(held) - len(self.both)
        return int(np.count_nonzero(self.cells)) if self.among is None else len(self.among)

    @property
    def documents(self) -> Array:
        """The hits, i8, ascending."""
        # Comparing first: NumPy finds the places of what is true far faster than those of what isn't 0.
        return (self.cells != 0).nonzero()[0] if self.among is None else self.among

    def within(self, documents: Array) -> Matches:
        """Those hits that are among these documents, i8, ascending."""
        if self.among is None:
            return hits_among(self.segment, self.cells[documents], documents, self.words)
        if len(documents) < len(self.among):
            kept = places(documents, self.among)
        else:
            kept = member(self.among, documents).nonzero()[0]
        return Matches(self.segment, self.cells[kept], self.among[kept], self.words)

    def between(self, documents: slice) -> Matches:
        """Those hits that are in this range of documents."""
        if self.among is None:
            among = (self.cells[documents] != 0).nonzero()[0] + documents.start
            return Matches(self.segment, self.cells[among], among, self.words)
        within = range_of(self.among, documents)
        return Matches(self.segment, self.cells[within], self.among[within], self.words)

    def best(self, count: int) -> list[int]:
        """The best `count` hits in order, each as its rank, which compares with those of other segments, above its
        document in the lower 32 bits.

        Those that hold all words come first, whatever their score, unless there are many words: of a whole question
        the one word that a post lacks says little. The lower bits of a rank are the score. Of equal hits the newest
        comes first, which has the highest number.
        """
        if self.among is None and self.words == COMPLETE_FIRST:
            complete = (self.cells >= self.words * WORD).nonzero()[0]
            if len(complete) >= count:  # no other hit can be among the best, and keys of all cost more
                return Matches(self.segment, self.cells[complete], complete, self.words).best(count)
        keys = self._keys()
        chosen = highest(keys, count)
        if self.among is None:
            documents = chosen
        else:
            if len(chosen) < min(count, len(keys)):
                chosen = np.arange(len(keys))  # hits of a phrase alone have no score
            documents = self.among[chosen]
        ranks = keys[chosen].astype(np.int64)
        ranks <<= 32
        ranks |= documents
        ranks.sort()
        ordered: list[int] = ranks[: -count - 1 : -1].tolist()
        return ordered

    def by_date(self, *, newest_first: bool, count: int) -> list[int]:
        """The first `count` hits by date; the undated, which are the first documents of a segment, come last."""
        documents = self.documents
        undated = int(documents.searchsorted(self.segment.undated))
        dated = documents[undated:]
        dated = dated[::-1][:count] if newest_first else dated[:count]
        return [*dated.tolist(), *documents[:undated][: max(0, count - len(dated))].tolist()]

    def _keys(self) -> Array:
        """What hits are compared by, u4: the score; above it whether a hit is complete, and whether it comes first."""
        if self.words <= 2:
            return self.cells  # who hasn't both of two words has one of them
        keys = self.cells & (SCORE | FIRST)
        if self.words <= COMPLETE_FIRST:
            keys[self.cells & ~FIRST >= self.words * WORD] |= WORD
        return keys


class Found(Struct, frozen=True):
    """What a query finds in a segment: hits, and the documents whose tags and years count (see `model.Facets`)."""

    hits: Matches
    for_tags: Matches
    for_years: Matches


def hits_among(segment: Segment, cells: Array, documents: Array, words: int) -> Matches:
    """Those of some documents whose cells aren't 0."""
    kept = (cells != 0).nonzero()[0]
    if len(kept) == len(documents):
        return Matches(segment, cells, documents, words)
    return Matches(segment, cells[kept], documents[kept], words)


def range_of(documents: Array, within: slice) -> slice:
    """Where in an ascending array those are that are in a range."""
    first, last = documents.searchsorted((within.start, within.stop)).tolist()
    return slice(first, last)
