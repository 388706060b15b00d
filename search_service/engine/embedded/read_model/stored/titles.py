"""The words of short texts, titles above all: which texts hold a word, and where in them. What suggestions run on.

title_surface        strings [S]  folded words, in order of their UTF-8 bytes
title_surface_term   u4 [S]       the term that each stands for
title_letters        u2 [S, 24]   the letters of each, 0 after its end
title_term           strings [T]  sorted
title_posting_at     i8 [T + 1]   postings of term t: [title_posting_at[t] : title_posting_at[t + 1]]
title_posting_doc    u4 [O]       the text that holds the term
title_posting_position u1 [O]     where among the text's words; 63: there, further on, or no word (`bigrams.parts`)
title_words          u1 [N]       words of each text; 255: so many or more
title_key            strings [N]  `title_key` of each text, sorted
title_key_doc        u4 [N]       the text that each is of
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from search_service.engine.bigrams import parts
from search_service.engine.text import MAX_TOKEN, analyzer, folded_word

from .arrays import Array, Arrays
from .strings import Strings, encoded, strings

LETTERS = 24
"""Letters of a word that misspelt ones are compared with."""

LAST_POSITION = 63
"""Positions are bits of a word of 64."""

_NONE = np.zeros(0, np.int64)


def title_arrays(texts: Iterable[tuple[str, Sequence[str | None]]]) -> dict[str, Array]:
    """The arrays of some texts, each with the languages that it is analysed in: one, as a rule."""
    terms: dict[str, int] = {}
    surfaces: set[tuple[str, int]] = set()
    lengths, held, holders, positions = array("B"), array("I"), array("I"), array("B")
    keys: list[bytes] = []
    for number, (text, languages) in enumerate(texts):
        words: list[str] = []
        for lang in languages:
            analyser = analyzer(lang)
            words = analyser.words(text)[0]
            numbers = [terms.setdefault(analyser.term(word), len(terms)) for word in words]
            surfaces.update(zip(map(folded_word, words), numbers, strict=True))
            held.extend(numbers)
            holders.extend([number] * len(words))
            positions.extend([min(position, LAST_POSITION) for position in range(len(words))])
            for part in parts(text)[0]:
                term = terms.setdefault(analyser.term(part), len(terms))
                surfaces.add((folded_word(part), term))
                held.append(term)
                holders.append(number)
                positions.append(LAST_POSITION)
        lengths.append(min(len(words), 255))
        keys.append(encoded(title_key(words)))
    names = sorted(terms, key=encoded)
    ranks = np.empty(len(terms), np.uint32)
    ranks[[terms[name] for name in names]] = np.arange(len(names), dtype=np.uint32)
    by_rank = ranks[np.frombuffer(held, np.uint32)]
    order = np.argsort(by_rank, kind="stable")
    by_key = sorted(range(len(keys)), key=keys.__getitem__)
    pairs = sorted((encoded(surface), int(ranks[term]), surface) for surface, term in surfaces)
    return (
        strings("title_surface", [surface for surface, _, _ in pairs])
        | strings("title_term", list(map(encoded, names)))
        | strings("title_key", [keys[number] for number in by_key])
        | {
            "title_surface_term": np.array([term for _, term, _ in pairs], np.uint32),
            "title_letters": letters_of([surface for *_, surface in pairs]),
            "title_posting_at": np.searchsorted(by_rank[order], np.arange(len(names) + 1)),
            "title_posting_doc": np.frombuffer(holders, np.uint32)[order],
            "title_posting_position": np.frombuffer(positions, np.uint8)[order],
            "title_words": np.frombuffer(lengths, np.uint8),
            "title_key_doc": np.array(by_key, np.uint32),
        }
    )


def title_key(words: Collection[str]) -> str:
    """What titles are compared by as a whole: their words, however they are written and whatever is between."""
    key = " ".join(words)
    if len(key) <= MAX_TOKEN and key.isascii() and "'" not in key:  # as most are: there is nothing to fold but case
        return key.lower()
    return " ".join(map(folded_word, words))


def letters_of(words: Sequence[str]) -> Array:
    """The first letters of words, u2 [n, LETTERS]; letters beyond the basic plane are all the same."""
    letters = np.array(words, f"U{LETTERS}").reshape(-1, 1).view(np.uint32).reshape(len(words), LETTERS)
    return np.minimum(letters, 0xFFFF).astype(np.uint16)


class TitleIndex:
    """Look-ups in these arrays. Immutable, so that threads share it."""

    def __init__(self, arrays: Arrays | Mapping[str, Array]) -> None:
        self.words = arrays["title_words"]
        self.count = len(self.words)
        self.letters = arrays["title_letters"]
        self._surfaces = Strings(arrays["title_surface"], arrays["title_surface_at"])
        self._surface_term = arrays["title_surface_term"]
        self._terms = Strings(arrays["title_term"], arrays["title_term_at"])
        self._keys = Strings(arrays["title_key"], arrays["title_key_at"])
        self._key_doc = arrays["title_key_doc"]
        self._at = arrays["title_posting_at"]
        self._doc = arrays["title_posting_doc"]
        self._position = arrays["title_posting_position"]

    def equal(self, key: str) -> Array:
        """The texts, i8, whose `title_key` is this."""
        name = encoded(key)
        first = last = self._keys.lower_bound(name)
        while last < self.count and self._keys[last] == name:
            last += 1
        return self._key_doc[first:last].astype(np.int64) if last > first else _NONE

    def beginning(self, key: str) -> tuple[Array, Array, Array]:
        """The texts, i8, whose `title_key` is this, begins with these words, or begins so within a word."""
        name = encoded(key)
        first, last = self._keys.prefix_range(name)
        if first == last:
            return _NONE, _NONE, _NONE
        # No letter is before the blank: keys are in just this order.
        longer, other = self._keys.lower_bound(name + b"\0"), self._keys.lower_bound(name + b"!")
        found = self._key_doc[first:last].astype(np.int64)
        return found[: longer - first], found[longer - first : other - first], found[other - first :]

    def terms_of(self, surface: str, terms: Iterable[str], *, unfinished: bool = False) -> Array:
        """The terms, i8, ascending, that a word may stand for: its own and those of its analysis.

        As long as it is unfinished, those of all words that begin so as well.
        """
        name = encoded(surface)
        if unfinished:
            first, last = self._surfaces.prefix_range(name)
        else:
            first, last = self._surfaces.lower_bound(name), self._surfaces.lower_bound(name + b"\0")
        found = self._surface_term[first:last].tolist()
        return np.array(sorted({*found, *self._indexes(terms)}), np.int64)

    def terms_named(self, terms: Iterable[str]) -> Array:
        """Those of some terms, i8, ascending, that are in a title."""
        return np.array(sorted({*self._indexes(terms)}), np.int64)

    def terms_of_rows(self, rows: Array) -> Array:
        """The terms, i8, ascending, of the words in these rows of `letters`."""
        return np.unique(self._surface_term[rows]).astype(np.int64)

    def _indexes(self, terms: Iterable[str]) -> Iterator[int]:
        return (index for term in terms if (index := self._terms.find(encoded(term))) >= 0)

    def positions(self, terms: Array) -> Array:
        """By text, u8 [N]: the positions at which it holds one of the terms, as bits."""
        first, size = self._at[terms], self._at[terms + 1] - self._at[terms]
        rows = np.arange(size.sum()) + np.repeat(first - (np.cumsum(size) - size), size)
        positions = np.zeros(self.count, np.uint64)
        np.bitwise_or.at(positions, self._doc[rows], np.uint64(1) << self._position[rows].astype(np.uint64))
        return positions
