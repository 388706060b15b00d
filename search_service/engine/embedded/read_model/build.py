"""Documents -> the arrays of a segment, in two steps: `SegmentBuilder` collects, `inverted` lays out."""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from ...model import Document
from ...text import Analyzer, folded_word
from ..analysed import BETWEEN_TEXTS, AnalysedDocument
from .arrays import Array, write_arrays
from .card import Card, card_of
from .impact import Statistics
from .inverted import Stream, frozen_statistics, inverted_arrays
from .layout import FAR, FIELDS, NO_TERM
from .typos import neighbour_arrays

KEY_SEPARATOR = "\x1f"

FrequencyOf = Callable[[bytes], int]
"""Gives the frozen document frequency of a term, by its bytes; 0 where the main segment hasn't the term."""


class SegmentBuilder:
    """Collects documents; of documents with one URL the last one counts."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._documents: list[Document | None] = []
        self._languages: Counter[str] = Counter()
        self._terms: dict[str, int] = {BETWEEN_TEXTS: NO_TERM}
        self._surfaces: set[tuple[str, int]] = set()
        self._seen: defaultdict[str, set[str]] = defaultdict(set)
        self._term_at_place = array("I")
        self._char_at_place = array("H")
        self._first_place = array("Q", [0])
        self._field_place: list[tuple[int, ...]] = []
        self._field_length: list[tuple[int, ...]] = []

    def put(self, analysed: AnalysedDocument) -> None:
        """Add a document, in the place of the one with the same URL."""
        self.delete(analysed.document.url)
        self._numbers[analysed.document.url] = len(self._documents)
        self._documents.append(analysed.document)
        self._languages[analysed.lang] += 1
        self._append_tokens(analysed)

    def delete(self, url: str) -> None:
        """Forget the document with this URL."""
        number = self._numbers.pop(url, None)
        if number is not None:
            self._documents[number] = None

    def documents(self) -> Iterator[Document]:
        """The documents that are in."""
        return (document for document in self._documents if document is not None)

    def __len__(self) -> int:
        return len(self._numbers)

    def write(self, path: Path, *, frozen: Statistics | None = None, frequency_of: FrequencyOf | None = None) -> None:
        """Write the segment's file: a main segment, or a delta with the frozen statistics of its main segment."""
        order = sorted(
            self._numbers.values(), key=lambda number: (_day(self._documents[number]), number)
        )  # the undated, whose day is 0, come first
        documents = [document for number in order if (document := self._documents[number]) is not None]
        names, ranks = self._sorted_terms()
        stream = self._stream(np.array(order, np.int64), ranks)
        statistics = frozen or frozen_statistics(stream)
        frozen_df = None if frequency_of is None else np.array([frequency_of(name) for name in names], np.int64)
        arrays = inverted_arrays(stream, len(names), statistics, frozen_df)
        arrays |= strings("term", names)
        arrays |= self._surface_arrays(ranks, np.diff(arrays["posting_at"]))
        arrays |= _document_arrays(documents)
        arrays |= _key_arrays(documents)
        attributes = {"statistics": statistics.as_attributes(), "languages": sorted(self._languages)}
        write_arrays(path, arrays, attributes)

    def _append_tokens(self, analysed: AnalysedDocument) -> None:
        ids, seen = self._terms, self._seen[analysed.lang]
        places, lengths = [], []
        for name in FIELDS:
            tokens = analysed.fields[name]
            places.append(len(self._term_at_place) - self._first_place[-1])
            lengths.append(len(tokens.terms))
            self._term_at_place.extend([ids.setdefault(term, len(ids)) for term in tokens.terms])
            self._char_at_place.extend([start if start < FAR else FAR for start in tokens.starts])
            self._term_at_place.append(NO_TERM)
            self._char_at_place.append(FAR)
            new = set(tokens.words) - seen
            if new:
                seen |= new
                pairs = dict(zip(tokens.words, tokens.terms, strict=True))
                self._surfaces.update((folded_word(word), ids[pairs[word]]) for word in new if word != BETWEEN_TEXTS)
        self._first_place.append(len(self._term_at_place))
        self._field_place.append(tuple(places))
        self._field_length.append(tuple(lengths))

    def _sorted_terms(self) -> tuple[list[bytes], Array]:
        """The terms as bytes, sorted, and the rank of each id among them."""
        names = [term.encode("utf-8", "replace") for term in self._terms if term != BETWEEN_TEXTS]
        order = sorted(range(len(names)), key=names.__getitem__)
        ranks = np.empty(len(names) + 1, np.uint32)
        ranks[0] = NO_TERM  # the id 0 is that of BETWEEN_TEXTS, which is stored as NO_TERM
        ranks[np.array(order, np.int64) + 1] = np.arange(len(names), dtype=np.uint32)
        return [names[index] for index in order], ranks

    def _stream(self, order: Array, ranks: Array) -> Stream:
        """The tokens of the documents that are left, in their final order, as ranks of terms."""
        first = np.frombuffer(self._first_place, np.uint64).astype(np.int64)
        lengths = (first[1:] - first[:-1])[order]
        new_first = np.concatenate([[0], np.cumsum(lengths)])
        taken = np.arange(new_first[-1]) + np.repeat(first[order] - new_first[:-1], lengths)
        ids = np.frombuffer(self._term_at_place, np.uint32)[taken]
        terms = np.full(len(ids), NO_TERM, np.uint32)
        words = ids != NO_TERM
        terms[words] = ranks[ids[words]]
        fields = np.array(self._field_place, np.int64).reshape(-1, len(FIELDS))[order]
        return Stream(
            term=terms,
            char=np.frombuffer(self._char_at_place, np.uint16)[taken],
            first_place=new_first,
            field_place=fields + new_first[:-1, None],
            field_length=np.array(self._field_length, np.int64).reshape(-1, len(FIELDS))[order],
        )

    def _surface_arrays(self, ranks: Array, frequencies: Array) -> dict[str, Array]:
        pairs = sorted((surface.encode("utf-8", "replace"), int(ranks[term])) for surface, term in self._surfaces)
        surfaces, terms = [surface for surface, _ in pairs], np.array([term for _, term in pairs], np.uint32)
        neighbours = neighbour_arrays(surfaces, frequencies[terms].tolist())
        return strings("surface", surfaces) | {"surface_term": terms} | neighbours


def strings(name: str, values: Sequence[bytes]) -> dict[str, Array]:
    """The two arrays that hold strings of bytes."""
    ends = np.cumsum(np.fromiter(map(len, values), np.int64, len(values)))
    return {name: np.frombuffer(b"".join(values), np.uint8), f"{name}_at": np.concatenate([[0], ends]).astype(np.int64)}


def keys_of(document: Document) -> Iterable[str]:
    """The exact keys that a document is filtered by."""
    for tag in document.tags:
        yield f"tag{KEY_SEPARATOR}{tag.tag}"
    for word in author_words(document.author or ""):
        yield f"author{KEY_SEPARATOR}{word}"
    if document.lang:
        lang = document.lang.lower()
        yield f"lang{KEY_SEPARATOR}{lang}"
        yield f"lang{KEY_SEPARATOR}{lang.partition('-')[0]}"


def author_words(name: str) -> list[str]:
    """The words of a name, folded but not stemmed: `author:kim` finds Kim Lee."""
    return list(dict.fromkeys(Analyzer("und").terms(unicodedata.normalize("NFKC", name))))


def _day(document: Document | None) -> int:
    return document.date.toordinal() if document is not None and document.date else 0


def _document_arrays(documents: Sequence[Document]) -> dict[str, Array]:
    urls = [document.url.encode() for document in documents]
    encode = msgspec.json.Encoder().encode
    cards: list[Card] = [card_of(document) for document in documents]
    return (
        strings("url", urls)
        | strings("title", [_utf8(document.title) for document in documents])
        | strings("body", [_utf8(document.body) for document in documents])
        | strings("card", [encode(card) for card in cards])
        | {
            "day": np.array([_day(document) for document in documents], np.int32),
            "url_order": np.array(sorted(range(len(urls)), key=urls.__getitem__), np.uint32),
        }
    )


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _key_arrays(documents: Sequence[Document]) -> dict[str, Array]:
    holding: defaultdict[str, list[int]] = defaultdict(list)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, document in enumerate(documents):
        for key in dict.fromkeys(keys_of(document)):
            holding[key].append(number)
        for tag in document.tags:
            spellings[f"tag{KEY_SEPARATOR}{tag.tag}"][tag.label] += 1
    keys = sorted(holding, key=str.encode)
    ranks = {key: rank for rank, key in enumerate(keys)}
    tags = [[ranks[f"tag{KEY_SEPARATOR}{tag.tag}"] for tag in document.tags] for document in documents]
    encode: Callable[[Any], bytes] = msgspec.json.Encoder().encode
    return (
        strings("key", [key.encode() for key in keys])
        | strings("labels", [encode(spellings[key]) if key in spellings else b"" for key in keys])
        | _ragged("key_doc", [holding[key] for key in keys])
        | _ragged("key_of", tags)
    )


def _ragged(name: str, rows: Sequence[Sequence[int]]) -> dict[str, Array]:
    ends = np.cumsum(np.fromiter(map(len, rows), np.int64, len(rows)))
    flat = np.fromiter((value for row in rows for value in row), np.uint32)
    return {name: flat, f"{name}_at": np.concatenate([[0], ends]).astype(np.int64)}
