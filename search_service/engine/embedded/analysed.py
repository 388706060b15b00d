"""A document as its tokens: analysed once, for Whoosh's segment and for the read model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ..model import Document
from ..text import Analyzer, analyzer

_HALF = re.compile("[\ud800-\udfff]")

BETWEEN_TEXTS = "\x1f"
"""A term that can't be typed: it stands between two texts of a field, so that no phrase runs across."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one field: words as they stand, their terms, and where they begin in the text (characters)."""

    words: list[str]
    terms: list[str]
    starts: list[int]


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with the tokens of its text fields, in the language `lang`."""

    document: Document
    lang: str
    fields: dict[str, Tokens]


def analyse(document: Document) -> AnalysedDocument:
    """The document's tokens. Half characters (lone surrogates), which no file can hold, are replaced."""
    document = _encodable(document)
    analyser = analyzer(document.lang)
    labels = [tag.label for tag in document.tags + document.categories]
    return AnalysedDocument(
        document,
        analyser.lang,
        {
            "title": _tokens(analyser, [document.title]),
            "headings": _tokens(analyser, document.headings),
            "tag_text": _tokens(analyser, labels),
            "body": _tokens(analyser, [document.body]),
        },
    )


def _tokens(analyser: Analyzer, texts: Iterable[str]) -> Tokens:
    tokens = Tokens([], [], [])
    for text in texts:
        if tokens.terms:
            tokens.words.append(BETWEEN_TEXTS)
            tokens.terms.append(BETWEEN_TEXTS)
            tokens.starts.append(0)
        words, starts = analyser.words(text)
        tokens.words.extend(words)
        tokens.terms.extend(map(analyser.term, words))
        tokens.starts.extend(starts)
    return tokens


def _encodable(document: Document) -> Document:
    changes: dict[str, Any] = {}
    for name in ("title", "body", "author", "summary", "image", "lang"):
        text = getattr(document, name)
        if text and _HALF.search(text):
            changes[name] = _HALF.sub("\ufffd", text)
    if any(map(_HALF.search, document.headings)):
        changes["headings"] = tuple(_HALF.sub("\ufffd", heading) for heading in document.headings)
    return replace(document, **changes) if changes else document
