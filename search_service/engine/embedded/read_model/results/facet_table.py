"""Counts of documents by tag and by year in one segment, by whichever way is the shortest for what a query finds.

Of hits of a few frequent words, the counts of each word are in the index; what has several of the words is counted once
too often for each word beyond the first. Of few hits, the tags of each are counted. Of many, those of each tag are, in
bits, from the most frequent tag on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ..matching.matches import Found, Matches
from ..scoring.cells import WORD
from ..scoring.words import WordTerms
from ..stored.arrays import Array
from ..stored.segment import Segment

_FEW_SHARE = 8
"""Up to one hit in so many documents the tags of each hit are counted; beyond, each tag's bits are."""
_BLOCK = 32
"""Tags that are counted at once, at first; then twice as many as were counted before."""
_MOST_YEARS = 64
"""Years that are kept in bits."""


class FacetTable:
    """The tags and years of a segment, laid out for counting.

    `names` are the normalised tags in order of their keys, `years` all years from the first to the last.
    """

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._first, _ = segment.tag_range
        self.names = segment.tags
        self.years, self._starts = segment.years
        self._words = -(-max(segment.count, 1) // 64)

    def all_counts(self) -> Array:
        """The number of live documents of each tag, i8."""
        live = self.segment.live
        if live is None:
            return self._sizes
        return np.array([np.count_nonzero(live[self._documents(tag)]) for tag in range(len(self.names))], np.int64)

    def counts(self, found: Found, wanted: int) -> tuple[Array, Array]:
        """The numbers of documents by tag and by year, i8; by tag right for the `wanted` most frequent at least."""
        segment, matches = self.segment, found.for_tags
        if found.for_years is not matches:
            return self._of_tags(matches.documents, wanted), self._of_years(found.for_years.documents)
        if matches.any_of and len(segment.facet):
            several = _with_several(matches)
            if matches.both is not None or all(map(self._are_few, several)):
                return self._apart(self._added_up(matches.any_of, several))
        if matches.among is None and len(self.years) <= _MOST_YEARS:
            flags = matches.cells != 0
            if np.count_nonzero(flags) * _FEW_SHARE > segment.count:
                bits = self._packed(flags)
                return self._by_bits(bits, wanted), _shared(self._year_bits, bits)
        documents = matches.documents
        if self._are_few(documents):
            return self._apart(self._one_by_one(documents))
        return self._of_tags(documents, wanted), self._of_years(documents)

    def _added_up(self, words: Sequence[WordTerms], several: Sequence[Array]) -> Array:
        """The counts by facet of the documents that have one of some words; `several` have two, three and so on."""
        segment = self.segment
        counts = np.zeros(len(self.names) + len(self.years), np.int64)
        more, less = list[Array](), list(several)
        for word in words:
            ((term, _),) = word.terms
            row = segment.facet_row(term)
            if row is None:
                more.append(segment.posting_doc[segment.postings(term)])
            else:
                counts += row
            if len(segment.dead):
                less.append(segment.dead_with(term))
        if more:
            counts += self._one_by_one(more[0] if len(more) == 1 else np.concatenate(more))
        if less:
            counts -= self._one_by_one(less[0] if len(less) == 1 else np.concatenate(less))
        return counts

    def _of_years(self, documents: Array) -> Array:
        """The number of these documents, i8, ascending, in each year."""
        bounds = documents.searchsorted(self._starts)
        return bounds[1:] - bounds[:-1]

    def _of_tags(self, documents: Array, wanted: int) -> Array:
        """The number of these documents, i8, ascending, with each tag: see `counts`."""
        if self._are_few(documents):
            return self._apart(self._one_by_one(documents))[0]
        flags = np.zeros(self.segment.count, bool)
        flags[documents] = True
        return self._by_bits(self._packed(flags), wanted)

    def _are_few(self, documents: Array) -> bool:
        return len(documents) * _FEW_SHARE <= self.segment.count

    def _one_by_one(self, documents: Array) -> Array:
        """The number of these documents, in any order, with each facet: i8, tags before years."""
        segment, facets = self.segment, len(self.names) + len(self.years)
        held = segment.facet_of.take(documents, axis=0).ravel()
        if len(segment.more_doc):
            ordered = np.sort(documents)  # one that is there twice counts twice
            first = ordered.searchsorted(segment.more_doc)
            times = ordered.searchsorted(segment.more_doc, side="right") - first
            held = np.concatenate((held, segment.more_facet.repeat(times)))
        return np.bincount(held, minlength=facets + 1)[:facets]

    def _apart(self, counts: Array) -> tuple[Array, Array]:
        """Counts by facet as those by tag and those by year."""
        return counts[: len(self.names)], counts[len(self.names) :]

    def _by_bits(self, hits: Array, wanted: int) -> Array:
        """Tags are counted from the largest on; those that can't be among the most frequent any more are left at 0."""
        counts = np.zeros(len(self.names), np.int64)
        start, end = 0, _BLOCK
        while start < len(counts):
            counts[self._by_size[start:end]] = _shared(self._bits[start:end], hits)
            if wanted < end < len(counts):
                least = np.partition(counts, len(counts) - wanted)[len(counts) - wanted]
                if self._sizes[self._by_size[end]] < least:
                    break
            start, end = end, 3 * end
        return counts

    def _packed(self, flags: Array) -> Array:
        """What is true of some of the documents, bool [N], as bits: u8."""
        packed = np.zeros(self._words * 8, np.uint8)
        packed[: -(-len(flags) // 8)] = np.packbits(flags)
        return packed.view(np.uint64)

    @cached_property
    def _sizes(self) -> Array:
        return np.array([len(self._documents(tag)) for tag in range(len(self.names))], np.int64)

    @cached_property
    def _by_size(self) -> Array:
        return np.argsort(-self._sizes, kind="stable")

    @cached_property
    def _bits(self) -> Array:
        """The documents of each tag, u8 [tags, words], in order of their numbers."""
        return self._rows_of_bits([self._documents(tag) for tag in self._by_size.tolist()])

    @cached_property
    def _year_bits(self) -> Array:
        """The documents of each year, u8 [years, words]."""
        bounds = zip(self._starts.tolist(), self._starts[1:].tolist(), strict=False)
        return self._rows_of_bits([slice(first, last) for first, last in bounds])

    def _rows_of_bits(self, sets: Sequence[Array | slice]) -> Array:
        bits = np.zeros((len(sets), self._words), np.uint64)
        flags = np.zeros(self.segment.count, bool)
        for row, documents in zip(bits, sets, strict=True):
            flags[documents] = True
            row[:] = self._packed(flags)
            flags[documents] = False
        return bits

    def _documents(self, tag: int) -> Array:
        return self.segment.documents_of_key(self._first + tag)


def _with_several(matches: Matches) -> Sequence[Array]:
    """The hits with two words, with three, and so on: for each word beyond the first a set that they are in."""
    if matches.both is not None:
        return [matches.both]
    return [(matches.cells >= count * WORD).nonzero()[0] for count in range(2, matches.words + 1)]


def _shared(rows: Array, bits: Array) -> Array:
    """How many bits each row, u8 [n, words], has in common with some bits, u8 [words]: i8 [n]."""
    counts: Array = np.bitwise_count(rows & bits).sum(1, dtype=np.uint32)
    return counts
