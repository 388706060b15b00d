"""The documented ranking, word by word and post by post, in floating point: the oracle for the quantised one."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from search_service.engine.embedded.analysed import AnalysedDocument, analyse
from search_service.engine.embedded.read_model.planning.planner import PROSE
from search_service.engine.embedded.read_model.planning.proximity import MOST_WORDS
from search_service.engine.embedded.read_model.weights import (
    BONUS,
    COMPLETE_FIRST,
    JOINED,
    K1,
    LENGTH_NORMALISATION,
    SIDE_BY_SIDE,
    WHOLE,
)
from search_service.engine.model import Document
from search_service.engine.text import analyzer

PARTS = {WHOLE: ("title", "tag_text", "body"), **{name: (name,) for name in BONUS}}


class Ranking:
    """The scores of `documents` with the statistics of `counted` (a main segment's, or the same documents)."""

    def __init__(self, documents: Sequence[Document], counted: Sequence[Document] | None = None) -> None:
        self._titles = {document.url: _title_words(document.title) for document in documents}
        self._terms = {
            document.url: {name: _counted(analyse(document), fields) for name, fields in PARTS.items()}
            for document in documents
        }
        self._side_by_side = {
            document.url: {pair for terms in terms_of(analyse(document)).values() for pair in pairwise(terms)}
            for document in documents
        }
        main = list(map(analyse, documents if counted is None else counted))
        self._documents = len(main)
        self._holding = Counter(term for each in main for term in set().union(*map(set, terms_of(each).values())))
        self._means = {}
        for name, fields in PARTS.items():
            lengths = [length for each in main if (length := sum(len(terms_of(each)[field]) for field in fields))]
            self._means[name] = sum(lengths) / len(lengths) if lengths else 1.0

    def score(self, url: str, words: Sequence[str], languages: Sequence[str]) -> tuple[int, float]:
        """How far a document comes first, whatever its score, and its score."""
        terms = self._terms[url]
        counts = Counter(_alternatives(word, languages) for word in words)
        joined: defaultdict[frozenset[str], list[str]] = defaultdict(list)
        for one, other in pairwise(words):
            if one.isalpha() and other.isalpha() and len(words) <= PROSE:
                for word in (one, other):
                    joined[_alternatives(word, languages)] += _alternatives(one + other, languages)
        best = [
            repeated
            * max(
                *(self._term_score(term, terms) for term in alternatives),
                *(JOINED / 2 * self._term_score(term, terms) for term in joined[alternatives]),
                0.0,
            )
            for alternatives, repeated in counts.items()
        ]
        return self._first(url, words) + (len(counts) <= COMPLETE_FIRST and all(best)), sum(best) + self._pairs(
            url, words
        )

    def _pairs(self, url: str, words: Sequence[str]) -> float:
        """What a document gains for the pairs of words that it holds as they were asked for; of one language."""
        pairs = {(one, other) for one, other in pairwise(words) if one != other and len(words) <= MOST_WORDS}
        terms = [tuple(map(analyzer("en").term, pair)) for pair in pairs]
        return SIDE_BY_SIDE * sum(sum(map(self._idf, pair)) for pair in terms if pair in self._side_by_side[url])

    def _first(self, url: str, words: Sequence[str]) -> int:
        title, typed = self._titles[url], _title_words(" ".join(words))
        if title == typed:
            return 4
        return 2 if len(typed) > 1 and title[: len(typed)] == typed else 0

    def _term_score(self, term: str, terms: dict[str, Counter[str]]) -> float:
        if not any(counter[term] for counter in terms.values()):
            return 0.0
        weights = {WHOLE: 1.0, **BONUS}
        return self._idf(term) * sum(
            weight * self._saturated(name, term, terms[name]) for name, weight in weights.items()
        )

    def _idf(self, term: str) -> float:
        held = min(self._holding[term], self._documents)
        return math.log(1 + (self._documents - held + 0.5) / (held + 0.5))

    def _saturated(self, name: str, term: str, terms: Counter[str]) -> float:
        b = LENGTH_NORMALISATION[name]
        norm = K1 * (1 - b + b * terms.total() / self._means[name])
        return terms[term] * (K1 + 1) / (terms[term] + norm)


def _alternatives(word: str, languages: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*(analyzer(lang).alternatives(word) for lang in languages))


def _title_words(title: str) -> list[str]:
    return [word.casefold() for word in analyzer(None).words(title)[0]]


def _counted(analysed: AnalysedDocument, fields: Sequence[str]) -> Counter[str]:
    return sum((Counter(terms_of(analysed)[field]) for field in fields), Counter())


def terms_of(analysed: AnalysedDocument) -> dict[str, list[str]]:
    return {name: tokens.terms for name, tokens in analysed.fields.items()}
