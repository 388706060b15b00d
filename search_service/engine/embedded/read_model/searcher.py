"""Answers queries from the segments of a generation. Every step works on all documents at once; none calls Whoosh."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from ...model import MAX_DEPTH, NO_CURATION, Curation, Document, Generation, Query, Results, Sort, Suggestions, TagCount
from ...urls import canonical_url, slash_variants
from .matching.find import matching
from .matching.matches import Matches
from .planning.plan import Plan
from .planning.planner import Planner
from .results.explain import explained
from .results.facets import FacetCounts
from .results.hits import Place, bare_hits, hits_with_excerpts
from .results.related import nearest
from .scoring.cells import PINNED, SCORE
from .scoring.words import Accumulators
from .stored.files import open_segments
from .suggesting.suggest import Suggester

_DOCUMENT = 0xFFFFFFFF
_SCORE = int(SCORE)


class ReadModelSearcher:
    """Implements `port.Searcher`. Segments are immutable and shared; each thread has scratch arrays of its own."""

    def __init__(self, folder: Path, generation: Generation, *, curation: Curation = NO_CURATION) -> None:
        self._generation = generation
        self._curation = curation
        self._segments = open_segments(folder)
        self._accumulators = [Accumulators(segment.count) for segment in self._segments]
        self._facets = FacetCounts(self._segments)
        self._planner = Planner(self._segments, curation)

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(self._segments, self._planner.languages, self.tags())

    @property
    def generation(self) -> Generation:
        """The generation that is searched."""
        return self._generation

    def search(self, query: Query) -> Results:
        """One page of hits, the exact total, and facets over all hits."""
        plan = self._planner.plan(query)
        segments = self._segments
        found = [
            matching(segment, self._accumulators[index], plan, query, index) for index, segment in enumerate(segments)
        ]
        hits = [each.hits for each in found]
        page = self._ranked(query, plan, hits)
        if query.page > 1 or len(page) > query.per_page:
            first = (query.page - 1) * query.per_page
            page = page[first : first + query.per_page]
        shown = hits_with_excerpts(segments, plan, page) if query.snippets else bare_hits(segments, page)
        if query.explain:
            shown = tuple(
                replace(hit, explanation=explained(segments[place[0]], plan, place))
                for hit, place in zip(shown, page, strict=True)
            )
        return Results(
            query=query,
            total=sum([matches.total for matches in hits]),
            hits=shown,
            facets=self._facets.facets(found) if query.facets else None,
            corrected=plan.corrected,
            proposed=plan.proposed,
            dropped=plan.dropped,
        )

    def suggest(self, text: str, *, limit: int = 8) -> Suggestions:
        """Posts and tags for what has been typed so far."""
        return self._suggester.suggest(text, limit, self.search)

    def related(self, url: str, *, limit: int = 5) -> Results | None:
        """The posts nearest to the one at `url`."""
        place = next(self._located([url]), None)
        if place is None:
            return None
        segment, number, _ = place
        document = self._segments[segment].document(number)
        return self._listed((index, number, 0) for _, index, number in nearest(self._segments, document, limit))

    def featured(self) -> Results:
        """The posts that the blog's owner features, in the owner's order."""
        return self._listed(self._located(self._curation.featured))

    def tags(self) -> Sequence[TagCount]:
        """All tags, the most frequent first."""
        return self._facets.all_tags()

    def document(self, url: str) -> Document | None:
        """The document with this canonical URL."""
        for segment in reversed(self._segments):
            number = segment.number(url)
            if number is not None:
                return segment.document(number)
        return None

    def documents(self) -> Iterator[Document]:
        """All documents, those of each segment from the oldest on."""
        return chain.from_iterable(segment.documents() for segment in self._segments)

    def close(self) -> None:
        """Let go of the files; memory maps end with the last array that refers to them."""
        del self._segments[:], self._accumulators[:]
        self._facets, self._planner = FacetCounts([]), Planner([])

    def _located(self, urls: Iterable[str]) -> Iterator[Place]:
        """The documents at these addresses, in their order; those that aren't indexed are left out."""
        found: dict[Place, None] = {}
        for typed in urls:
            for variant in slash_variants(canonical_url(typed) or typed):
                places = [
                    (index, number, 0)
                    for index, segment in enumerate(self._segments)
                    if (number := segment.number(variant)) is not None
                ]
                found |= dict.fromkeys(places)
                if places:
                    break
        return iter(found)

    def _put_in_order(self, pinned: Sequence[str], candidates: list[tuple[int, int, int, int]]) -> None:
        """Bring the pinned hits, which are the first, into the order in which they were pinned."""
        order = {place[:2]: number for number, place in enumerate(self._located(pinned))}
        first = [each for each in candidates if each[0] >= PINNED]
        candidates[: len(first)] = sorted(first, key=lambda each: order.get(each[2:], len(order)))

    def _listed(self, places: Iterable[Place]) -> Results:
        """A list that nobody searched for, as results."""
        hits = bare_hits(self._segments, list(places))
        return Results(query=Query(), total=len(hits), hits=hits, facets=None)

    def _ranked(self, query: Query, plan: Plan, found: Sequence[Matches]) -> list[Place]:
        """The best hits of all segments in order, as many as the page needs."""
        depth = min(query.page * query.per_page, MAX_DEPTH)
        if query.sort is not Sort.RELEVANCE or not (plan.words or plan.title or plan.pinned):
            return _by_date(found, newest_first=query.sort is not Sort.OLDEST, depth=depth)
        score = _SCORE
        if plan.pinned:
            depth += len(plan.pinned)
        elif len(found) == 1:
            return [(0, each & _DOCUMENT, each >> 32 & score) for each in found[0].best(depth)]
        candidates = [
            (each >> 32, matches.segment.day.item(each & _DOCUMENT), index, each & _DOCUMENT)
            for index, matches in enumerate(found)
            for each in matches.best(depth)
        ]
        candidates.sort(reverse=True)
        if plan.pinned:
            self._put_in_order(plan.pinned, candidates)
        return [(index, document, rank & score) for rank, _, index, document in candidates[:depth]]


def _by_date(found: Sequence[Matches], *, newest_first: bool, depth: int) -> list[Place]:
    """The first hits of all segments by date; the undated come last in both directions."""
    candidates = [
        (matches.segment.day.item(document), index, document)
        for index, matches in enumerate(found)
        for document in matches.by_date(newest_first=newest_first, count=depth)
    ]
    sign = -1 if newest_first else 1
    # The undated in the order in which `Matches.by_date` picks them.
    candidates.sort(key=lambda each: (not each[0], sign * each[0], each[1], sign * each[2] if each[0] else each[2]))
    return [(index, document, 0) for _, index, document in candidates[:depth]]
