"""The tags and years of documents, and how many of each the documents of frequent terms have, for a segment.

A facet is a tag or a year, by its number: tags in order of their keys, then years.
"""

from __future__ import annotations

import numpy as np

from search_service.engine.embedded.postings.exact import ExactPostings
from search_service.engine.embedded.postings.inversion import Block

from ..stored.arrays import Array
from ..stored.layout import FACET_COLUMNS, FACET_LEAST, FACET_SHARE, FACET_WIDTH
from ..stored.years import years_of


class FacetRows:
    """Makes the facet arrays of N documents with these tags, dated on `day`, i4 [N], ascending: see `layout`."""

    def __init__(self, tags: ExactPostings, day: Array) -> None:
        years, starts = years_of(day)
        self._facets = len(tags.terms) + len(years)
        self.columns = self._facets if self._facets <= FACET_COLUMNS else 0
        self._count = len(day)
        holders = np.concatenate([tags.docs, np.arange(starts[0], len(day))])
        held = np.concatenate(
            [
                np.repeat(np.arange(len(tags.terms)), np.diff(tags.at)),
                np.repeat(np.arange(len(years)) + len(tags.terms), np.diff(starts)),
            ]
        )
        # The facets of each document: `held[at[n] : at[n + 1]]`.
        self._held = held[np.argsort(holders, kind="stable")]
        self._at = np.concatenate([[0], np.cumsum(np.bincount(holders, minlength=len(day)))])

    def by_document(self) -> dict[str, Array]:
        """The facets of every document: `facet_of`, and what is beyond its width."""
        sizes = np.diff(self._at)
        width = min(int(sizes.max(initial=1)), FACET_WIDTH)
        holder = np.repeat(np.arange(self._count), sizes)
        column = np.arange(len(self._held)) - np.repeat(self._at[:-1], sizes)
        within = column < width
        dtype = np.uint16 if self._facets < 1 << 16 else np.uint32
        facet_of = np.full((self._count, width), self._facets, dtype)
        facet_of[holder[within], column[within]] = self._held[within]
        return {
            "facet_of": facet_of,
            "more_doc": holder[~within].astype(np.uint32),
            "more_facet": self._held[~within].astype(dtype),
        }

    def of(self, block: Block) -> tuple[Array, Array]:
        """The terms of a block that are frequent, i8, and their counts, i8 [n, columns]."""
        sizes = np.diff(block.at) if self.columns else np.zeros(0, np.int64)
        frequent = np.flatnonzero(sizes > max(FACET_LEAST, self._count // FACET_SHARE))
        rows = np.zeros((len(frequent), self.columns), np.int64)
        for row, term in zip(rows, frequent.tolist(), strict=True):
            row[:] = self._counts(block.doc[block.at[term] : block.at[term + 1]])
        return block.first + frequent, rows

    def _counts(self, documents: Array) -> Array:
        first = self._at[documents]
        sizes = self._at[documents + 1] - first
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1]) + np.repeat(first - (ends - sizes), sizes)
        return np.bincount(self._held[places], minlength=self.columns)
