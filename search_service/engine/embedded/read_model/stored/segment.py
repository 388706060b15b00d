"""A segment, opened: its arrays by the names of `layout`, and the look-ups that every query needs."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from search_service.engine.model import Document

from .arrays import Array, Arrays
from .card import Card, Rest, document_of, read_cards, read_rest
from .impact import Statistics
from .keys import key, value_of
from .position_table import documents_at
from .sets import member
from .strings import Strings, encoded
from .titles import TitleIndex
from .years import years_of

_NONE = np.zeros(0, np.int64)


class Segment:
    """A main segment or a delta. Immutable, so that threads share it.

    `dead` i8, sorted: documents that a later generation replaced or removed. `live` bool [N] or None: its opposite.
    """

    def __init__(self, path: Path, dead: Array = _NONE) -> None:
        arrays = Arrays(path)
        self.statistics = Statistics.from_attributes(arrays.attributes["statistics"])
        self.languages: list[str] = arrays.attributes["languages"]
        self.terms = Strings(arrays["term"], arrays["term_at"])
        self.surfaces = Strings(arrays["surface"], arrays["surface_at"])
        self.urls = Strings(arrays["url"], arrays["url_at"])
        self.bodies = Strings(arrays["body"], arrays["body_at"])
        self.cards = Strings(arrays["card"], arrays["card_at"])
        self._rest = Strings(arrays["rest"], arrays["rest_at"])
        self.keys = Strings(arrays["key"], arrays["key_at"])
        self.labels = Strings(arrays["labels"], arrays["labels_at"])
        self.title_index = TitleIndex(arrays)
        self.day = arrays["day"]
        self.count = len(self.day)
        self.first_position = arrays["first_position"]
        self._document_at = arrays["document_at"]
        self.field_position = arrays["field_position"]
        self.char = arrays["char"]
        self.width = arrays["width"]
        self.surface_term = arrays["surface_term"]
        self.neighbour = arrays["neighbour"]
        self.neighbour_surface = arrays["neighbour_surface"]
        self.key_doc = arrays["key_doc"]
        self.facet_of = arrays["facet_of"]
        self.more_doc = arrays["more_doc"]
        self.more_facet = arrays["more_facet"]
        self.position = arrays["position"]
        self.previous_term = arrays["previous_term"]
        self.next_term = arrays["next_term"]
        self.own_bytes = {term: byte for byte, term in enumerate(arrays["own_term"].tolist())}
        self.posting_doc = arrays["posting_doc"]
        self.posting_impact = arrays["posting_impact"]
        self.dense = arrays["dense"]
        self.facet = arrays["facet"]
        self._facet_term = arrays["facet_term"].data
        self._posting_at = arrays["posting_at"].data
        self._position_at = arrays["position_at"].data
        self._key_doc_at = arrays["key_doc_at"].data
        self._row = arrays["row"].data
        self._arrays = arrays
        self.dead = dead
        self.live: Array | None = None
        if len(dead):
            self.live = np.ones(self.count, bool)
            self.live[dead] = False
        self.undated = int(np.searchsorted(self.day, 1))

    # Terms

    def postings(self, term: int) -> slice:
        """The postings of a term."""
        return slice(self._posting_at[term], self._posting_at[term + 1])

    def positions(self, term: int) -> slice:
        """The positions of a term."""
        return slice(self._position_at[term], self._position_at[term + 1])

    def position_count(self, term: int) -> int:
        """The number of positions of a term."""
        return self._position_at[term + 1] - self._position_at[term]

    def documents_at(self, positions: Array) -> Array:
        """The documents, i8, that some positions, u4, are in."""
        return documents_at(positions, self._document_at, self.first_position)

    def document_frequency(self, term: int) -> int:
        """The number of documents that hold a term, dead ones included."""
        return self._posting_at[term + 1] - self._posting_at[term]

    def document_frequencies(self, terms: Array) -> Array:
        """The same of several terms, i8."""
        at = self._arrays["posting_at"]
        frequencies: Array = at[terms + 1] - at[terms]
        return frequencies

    def live_frequency(self, term: int) -> int:
        """The number of live documents that hold a term."""
        frequency = self.document_frequency(term)
        return frequency - len(self.dead_with(term)) if len(self.dead) else frequency

    def dead_with(self, term: int) -> Array:
        """The dead documents, i8, ascending, that hold a term."""
        return self.dead[member(self.dead, self.posting_doc[self.postings(term)]).nonzero()[0]]

    def terms_of_surface(self, surface: bytes) -> list[int]:
        """The terms that a folded word stands for."""
        first = self.surfaces.find(surface)
        if first < 0:
            return []
        last = first + 1
        while last < self.surfaces.count and self.surfaces[last] == surface:
            last += 1
        terms: list[int] = self.surface_term[first:last].tolist()
        return terms

    def dense_row(self, term: int) -> int:
        """The term's row among the dense impacts, or -1."""
        return self._row[term]

    def facet_row(self, term: int) -> Array | None:
        """The numbers of documents with a term by tag, then by year, dead ones included; None if that isn't kept."""
        row = bisect_left(self._facet_term, term)
        return self.facet[row] if row < len(self.facet) and self._facet_term[row] == term else None

    def frozen_frequency(self, term: bytes) -> int:
        """The document frequency of a term, by its bytes, when the segment was written: what a delta is scored with."""
        index = self.terms.find(term)
        return self.document_frequency(index) if index >= 0 else 0

    # Keys

    def key_documents(self, kind: str, value: str) -> Array:
        """The documents with an exact key, i8, ascending, dead ones included."""
        index = self._key_numbers.get(key(kind, value))
        return _NONE if index is None else self.documents_of_key(index)

    def documents_of_key(self, index: int) -> Array:
        """The same by the key's number."""
        return self.key_doc[self._key_doc_at[index] : self._key_doc_at[index + 1]].astype(np.int64)

    @cached_property
    def _key_numbers(self) -> dict[bytes, int]:
        """The keys with their numbers: a few hundred tags and names."""
        return {each: index for index, each in enumerate(self.keys)}

    @cached_property
    def tag_range(self) -> tuple[int, int]:
        """The half-open range of the keys that are tags."""
        return self.keys.prefix_range(key("tag"))

    @cached_property
    def tags(self) -> list[str]:
        """The normalised tags in order of their keys."""
        return [value_of(self.keys.text(each)) for each in range(*self.tag_range)]

    # Documents

    def dated(self, after: dt.date | None, before: dt.date | None) -> slice:
        """The documents dated in a range, both ends inclusive."""
        days = self.day.data
        first = self.undated if after is None else bisect_left(days, max(after.toordinal(), 1))
        last = self.count if before is None else bisect_right(days, before.toordinal())
        return slice(first, max(first, last))

    @cached_property
    def years(self) -> tuple[list[int], Array]:
        """The years that documents are dated in, and where each begins (one more: where the last ends)."""
        return years_of(self.day)

    def number(self, url: str) -> int | None:
        """The live document with this URL."""
        wanted, order = encoded(url), self._arrays["url_order"]
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self.urls[int(order[middle])] < wanted:
                low = middle + 1
            else:
                high = middle
        if low == self.count or self.urls[found := int(order[low])] != wanted:
            return None
        return found if self.live is None or self.live[found] else None

    def card(self, number: int) -> Card:
        """What a hit shows of a document."""
        return read_cards([self.cards.view(number)])[0]

    def title(self, number: int) -> bytes:
        """The title of a document, in UTF-8."""
        return encoded(self.card(number).title)

    def rest(self, number: int) -> Rest:
        """What no hit shows of a document."""
        return read_rest(self._rest.view(number))

    def documents(self) -> Iterator[Document]:
        """All live documents, the oldest first."""
        for number in range(self.count):
            if self.live is None or self.live[number]:
                yield self.document(number)

    def document(self, number: int) -> Document:
        """The whole document."""
        return document_of(self.card(number), self.rest(number), body=self.bodies.text(number))
