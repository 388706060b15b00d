"""Exact terms - tags, dates, authors' words - collected by document, then grouped by term."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...model import Document
from ...text import primary_language
from ..read_model.stored.arrays import Array
from ..read_model.stored.keys import author_words
from ..read_model.stored.strings import encoded

LABEL_SEPARATOR = "\x1f"
"""Between a tag and one spelling of it in a term of `labels`."""

FIELDS = ("analysed_as", "author", "categories", "date", "labels", "lang", "tags")


def exact_terms(document: Document, analysed_as: str) -> Iterable[tuple[str, str]]:
    """The exact terms of a document, each with its field."""
    yield "analysed_as", analysed_as
    for word in author_words(document.author or ""):
        yield "author", word
    for tag in document.categories:
        yield "categories", tag.tag
    if document.date:
        yield "date", document.date.isoformat()
    if document.lang:
        yield "lang", document.lang.lower()
        yield "lang", primary_language(document.lang)
    for tag in document.tags:
        yield "tags", tag.tag
        yield "labels", f"{tag.tag}{LABEL_SEPARATOR}{tag.label}"


@dataclass(frozen=True, slots=True)
class ExactPostings:
    """The terms of a field, in order of their UTF-8 bytes, with their documents, ascending within each.

    Those of term t are `docs[at[t] : at[t + 1]]`; `at` i8 [n + 1], `docs` i8.
    """

    terms: Sequence[bytes]
    at: Array
    docs: Array


class ExactTerms:
    """The exact terms of documents that are numbered from 0."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._terms = array("I")
        self._at = array("Q", [0])

    def put(self, terms: Iterable[tuple[str, str]]) -> None:
        """Add a document."""
        numbers = self._numbers
        self._terms.extend(dict.fromkeys([numbers.setdefault(term, len(numbers)) for term in terms]))
        self._at.append(len(self._terms))

    def postings(self, order: Array) -> Mapping[str, ExactPostings]:
        """By field; the documents are those of `order`, i8, numbered as they stand in it."""
        at = np.frombuffer(self._at, np.uint64).astype(np.int64)
        sizes = np.diff(at)[order]
        starts = np.cumsum(sizes) - sizes
        flat = np.frombuffer(self._terms, np.uint32)[np.arange(sizes.sum()) + np.repeat(at[order] - starts, sizes)]
        docs = np.repeat(np.arange(len(order)), sizes)[np.argsort(flat, kind="stable")]
        counts = np.bincount(flat, minlength=len(self._numbers))
        ends = np.cumsum(counts)
        by_field: dict[str, list[tuple[bytes, int]]] = {field: [] for field in FIELDS}
        for (field, term), number in self._numbers.items():
            if counts[number]:
                by_field[field].append((encoded(term), number))
        return {field: _grouped(sorted(terms), docs, ends, counts) for field, terms in by_field.items()}


def _grouped(terms: Sequence[tuple[bytes, int]], docs: Array, ends: Array, counts: Array) -> ExactPostings:
    numbers = [number for _, number in terms]
    lists = [docs[ends[number] - counts[number] : ends[number]] for number in numbers]
    at = np.concatenate([[0], np.cumsum(counts[numbers])]).astype(np.int64) if numbers else np.zeros(1, np.int64)
    return ExactPostings([term for term, _ in terms], at, np.concatenate([np.zeros(0, np.int64), *lists]))
