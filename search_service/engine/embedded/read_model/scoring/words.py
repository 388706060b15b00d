"""The scores of documents for the words of a query: one cell (see `cells`) a document, one addition a word.

All documents of a segment are scored at once, in one pass a term; or just some of them, where filters leave few.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from ..stored.arrays import Array
from ..stored.impact import LARGEST
from ..stored.segment import Segment
from .cells import WORD

_LONG = 4096
"""Postings of which those are looked for that are in a range of documents."""

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
        if self.is_single:
            return segment.document_frequency(self.terms[0][0])
        held = (
            len(self.within) if self.within is not None else sum([segment.document_frequency(t) for t, _ in self.terms])
        )
        return held + sum(each.frequency(segment) for each in self.also) if self.also else held

    def scaled(self, factor: float) -> WordTerms:
        """The same with all shares multiplied."""
        terms = tuple((term, share * factor) for term, share in self.terms)
        return WordTerms(terms, self.within, tuple(each.scaled(factor) for each in self.also))

    def postings(self, segment: Segment, around: Array | None = None) -> list[tuple[Array, Array]]:
        """The documents, i8, and impacts, u2, of each that the word may stand for.

        Those outside the range of the documents `around`, i8, ascending, may be left out.
        """
        if self.within is None:
            found = [term_postings(segment, term, share, around) for term, share in self.terms]
        else:
            found = [(self.within, _added_up(segment, self.terms, self.within))]
        for each in self.also:
            found += each.postings(segment, around)
        return found


Postings = Sequence[tuple[Array, Array]]
"""Documents, i8, and impacts, u2, of terms."""


class Accumulators(threading.local):
    """The scratch arrays of a thread for one segment, [N]: u4 cells of the last query; u2 impacts of a word, which are
    0 between queries.
    """

    def __init__(self, count: int) -> None:
        self._cells = np.zeros(count, np.uint32)
        self._impacts = np.zeros(count, np.uint16)

    def all_cells(self, segment: Segment, words: Sequence[WordTerms]) -> Array:
        """The cells, u4 [N], of all documents, with 0 for dead ones: the thread's own, until its next call."""
        cells, empty = self._cells, True
        for word in reversed(words):  # the rarest is the first: beginning with a dense row spares a pass
            row = _dense_row(segment, word)
            if row is None:
                if empty:
                    cells.fill(0)
                self._add(cells, segment, word)
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
                postings = word.postings(segment, documents)
                impacts = self._lay_out(postings).take(documents)
                self._clear(postings)
                cells += impacts
                cells += (impacts != 0) * WORD
        return cells

    def _add(self, cells: Array, segment: Segment, word: WordTerms) -> None:
        """Add the cells of all documents that have a word: one that stands for several terms counts once."""
        postings = word.postings(segment)
        if len(postings) == 1:
            documents, impacts = postings[0]
            np.add.at(cells, documents, impacts + WORD)
            return
        best = self._lay_out(postings)
        cells += best
        cells += (best != 0) * WORD
        self._clear(postings)

    def _lay_out(self, postings: Postings) -> Array:
        """The best impact of some postings in every document, u2 [N]: the thread's own, to be cleared."""
        best = self._impacts
        if len(postings) == 1:
            best[postings[0][0]] = postings[0][1]
            return best
        for documents, impacts in postings:
            np.maximum.at(best, documents, impacts)
        return best

    def _clear(self, postings: Postings) -> None:
        for documents, _ in postings:
            self._impacts[documents] = 0


def _dense_row(segment: Segment, word: WordTerms) -> Array | None:
    """The cells of all documents, u4 [N], for a word of one frequent term."""
    if not word.is_single:
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
    found = (holders.take(at, mode="clip") == documents).nonzero()[0]
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


def term_postings(segment: Segment, term: int, share: float, around: Array | None = None) -> tuple[Array, Array]:
    """The documents, i8, and impacts, u2, of a term; a share other than 1 lowers or raises the impacts.

    Those outside the range of the documents `around`, i8, ascending, may be left out.
    """
    postings = segment.postings(term)
    if around is not None and len(around) and postings.stop - postings.start > _LONG:
        ends = np.array([around.item(0), around.item(-1) + 1], np.uint32)
        first, last = segment.posting_doc[postings].searchsorted(ends).tolist()
        postings = slice(postings.start + first, postings.start + last)
    return segment.posting_doc[postings].astype(np.int64), _shared(segment.posting_impact[postings], share)


def live_postings(segment: Segment, word: WordTerms) -> tuple[Array, Array]:
    """The same of a word of one term, without dead documents."""
    documents, impacts = term_postings(segment, *word.terms[0])
    if segment.live is None:
        return documents, impacts
    kept = segment.live[documents].nonzero()[0]
    return documents[kept], impacts[kept]


def _shared(impacts: Array, share: float) -> Array:
    return impacts if share == 1.0 else np.clip(impacts * np.float32(share), 1, LARGEST).astype(np.uint16)
