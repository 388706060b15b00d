"""Which documents of a segment a query finds, and which of them are the best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ...model import Query
from .arrays import Array
from .first import FIRST, first_hits
from .gains import add_gains
from .keys import KEY_SEPARATOR, author_words
from .newness import prefer_new
from .plan import Plan
from .scoring import SCORE, WORD, Accumulators, highest, term_postings
from .segment import Segment
from .sets import NOTHING, intersection, member, places, union
from .weights import COMPLETE_FIRST


@dataclass(frozen=True, slots=True)
class Matches:
    """The hits in one segment.

    `cells` u4 are their words and scores (see `scoring`), those of the documents `among`, i8, ascending; or those of
    all documents of the segment, with 0 for what is no hit, where `among` is None. `words` is the number of words that
    make a hit complete, 0 where there are no words.
    """

    segment: Segment
    cells: Array
    among: Array | None
    words: int

    @property
    def total(self) -> int:
        """The number of hits."""
        return int(np.count_nonzero(self.cells)) if self.among is None else len(self.among)

    @property
    def documents(self) -> Array:
        """The hits, i8, ascending."""
        # Comparing first: NumPy finds the places of what is true far faster than those of what isn't 0.
        return np.flatnonzero(self.cells != 0) if self.among is None else self.among

    def within(self, documents: Array) -> Matches:
        """Those hits that are among these documents, i8, ascending."""
        if self.among is None:
            cells = self.cells[documents]
            kept = np.flatnonzero(cells != 0)
            return Matches(self.segment, cells[kept], documents[kept], self.words)
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
        first, last = self.among.searchsorted((documents.start, documents.stop)).tolist()
        return Matches(self.segment, self.cells[first:last], self.among[first:last], self.words)

    def best(self, count: int) -> list[tuple[int, int]]:
        """The best `count` hits, in order, as (rank, document); ranks of several segments compare.

        Those that hold all words come first, whatever their score, unless there are many words: of a whole question
        the one word that a post lacks says little. The lower bits of a rank are the score. Of equal hits the newest
        comes first, which has the highest number.
        """
        keys = self._keys()
        chosen = highest(keys, count)
        if len(chosen) < min(count, len(keys)) and self.among is not None:
            chosen = np.arange(len(keys))  # hits of a phrase alone have no score
        documents = chosen if self.among is None else self.among[chosen]
        ordered = np.sort(keys[chosen].astype(np.int64) << 32 | documents)[-count:].tolist()
        return [(rank >> 32, rank & 0xFFFFFFFF) for rank in reversed(ordered)]

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


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds in a segment: hits, and the documents whose tags and years count (see `model.Facets`)."""

    hits: Matches
    for_tags: Matches
    for_years: Matches


def matching(segment: Segment, accumulators: Accumulators, plan: Plan, query: Query, index: int) -> Found:
    """What a query finds in segment number `index`. Valid until the thread's next search."""
    excluded = [phrase[index] for phrase in plan.excluded]
    excluded += [_tagged(segment, tag) for tag in query.tags_none]
    every = _without(_asked(segment, accumulators, plan, query, index), excluded)
    alternatives = [_any_of(segment, group) for group in query.tags_all if len(group) > 1]
    dated = segment.dated(query.after, query.before) if query.after or query.before else None
    if not alternatives and dated is None:
        return Found(every, every, every)
    narrowed = every.within(intersection(alternatives)) if alternatives else every
    if dated is None:
        return Found(narrowed, every, narrowed)
    return Found(narrowed.between(dated), every.between(dated), narrowed)


def _asked(segment: Segment, accumulators: Accumulators, plan: Plan, query: Query, index: int) -> Matches:
    """What has the words and passes the filters that facets never look behind."""
    words = [word.by_segment[index] for word in plan.words]
    sets = [*(phrase[index] for phrase in plan.required), *_filters(segment, query)]
    first = first_hits(segment, plan)
    if not words and plan.asks and not plan.required and not first:
        return Matches(segment, np.zeros(0, np.uint32), NOTHING, 0)
    if not sets and len(words) == 1 and words[0].is_single and not (first or plan.newness or plan.gains):
        documents, impacts = term_postings(segment, *words[0].terms[0])
        return _alive(Matches(segment, np.add(impacts, WORD, dtype=np.uint32), documents, 1))
    if not words and not first:
        documents = intersection(sets) if sets else np.arange(segment.count)
        return _alive(Matches(segment, np.ones(len(documents), np.uint32), documents, 0))
    every = Matches(segment, accumulators.accumulate(segment, words), None, len(words))
    add_gains(every.cells, plan.gains, index)
    if plan.newness and words:
        prefer_new(every.cells, segment, words, plan.newness[index], plan.recency)
    for documents, bit in first:
        every.cells[documents] |= bit
    if not sets:
        return every
    documents = intersection(sets)
    if not plan.required:
        return every.within(documents)
    # Who has the phrase is a hit, even where none of its words counts.
    return _alive(Matches(segment, every.cells[documents], documents, len(words)))


def _alive(matches: Matches) -> Matches:
    """Those of some sparse matches that no later generation has replaced or removed."""
    live = matches.segment.live
    if live is None or matches.among is None:
        return matches
    kept = np.flatnonzero(live[matches.among])
    return Matches(matches.segment, matches.cells[kept], matches.among[kept], matches.words)


def _without(matches: Matches, excluded: Sequence[Array]) -> Matches:
    if not excluded:
        return matches
    documents = union(excluded)
    if matches.among is None:
        matches.cells[documents] = 0
        return matches
    kept = np.flatnonzero(~member(matches.among, documents))
    return Matches(matches.segment, matches.cells[kept], matches.among[kept], matches.words)


def _filters(segment: Segment, query: Query) -> Iterable[Array]:
    """The sets of documents that all hits belong to, but for alternative tags and dates."""
    for group in query.tags_all:
        if len(group) <= 1:
            yield _any_of(segment, group)
    for word in author_words(query.author or ""):
        yield segment.key_documents(f"author{KEY_SEPARATOR}{word}")
    if query.lang:
        yield segment.key_documents(f"lang{KEY_SEPARATOR}{query.lang.lower()}")


def _any_of(segment: Segment, tags: Iterable[str]) -> Array:
    return union([_tagged(segment, tag) for tag in tags])


def _tagged(segment: Segment, tag: str) -> Array:
    return segment.key_documents(f"tag{KEY_SEPARATOR}{tag}")
