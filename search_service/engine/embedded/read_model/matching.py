"""Which documents of a segment a query finds, and which of them are the best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np

from ...model import Query
from .arrays import Array
from .build import KEY_SEPARATOR, author_words
from .phrases import union
from .plan import Plan
from .scoring import SCORE, WORD, Accumulators, best, term_postings
from .segment import Segment

COMPLETE_FIRST = 3
"""Words of a query up to which documents that hold all of them come first."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The hits in one segment.

    `documents` i8, ascending; `cells` u4, their words and scores (see `scoring`); `words` is the number of words that
    make a hit complete, 0 where there are no words.
    """

    segment: Segment
    documents: Array
    cells: Array
    words: int

    @property
    def total(self) -> int:
        """The number of hits."""
        return len(self.documents)

    def best(self, count: int) -> list[tuple[bool, int, int]]:
        """The best `count` hits as (complete, score, document), in no order.

        Those that hold all words come first, whatever their score, unless there are many words: of a whole question
        the one word that a post lacks says little.
        """
        if self.words > COMPLETE_FIRST:
            return [(False, *pair) for pair in self._highest(np.arange(self.total), count)]
        complete = np.flatnonzero(self.cells >= self.words * WORD)
        chosen = [(True, *pair) for pair in self._highest(complete, count)]
        if len(chosen) < count and len(complete) < self.total:
            rest = np.flatnonzero(self.cells < self.words * WORD)
            chosen += [(False, *pair) for pair in self._highest(rest, count - len(chosen))]
        return chosen

    def by_date(self, segment: Segment, *, newest_first: bool, count: int) -> list[int]:
        """The first `count` hits by date; the undated, which are the first documents of a segment, come last."""
        undated = int(np.searchsorted(self.documents, segment.undated))
        dated = self.documents[undated:]
        dated = dated[::-1][:count] if newest_first else dated[:count]
        return [*dated.tolist(), *self.documents[:undated][: max(0, count - len(dated))].tolist()]

    def _highest(self, among: Array, count: int) -> list[tuple[int, int]]:
        scores = self.cells[among] & SCORE
        if len(among) > 4 * count:
            kept = best(scores, count)
            among, scores = among[kept], scores[kept]
        if len(among) > count:
            # Of equal scores the newest document, which has the highest number.
            rank = scores.astype(np.int64) << 32 | among
            kept = np.argpartition(rank, len(rank) - count)[len(rank) - count :]
            among, scores = among[kept], scores[kept]
        return list(zip(scores.tolist(), self.documents[among].tolist(), strict=True))


def matching(segment: Segment, accumulators: Accumulators, plan: Plan, query: Query, index: int) -> Matches:
    """The hits of a query in segment number `index`."""
    words = [word.by_segment[index] for word in plan.words]
    required = [*(phrase[index] for phrase in plan.required), *_filters(segment, query)]
    if not plan.asks:
        documents = _intersection(segment, required)
        cells = np.ones(len(documents), np.uint32)
    elif not words and not required:
        documents, cells = np.zeros(0, np.int64), np.zeros(0, np.uint32)
    elif len(words) == 1 and len(words[0].terms) == 1 and words[0].within is None and not required:
        documents, impacts = term_postings(segment, *words[0].terms[0])
        cells = np.add(impacts, WORD, dtype=np.uint32)
        if segment.live is not None:
            alive = segment.live[documents]
            documents, cells = documents[alive], cells[alive]
    else:
        every = accumulators.accumulate(segment, words)[: segment.count]
        documents = _intersection(segment, required) if required else np.flatnonzero(every)
        cells = every[documents]
        if not plan.required:
            documents, cells = documents[cells > 0], cells[cells > 0]
    excluded = [phrase[index] for phrase in plan.excluded]
    excluded += [segment.key_documents(_tag_key(tag)) for tag in query.tags_none]
    if excluded:
        kept = ~np.isin(documents, np.concatenate(excluded))
        documents, cells = documents[kept], cells[kept]
    return Matches(segment, documents, cells, len(words))


def _filters(segment: Segment, query: Query) -> Iterable[Array]:
    """The sets of documents, each ascending, that all hits belong to."""
    for group in query.tags_all:
        yield union([segment.key_documents(_tag_key(tag)) for tag in group])
    for word in author_words(query.author or ""):
        yield segment.key_documents(f"author{KEY_SEPARATOR}{word}")
    if query.lang:
        yield segment.key_documents(f"lang{KEY_SEPARATOR}{query.lang.lower()}")
    if query.after is not None or query.before is not None:
        dated = segment.dated(query.after, query.before)
        yield np.arange(dated.start, dated.stop)


def _intersection(segment: Segment, required: list[Array]) -> Array:
    """The live documents that are in all of the sets."""
    every = required or [np.arange(segment.count)]
    documents = reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), sorted(every, key=len))
    return documents if segment.live is None else documents[segment.live[documents]]


def _tag_key(tag: str) -> str:
    return f"tag{KEY_SEPARATOR}{tag}"
