"""Answers queries with Whoosh's own searcher: the oracle that the read model is compared with.

Words are alternatives to each other: a hit has at least one. Hits with all of them come first, each kind in order
of BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over title, headings, tags and body.
"""

from __future__ import annotations

import mmap
import threading
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from whoosh import query as whoosh_query
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BM25F

from search_service.engine.embedded.read_model.build import author_words
from search_service.engine.embedded.read_model.impact import WEIGHTS
from search_service.engine.embedded.read_model.layout import FIELDS
from search_service.engine.model import (
    Document,
    Dropped,
    Facets,
    Generation,
    Hit,
    Query,
    Results,
    Sort,
    TagCount,
    YearCount,
)
from search_service.engine.snippets import best_passage, marked
from search_service.engine.tags import Tag
from search_service.engine.text import Token, analyzer

from .columns import Columns

MAX_TERMS = 64
"""Distinct words of a query that are searched; of more, the rarest."""

MAX_DEPTH = 1000
"""Hits that can be paged through."""

_FACET_TAGS = 20
_SCANNED = 65_535
"""Characters of a body that are searched for a passage."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query: the terms it may stand for and the documents that hold one of them."""

    surface: str
    terms: frozenset[str]
    documents: frozenset[int]

    def scored(self) -> Any:
        """The Whoosh query that scores it."""
        return whoosh_query.Or(
            [whoosh_query.Term(field, term, boost=WEIGHTS[field]) for field in FIELDS for term in sorted(self.terms)]
        )


class WhooshSearcher:
    """Implements `port.Searcher` on one generation.

    Whoosh's searchers are not for sharing (among threads they give wrong results without an error): each thread
    gets one of its own on first use. What is read from the index at the start is immutable and shared.
    """

    def __init__(self, folder: Path, generation: Generation) -> None:
        self._storage = _mapped(folder)
        self._generation = generation
        self._local = threading.local()
        self._opened: list[Any] = []
        self._opening = threading.Lock()
        self._columns = Columns(self._whoosh().reader())

    @property
    def generation(self) -> Generation:
        """The generation that is searched."""
        return self._generation

    def search(self, query: Query) -> Results:
        """One page of hits, the exact total, and facets over all hits."""
        words, dropped = self._words(query)
        found = self._matching(query, words) & self._filtered(query)
        ranked = self._ranked(query, words, found)
        first = (query.page - 1) * query.per_page
        terms = frozenset[str]().union(*(word.terms for word in words))
        hits = tuple(self._hit(number, score, terms) for number, score in ranked[first : first + query.per_page])
        facets = self._facets(found) if query.facets else None
        return Results(query=query, total=len(found), hits=hits, facets=facets, dropped=dropped)

    def tags(self) -> Sequence[TagCount]:
        """All tags, the most frequent first."""
        return self._columns.tag_counts

    def document(self, url: str) -> Document | None:
        """The document with this canonical URL."""
        number = self._whoosh().document_number(url=url)
        return None if number is None else _document(self._whoosh().stored_fields(number))

    def close(self) -> None:
        """Close every thread's searcher."""
        with self._opening:
            opened, self._opened = self._opened, []
        for searcher in opened:
            searcher.close()
        self._storage.clean()

    def _whoosh(self) -> Any:
        searcher = getattr(self._local, "searcher", None)
        if searcher is None:
            searcher = self._local.searcher = self._storage.open_index().searcher(weighting=BM25F())
            with self._opening:
                self._opened.append(searcher)
        return searcher

    # From words to documents

    def _words(self, query: Query) -> tuple[list[_Word], tuple[Dropped, ...]]:
        """The words that count, and those that don't."""
        distinct: dict[frozenset[str], _Word] = {}
        for text in query.words + query.phrases:
            for word in self._analysed(text):
                distinct.setdefault(word.terms, word)
        dropped = [Dropped(word, "beyond the limit of length") for word in query.overlong]
        known = []
        for word in distinct.values():
            if word.documents:
                known.append(word)
            else:
                dropped.append(Dropped(word.surface, "in no post"))
        known.sort(key=lambda word: len(word.documents))
        dropped += [Dropped(word.surface, f"beyond the limit of {MAX_TERMS} words") for word in known[MAX_TERMS:]]
        return known[:MAX_TERMS], tuple(dropped)

    def _analysed(self, text: str) -> Iterable[_Word]:
        """The words of a text, each analysed in every language that the index holds."""
        analyzers = [analyzer(lang) for lang in self._columns.languages]
        for token in analyzers[0].tokens(text):
            surface = text[token.start : token.end]
            terms = frozenset[str]().union(*(each.alternatives(surface) for each in analyzers))
            documents = (self._holding(field, term) for field in FIELDS for term in terms)
            yield _Word(surface, terms, frozenset().union(*documents))

    def _holding(self, field: str, term: str) -> Set[int]:
        """The documents that hold a term in a field."""
        reader, key = self._whoosh().reader(), term.encode("utf-8", "replace")
        if (field, key) not in reader:
            return frozenset()
        return frozenset(reader.postings(field, key).all_ids())

    def _holding_phrase(self, phrase: str) -> Set[int]:
        """The documents that hold the words one after the other, as one of the languages would write them."""
        if len(analyzer(None).terms(phrase)) == 1:
            return next(iter(self._analysed(phrase))).documents
        found: set[int] = set()
        for lang in self._columns.languages:
            terms = analyzer(lang).terms(phrase)
            for field in FIELDS:
                if terms:
                    found.update(self._whoosh().docs_for_query(whoosh_query.Phrase(field, terms[:MAX_TERMS])))
        return found

    def _matching(self, query: Query, words: Sequence[_Word]) -> Set[int]:
        """The documents that the visitor's text asks for, without regard to filters."""
        # A phrase of signs alone asks for nothing.
        phrases = [phrase for phrase in query.phrases if analyzer(None).terms(phrase)]
        found: Set[int]
        if phrases:
            found = frozenset.intersection(*(frozenset(self._holding_phrase(phrase)) for phrase in phrases))
        elif not any(analyzer(None).terms(word) for word in query.words):
            found = self._columns.all_documents
        else:
            found = frozenset[int]().union(*(word.documents for word in words))
        for phrase in query.not_words + query.not_phrases:
            found = found - self._holding_phrase(phrase)
        return found

    def _filtered(self, query: Query) -> Set[int]:
        """The documents that pass the filters."""
        columns = self._columns
        passing: Set[int] = columns.all_documents
        for group in query.tags_all:
            passing = passing & frozenset[int]().union(*(self._holding("tags", tag) for tag in group))
        for tag in query.tags_none:
            passing = passing - self._holding("tags", tag)
        if query.after or query.before:
            passing = passing & columns.dated_between(query.after, query.before)
        for word in author_words(query.author or ""):
            passing = passing & self._holding("author", word)
        if query.lang:
            passing = passing & self._holding("lang", query.lang.lower())
        return passing

    # From documents to hits

    def _ranked(self, query: Query, words: Sequence[_Word], found: Set[int]) -> list[tuple[int, float]]:
        """The best documents in order with their scores, as many as the page needs."""
        depth = min(query.page * query.per_page, MAX_DEPTH)
        if query.sort is not Sort.RELEVANCE or not words:
            newest_first = query.sort is not Sort.OLDEST
            return [(number, 0.0) for number in self._columns.by_date(found, newest_first=newest_first)[:depth]]
        complete = frozenset(found).intersection(*(word.documents for word in words))
        scored = [word.scored() for word in words]
        ranked = self._best(whoosh_query.And(scored), complete, depth)
        if len(ranked) < depth:
            ranked += self._best(whoosh_query.Or(scored), found - complete, depth - len(ranked))
        return ranked

    def _best(self, scored: Any, among: Set[int], limit: int) -> list[tuple[int, float]]:
        if not among:  # to Whoosh an empty filter is no filter
            return []
        results = self._whoosh().search(scored, limit=limit, filter=set(among))
        return [(int(number), float(score)) for score, number in results.top_n]

    def _hit(self, number: int, score: float, terms: Set[str]) -> Hit:
        document = _document(self._whoosh().stored_fields(number))

        def matched(text: str) -> list[Token]:
            return [token for token in analyzer(document.lang).tokens(text) if token.term in terms]

        return Hit(
            url=document.url,
            title=marked(document.title, matched(document.title)),
            date=document.date,
            tags=document.tags,
            author=document.author,
            image=document.image,
            lang=document.lang,
            score=round(score, 4),
            snippet=best_passage(document.body, matched(document.body[:_SCANNED]), fallback=document.summary),
        )

    def _facets(self, found: Set[int]) -> Facets:
        columns = self._columns
        tags = Counter(chain.from_iterable(columns.tags[number] for number in found))
        years = Counter(year for number in found if (year := columns.years[number]))
        most = sorted(tags.items(), key=lambda item: (-item[1], item[0]))[:_FACET_TAGS]
        return Facets(
            tags=tuple(TagCount(tag, columns.labels[tag], count) for tag, count in most),
            years=tuple(YearCount(year, years[year]) for year in sorted(years, reverse=True)),
        )


def _mapped(folder: Path) -> RamStorage:
    """The files of an index as memory maps: a thread that opens it later finds them even where they were pruned."""
    storage = RamStorage()
    for path in folder.iterdir():
        with path.open("rb") as file:
            storage.files[path.name] = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return storage


def _document(stored: dict[str, Any]) -> Document:
    values = {name.removesuffix("_stored"): value for name, value in stored.items()}
    for name in ("tags", "categories"):
        values[name] = tuple(Tag(tag, label) for tag, label in values.get(name, ()))
    values["headings"] = tuple(values.get("headings", ()))
    return Document(**values)
