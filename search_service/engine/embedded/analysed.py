"""The texts of a document as they are indexed, and their tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ..bigrams import parts
from ..model import Document
from ..text import Analyzer, analyzer
from .read_model.stored.layout import FIELDS

_HALF = re.compile("[\ud800-\udfff]")

BETWEEN_TEXTS = "\x1f"
"""A term that can't be typed: it stands between two texts of a field, and parts, so that no phrase runs across."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one field: words as they stand, and their terms. After the words of a text come its parts."""

    words: list[str]
    terms: list[str]


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with the tokens of its text fields, in the language `lang`."""

    document: Document
    lang: str
    fields: dict[str, Tokens]


def texts_of(document: Document) -> tuple[tuple[str, ...], ...]:
    """The texts of each field, in the order of `layout.FIELDS`. No phrase runs from one text into the next."""
    labels = tuple(tag.label for tag in document.tags + document.categories)
    return (document.title,), document.headings, labels, (document.body,)


def analyse(document: Document) -> AnalysedDocument:
    """The document's tokens."""
    document = encodable(document)
    analyser = analyzer(document.lang)
    fields = zip(FIELDS, texts_of(document), strict=True)
    return AnalysedDocument(document, analyser.lang, {name: _tokens(analyser, texts) for name, texts in fields})


def _tokens(analyser: Analyzer, texts: Iterable[str]) -> Tokens:
    tokens = Tokens([], [])
    for text in texts:
        for words in (analyser.words(text)[0], *([part] for part in parts(text)[0])):
            if tokens.terms:
                tokens.words.append(BETWEEN_TEXTS)
                tokens.terms.append(BETWEEN_TEXTS)
            tokens.words.extend(words)
            tokens.terms.extend(map(analyser.term, words))
    return tokens


def encodable(document: Document) -> Document:
    """The document with half characters (lone surrogates), which no file can hold, replaced."""
    changes: dict[str, Any] = {}
    for name in ("title", "body", "author", "summary", "image", "lang"):
        text = getattr(document, name)
        if text and not text.isascii() and _HALF.search(text):
            changes[name] = _HALF.sub("\ufffd", text)
    if any(map(_HALF.search, document.headings)):
        changes["headings"] = tuple(_HALF.sub("\ufffd", heading) for heading in document.headings)
    if any(section.anchor and _HALF.search(section.anchor) for section in document.sections):
        changes["sections"] = tuple(
            section._replace(anchor=section.anchor and _HALF.sub("\ufffd", section.anchor))
            for section in document.sections
        )
    return replace(document, **changes) if changes else document
