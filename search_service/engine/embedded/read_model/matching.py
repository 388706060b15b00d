"""Which documents of a segment a query finds, and which of them are the best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct

from ...model import Query
from .arrays import Array
from .cells import SCORE, WORD
from .first import FIRST, first_hits
from .keys import KEY_SEPARATOR, author_words
from .newness import prefer_new
from .plan import Plan
from .ranking import highest
from .scoring import Accumulators, WordTerms, term_postings
from .segment import Segment
from .sets import NOTHING, intersection, member, places, union
from .weights import COMPLETE_FIRST

_MANY = 1 << 15
"""Documents of a segment from which it pays to look for the complete hits first."""


_FEWER = 4
"""Times that documents which pass filters are as many as those that have a word, for the latter to be looked at."""


class Matches(Struct, frozen=True):
    """The hits in one segment.

    `cells` u4 are their words and scores (see `cells`), those of the documents `among`, i8, ascending; or those of
    all documents of the segment, with 0 for what is no hit, where `among` is None. `words` is the number of words that
    make a hit complete, 0 where there are no words. `any_of` are words of one term each, where the hits are just the
    documents that have one of them. `complete`, i8, ascending, are the complete hits and those that come first, where
    these are known: hits of two or three words, among all documents.
    """

    segment: Segment
    cells: Array
    among: Array | None
    words: int
    any_of: tuple[WordTerms, ...] = ()
    complete: Array | None = None

    @classmethod
    def everywhere(cls, segment: Segment, cells: Array, words: int, any_of: tuple[WordTerms, ...] = ()) -> Matches:
        """The hits among all documents."""
        known = 1 < words <= COMPLETE_FIRST and len(cells) >= _MANY
        complete = (cells >= words * WORD).nonzero()[0] if known else None
        return cls(segment, cells, None, words, any_of, complete)

    @property
    def total(self) -> int:
        """The number of hits."""
        if self.among is not None:
            return len(self.among)
        if self.complete is not None and len(self.any_of) == 2 and self.segment.live is None:
            return sum([word.frequency(self.segment) for word in self.any_of]) - len(self.complete)
        return int(np.count_nonzero(self.cells))

    @property
    def documents(self) -> Array:
        """The hits, i8, ascending."""
        # Comparing first: NumPy finds the places of what is true far faster than those of what isn't 0.
        return (self.cells != 0).nonzero()[0] if self.among is None else self.among

    def within(self, documents: Array) -> Matches:
        """Those hits that are among these documents, i8, ascending."""
        if self.among is None:
            return _hits(self.segment, self.cells[documents], documents, self.words)
        if len(documents) < len(self.among):
            kept = places(documents, self.among)
        else:
            kept = np.flatnonzero(member(self.among, documents))
        return Matches(self.segment, self.cells[kept], self.among[kept], self.words)

    def between(self, documents: slice) -> Matches:
        """Those hits that are in this range of documents."""
        if self.among is None:
            among = np.flatnonzero(self.cells[documents] != 0) + documents.start
            return Matches(self.segment, self.cells[among], among, self.words)
        within = _range(self.among, documents)
        return Matches(self.segment, self.cells[within], self.among[within], self.words)

    def best(self, count: int) -> list[int]:
        """The best `count` hits in order, each as its rank, which compares with those of other segments, above its
        document in the lower 32 bits.

        Those that hold all words come first, whatever their score, unless there are many words: of a whole question
        the one word that a post lacks says little. The lower bits of a rank are the score. Of equal hits the newest
        comes first, which has the highest number.
        """
        if self.complete is not None and len(self.complete) >= count:  # so that there is no room for others
            complete = self.complete
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


def matching(segment: Segment, accumulators: Accumulators, plan: Plan, query: Query, index: int) -> Found:
    """What a query finds in segment number `index`. Valid until the thread's next search."""
    sets = [phrase[index] for phrase in plan.required]
    alternatives: list[Array] = []
    for group in query.tags_all:
        # What facets look behind narrows later.
        (alternatives if len(group) > 1 and query.facets else sets).append(_any_of(segment, group))
    sets += _filters(segment, query)
    dated = segment.dated(query.after, query.before) if query.after or query.before else None
    if dated is not None and sets and not query.facets:
        sets = [each[_range(each, dated)] for each in sets]
        dated = None
    every = _asked(segment, accumulators, plan, sets, index)
    if plan.excluded or query.tags_none:
        every = _without(every, [*(phrase[index] for phrase in plan.excluded), *_tagged(segment, query.tags_none)])
    if not alternatives and dated is None:
        return Found(every, every, every)
    narrowed = every.within(intersection(alternatives)) if alternatives else every
    if dated is None:
        return Found(narrowed, every, narrowed)
    return Found(narrowed.between(dated), every.between(dated), narrowed)


def _asked(segment: Segment, accumulators: Accumulators, plan: Plan, sets: Sequence[Array], index: int) -> Matches:
    """What has the words and is in all of some sets, those of the required phrases among them."""
    words = [word.by_segment[index] for word in plan.words]
    first = first_hits(segment, plan)
    if not words and not first:
        if plan.asks and not plan.required:
            return Matches(segment, NOTHING.astype(np.uint32), NOTHING, 0)
        documents = _alive(segment, intersection(sets) if sets else np.arange(segment.count))
        return Matches(segment, np.ones(len(documents), np.uint32), documents, 0)
    if sets:
        documents = _alive(segment, intersection(sets))
        if not plan.required and sum([word.frequency(segment) for word in words]) * _FEWER < len(documents):
            holders = [holding for word in words for holding, _ in word.postings(segment)]
            held = union([*holders, *(fitting for fitting, _ in first)])
            documents = held[member(held, documents)]
        cells = _scored(segment, accumulators, plan, words, index, documents)
        for fitting, bit in first:
            cells[places(fitting, documents)] |= bit
        if plan.required:  # who has the phrase is a hit, even where none of its words counts
            return Matches(segment, cells, documents, len(words))
        return _hits(segment, cells, documents, len(words))
    if len(words) == 1 and words[0].is_single and not first and not plan.newness:
        documents, impacts = term_postings(segment, *words[0].terms[0])
        if segment.live is not None:
            kept = np.flatnonzero(segment.live[documents])
            documents, impacts = documents[kept], impacts[kept]
        return Matches(segment, impacts + WORD, documents, 1, tuple(words))
    cells = _scored(segment, accumulators, plan, words, index)
    for fitting, bit in first:
        cells[fitting] |= bit
    countable = not first and len(words) <= COMPLETE_FIRST and all(word.is_single for word in words)
    return Matches.everywhere(segment, cells, len(words), tuple(words) if countable else ())


def _scored(
    segment: Segment,
    accumulators: Accumulators,
    plan: Plan,
    words: Sequence[WordTerms],
    index: int,
    among: Array | None = None,
) -> Array:
    """The cells of all documents, or of those `among`: the sum of the words' scores, and what changes it."""
    cells = accumulators.all_cells(segment, words) if among is None else accumulators.cells_of(segment, words, among)
    if plan.newness and words:
        prefer_new(cells, segment, words, plan.newness[index], plan.recency, among)
    return cells


def _hits(segment: Segment, cells: Array, documents: Array, words: int) -> Matches:
    """Those of some documents whose cells aren't 0."""
    kept = (cells != 0).nonzero()[0]
    if len(kept) == len(documents):
        return Matches(segment, cells, documents, words)
    return Matches(segment, cells[kept], documents[kept], words)


def _alive(segment: Segment, documents: Array) -> Array:
    """Those of some documents that no later generation has replaced or removed."""
    return documents if segment.live is None else documents[np.flatnonzero(segment.live[documents])]


def _range(documents: Array, within: slice) -> slice:
    """Where in an ascending array those are that are in a range."""
    first, last = documents.searchsorted((within.start, within.stop)).tolist()
    return slice(first, last)


def _without(matches: Matches, excluded: Sequence[Array]) -> Matches:
    if not excluded:
        return matches
    documents = union(excluded)
    if matches.among is None:
        matches.cells[documents] = 0
        return Matches.everywhere(matches.segment, matches.cells, matches.words)
    kept = np.flatnonzero(~member(matches.among, documents))
    return Matches(matches.segment, matches.cells[kept], matches.among[kept], matches.words)


def _filters(segment: Segment, query: Query) -> Iterator[Array]:
    """The sets of documents that all hits belong to, but for tags and dates."""
    if query.author:
        for word in author_words(query.author):
            yield segment.key_documents(f"author{KEY_SEPARATOR}{word}")
    if query.lang:
        yield segment.key_documents(f"lang{KEY_SEPARATOR}{query.lang.lower()}")


def _any_of(segment: Segment, tags: Iterable[str]) -> Array:
    return union(list(_tagged(segment, tags)))


def _tagged(segment: Segment, tags: Iterable[str]) -> Iterator[Array]:
    return (segment.key_documents(f"tag{KEY_SEPARATOR}{tag}") for tag in tags)
