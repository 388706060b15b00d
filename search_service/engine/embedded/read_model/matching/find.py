"""Which documents of a segment a query finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from search_service.engine.model import MAX_DEPTH, Query, Sort

from ..planning.plan import Plan
from ..scoring.cells import WORD
from ..scoring.gains import add_gains
from ..scoring.newness import prefer_new
from ..scoring.words import Accumulators, WordTerms, live_postings
from ..stored.arrays import Array
from ..stored.keys import author_words
from ..stored.segment import Segment
from ..stored.sets import NOTHING, intersection, member, places, union
from ..weights import COMPLETE_FIRST
from .conjunction import with_both
from .first import first_hits
from .matches import Found, Matches, hits_among, range_of

_FEWER = 4
"""Times that documents which pass filters are as many as those that have a word, for the latter to be looked at."""


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
        sets = [each[range_of(each, dated)] for each in sets]
        dated = None
    excluded = [*(phrase[index] for phrase in plan.excluded), *_tagged(segment, query.tags_none)]
    excluded += [_by(segment, name) for name in query.authors_none]
    narrows = bool(alternatives or excluded) or dated is not None
    every = _asked(segment, accumulators, plan, sets, index, wanted=0 if narrows else _wanted(segment, query))
    if excluded:
        every = _without(every, excluded)
    if not alternatives and dated is None:
        return Found(every, every, every)
    narrowed = every.within(intersection(alternatives)) if alternatives else every
    if dated is None:
        return Found(narrowed, every, narrowed)
    return Found(narrowed.between(dated), every.between(dated), narrowed)


def _wanted(segment: Segment, query: Query) -> int:
    """How many of the best hits will do, as long as all are counted; 0 where all must be there."""
    countable = not query.facets or len(segment.facet)
    return min(query.page * query.per_page, MAX_DEPTH) if countable and query.sort is Sort.RELEVANCE else 0


def _asked(
    segment: Segment, accumulators: Accumulators, plan: Plan, sets: Sequence[Array], index: int, *, wanted: int
) -> Matches:
    """What has the words and is in all of some sets, those of the required phrases among them.

    Where so many hits are `wanted`, the others may only be counted.
    """
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
        return hits_among(segment, cells, documents, len(words))
    if not first and len(words) == 1 and words[0].is_single:
        documents, impacts = live_postings(segment, words[0])
        found: Matches | None = Matches(segment, impacts + WORD, documents, 1, tuple(words))
    else:
        found = with_both(segment, accumulators, words, wanted) if wanted and not first and not plan.pinned else None
    if found is not None:
        _prefer(found.cells, segment, plan, words, index, found.among)
        return found
    cells = _scored(segment, accumulators, plan, words, index)
    for fitting, bit in first:
        cells[fitting] |= bit
    countable = not first and len(words) <= COMPLETE_FIRST and all(word.is_single for word in words)
    return Matches(segment, cells, None, len(words), tuple(words) if countable else ())


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
    _prefer(cells, segment, plan, words, index, among)
    return cells


def _prefer(
    cells: Array, segment: Segment, plan: Plan, words: Sequence[WordTerms], index: int, among: Array | None
) -> None:
    """Change scores by whatever counts besides the words: of all documents, or of those `among`."""
    add_gains(cells, plan.gains, index, among)
    if plan.newness and words:
        prefer_new(cells, segment, words, plan.newness[index], plan.recency, among)


def _alive(segment: Segment, documents: Array) -> Array:
    """Those of some documents that no later generation has replaced or removed."""
    return documents if segment.live is None else documents[segment.live[documents].nonzero()[0]]


def _without(matches: Matches, excluded: Sequence[Array]) -> Matches:
    documents = union(excluded)
    if matches.among is None:
        matches.cells[documents] = 0
        return Matches(matches.segment, matches.cells, None, matches.words)
    kept = (~member(matches.among, documents)).nonzero()[0]
    return Matches(matches.segment, matches.cells[kept], matches.among[kept], matches.words)


def _filters(segment: Segment, query: Query) -> Iterator[Array]:
    """The sets of documents that all hits belong to, but for tags and dates."""
    if query.author:
        yield _by(segment, query.author)
    if query.lang:
        yield segment.key_documents("lang", query.lang.lower())


def _by(segment: Segment, name: str) -> Array:
    """The documents by an author of this name, or a part of it; none by a name without words."""
    named = [segment.key_documents("author", word) for word in author_words(name)]
    return intersection(named) if named else NOTHING


def _any_of(segment: Segment, tags: Iterable[str]) -> Array:
    return union(list(_tagged(segment, tags)))


def _tagged(segment: Segment, tags: Iterable[str]) -> Iterator[Array]:
    return (segment.key_documents("tag", tag) for tag in tags)
