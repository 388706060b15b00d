"""What typed words, beginnings of words and phrases stand for in the segments of a generation.

Looking a word up costs more than adding its postings up, and visitors ask for the same words again and again: what was
found is remembered, for the last few thousand words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import islice

import numpy as np

from search_service.engine.bigrams import begins_pairs, is_unspaced
from search_service.engine.text import analyzer, folded_word, is_emoji

from ..scoring.phrases import phrase_documents
from ..scoring.words import WordTerms
from ..stored.arrays import Array
from ..stored.segment import Segment
from ..stored.sets import union
from ..stored.strings import encoded
from .plan import Word
from .proposal import FREQUENT, likelier
from .typos import candidates, letters_and_digits
from .written import as_written

MAX_LOOKED_UP = 80
"""Distinct words of a query, or pairs of a script without spaces, that are looked up: a text may hold six times as many
and more, real questions reach sixty, and in Japanese eighty.
"""

MAX_EXPANSIONS = 48
"""Terms that the beginning of a word may stand for; of more, the most frequent."""

_SCANNED_SURFACES = 20_000
_REMEMBERED = 4096
_SHORTEST_SPLIT, _LONGEST_SPLIT = 4, 24
"""Letters of a word that may be two."""
_SPLITS = 3
"""Ways to write a word in two that are looked up."""


class Vocabulary:
    """The words of some segments. Safe for many threads."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segments)
        self.languages = tuple(sorted({lang for segment in segments for lang in segment.languages})) or ("en",)
        # Of functions, which say what they give, not of methods: a cycle would keep the files of a closed searcher open
        # until it is collected.
        self.surfaces = lru_cache(_REMEMBERED)(partial(_surfaces, self._segments))
        self.terms = lru_cache(_REMEMBERED)(partial(_terms, self.languages))
        self.word = lru_cache(_REMEMBERED)(partial(_word, self._segments, self.terms))
        self.likelier = lru_cache(_REMEMBERED)(partial(_likelier, self._segments, self.word))
        self._sequences = lru_cache(_REMEMBERED)(partial(_sequences, self._segments, self.languages))
        self.apart = lru_cache(_REMEMBERED)(partial(_apart, self._segments, self.word, self._sequences))

    def beginning(self, surface: str) -> Word:
        """What is typed of a word, with the terms of the words that begin so."""
        prefix = encoded(folded_word(surface))
        return Word.of(surface, self._segments, [_beginning_so(segment, prefix) for segment in self._segments])

    def misspelt(self, surface: str) -> tuple[Word, str]:
        """A word with the terms of those that it may be a misspelling of, and the likeliest, as posts write it.

        "" stands for none.
        """
        found = candidates(self._segments, folded_word(surface))
        word = Word.of(surface, self._segments, [_weighted(segment, found) for segment in self._segments])
        return word, as_written(self._segments, found[0][0]) if found else ""

    def compound(self, run: str, pairs: Iterable[str], within: Sequence[Array]) -> Word:
        """A word of several parts, in the documents, by segment, that hold them side by side."""
        by_pair = [self.word(pair).by_segment for pair in pairs]
        parts = [tuple(term for word in by_segment for term in word.terms) for by_segment in zip(*by_pair, strict=True)]
        return Word.of(run, self._segments, list(map(WordTerms, parts, within)))

    def text(self, text: str) -> Word:
        """A word, or several as one in the documents that hold them side by side."""
        surfaces = self.surfaces(text)
        return self.word(text) if len(surfaces) == 1 else self.compound(text, surfaces, self.phrase(text))

    def split(self, surface: str) -> tuple[Word, str] | None:
        """What a word is where posts write it in two, and how they write it; None where none does.

        Letters and digits are parted where they meet: `iphone15`.
        """
        if not _SHORTEST_SPLIT <= len(surface) <= _LONGEST_SPLIT:
            return None
        if not surface.isalpha():
            return self._side_by_side(letters_and_digits(surface))
        # A letter by itself is in most vocabularies; longer parts are likelier to be meant.
        cuts = sorted(range(1, len(surface)), key=lambda cut: -min(cut, len(surface) - cut))
        parts = ((surface[:cut], surface[cut:]) for cut in cuts)
        known = (pair for pair in parts if all(self.word(part).frequency for part in pair))
        return next(filter(None, map(self._side_by_side, islice(known, _SPLITS))), None)

    def lettered(self, surface: str) -> tuple[Word, str] | None:
        """The same for a letter and a word, as in `e-mail` and `x-ray`; None for any other word."""
        if len(surface) < _SHORTEST_SPLIT or not _is_written(self._segments, folded_word(surface[1:])):
            return None
        return self._side_by_side((surface[0], surface[1:]))

    def _side_by_side(self, parts: tuple[str, str] | None) -> tuple[Word, str] | None:
        """Two words as one, in the documents that hold them side by side, and how those are written."""
        text = " ".join(parts or ())
        word = self.text(text) if text else None
        return (word, text) if word is not None and word.frequency else None

    def phrase(self, text: str) -> tuple[Array, ...]:
        """By segment the documents that hold a phrase, as one of the languages would write it; () for signs alone."""
        surfaces = self.surfaces(text)
        if not surfaces:
            return ()
        if len(surfaces) == 1:
            word = self.word(surfaces[0])
            if not word.frequency and begins_pairs(surfaces[0]):
                word = self.beginning(surfaces[0])
            return tuple(map(_holding_any, self._segments, word.by_segment))
        return tuple(map(_holding, self._segments, self._sequences(surfaces)))

    def positions_of(self, text: str) -> int:
        """What `phrase` costs, about: the positions of the rarest word, or the documents that hold the only one."""
        surfaces = self.surfaces(text)
        if len(surfaces) < 2:
            return sum(self.word(surface).frequency for surface in surfaces)
        by_segment = zip(self._segments, self._sequences(surfaces), strict=True)
        return sum(min(map(segment.position_count, terms)) for segment, found in by_segment for terms in found)


def _surfaces(segments: Sequence[Segment], text: str) -> tuple[str, ...]:
    """The words of a text, as they were typed. Scripts without spaces give pairs of letters.

    Emoji are words where they stand alone, and posts have them alone for a title or a tag.
    """
    words = analyzer(None).words(text)[0]
    if words and is_emoji(words[0]):
        words = [word for word in words if any(segment.terms.find(encoded(word)) >= 0 for segment in segments)]
    return tuple(words)


def _terms(languages: Sequence[str], surface: str) -> frozenset[bytes]:
    """The terms that a word may stand for in the languages of the index."""
    if is_unspaced(surface):  # nothing is stemmed, and a sentence has hundreds of them
        return frozenset((encoded(folded_word(surface)),))
    terms = frozenset[str]().union(*(analyzer(lang).alternatives(surface) for lang in languages))
    return frozenset(map(encoded, terms))


def _word(segments: Sequence[Segment], terms_of: Callable[[str], frozenset[bytes]], surface: str) -> Word:
    """A word with those of its terms that the segments hold; its frequency is 0 where they hold none."""
    # Without its accents a word may have another stem than with them.
    written = encoded(folded_word(surface))
    terms = () if is_unspaced(surface) else terms_of(surface)
    found = [
        {index for term in terms if (index := segment.terms.find(term)) >= 0}.union(segment.terms_of_surface(written))
        for segment in segments
    ]
    return Word.of(surface, segments, [WordTerms(tuple((index, 1.0) for index in indexes)) for indexes in found])


def _likelier(segments: Sequence[Segment], word_of: Callable[[str], Word], surface: str) -> str:
    """The frequent word that a rare one is probably a slip of; "" for nearly all words."""
    return likelier(segments, word_of(surface))


def _apart(
    segments: Sequence[Segment],
    word_of: Callable[[str], Word],
    sequences_of: Callable[[tuple[str, ...]], Sequence[Sequence[tuple[int, ...]]]],
    surface: str,
) -> tuple[str, str] | None:
    """A rare word as many more posts write it, in two words side by side; None for nearly all words."""
    typed = folded_word(surface)
    at_least = FREQUENT * word_of(surface).frequency
    if not at_least or is_unspaced(surface) or not typed.isalpha():
        return None
    for cut in range(2, len(typed) - 1):
        parts = typed[:cut], typed[cut:]
        # Whether they are written so at all takes a tenth of the time of what they stand for in every language.
        if not _is_written(segments, *parts):
            continue
        if min(word_of(part).frequency for part in parts) >= at_least:
            side_by_side = map(_holding, segments, sequences_of(parts))
            if sum(map(len, side_by_side)) >= at_least:
                return parts
    return None


def _is_written(segments: Iterable[Segment], *words: str) -> bool:
    """Whether a segment has all these words, folded, just so."""
    return any(all(segment.surfaces.find(encoded(word)) >= 0 for word in words) for segment in segments)


def _beginning_so(segment: Segment, prefix: bytes) -> WordTerms:
    """The terms of the words that begin with `prefix`, the most frequent of them."""
    first, last = segment.surfaces.prefix_range(prefix)
    terms = np.unique(segment.surface_term[first : min(last, first + _SCANNED_SURFACES)])
    if len(terms) > MAX_EXPANSIONS:
        sizes = segment.document_frequencies(terms)
        terms = terms[np.argpartition(-sizes, MAX_EXPANSIONS)[:MAX_EXPANSIONS]]
    return WordTerms(tuple((term, 1.0) for term in terms.tolist()))


def _weighted(segment: Segment, found: Iterable[tuple[str, float]]) -> WordTerms:
    """The terms of some candidates, each with its weight; of a term that several stand for, the highest."""
    shares: dict[int, float] = {}
    for surface, weight in found:
        for term in segment.terms_of_surface(encoded(surface)):
            shares[term] = max(weight, shares.get(term, 0.0))
    return WordTerms(tuple(shares.items()))


def _sequences(
    segments: Sequence[Segment], languages: Sequence[str], surfaces: Sequence[str]
) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """By segment the sequences of terms that a phrase is as one of the languages would write it, if it has them all."""
    analysers = map(analyzer, languages)
    written = {tuple([encoded(analyser.term(surface)) for surface in surfaces]) for analyser in analysers}
    found = [[tuple(map(segment.terms.find, terms)) for terms in written] for segment in segments]
    return tuple([tuple([terms for terms in sequences if min(terms) >= 0]) for sequences in found])


def _holding_any(segment: Segment, word: WordTerms) -> Array:
    return union([phrase_documents(segment, (term,)) for term in word.all_terms])


def _holding(segment: Segment, sequences: Iterable[tuple[int, ...]]) -> Array:
    """The documents that hold one of some sequences of terms."""
    return union([phrase_documents(segment, terms) for terms in sequences])
