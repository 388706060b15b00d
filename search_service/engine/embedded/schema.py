"""The fields of the Whoosh index, all of Whoosh's own types: any program that has Whoosh can open it.

Terms are analysed before, so that every adapter has the same; positions are in the read model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from whoosh import fields

from ..model import Document, Section
from ..tags import Tag
from .postings.exact import FIELDS as EXACT_FIELDS
from .read_model.stored.layout import FIELDS as TEXT_FIELDS

_of_tag = attrgetter("tag", "label")
# Whoosh pickles what it stores: only of built-in types, or programs without this package couldn't open it.
_ROWS: Mapping[str, tuple[type, Callable[[Any], tuple[Any, ...]]]] = MappingProxyType(
    {"tags": (Tag, _of_tag), "categories": (Tag, _of_tag), "sections": (Section, tuple)}
)


def whoosh_schema() -> fields.Schema:
    """The schema of an index. A change of it needs another `SCHEMA_VERSION`."""
    text = {name: fields.KEYWORD(scorable=True) for name in TEXT_FIELDS}
    exact = {name: fields.ID() for name in EXACT_FIELDS}
    stored = {f"{name}_stored": fields.STORED() for name in Document.__dataclass_fields__ if name != "url"}
    return fields.Schema(url=fields.ID(stored=True, unique=True), **text, **exact, **stored)


def stored_fields(document: Document) -> dict[str, Any]:
    """What Whoosh stores of a document. A field without a value isn't there."""
    values: dict[str, Any] = {"url": document.url}
    for name in Document.__dataclass_fields__:
        value = getattr(document, name)
        if name in _ROWS:
            value = list(map(_ROWS[name][1], value))
        if name != "url" and value is not None and value not in ((), []):
            values[f"{name}_stored"] = value
    return values


def stored_document(values: dict[str, Any]) -> Document:
    """The document that `stored_fields` gave this of."""
    known = {name.removesuffix("_stored"): value for name, value in values.items()}
    known |= {name: tuple(kind(*row) for row in known.get(name, ())) for name, (kind, _) in _ROWS.items()}
    return Document(**known)
