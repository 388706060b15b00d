"""The words of short texts, titles above all: which texts hold a word, and where in them. What suggestions run on.

    title_surface       strings [S]   folded words, in order of their UTF-8 bytes
    title_surface_term  u4 [S]        the term that each stands for
    title_letters       u2 [S, 24]    the letters of each, 0 after its end
    title_term          strings [T]   sorted
    title_at            i8 [T + 1]    occurrences of term t: [title_at[t] : title_at[t + 1]]
    title_doc           u4 [O]        the text of each occurrence
    title_place         u1 [O]        its place among the text's words; 63: there or further on
    title_words         u1 [N]        words of each text; 255: so many or more
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ...text import analyzer, folded_word
from .arrays import Array
from .strings import Strings, strings

LETTERS = 24
"""Letters of a word that misspelt ones are compared with."""

LAST_PLACE = 63
"""Places are bits of a word of 64."""


def title_arrays(texts: Sequence[str], languages: Sequence[Iterable[str | None]]) -> dict[str, Array]:
    """The arrays of these texts. A text is analysed in each of its languages, one as a rule."""
    surfaces: set[tuple[bytes, bytes]] = set()
    occurrences: defaultdict[bytes, set[tuple[int, int]]] = defaultdict(set)
    lengths = np.zeros(len(texts), np.uint8)
    for number, (text, spoken) in enumerate(zip(texts, languages, strict=True)):
        for lang in spoken:
            words = analyzer(lang).words(text)[0]
            lengths[number] = min(len(words), 255)
            for place, word in enumerate(words):
                surface, term = folded_word(word), analyzer(lang).term(word)
                surfaces.add((_utf8(surface), _utf8(term)))
                occurrences[_utf8(term)].add((number, min(place, LAST_PLACE)))
    terms = sorted(occurrences)
    ranks = {term: rank for rank, term in enumerate(terms)}
    pairs = sorted(surfaces)
    flat = [occurrence for term in terms for occurrence in sorted(occurrences[term])]
    ends = np.cumsum([len(occurrences[term]) for term in terms], dtype=np.int64)
    return (
        strings("title_surface", [surface for surface, _ in pairs])
        | strings("title_term", terms)
        | {
            "title_surface_term": np.array([ranks[term] for _, term in pairs], np.uint32),
            "title_letters": letters_of([surface.decode() for surface, _ in pairs]),
            "title_at": np.concatenate([np.zeros(1, np.int64), ends]),
            "title_doc": np.array([number for number, _ in flat], np.uint32),
            "title_place": np.array([place for _, place in flat], np.uint8),
            "title_words": lengths,
        }
    )


def letters_of(words: Sequence[str]) -> Array:
    """The first letters of words, u2 [n, LETTERS]; letters beyond the basic plane are all the same."""
    letters = np.zeros((len(words), LETTERS), np.uint16)
    for row, word in enumerate(words):
        codes = [min(ord(letter), 0xFFFF) for letter in word[:LETTERS]]
        letters[row, : len(codes)] = codes
    return letters


class TitleIndex:
    """Look-ups in these arrays. Immutable, so that threads share it."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.words = arrays["title_words"]
        self.count = len(self.words)
        self.letters = arrays["title_letters"]
        self._surfaces = Strings(arrays["title_surface"], arrays["title_surface_at"])
        self._surface_term = arrays["title_surface_term"]
        self._terms = Strings(arrays["title_term"], arrays["title_term_at"])
        self._at, self._doc, self._place = arrays["title_at"], arrays["title_doc"], arrays["title_place"]

    def terms_of(self, surface: str, terms: Iterable[str]) -> Array:
        """The terms, i8, ascending, that a whole word may stand for: its own and those of its analysis."""
        first, last = self._range(surface, surface)
        found = {index for term in terms if (index := self._terms.find(_utf8(term))) >= 0}
        return np.union1d(self._surface_term[first:last], list(found)).astype(np.int64)

    def terms_beginning(self, prefix: str) -> Array:
        """The terms, i8, ascending, of the words that begin with `prefix`."""
        first, last = self._surfaces.prefix_range(_utf8(prefix))
        return np.unique(self._surface_term[first:last]).astype(np.int64)

    def terms_of_rows(self, rows: Array) -> Array:
        """The terms, i8, ascending, of the words in these rows of `letters`."""
        return np.unique(self._surface_term[rows]).astype(np.int64)

    def places(self, terms: Array) -> Array:
        """By text, u8 [N]: the places at which it holds one of the terms, as bits."""
        first, size = self._at[terms], self._at[terms + 1] - self._at[terms]
        rows = np.arange(size.sum()) + np.repeat(first - (np.cumsum(size) - size), size)
        places = np.zeros(self.count, np.uint64)
        np.bitwise_or.at(places, self._doc[rows], np.uint64(1) << self._place[rows].astype(np.uint64))
        return places

    def _range(self, first: str, last: str) -> tuple[int, int]:
        return self._surfaces.lower_bound(_utf8(first)), self._surfaces.lower_bound(_utf8(last) + b"\0")


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
