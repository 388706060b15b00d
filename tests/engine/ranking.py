"""The documented ranking, word by word and post by post, in floating point: the oracle for the quantised one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from search_service.engine.embedded.analysed import AnalysedDocument, analyse
from search_service.engine.embedded.read_model.impact import BONUS, K1, LENGTH_NORMALISATION, WHOLE
from search_service.engine.embedded.read_model.matching import COMPLETE_FIRST
from search_service.engine.model import Document
from search_service.engine.text import analyzer

PARTS = {WHOLE: ("title", "tag_text", "body"), **{name: (name,) for name in BONUS}}


class Ranking:
    """The scores of `documents` with the statistics of `counted` (a main segment's, or the same documents)."""

    def __init__(self, documents: Sequence[Document], counted: Sequence[Document] | None = None) -> None:
        self._terms = {
            document.url: {name: _counted(analyse(document), fields) for name, fields in PARTS.items()}
            for document in documents
        }
        main = list(map(analyse, documents if counted is None else counted))
        self._documents = len(main)
        self._holding = Counter(term for each in main for term in set().union(*map(set, terms_of(each).values())))
        self._means = {}
        for name, fields in PARTS.items():
            lengths = [length for each in main if (length := sum(len(terms_of(each)[field]) for field in fields))]
            self._means[name] = sum(lengths) / len(lengths) if lengths else 1.0

    def score(self, url: str, words: Sequence[str], languages: Sequence[str]) -> tuple[bool, float]:
        """Whether a document counts as complete, and its score."""
        terms = self._terms[url]
        counts = Counter(
            frozenset().union(*(analyzer(lang).alternatives(word) for lang in languages)) for word in words
        )
        best = [
            repeated * max(self._term_score(term, terms) for term in alternatives)
            for alternatives, repeated in counts.items()
        ]
        return len(counts) <= COMPLETE_FIRST and all(best), sum(best)

    def _term_score(self, term: str, terms: dict[str, Counter[str]]) -> float:
        if not any(counter[term] for counter in terms.values()):
            return 0.0
        held = min(self._holding[term], self._documents)
        idf = math.log(1 + (self._documents - held + 0.5) / (held + 0.5))
        weights = {WHOLE: 1.0, **BONUS}
        return idf * sum(weight * self._saturated(name, term, terms[name]) for name, weight in weights.items())

    def _saturated(self, name: str, term: str, terms: Counter[str]) -> float:
        b = LENGTH_NORMALISATION[name]
        norm = K1 * (1 - b + b * terms.total() / self._means[name])
        return terms[term] * (K1 + 1) / (terms[term] + norm)


def _counted(analysed: AnalysedDocument, fields: Sequence[str]) -> Counter[str]:
    return sum((Counter(terms_of(analysed)[field]) for field in fields), Counter())


def terms_of(analysed: AnalysedDocument) -> dict[str, list[str]]:
    return {name: tokens.terms for name, tokens in analysed.fields.items()}
