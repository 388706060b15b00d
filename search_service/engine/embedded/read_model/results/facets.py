"""Counts of documents by tag and by year, added up over the segments of a generation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from search_service.engine.model import Facets, TagCount, YearCount

from ..matching.matches import Found
from ..stored.arrays import Array
from ..stored.segment import Segment
from .facet_table import FacetTable

FACET_TAGS = 20
"""Tags that facets name."""

_NAME = 0xFFFFFFFF
"""The bits of a rank that a tag's name is in."""


class FacetCounts:
    """The tags and years of some segments. Safe for many threads."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._tables = [FacetTable(segment) for segment in segments]
        labels = _most_used_labels(segments)
        names = sorted(labels)
        number_of = {name: number for number, name in enumerate(names)}
        self._tag_numbers = [np.array([number_of[name] for name in table.names], np.int64) for table in self._tables]
        # From the last to the first: what ranks hold of a name, so that of equal counts the first name comes first.
        self._tags = [(name, labels[name]) for name in reversed(names)]
        self._from_last = np.arange(len(names))[::-1].copy()
        dated = [table.years for table in self._tables if table.years]
        self._years = list(range(min(each[0] for each in dated), max(each[-1] for each in dated) + 1)) if dated else []

    def facets(self, found: Sequence[Found]) -> Facets:
        """The counts over what a query finds, by segment."""
        if len(self._tables) == 1:
            tags, years = self._tables[0].counts(found[0], FACET_TAGS)
        else:
            tags, years = np.zeros(len(self._tags), np.int64), np.zeros(len(self._years), np.int64)
            for each, table, numbers in zip(found, self._tables, self._tag_numbers, strict=True):
                # The largest counts of one segment need not be among the largest of all: each is wanted.
                by_tag, by_year = table.counts(each, len(self._tags))
                tags[numbers] += by_tag
                if table.years:
                    first = table.years[0] - self._years[0]
                    years[first : first + len(table.years)] += by_year
        return Facets(
            tags=self._most_frequent(tags, FACET_TAGS),
            years=tuple(
                [YearCount(*each) for each in zip(self._years[::-1], years[::-1].tolist(), strict=True) if each[1]]
            ),
        )

    def all_tags(self) -> tuple[TagCount, ...]:
        """All tags, the most frequent first."""
        counts = np.zeros(len(self._tags), np.int64)
        for table, numbers in zip(self._tables, self._tag_numbers, strict=True):
            counts[numbers] += table.all_counts()
        return self._most_frequent(counts, len(counts))

    def _most_frequent(self, counts: Array, most: int) -> tuple[TagCount, ...]:
        """The tags with the highest counts; of equal ones the first in order of their names."""
        # One number for both: the count above, below it how far the name is from the last one.
        rank = counts << 32
        rank |= self._from_last
        if len(rank) > most:
            rank.partition(len(rank) - most)
            rank = rank[len(rank) - most :]
        rank.sort()
        tags = self._tags
        found = [(tags[each & _NAME], each >> 32) for each in rank[::-1].tolist() if each > _NAME]
        return tuple([TagCount(name, label, count) for (name, label), count in found])


def _most_used_labels(segments: Sequence[Segment]) -> dict[str, str]:
    """The spelling of each tag that most documents use."""
    spellings: dict[str, Counter[str]] = {}
    for segment in segments:
        for key, tag in zip(range(*segment.tag_range), segment.tags, strict=True):
            spellings.setdefault(tag, Counter()).update(msgspec.json.decode(segment.labels[key], type=dict[str, int]))
        for number in segment.dead.tolist():
            for gone in segment.card(number).tags:
                spellings[gone.tag][gone.label] -= 1
    return {tag: min(counts, key=lambda label: (-counts[label], label)) for tag, counts in spellings.items()}
