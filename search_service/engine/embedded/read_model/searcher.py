"""Answers queries from the segments of a generation. Every step works on all documents at once; none calls Whoosh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from ...model import (
    MAX_DEPTH,
    NO_CURATION,
    Curation,
    Document,
    Facets,
    Generation,
    Hit,
    Query,
    Results,
    Snippet,
    Sort,
    TagCount,
    YearCount,
)
from ...snippets import best_passage, marked
from .arrays import Array
from .build import KEY_SEPARATOR
from .card import tags_of
from .facets import TagTable, year_counts
from .files import open_segments
from .matching import Matches, matching
from .passages import Occurrences
from .plan import Plan
from .planner import Planner
from .scoring import Accumulators
from .segment import Segment

_FACET_TAGS = 20
_MARKED_WORDS = 16
"""Words of a query, the rarest of it, that are marked in hits."""
_MARKED_TERMS = 64


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A candidate for the page of hits: what it is compared by, and where it is."""

    complete: bool
    score: int
    day: int
    segment: int
    document: int


class ReadModelSearcher:
    """Implements `port.Searcher`. Segments are immutable and shared; each thread has scratch arrays of its own."""

    def __init__(self, folder: Path, generation: Generation, *, curation: Curation = NO_CURATION) -> None:
        self._generation = generation
        self._curation = curation
        self._segments = open_segments(folder)
        self._accumulators = [Accumulators(segment.count) for segment in self._segments]
        self._tag_tables = [TagTable(segment) for segment in self._segments]
        self._planner = Planner(self._segments)
        self._labels = _most_used_labels(self._segments)
        self._tag_names = sorted({name for table in self._tag_tables for name in table.names})
        number_of = {name: number for number, name in enumerate(self._tag_names)}
        self._tag_numbers = [
            np.array([number_of[name] for name in table.names], np.int64) for table in self._tag_tables
        ]

    @property
    def generation(self) -> Generation:
        """The generation that is searched."""
        return self._generation

    def search(self, query: Query) -> Results:
        """One page of hits, the exact total, and facets over all hits."""
        plan = self._planner.plan(query)
        found = [
            matching(segment, accumulators, plan, query, index)
            for index, (segment, accumulators) in enumerate(zip(self._segments, self._accumulators, strict=True))
        ]
        first = (query.page - 1) * query.per_page
        ranked = self._ranked(query, plan, found)[first : first + query.per_page]
        return Results(
            query=query,
            total=sum(matches.total for matches in found),
            hits=self._hits(plan, ranked, snippets=query.snippets),
            facets=self._facets(found) if query.facets else None,
            corrected=plan.corrected,
            dropped=plan.dropped,
        )

    def tags(self) -> Sequence[TagCount]:
        """All tags, the most frequent first."""
        counts = np.zeros(len(self._tag_names), np.int64)
        for table, numbers in zip(self._tag_tables, self._tag_numbers, strict=True):
            counts[numbers] += table.all_counts()
        return self._most_frequent(counts, len(counts))

    def document(self, url: str) -> Document | None:
        """The document with this canonical URL."""
        for segment in reversed(self._segments):
            number = segment.number(url)
            if number is not None:
                return segment.document(number)
        return None

    def close(self) -> None:
        """Let go of the files; memory maps end with the last array that refers to them."""
        self._segments, self._accumulators, self._tag_tables = [], [], []

    def _ranked(self, query: Query, plan: Plan, found: Sequence[Matches]) -> list[_Ranked]:
        """The best candidates of all segments in order, as many as the page needs."""
        depth = min(query.page * query.per_page, MAX_DEPTH)
        candidates = []
        by_date = query.sort is not Sort.RELEVANCE or not plan.words
        for index, matches in enumerate(found):
            segment = self._segments[index]
            if by_date:
                documents = matches.by_date(segment, newest_first=query.sort is not Sort.OLDEST, count=depth)
                entries = [(False, 0, document) for document in documents]
            else:
                entries = matches.best(depth)
            days = segment.day[[document for *_, document in entries]].tolist()
            candidates += [
                _Ranked(complete, score, day, index, document)
                for (complete, score, document), day in zip(entries, days, strict=True)
            ]
        if by_date:
            sign = 1 if query.sort is Sort.OLDEST else -1
            # The undated come last in both directions, in the order in which `by_date` picks them.
            candidates.sort(
                key=lambda hit: (
                    not hit.day,
                    sign * hit.day,
                    hit.segment,
                    sign * hit.document if hit.day else hit.document,
                )
            )
        else:
            candidates.sort(key=lambda hit: (hit.complete, hit.score, hit.day, hit.segment, hit.document), reverse=True)
        return candidates[:depth]

    # The page of hits

    def _hits(self, plan: Plan, ranked: Sequence[_Ranked], *, snippets: bool) -> tuple[Hit, ...]:
        if not snippets:
            return tuple(self._hit(self._segments[hit.segment], hit) for hit in ranked)
        hits: list[Hit | None] = [None] * len(ranked)
        for index, segment in enumerate(self._segments):
            rows = [row for row, hit in enumerate(ranked) if hit.segment == index]
            if not rows:
                continue
            marked_words = enumerate(plan.words[:_MARKED_WORDS])
            terms = [(number, term) for number, word in marked_words for term, _ in word.by_segment[index].terms]
            documents = np.array([ranked[row].document for row in rows], np.int64)
            occurrences = Occurrences(segment, terms[:_MARKED_TERMS], documents)
            for number, row in enumerate(rows):
                hits[row] = self._hit(segment, ranked[row], occurrences, number)
        return tuple(hit for hit in hits if hit is not None)

    def _hit(self, segment: Segment, ranked: _Ranked, occurrences: Occurrences | None = None, row: int = 0) -> Hit:
        number = ranked.document
        card, title = segment.card(number), segment.titles.text(number)
        if occurrences is None:
            shown, snippet = Snippet(title), Snippet("")
        else:
            body = segment.bodies.text(number)
            shown = marked(title, occurrences.titles[row])
            snippet = best_passage(body, occurrences.bodies[row], fallback=card.summary)
        return Hit(
            url=segment.urls.text(number),
            title=shown,
            date=card.date,
            tags=tags_of(card),
            author=card.author,
            image=card.image,
            lang=card.lang,
            score=round(ranked.score / segment.statistics.scale, 3),
            snippet=snippet,
        )

    # All hits

    def _facets(self, found: Sequence[Matches]) -> Facets:
        counts = np.zeros(len(self._tag_names), np.int64)
        years: Counter[int] = Counter()
        for matches, table, numbers in zip(found, self._tag_tables, self._tag_numbers, strict=True):
            # Counts of several segments add up: the largest of one need not be among the largest of all.
            wanted = _FACET_TAGS if len(found) == 1 else len(table.names)
            counts[numbers] += table.counts(matches.documents, wanted)
            years.update(year_counts(matches.segment, matches.documents))
        return Facets(
            tags=self._most_frequent(counts, _FACET_TAGS),
            years=tuple(YearCount(year, years[year]) for year in sorted(years, reverse=True)),
        )

    def _most_frequent(self, counts: Array, most: int) -> tuple[TagCount, ...]:
        """The tags with the highest counts; of equal ones the first in order of their names."""
        rank = (counts << 32) - np.arange(len(counts))
        if len(rank) > most:
            rank = np.partition(rank, len(rank) - most)[len(rank) - most :]
        ordered = np.sort(rank[rank > 0])[::-1]
        numbers, largest = (-ordered & 0xFFFFFFFF).tolist(), (ordered + 0xFFFFFFFF >> 32).tolist()
        return tuple(
            TagCount(self._tag_names[number], self._labels[self._tag_names[number]], count)
            for number, count in zip(numbers, largest, strict=True)
        )


def _most_used_labels(segments: Sequence[Segment]) -> dict[str, str]:
    """The spelling of each tag that most documents use."""
    spellings: dict[str, Counter[str]] = {}
    for segment in segments:
        for key in range(*segment.tag_range):
            tag = segment.keys.text(key).partition(KEY_SEPARATOR)[2]
            spellings.setdefault(tag, Counter()).update(msgspec.json.decode(segment.labels[key], type=dict[str, int]))
        for number in segment.dead.tolist():
            for tag, label in segment.card(number).tags:
                spellings[tag][label] -= 1
    return {tag: min(counts, key=lambda label: (-counts[label], label)) for tag, counts in spellings.items()}
