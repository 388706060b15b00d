"""Which titles, or tags, what has been typed so far may be after.

A title matches when it holds all the words, in any order; the last one may be the beginning of a word, and each may
be another form of the word (`titles`). What has been typed only ever narrows the titles down, and their order depends
on nothing that comes and goes, so that a title that is shown stays until it no longer fits; but for those that were
passed over at the first letters (`suggest`). Only where no title matches are misspelt words taken for others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol

import numpy as np

from search_service.engine.bigrams import parts
from search_service.engine.text import analyzer, folded_word

from ..planning.typos import edit_distance
from ..stored.arrays import Array
from ..stored.titles import TitleIndex, letters_of
from .spelling import typed_distances

MAX_TYPED = 200
"""Characters that are read: a title's length and more."""

BEGINS = 2
"""The rank of a title that goes on after what has been typed, without a mistake, from its beginning."""

_MAX_WORDS = 24
_FIRST = np.uint64(1)


Ranked = tuple[int, int]
"""How well a title matches (few mistakes; typed whole, from its beginning, or side by side), and its number."""


class Match(Protocol):
    """A way to find titles: `suggested` or `tolerant`."""

    def __call__(
        self, index: TitleIndex, words: Sequence[TypedWord], most: int, /, *, live: Array | None = None
    ) -> list[Ranked]:
        """The best `most` titles, in no order."""
        ...


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word as it has been typed so far, folded; `terms` are those of its analysis in each language."""

    surface: str
    terms: frozenset[str]
    unfinished: bool

    @property
    def edits(self) -> int:
        """The mistakes it may have: none in a short word or a number."""
        if not self.surface.isalpha() or len(self.surface) < 4:
            return 0
        return 1 if len(self.surface) < 8 else 2


def typed_words(text: str, languages: Iterable[str]) -> list[TypedWord]:
    """The words of what has been typed. Only a space ends the last one: what comes after an apostrophe isn't known."""
    text = text.lstrip()[:MAX_TYPED]
    surfaces = analyzer(None).words(text)[0][:_MAX_WORDS]
    spoken = list(languages)
    return [
        TypedWord(
            folded_word(surface),
            frozenset[str]().union(*(analyzer(lang).alternatives(surface) for lang in spoken)),
            number == len(surfaces) and not text[-1].isspace(),
        )
        for number, surface in enumerate(surfaces, start=1)
    ]


def suggested(index: TitleIndex, words: Sequence[TypedWord], most: int, *, live: Array | None = None) -> list[Ranked]:
    """The best `most` titles that hold all the words, without those of dead documents; in no order."""
    positions = [index.positions(_terms(index, word)) for word in words]
    return _best(index, words, positions, np.zeros(index.count, np.int64), most, live=live)


def tolerant(index: TitleIndex, words: Sequence[TypedWord], most: int, *, live: Array | None = None) -> list[Ranked]:
    """The same where words may be misspelt; those with fewer mistakes rank higher."""
    mistakes = np.zeros(index.count, np.int64)
    positions = []
    for word in words:
        held = index.positions(_terms(index, word))
        for edits, terms in _misspelt(index, word):
            also = index.positions(terms)
            mistakes[(held == 0) & (also != 0)] += edits
            held |= also
        positions.append(held)
    return _best(index, words, positions, mistakes, most, live=live)


def marked_words(title: str, lang: str | None, words: Sequence[TypedWord]) -> tuple[tuple[int, int], ...]:
    """The half-open ranges of a title that what has been typed matches: beginnings of words, or whole other forms."""
    analyser = analyzer(lang)
    found = [*zip(*analyser.words(title), strict=True), *zip(*parts(title), strict=True)]
    found.sort(key=itemgetter(1))
    surfaces = [surface for surface, _ in found]
    forms = [(folded_word(surface), analyser.term(surface)) for surface in surfaces]
    lengths = [0] * len(surfaces)
    for word in words:
        matched = [_matched(surface, *form, word) for surface, form in zip(surfaces, forms, strict=True)]
        if word.edits and not any(matched):
            matched = [len(surface) * _is_near(form[0], word) for surface, form in zip(surfaces, forms, strict=True)]
        lengths = list(map(max, lengths, matched))
    ranges: list[tuple[int, int]] = []
    for (_, start), length in zip(found, lengths, strict=True):
        if length and ranges and start <= ranges[-1][1]:  # pairs of characters overlap
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], start + length))
        elif length:
            ranges.append((start, start + length))
    return tuple(ranges)


def _matched(surface: str, folded: str, term: str, word: TypedWord) -> int:
    """How many characters of a title's word a typed word matches."""
    if folded == word.surface or term in word.terms:
        return len(surface)
    if word.unfinished and folded.startswith(word.surface):
        return len(word.surface) if len(folded) == len(surface) else len(surface)
    return 0


def _is_near(folded: str, word: TypedWord) -> bool:
    """Whether a title's word may be what a misspelt one means."""
    size, edits = len(word.surface), word.edits
    lengths = range(size - edits, min(size + edits, len(folded)) + 1) if word.unfinished else [len(folded)]
    return any(edit_distance(word.surface, folded[:length], at_most=edits) is not None for length in lengths)


def _terms(index: TitleIndex, word: TypedWord) -> Array:
    return index.terms_of(word.surface, word.terms, unfinished=word.unfinished)


def _misspelt(index: TitleIndex, word: TypedWord) -> Iterator[tuple[int, Array]]:
    """The terms of words that are one edit away, then those that are two away."""
    if not word.edits:
        return
    # Mistakes in both of the first two letters are so rare that looking for them doesn't pay.
    first, second = letters_of([word.surface])[0][:2]
    one, other = index.letters[:, 0], index.letters[:, 1]
    rows = np.flatnonzero((one == first) | (one == second) | (other == second) | (other == first))
    if not len(rows):
        return
    distances = typed_distances(index.letters[rows], word.surface, at_most=word.edits, whole=not word.unfinished)
    for edits in range(1, word.edits + 1):
        yield edits, index.terms_of_rows(rows[distances == edits])


def _best(
    index: TitleIndex,
    words: Sequence[TypedWord],
    positions: Sequence[Array],
    mistakes: Array,
    most: int,
    *,
    live: Array | None,
) -> list[Ranked]:
    """The highest ranks among the titles that have a position for every word."""
    fits = np.logical_and.reduce([held != 0 for held in positions])
    titles = np.flatnonzero(fits if live is None else fits & live)
    # A bit is left where the words, from this position on, follow one another as they were typed.
    runs = np.bitwise_and.reduce([held[titles] >> np.uint64(number) for number, held in enumerate(positions)])
    begins = runs & _FIRST != 0
    typed = begins & (index.words[titles] == len(words))
    if words[-1].unfinished and typed.any():
        typed &= index.positions(index.terms_of(words[-1].surface, words[-1].terms))[titles] != 0
    ranks = (runs != 0).astype(np.int64) + begins + typed - (mistakes[titles] << 2)
    if len(titles) > most:
        # Of equal ranks the newest, which have the highest numbers.
        order = ranks << 32 | titles
        kept = np.argpartition(order, len(order) - most)[len(order) - most :]
        titles, ranks = titles[kept], ranks[kept]
    return list(zip(ranks.tolist(), titles.tolist(), strict=True))
