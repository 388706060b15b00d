"""Makes the plan of a query: which terms each of its words may stand for in each segment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from ...model import Correction, Dropped, Query
from ...stopwords import STOP_WORDS
from ...text import analyzer, folded_word, is_unspaced
from .arrays import Array
from .phrases import phrase_documents, union
from .plan import Plan, Word
from .scoring import WordTerms
from .segment import Segment
from .typos import candidates

MAX_WORDS = 64
"""Distinct words of a query that are searched; of more, the rarest."""

MAX_EXPANSIONS = 48
"""Terms that the beginning of a word may stand for; of more, the most frequent."""

LONGEST_COMPOUND = 6
"""Characters of a run of a script without spaces that is taken for one word."""

MAX_CORRECTED = 4
"""Misspelt words of a query that are looked up; each costs as much as a few clean ones."""

MAX_PHRASES = 8
"""Distinct phrases and exclusions that are looked up; each is a search of its own."""

PROSE = 8
"""In a text of more words than this quotes are quotations, not a demand for the very phrase."""

_SHORTEST_PREFIX = 2
_SCANNED_SURFACES = 20_000


class Planner:
    """Makes plans for the segments of a generation."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._languages = sorted({lang for segment in segments for lang in segment.languages}) or ["en"]
        self._stop_words = frozenset[str]().union(*(STOP_WORDS.get(lang, frozenset()) for lang in self._languages))

    def plan(self, query: Query) -> Plan:
        """The plan for a query."""
        dropped = [Dropped(word, "beyond the limit of length") for word in query.overlong]
        typed, quoted = list(_surfaces(query.words)), list(_surfaces(query.phrases))
        meant = query.phrases if len(typed) + len(quoted) <= PROSE or not typed else ()
        required, unread = self._phrases(meant)
        excluded, ignored = self._phrases(query.not_words + query.not_phrases)
        dropped += [Dropped(text, f"beyond the limit of {MAX_PHRASES} phrases") for text in unread + ignored]
        counted = [surface for surface in typed if surface.casefold() not in self._stop_words]
        if counted or quoted:
            common = dict.fromkeys(surface for surface in typed if surface.casefold() in self._stop_words)
            dropped += [Dropped(surface, "too common to count") for surface in common]
        else:
            counted = typed
        compounds, rest, apart = self._compounds(counted)
        words, unknown = self._words([*rest, *quoted], last=self._unfinished(query))
        meant_words, unknown, corrected = self._corrected(query.text, unknown, insisted=set(quoted))
        words = sorted(compounds + words + meant_words, key=lambda word: word.frequency)
        dropped += [Dropped(surface, "in no post as it stands") for surface in apart]
        dropped += [Dropped(surface, "in no post") for surface in unknown]
        dropped += [Dropped(word.surface, f"beyond the limit of {MAX_WORDS} words") for word in words[MAX_WORDS:]]
        return Plan(
            words=tuple(words[:MAX_WORDS]),
            corrected=corrected,
            required=required,
            excluded=excluded,
            dropped=tuple(dropped),
            asks=bool(typed or quoted),
        )

    def _compounds(self, surfaces: Sequence[str]) -> tuple[list[Word], list[str], list[str]]:
        """Words of scripts without spaces that are searched as a whole, the surfaces that are left, and words in pairs.

        A short run of such a script is a word that was typed; a longer one is a sentence, whose pairs are the words.
        Where no post holds a run as it stands, its pairs are searched.
        """
        words: list[Word] = []
        rest: list[str] = []
        apart: list[str] = []
        for run, pairs in _runs(surfaces):
            if len(pairs) == 1 or len(run) > LONGEST_COMPOUND:
                rest += pairs
                continue
            within = self._phrase(run)
            terms = [self._word(pair, self._terms(pair), share=1.0).by_segment for pair in pairs]
            parts = (tuple(term for word in by_pair for term in word.terms) for by_pair in zip(*terms, strict=True))
            found = tuple(WordTerms(part, documents) for part, documents in zip(parts, within, strict=True))
            word = self._counted(run, found)
            if word.frequency:
                words.append(word)
            else:
                rest += pairs
                apart.append(run)
        return words, rest, apart

    def _words(self, surfaces: Iterable[str], *, last: str | None) -> tuple[list[Word], list[str]]:
        """The distinct words that are in the index, the rarest first, and those that aren't.

        A word that is repeated counts as often: people repeat what their question is about.
        """
        distinct: dict[frozenset[bytes], str] = {}
        repeated: Counter[frozenset[bytes]] = Counter()
        for surface in surfaces:
            terms = self._terms(surface)
            distinct.setdefault(terms, surface)
            repeated[terms] += 1
        known, unknown = [], []
        for terms, surface in distinct.items():
            word = self._word(surface, terms, share=float(repeated[terms]))
            if not word.frequency and (surface == last or is_unspaced(surface)):
                # A single character of a script without spaces is the beginning of a pair.
                word = self._prefix_word(surface)
            if word.frequency:
                known.append(word)
            else:
                unknown.append(surface)
        return sorted(known, key=lambda word: word.frequency), unknown

    def _corrected(
        self, text: str, unknown: list[str], *, insisted: set[str]
    ) -> tuple[list[Word], list[str], Correction | None]:
        """What the words that no post holds were meant to be, those that stay unknown, and the corrected text.

        A quoted word is meant as it is.
        """
        words: list[Word] = []
        still_unknown: list[str] = []
        meant = insisting = text
        for surface in unknown:
            wanted = surface not in insisted and len(words) < MAX_CORRECTED
            found = candidates(self._segments, folded_word(surface)) if wanted else []
            word = self._counted(surface, tuple(_weighted(segment, found) for segment in self._segments))
            if word.frequency:
                words.append(word)
                meant = _replaced(meant, surface, found[0][0])
                insisting = _replaced(insisting, surface, f'"{surface}"')
            else:
                still_unknown.append(surface)
        return words, still_unknown, Correction(text, meant, insisting) if words else None

    def _terms(self, surface: str) -> frozenset[bytes]:
        terms = frozenset[str]().union(*(analyzer(lang).alternatives(surface) for lang in self._languages))
        return frozenset(map(_encoded, terms))

    def _word(self, surface: str, terms: frozenset[bytes], *, share: float) -> Word:
        found = tuple(
            WordTerms(tuple((index, share) for term in terms if (index := segment.terms.find(term)) >= 0))
            for segment in self._segments
        )
        return self._counted(surface, found)

    def _prefix_word(self, surface: str) -> Word:
        prefix = _encoded(folded_word(surface))
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

    def _phrases(self, texts: Sequence[str]) -> tuple[tuple[tuple[Array, ...], ...], list[str]]:
        """By phrase and segment the documents that hold it, and the phrases that are too many to be looked up."""
        distinct = list(dict.fromkeys(" ".join(text.casefold().split()) for text in texts))
        found = (self._phrase(text) for text in distinct[:MAX_PHRASES])
        return tuple(filter(None, found)), distinct[MAX_PHRASES:]

    def _phrase(self, text: str) -> tuple[Array, ...]:
        """By segment the documents that hold a phrase, as one of the languages would write it; () for signs alone."""
        surfaces = analyzer(None).words(text)[0]
        if not surfaces:
            return ()
        written: set[tuple[bytes, ...]]
        if len(surfaces) == 1:
            written = {(term,) for term in self._terms(surfaces[0])}
        else:
            written = {tuple(map(_encoded, analyzer(lang).terms(text))) for lang in self._languages}
        return tuple(_holding(segment, written) for segment in self._segments)


def _surfaces(texts: Iterable[str]) -> Iterable[str]:
    return (surface for text in texts for surface in analyzer(None).words(text)[0])


def _replaced(text: str, word: str, by: str) -> str:
    """A text with another word in the place of one of its words."""
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _: by, text)


def _runs(surfaces: Sequence[str]) -> Iterable[tuple[str, list[str]]]:
    """Pairs of characters that follow one another, put together again; every other surface by itself."""
    run, pairs = "", list[str]()
    for surface in surfaces:
        if pairs and len(surface) == 2 and is_unspaced(surface) and surface[0] == run[-1] and is_unspaced(run):
            run += surface[1]
            pairs.append(surface)
            continue
        if pairs:
            yield run, pairs
        run, pairs = surface, [surface]
    if pairs:
        yield run, pairs


def _encoded(term: str) -> bytes:
    return term.encode("utf-8", "replace")


def _holding(segment: Segment, written: Iterable[tuple[bytes, ...]]) -> Array:
    found = []
    for terms in written:
        indexes = [segment.terms.find(term) for term in terms]
        if min(indexes) >= 0:
            found.append(phrase_documents(segment, indexes))
    return union(found)


def _weighted(segment: Segment, found: Iterable[tuple[str, float]]) -> WordTerms:
    """The terms of some candidates, each with its weight; of a term that several stand for, the highest."""
    shares: dict[int, float] = {}
    for surface, weight in found:
        for term in segment.terms_of_surface(_encoded(surface)):
            shares[term] = max(weight, shares.get(term, 0.0))
    return WordTerms(tuple(shares.items()))


def _expanded(segment: Segment, prefix: bytes) -> WordTerms:
    """The terms of the words that begin with `prefix`, the most frequent of them."""
    first, last = segment.surfaces.prefix_range(prefix)
    terms = np.unique(segment.surface_term[first : min(last, first + _SCANNED_SURFACES)])
    if len(terms) > MAX_EXPANSIONS:
        sizes = segment.document_frequencies(terms)
        terms = terms[np.argpartition(-sizes, MAX_EXPANSIONS)[:MAX_EXPANSIONS]]
    return WordTerms(tuple((int(term), 1.0) for term in terms))
