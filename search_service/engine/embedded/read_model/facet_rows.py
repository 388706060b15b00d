"""Counts by tag and year of the documents of frequent terms, made when a segment is written."""

from __future__ import annotations

import numpy as np

from ..postings.exact import ExactPostings
from ..postings.inversion import Block
from .arrays import Array
from .layout import FACET_COLUMNS, FACET_LEAST, FACET_SHARE
from .years import years_of


class FacetRows:
    """Makes the arrays `facet_term` and `facet` of N documents with these tags, dated on `day`, i4 [N], ascending."""

    def __init__(self, tags: ExactPostings, day: Array) -> None:
        years, starts = years_of(day)
        columns = len(tags.terms) + len(years)
        self.columns = columns if columns <= FACET_COLUMNS else 0
        self._count = len(day)
        holders = np.concatenate([tags.docs, np.arange(starts[0], len(day))])
        held = np.concatenate(
            [
                np.repeat(np.arange(len(tags.terms)), np.diff(tags.at)),
                np.repeat(np.arange(len(years)) + len(tags.terms), np.diff(starts)),
            ]
        )
        # The columns of each document: `held[at[n] : at[n + 1]]`.
        self._held = held[np.argsort(holders, kind="stable")]
        self._at = np.concatenate([[0], np.cumsum(np.bincount(holders, minlength=len(day)))])

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
