"""Counts of documents by tag and by year: in one segment, and added up over all of a generation's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import msgspec
import numpy as np

from ...model import Facets, TagCount, YearCount
from .arrays import Array
from .keys import KEY_SEPARATOR
from .matching import Found
from .segment import Segment

FACET_TAGS = 20
"""Tags that facets name."""

_FEW_SHARE = 8
"""Up to one hit in so many documents the tags of each hit are counted; beyond, each tag's bits are."""
_BLOCK = 32
"""Tags that are counted at once, at first; then twice as many each time."""


class FacetCounts:
    """The tags and years of some segments. Safe for many threads."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._tables = [TagTable(segment) for segment in segments]
        labels = _most_used_labels(segments)
        self._names = sorted(labels)
        self._labels = [labels[name] for name in self._names]
        number_of = {name: number for number, name in enumerate(self._names)}
        self._numbers = [np.array([number_of[name] for name in table.names], np.int64) for table in self._tables]

    def facets(self, found: Sequence[Found]) -> Facets:
        """The counts over what a query finds, by segment."""
        # Counts of several segments add up: the largest of one need not be among the largest of all.
        wanted = FACET_TAGS if len(self._tables) == 1 else len(self._names)
        tags = np.zeros(len(self._names), np.int64)
        years: Counter[int] = Counter()
        for each, table, numbers in zip(found, self._tables, self._numbers, strict=True):
            documents = each.for_tags.documents
            tags[numbers] += table.counts(documents, wanted)
            if each.for_years is not each.for_tags:
                documents = each.for_years.documents
            years.update(year_counts(table.segment, documents))
        return Facets(
            tags=self._most_frequent(tags, FACET_TAGS),
            years=tuple([YearCount(year, years[year]) for year in sorted(years, reverse=True)]),
        )

    def all_tags(self) -> tuple[TagCount, ...]:
        """All tags, the most frequent first."""
        counts = np.zeros(len(self._names), np.int64)
        for table, numbers in zip(self._tables, self._numbers, strict=True):
            counts[numbers] += table.all_counts()
        return self._most_frequent(counts, len(counts))

    def _most_frequent(self, counts: Array, most: int) -> tuple[TagCount, ...]:
        """The tags with the highest counts; of equal ones the first in order of their names."""
        rank = (counts << 32) - np.arange(len(counts))
        if len(rank) > most:
            rank = np.partition(rank, len(rank) - most)[len(rank) - most :]
        ordered = np.sort(rank[rank > 0])[::-1]
        numbers, largest = (-ordered & 0xFFFFFFFF).tolist(), (ordered + 0xFFFFFFFF >> 32).tolist()
        names, labels = self._names, self._labels
        return tuple(
            [TagCount(names[number], labels[number], count) for number, count in zip(numbers, largest, strict=True)]
        )


class TagTable:
    """The tags of a segment, laid out for counting.

    `names` are the normalised tags in order of their keys. Documents of the tags that more than one in 64 documents
    carries are bits as well: `bits` u8 [tags, words], in order of their numbers of documents.
    """

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._first, last = segment.tag_range
        self.names = [segment.keys.text(key).partition(KEY_SEPARATOR)[2] for key in range(self._first, last)]
        self._words = -(-max(segment.count, 1) // 64)

    @cached_property
    def _sizes(self) -> Array:
        return np.array([len(self._documents(tag)) for tag in range(len(self.names))], np.int64)

    @cached_property
    def _by_size(self) -> Array:
        return np.argsort(-self._sizes, kind="stable")

    @cached_property
    def _bits(self) -> Array:
        bits = np.zeros((len(self.names), self._words * 8), np.uint8)
        flags = np.zeros(self._words * 64, bool)
        for row, tag in enumerate(self._by_size):
            documents = self._documents(int(tag))
            flags[documents] = True
            bits[row] = np.packbits(flags)
            flags[documents] = False
        return bits.view(np.uint64)

    def all_counts(self) -> Array:
        """The number of live documents of each tag, i8."""
        live = self.segment.live
        if live is None:
            return self._sizes
        return np.array([np.count_nonzero(live[self._documents(tag)]) for tag in range(len(self.names))], np.int64)

    def counts(self, documents: Array, wanted: int) -> Array:
        """The number of these documents with each tag, i8; right for the `wanted` most frequent tags at least.

        `documents` are i8, ascending. Of many, tags are counted from the largest on, and those that can't be among the
        most frequent any more are left at 0.
        """
        if len(documents) * _FEW_SHARE <= self.segment.count or not self.names:
            return self._counted_one_by_one(documents)
        flags = np.zeros(self._words * 64, bool)
        flags[documents] = True
        hits = np.packbits(flags).view(np.uint64)
        counts = np.zeros(len(self.names), np.int64)
        start, end = 0, _BLOCK
        while start < len(self.names):
            counts[self._by_size[start:end]] = np.bitwise_count(self._bits[start:end] & hits).sum(1, dtype=np.uint32)
            if wanted < end < len(self.names):
                least = np.partition(counts, len(counts) - wanted)[len(counts) - wanted]
                if self._sizes[self._by_size[end]] < least:
                    break
            start, end = end, 3 * end
        return counts

    def _counted_one_by_one(self, documents: Array) -> Array:
        at = self.segment.tag_of_at
        first, lengths = at[documents], at[documents + 1] - at[documents]
        total = int(lengths.sum())
        places = np.arange(total) + np.repeat(first - (np.cumsum(lengths) - lengths), lengths)
        return np.bincount(self.segment.tag_of[places] - self._first, minlength=len(self.names))

    def _documents(self, tag: int) -> Array:
        return self.segment.documents_of_key(self._first + tag)


def year_counts(segment: Segment, documents: Array) -> dict[int, int]:
    """The number of these documents, i8, ascending, in each year that has some."""
    years, starts = segment.years
    bounds = documents.searchsorted(starts).tolist()
    return {year: last - first for year, first, last in zip(years, bounds, bounds[1:], strict=False) if last > first}


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
