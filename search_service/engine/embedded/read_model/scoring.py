"""The scores of all documents for the words of a query: one accumulator, one pass of additions a term.

A cell of the accumulator, u4, holds the number of words that a document has in its upper 12 bits and the sum of their
impacts in its lower 20: 64 words of at most 16,383 fit. So one comparison finds the documents that have them all.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
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
    """The scratch arrays of a thread for one segment: u4 cells and u2 scores, [N] padded for `highest`."""

    def __init__(self, count: int) -> None:
        padded = -(-max(count, 1) // _GROUPS) * _GROUPS
        self.cells = np.zeros(padded, np.uint32)
        self._word = np.zeros(padded, np.uint16)

    def accumulate(self, segment: Segment, words: Sequence[WordTerms]) -> Array:
        """The cells, u4 [N, padded with zeros], of all documents: the thread's own, until its next call."""
        self.cells.fill(0)
        for word in words:
            if word.is_single:
                self._add_term(segment, *word.terms[0])
            else:
                self._add_alternatives(segment, word)
        if len(segment.dead):
            self.cells[segment.dead] = 0
        return self.cells

    def _add_term(self, segment: Segment, term: int, share: float) -> None:
        row = segment.dense_row(term)
        if row >= 0 and share == 1.0:
            impacts = segment.dense[row].astype(np.uint32)
            cells = self.cells[: len(impacts)]
            cells += impacts
            # An impact that isn't 0 carries into the bit of a word; NumPy's `where` would take ten times as long.
            impacts += SCORE
            impacts &= WORD
            cells += impacts
            return
        documents, impacts = term_postings(segment, term, share)
        np.add.at(self.cells, documents, np.add(impacts, WORD, dtype=np.uint32))

    def _add_alternatives(self, segment: Segment, word: WordTerms) -> None:
        """A document that holds several of a word's terms has the word once, with the best of their impacts."""
        best = self._word
        touched = []
        for documents, impacts in word.postings(segment):
            np.maximum.at(best, documents, impacts)
            touched.append(documents)
        if not touched:
            return
        documents = touched[0]
        if len(touched) > 1:
            flags = np.zeros(len(best), bool)
            flags[np.concatenate(touched)] = True
            documents = np.flatnonzero(flags)
        np.add.at(self.cells, documents, np.add(best[documents], WORD, dtype=np.uint32))
        best[documents] = 0


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
    impacts = segment.posting_impact[postings]
    if share != 1.0:
        impacts = np.clip(impacts * np.float32(share), 1, LARGEST).astype(np.uint16)
    return segment.posting_doc[postings].astype(np.int64), impacts


def highest(keys: Array, count: int) -> Array:
    """Candidates for the `count` highest of `keys`, u4: i8, ascending, all that can be among them, without zeros.

    Of many keys the maxima of groups are taken first: the `count`-th highest of these is a bound below which nothing
    can be among the best, and finding it costs far less than a partition of all.
    """
    if len(keys) <= count:
        return np.flatnonzero(keys)
    # What doesn't fill a group is left out of the bound, which is only ever too low for it.
    size = len(keys) // _GROUPS
    maxima = keys[: size * _GROUPS].reshape(_GROUPS, size).max(0) if size >= 4 * count else keys
    bound = np.partition(maxima, len(maxima) - count)[len(maxima) - count]
    return np.flatnonzero(keys >= max(bound, 1))
