"""Counts over all hits of a segment: by tag and by year."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from .arrays import Array
from .segment import Segment

_FEW_SHARE = 16
"""Up to one hit in so many documents the tags of each hit are counted; beyond, each tag's bits are."""
_BLOCK = 32


class TagTable:
    """The tags of a segment, laid out for counting.

    `names` are the normalised tags in order of their keys. Documents of the tags that more than one in 64 documents
    carries are bits as well: `bits` u8 [tags, words], in order of their numbers of documents.
    """

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._first, last = segment.tag_range
        self.names = [segment.keys.text(key).partition("\x1f")[2] for key in range(self._first, last)]
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
        live = self._segment.live
        if live is None:
            return self._sizes
        return np.array([np.count_nonzero(live[self._documents(tag)]) for tag in range(len(self.names))], np.int64)

    def counts(self, documents: Array, wanted: int) -> Array:
        """The number of these documents with each tag, i8; right for the `wanted` most frequent tags at least.

        `documents` are i8, ascending. Of many, tags are counted from the largest on, and those that can't be among the
        most frequent any more are left at 0.
        """
        if len(documents) * _FEW_SHARE <= self._segment.count or not self.names:
            return self._counted_one_by_one(documents)
        flags = np.zeros(self._words * 64, bool)
        flags[documents] = True
        hits = np.packbits(flags).view(np.uint64)
        counts = np.zeros(len(self.names), np.int64)
        for start in range(0, len(self.names), _BLOCK):
            tags = self._by_size[start : start + _BLOCK]
            counts[tags] = np.bitwise_count(self._bits[start : start + _BLOCK] & hits).sum(1, dtype=np.int64)
            rest = self._by_size[start + _BLOCK : start + _BLOCK + 1]
            if len(counts) > wanted and len(rest):
                least = np.partition(counts, len(counts) - wanted)[len(counts) - wanted]
                if self._sizes[rest[0]] < least:
                    break
        return counts

    def _counted_one_by_one(self, documents: Array) -> Array:
        at = self._segment.tag_of_at
        first, lengths = at[documents], at[documents + 1] - at[documents]
        total = int(lengths.sum())
        places = np.arange(total) + np.repeat(first - (np.cumsum(lengths) - lengths), lengths)
        return np.bincount(self._segment.tag_of[places] - self._first, minlength=len(self.names))

    def _documents(self, tag: int) -> Array:
        return self._segment.documents_of_key(self._first + tag)


def year_counts(segment: Segment, documents: Array) -> dict[int, int]:
    """The number of these documents, i8, ascending, in each year that has some."""
    years, starts = segment.years
    bounds = np.searchsorted(documents, starts)
    return {year: int(count) for year, count in zip(years, np.diff(bounds), strict=True) if count}
