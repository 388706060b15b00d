"""Counts of documents by tag and by year, added up over the segments of a generation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from ...model import Facets, TagCount, YearCount
from .arrays import Array
from .facet_table import FacetTable
from .keys import KEY_SEPARATOR
from .matches import Found
from .segment import Segment

FACET_TAGS = 20
"""Tags that facets name."""


class FacetCounts:
    """The tags and years of some segments. Safe for many threads."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._tables = [FacetTable(segment) for segment in segments]
        labels = _most_used_labels(segments)
        self._names = sorted(labels)
        self._labels = [labels[name] for name in self._names]
        number_of = {name: number for number, name in enumerate(self._names)}
        self._numbers = [np.array([number_of[name] for name in table.names], np.int64) for table in self._tables]
        self._order = np.arange(len(self._names))

    def facets(self, found: Sequence[Found]) -> Facets:
        """The counts over what a query finds, by segment."""
        if len(self._tables) == 1:
            tags, years = self._tables[0].counts(found[0], FACET_TAGS)
            by_year = dict(zip(self._tables[0].years, years.tolist(), strict=True))
        else:
            tags, by_year = np.zeros(len(self._names), np.int64), {}
            for each, table, numbers in zip(found, self._tables, self._numbers, strict=True):
                # The largest counts of one segment need not be among the largest of all: each is wanted.
                more, years = table.counts(each, len(self._names))
                tags[numbers] += more
                for year, count in zip(table.years, years.tolist(), strict=True):
                    by_year[year] = by_year.get(year, 0) + count
        ordered = sorted(by_year, reverse=True)
        return Facets(
            tags=self._most_frequent(tags, FACET_TAGS),
            years=tuple([YearCount(year, count) for year in ordered if (count := by_year[year])]),
        )

    def all_tags(self) -> tuple[TagCount, ...]:
        """All tags, the most frequent first."""
        counts = np.zeros(len(self._names), np.int64)
        for table, numbers in zip(self._tables, self._numbers, strict=True):
            counts[numbers] += table.all_counts()
        return self._most_frequent(counts, len(counts))

    def _most_frequent(self, counts: Array, most: int) -> tuple[TagCount, ...]:
        """The tags with the highest counts; of equal ones the first in order of their names."""
        # One number for both: the count above, below it how far the name is from the end.
        last = len(counts) - 1
        rank = (counts << 32) + last
        rank -= self._order
        if len(rank) > most:
            rank.partition(len(rank) - most)
            rank = rank[len(rank) - most :]
        rank.sort()
        names, labels = self._names, self._labels
        return tuple(
            [
                TagCount(names[number], labels[number], each >> 32)
                for each in rank[::-1].tolist()
                if each >> 32
                for number in (last - (each & 0xFFFFFFFF),)
            ]
        )


def _most_used_labels(segments: Sequence[Segment]) -> dict[str, str]:
    """The spelling of each tag that most documents use."""
    spellings: dict[str, Counter[str]] = {}
    for segment in segments:
        for key in range(*segment.tag_range):
            tag = segment.keys.text(key).partition(KEY_SEPARATOR)[2]
            spellings.setdefault(tag, Counter()).update(msgspec.json.decode(segment.labels[key], type=dict[str, int]))
        for number in segment.dead.tolist():
            for gone in segment.card(number).tags:
                spellings[gone.tag][gone.label] -= 1
    return {tag: min(counts, key=lambda label: (-counts[label], label)) for tag, counts in spellings.items()}
