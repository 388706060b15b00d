"""The fields of the Whoosh index, and how a document becomes their terms."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from whoosh import fields, formats

from ..model import Document
from ..text import ANALYSIS_VERSION, Analyzer, analyzer, primary_language

TEXT_FIELDS = ("title", "headings", "tag_text", "body")
"""The fields that words are searched in."""

LABEL_SEPARATOR = "\x1f"
"""Between a tag and one spelling of it in a term of `labels`."""

_SCHEMA_VERSION = 1


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field whose value is the list of its terms, analysed before, so that every adapter has the same terms.

    With positions for phrases where `positions`; scored by BM25F, which needs the field's length.
    """

    def __init__(self, *, positions: bool) -> None:
        super().__init__(formats.Positions() if positions else formats.Existence(), None, scorable=positions)

    def index(self, value: Sequence[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's postings: (term, frequency, weight, encoded positions)."""
        if not self.scorable:
            for term in dict.fromkeys(value):
                yield term.encode("utf-8", "replace"), 1, 1.0, b""
            return
        places: defaultdict[str, list[int]] = defaultdict(list)
        for position, term in enumerate(value):
            places[term].append(position)
        encode = self.format.encode
        for term, positions in places.items():
            yield term.encode("utf-8", "replace"), len(positions), float(len(positions)), encode(positions)


def whoosh_schema() -> fields.Schema:
    """The schema of an index. A change of it needs another `_SCHEMA_VERSION`."""
    text = {name: Terms(positions=True) for name in TEXT_FIELDS}
    exact = {
        name: Terms(positions=False)
        for name in ("tags", "labels", "categories", "date", "author", "lang", "analysed_as")
    }
    stored = {f"{name}_stored": fields.STORED() for name in Document.__dataclass_fields__ if name != "url"}
    return fields.Schema(url=fields.ID(stored=True, unique=True), **text, **exact, **stored)


def schema_hash() -> str:
    """What identifies indexes that this version can read."""
    described = f"{_SCHEMA_VERSION}|{ANALYSIS_VERSION}|{sorted(whoosh_schema().names())}"
    return hashlib.sha256(described.encode()).hexdigest()[:16]


def index_fields(document: Document) -> dict[str, object]:
    """The keyword arguments for Whoosh's `add_document`. A field without a value isn't there."""
    analyse = analyzer(document.lang)
    labels = [tag.label for tag in document.tags + document.categories]
    values: dict[str, object] = {
        "url": document.url,
        "title": analyse.terms(document.title),
        "headings": _joined_terms(analyse, document.headings),
        "tag_text": _joined_terms(analyse, labels),
        "body": analyse.terms(document.body),
        "tags": [tag.tag for tag in document.tags],
        "labels": [f"{tag.tag}{LABEL_SEPARATOR}{tag.label}" for tag in document.tags],
        "categories": [tag.tag for tag in document.categories],
        "date": [document.date.isoformat()] if document.date else [],
        "author": author_terms(document.author or ""),
        "lang": [document.lang.lower(), primary_language(document.lang)] if document.lang else [],
        "analysed_as": [analyse.lang],
    }
    for name in Document.__dataclass_fields__:
        value = getattr(document, name)
        if name in ("tags", "categories"):
            value = [(tag.tag, tag.label) for tag in value]
        values[f"{name}_stored"] = value
    del values["url_stored"]
    return {name: value for name, value in values.items() if value is not None and value != []}


def author_terms(name: str) -> list[str]:
    """The words of a name, folded but not stemmed: `author:kim` finds Kim Lee."""
    return Analyzer("und").terms(unicodedata.normalize("NFKC", name))


def _joined_terms(analyse: Analyzer, texts: Iterable[str]) -> list[str]:
    # A term that can't be typed stands between two texts, so that no phrase runs from one into the next.
    terms: list[str] = []
    for text in texts:
        if terms:
            terms.append(LABEL_SEPARATOR)
        terms += analyse.terms(text)
    return terms
