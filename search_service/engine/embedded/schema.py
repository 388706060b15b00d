"""The fields of the Whoosh index, and how a document becomes their terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from whoosh import fields, formats

from ..model import Document
from ..text import primary_language
from .analysed import AnalysedDocument
from .read_model.build import author_words
from .read_model.layout import FIELDS

LABEL_SEPARATOR = "\x1f"
"""Between a tag and one spelling of it in a term of `labels`."""


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
    """The schema of an index. A change of it needs another `SCHEMA_VERSION`."""
    text = {name: Terms(positions=True) for name in FIELDS}
    exact = {
        name: Terms(positions=False)
        for name in ("tags", "labels", "categories", "date", "author", "lang", "analysed_as")
    }
    stored = {f"{name}_stored": fields.STORED() for name in Document.__dataclass_fields__ if name != "url"}
    return fields.Schema(url=fields.ID(stored=True, unique=True), **text, **exact, **stored)


def index_fields(analysed: AnalysedDocument) -> dict[str, object]:
    """The keyword arguments for Whoosh's `add_document`. A field without a value isn't there."""
    document = analysed.document
    values: dict[str, object] = {name: analysed.fields[name].terms for name in FIELDS}
    values |= {
        "url": document.url,
        "tags": [tag.tag for tag in document.tags],
        "labels": [f"{tag.tag}{LABEL_SEPARATOR}{tag.label}" for tag in document.tags],
        "categories": [tag.tag for tag in document.categories],
        "date": [document.date.isoformat()] if document.date else [],
        "author": author_words(document.author or ""),
        "lang": [document.lang.lower(), primary_language(document.lang)] if document.lang else [],
        "analysed_as": [analysed.lang],
    }
    for name in Document.__dataclass_fields__:
        value = getattr(document, name)
        if name in ("tags", "categories"):
            value = [(tag.tag, tag.label) for tag in value]
        values[f"{name}_stored"] = value
    del values["url_stored"]
    return {name: value for name, value in values.items() if value is not None and value != []}
