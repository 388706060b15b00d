"""A query in terms of an index: which words count, and which terms each may stand for in each segment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ...model import Dropped, Query
from ...text import analyzer, folded_word
from .scoring import WordTerms
from .segment import Segment

MAX_WORDS = 64
"""Distinct words of a query that are searched; of more, the rarest."""

MAX_EXPANSIONS = 48
"""Terms that the beginning of a word may stand for; of more, the most frequent."""

_SHORTEST_PREFIX = 2
_SCANNED_SURFACES = 20_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word that counts: as it was typed, and by segment the terms that it may stand for."""

    surface: str
    by_segment: tuple[WordTerms, ...]
    frequency: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to search. A phrase is a set of alternatives, by language, of terms; `asks` is False for browsing."""

    words: tuple[Word, ...]
    phrases: tuple[frozenset[tuple[bytes, ...]], ...]
    excluded: tuple[frozenset[tuple[bytes, ...]], ...]
    dropped: tuple[Dropped, ...]
    asks: bool


class Planner:
    """Makes plans for the segments of a generation."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._languages = sorted({lang for segment in segments for lang in segment.languages}) or ["en"]

    def plan(self, query: Query) -> Plan:
        """The plan for a query."""
        dropped = [Dropped(word, "beyond the limit of length") for word in query.overlong]
        distinct: dict[frozenset[bytes], str] = {}
        for text in query.words + query.phrases:
            for surface in analyzer(None).words(text)[0]:
                distinct.setdefault(self._terms(surface), surface)
        last = self._unfinished(query)
        words = []
        for terms, surface in distinct.items():
            word = self._word(surface, terms)
            if not word.frequency and surface == last:
                word = self._prefix_word(surface)
            if word.frequency:
                words.append(word)
            else:
                dropped.append(Dropped(surface, "in no post"))
        words.sort(key=lambda word: word.frequency)
        dropped += [Dropped(word.surface, f"beyond the limit of {MAX_WORDS} words") for word in words[MAX_WORDS:]]
        # A phrase of signs alone asks for nothing.
        phrases = tuple(phrase for text in query.phrases if (phrase := self._phrase(text)))
        return Plan(
            words=tuple(words[:MAX_WORDS]),
            phrases=phrases,
            excluded=tuple(filter(None, map(self._phrase, query.not_words + query.not_phrases))),
            dropped=tuple(dropped),
            asks=bool(distinct),
        )

    def _terms(self, surface: str) -> frozenset[bytes]:
        terms = frozenset[str]().union(*(analyzer(lang).alternatives(surface) for lang in self._languages))
        return frozenset(term.encode("utf-8", "replace") for term in terms)

    def _word(self, surface: str, terms: frozenset[bytes]) -> Word:
        found = tuple(
            WordTerms(tuple((index, 1.0) for term in terms if (index := segment.terms.find(term)) >= 0))
            for segment in self._segments
        )
        return self._counted(surface, found)

    def _prefix_word(self, surface: str) -> Word:
        prefix = folded_word(surface).encode("utf-8", "replace")
        return self._counted(surface, tuple(_expanded(segment, prefix) for segment in self._segments))

    def _counted(self, surface: str, found: tuple[WordTerms, ...]) -> Word:
        pairs = zip(found, self._segments, strict=True)
        return Word(surface, found, sum(terms.frequency(segment) for terms, segment in pairs))

    def _unfinished(self, query: Query) -> str | None:
        """The last word, where it may be the beginning of one."""
        if not query.unfinished:
            return None
        surfaces = analyzer(None).words(query.words[-1])[0]
        return surfaces[-1] if surfaces and len(surfaces[-1]) >= _SHORTEST_PREFIX else None

    def _phrase(self, text: str) -> frozenset[tuple[bytes, ...]]:
        """The term sequences that a phrase may be; of one word, all its terms."""
        surfaces = analyzer(None).words(text)[0]
        if len(surfaces) == 1:
            return frozenset((term,) for term in self._terms(surfaces[0]))
        analysed: set[tuple[bytes, ...]] = set()
        encode: Callable[[str], bytes] = lambda term: term.encode("utf-8", "replace")  # noqa: E731
        for lang in self._languages:
            terms = analyzer(lang).terms(text)[:MAX_WORDS]
            if terms:
                analysed.add(tuple(map(encode, terms)))
        return frozenset(analysed)


def _expanded(segment: Segment, prefix: bytes) -> WordTerms:
    """The terms of the words that begin with `prefix`, the most frequent of them."""
    first, last = segment.surfaces.prefix_range(prefix)
    terms = np.unique(segment.surface_term[first : min(last, first + _SCANNED_SURFACES)])
    if len(terms) > MAX_EXPANSIONS:
        sizes = segment.document_frequencies(terms)
        terms = terms[np.argpartition(-sizes, MAX_EXPANSIONS)[:MAX_EXPANSIONS]]
    return WordTerms(tuple((int(term), 1.0) for term in terms))
