"""What Whoosh itself finds in the segments that it wrote: the oracle for what the read model finds.

Documents, totals and facets; ranking has an oracle of its own, in `ranking`. One searcher, for one thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from search_service.engine.embedded.analysed import AnalysedDocument, analyse
from search_service.engine.embedded.read_model.planning.planner import PROSE
from search_service.engine.embedded.read_model.stored.keys import author_words
from search_service.engine.embedded.read_model.stored.layout import FIELDS
from search_service.engine.embedded.schema import stored_document
from search_service.engine.model import Query
from search_service.engine.text import analyzer

from ..oracle import whatever_alternative, whenever
from .columns import Columns


class WhooshSearcher:
    """Answers for one generation's Whoosh index."""

    def __init__(self, folder: Path) -> None:
        self._searcher: Any = FileStorage(str(folder), readonly=True).open_index().searcher()
        self._columns = Columns(self._searcher.reader())
        self._analysed: dict[int, AnalysedDocument] = {}

    def found(self, query: Query) -> set[str]:
        """The URLs of all documents that a query finds."""
        return {self._searcher.stored_fields(number)["url"] for number in self._numbers(query)}

    def facets(self, query: Query) -> tuple[Counter[str], Counter[int]]:
        """The counts by tag and by year, as `model.Facets` defines them."""
        for_tags, for_years = self._numbers(whatever_alternative(query)), self._numbers(whenever(query))
        tags = Counter(chain.from_iterable(self._columns.tags[number] for number in for_tags))
        return tags, Counter(year for number in for_years if (year := self._columns.years[number]))

    def close(self) -> None:
        self._searcher.close()

    def _numbers(self, query: Query) -> Set[int]:
        found: Set[int]
        if query.phrases:
            found = frozenset.intersection(*map(self._holding_phrase, query.phrases))
        elif query.words:
            found = frozenset().union(*map(self._holding_word, (*query.words, *_joined(query.words))))
        else:
            found = self._columns.all_documents
        for phrase in query.not_words + query.not_phrases:
            found = found - self._holding_phrase(phrase)
        return found & self._passing(query)

    def _passing(self, query: Query) -> Set[int]:
        passing: Set[int] = self._columns.all_documents
        for group in query.tags_all:
            passing = passing & frozenset().union(*(self._holding("tags", tag) for tag in group))
        for tag in query.tags_none:
            passing = passing - self._holding("tags", tag)
        for name in query.authors_none:
            passing = passing - frozenset.intersection(*(self._holding("author", w) for w in author_words(name)))
        if query.after or query.before:
            passing = passing & self._columns.dated_between(query.after, query.before)
        for word in author_words(query.author or ""):
            passing = passing & self._holding("author", word)
        if query.lang:
            passing = passing & self._holding("lang", query.lang.lower())
        return passing

    def _holding_word(self, word: str) -> frozenset[int]:
        terms = set(chain(*(analyzer(lang).alternatives(word) for lang in self._columns.languages)))
        return frozenset().union(*(self._holding(field, term) for field in FIELDS for term in terms))

    def _holding_phrase(self, phrase: str) -> frozenset[int]:
        found: set[int] = set()
        for lang in self._columns.languages:
            terms = analyzer(lang).terms(phrase)
            if len(terms) == 1:
                return self._holding_word(phrase)
            for field in FIELDS:
                holding = frozenset.intersection(*(self._holding(field, term) for term in terms))
                found.update(number for number in holding if self._has_in_a_row(number, field, terms))
        return frozenset(found)

    def _has_in_a_row(self, number: int, field: str, terms: list[str]) -> bool:
        """Whether the stored text of a field has these terms next to each other: Whoosh has no positions."""
        if number not in self._analysed:
            self._analysed[number] = analyse(stored_document(self._searcher.stored_fields(number)))
        text = self._analysed[number].fields[field].terms
        return any(text[start : start + len(terms)] == terms for start in range(len(text)))

    def _holding(self, field: str, term: str) -> frozenset[int]:
        reader, key = self._searcher.reader(), term.encode()
        return frozenset(reader.postings(field, key).all_ids()) if (field, key) in reader else frozenset()


def _joined(words: Sequence[str]) -> list[str]:
    """Words that were typed in two, as they may be written in one."""
    pairs = pairwise(words) if len(words) <= PROSE else ()
    return [one + other for one, other in pairs if one.isalpha() and other.isalpha()]
