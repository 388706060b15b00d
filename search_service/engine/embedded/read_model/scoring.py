"""The scores of documents for the words of a query: one cell (see `cells`) a document, one addition a word.

All documents of a segment are scored at once, in one pass a term; or just some of them, where filters leave few.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct

from .arrays import Array
from .cells import WORD
from .impact import LARGEST
from .segment import Segment
from .sets import NOTHING

_FEWER = 16
"""Documents are looked up among postings that are so many times as many; else the postings are laid out."""


class WordTerms(Struct, frozen=True):
    """A word of the query in one segment: the terms that it may stand for, and what share of its score each gives.

    With `within`, i8, ascending, the terms are parts of the word: all of them side by side, in just these documents.
    `also` are other words that stand for it. A document has the word once, with the best of what stands for it.
    """

    terms: tuple[tuple[int, float], ...]
    within: Array | None = None
    also: tuple[WordTerms, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether the postings of one term are all there is."""
        return len(self.terms) == 1 and self.within is None and not self.also

    @property
    def all_terms(self) -> tuple[int, ...]:
        """The terms of the word and of what else stands for it."""
        return tuple([term for each in (self, *self.also) for term, _ in each.terms])

    def frequency(self, segment: Segment) -> int:
        """The number of documents that hold the word; where it stands for several terms, at most so many."""
        held = (
            len(self.within) if self.within is not None else sum(segment.document_frequency(t) for t, _ in self.terms)
        )
        return held + sum(each.frequency(segment) for each in self.also) if self.also else held

    def scaled(self, factor: float) -> WordTerms:
        """The same with all shares multiplied."""
        terms = tuple((term, share * factor) for term, share in self.terms)
        return WordTerms(terms, self.within, tuple(each.scaled(factor) for each in self.also))

    def postings(self, segment: Segment) -> Iterator[tuple[Array, Array]]:
        """The documents, i8, and impacts, u2, of all that the word may stand for, one after the other."""
        if self.within is not None:
            yield self.within, _added_up(segment, self.terms, self.within)
        else:
            for term, share in self.terms:
                yield term_postings(segment, term, share)
        for each in self.also:
            yield from each.postings(segment)


class Accumulators(threading.local):
    """The scratch arrays of a thread for one segment: u4 cells of the last query, and two that are 0 between queries,
    u4 cells and u2 scores; [N] each.
    """

    def __init__(self, count: int) -> None:
        self._cells = np.zeros(count, np.uint32)
        self._laid_out = np.zeros(count, np.uint32)
        self._word = np.zeros(count, np.uint16)

    def all_cells(self, segment: Segment, words: Sequence[WordTerms]) -> Array:
        """The cells, u4 [N], of all documents, with 0 for dead ones: the thread's own, until its next call."""
        cells, empty = self._cells, True
        for word in reversed(words):  # the rarest is the first: beginning with a dense row spares a pass
            row = _dense_row(segment, word)
            if row is None:
                if empty:
                    cells.fill(0)
                np.add.at(cells, *self._word_cells(segment, word))
            elif empty:
                np.copyto(cells, row)
            else:
                np.add(cells, row, out=cells)
            empty = False
        if empty:
            cells.fill(0)
        if len(segment.dead):
            cells[segment.dead] = 0
        return cells

    def cells_of(self, segment: Segment, words: Sequence[WordTerms], documents: Array) -> Array:
        """The cells, u4 [n], of n documents, i8, ascending: an array of its own."""
        cells = np.zeros(len(documents), np.uint32)
        for word in words:
            row = _dense_row(segment, word)
            if row is not None:
                cells += row.take(documents)
            elif word.is_single and len(documents) * _FEWER < word.frequency(segment):
                _look_up(cells, segment, *word.terms[0], documents)
            else:
                held, values = self._word_cells(segment, word)
                self._laid_out[held] = values
                cells += self._laid_out.take(documents)
                self._laid_out[held] = 0
        return cells

    def _word_cells(self, segment: Segment, word: WordTerms) -> tuple[Array, Array]:
        """The documents, i8, that have a word, and their cells for it alone, u4."""
        if word.is_single:
            documents, impacts = term_postings(segment, *word.terms[0])
            return documents, impacts + WORD
        return self._best_of(word.postings(segment))

    def _best_of(self, postings: Iterable[tuple[Array, Array]]) -> tuple[Array, Array]:
        """The same of a word that stands for several terms: a document has it once, with the best of their impacts."""
        best = self._word
        touched = []
        for documents, impacts in postings:
            np.maximum.at(best, documents, impacts)
            touched.append(documents)
        if not touched:
            return NOTHING, NOTHING.astype(np.uint32)
        if len(touched) == 1:
            documents = touched[0]
        else:
            flags = np.zeros(len(best), bool)
            for documents in touched:
                flags[documents] = True
            documents = np.flatnonzero(flags)
        cells = best[documents] + WORD
        best[documents] = 0
        return documents, cells


def _dense_row(segment: Segment, word: WordTerms) -> Array | None:
    """The cells of all documents, u4 [N], for a word of one frequent term."""
    if len(word.terms) != 1 or word.within is not None or word.also:
        return None
    term, share = word.terms[0]
    row = segment.dense_row(term)
    return segment.dense[row] if row >= 0 and share == 1.0 else None


def _look_up(cells: Array, segment: Segment, term: int, share: float, documents: Array) -> None:
    """Add the cells of a term to those of some documents, which are far fewer than its postings."""
    held = segment.postings(term)
    holders = segment.posting_doc[held]
    # The array's own type, or NumPy would convert all of it.
    at = holders.searchsorted(documents.astype(holders.dtype))
    found = np.flatnonzero(holders.take(at, mode="clip") == documents)
    cells[found] += _shared(segment.posting_impact[held][at[found]], share) + WORD


def _added_up(segment: Segment, terms: Iterable[tuple[int, float]], documents: Array) -> Array:
    """What the terms of a word in parts score together in some documents, as far as one word can: u2."""
    scores = np.zeros(len(documents), np.uint32)
    for term, share in terms:
        held, impacts = term_postings(segment, term, share)
        if len(held):  # parts of other languages need not be in every document
            places = held.searchsorted(documents)
            scores += np.where(held.take(places, mode="clip") == documents, impacts.take(places, mode="clip"), 0)
    return np.minimum(scores, LARGEST).astype(np.uint16)


def term_postings(segment: Segment, term: int, share: float) -> tuple[Array, Array]:
    """The documents, i8, and impacts, u2, of a term; a share other than 1 lowers or raises the impacts."""
    postings = segment.postings(term)
    return segment.posting_doc[postings].astype(np.int64), _shared(segment.posting_impact[postings], share)


def _shared(impacts: Array, share: float) -> Array:
    return impacts if share == 1.0 else np.clip(impacts * np.float32(share), 1, LARGEST).astype(np.uint16)
