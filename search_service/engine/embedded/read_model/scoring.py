"""The scores of all documents for the words of a query: one accumulator, one pass of additions a term.

A cell of the accumulator, u4, holds the number of words that a document has in its upper 12 bits and the sum of their
impacts in its lower 20: 64 words of at most 16,383 fit. So one comparison finds the documents that have them all.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Array
from .impact import LARGEST
from .segment import Segment

WORD = np.uint32(1 << 20)
"""One word, in the upper bits of a cell."""
SCORE = np.uint32((1 << 20) - 1)
"""The lower bits of a cell."""

_GROUPS = 128


@dataclass(frozen=True, slots=True)
class WordTerms:
    """A word of the query in one segment: the terms that it may stand for, and what share of its score each gives.

    With `within`, i8, ascending, the terms are parts of the word: all of them side by side, in just these documents.
    """

    terms: tuple[tuple[int, float], ...]
    within: Array | None = None

    def frequency(self, segment: Segment) -> int:
        """The number of documents that hold the word; where it stands for several terms, at most so many."""
        if self.within is not None:
            return len(self.within)
        return sum(segment.document_frequency(term) for term, _ in self.terms)


class Accumulators(threading.local):
    """The scratch arrays of a thread for one segment: u4 cells and u2 scores, [N] padded for `best`."""

    def __init__(self, count: int) -> None:
        padded = -(-max(count, 1) // _GROUPS) * _GROUPS
        self.cells = np.zeros(padded, np.uint32)
        self._word = np.zeros(padded, np.uint16)

    def accumulate(self, segment: Segment, words: Sequence[WordTerms]) -> Array:
        """The cells, u4 [padded N], of all documents. They are the thread's own and change with the next call."""
        self.cells.fill(0)
        for word in words:
            if word.within is not None:
                self._add_compound(segment, word, word.within)
            elif len(word.terms) == 1:
                self._add_term(segment, *word.terms[0])
            elif word.terms:
                self._add_alternatives(segment, word)
        if len(segment.dead):
            self.cells[segment.dead] = 0
        return self.cells

    def _add_term(self, segment: Segment, term: int, share: float) -> None:
        row = segment.dense_row(term)
        if row >= 0 and share == 1.0:
            dense = segment.dense[row]
            cells = self.cells[: len(dense)]
            np.add(cells, dense, out=cells)
            np.add(cells, WORD, out=cells, where=dense.view(np.uint16) != 0)
            return
        documents, impacts = term_postings(segment, term, share)
        np.add.at(self.cells, documents, np.add(impacts, WORD, dtype=np.uint32))

    def _add_alternatives(self, segment: Segment, word: WordTerms) -> None:
        """A document that holds several of a word's terms has the word once, with the best of their impacts."""
        best = self._word
        touched = []
        for term, share in word.terms:
            documents, impacts = term_postings(segment, term, share)
            np.maximum.at(best, documents, impacts)
            touched.append(documents)
        documents = np.concatenate(touched)
        if len(touched) > 1:
            flags = np.zeros(len(best), bool)
            flags[documents] = True
            documents = np.flatnonzero(flags)
        np.add.at(self.cells, documents, np.add(best[documents], WORD, dtype=np.uint32))
        best[documents] = 0

    def _add_compound(self, segment: Segment, word: WordTerms, within: Array) -> None:
        """A word of several parts scores what its parts score together, as far as one word can."""
        scores = np.zeros(len(within), np.uint32)
        for term, share in word.terms:
            documents, impacts = term_postings(segment, term, share)
            scores += impacts[np.searchsorted(documents, within)]
        self.cells[within] += np.minimum(scores, np.uint32(LARGEST)) + WORD


def term_postings(segment: Segment, term: int, share: float) -> tuple[Array, Array]:
    """The documents, i8, and impacts, u2, of a term; a share other than 1 lowers or raises the impacts."""
    postings = segment.postings(term)
    impacts = segment.posting_impact[postings]
    if share != 1.0:
        impacts = np.clip(impacts * np.float32(share), 1, LARGEST).astype(np.uint16)
    return segment.posting_doc[postings].astype(np.int64), impacts


def best(cells: Array, count: int) -> Array:
    """Candidates for the `count` highest of `cells` (padded): i8, all that can be among them, in no order.

    Not a partition: the maxima of many groups are cheap, and their `count`-th highest is a bound below which nothing
    can be among the best.
    """
    rows = _GROUPS if len(cells) // _GROUPS >= 4 * count else max(1, min(_GROUPS, len(cells) // (4 * count)))
    if len(cells) // rows <= count or len(cells) % rows:
        return np.flatnonzero(cells)
    maxima = cells.reshape(rows, -1).max(0)
    bound = np.partition(maxima, len(maxima) - count)[len(maxima) - count]
    return np.flatnonzero(cells >= max(bound, 1))
