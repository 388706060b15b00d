"""The head of a page off its tree: what `metadata` reads with BeautifulSoup, at a tenth of the cost."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from indexer.extract.dom import line
from indexer.extract.json_ld import article, statements
from indexer.extract.metadata import Metadata

from .model import Slot

_MAX_VALUE = 2_000
_MAX_VALUES = 200
_MAX_ELEMENTS = 2_000
_MAX_SCRIPTS = 20
_NAMES = ("property", "name", "itemprop", "http-equiv")
_RELATIONS = ("canonical", "prev")
"""Links that anything asks for; the head has many more."""


def read_head(root: HtmlElement) -> Metadata:
    """The metadata of a page; see `Metadata`. Of its links only those that tell which page it is."""
    metas: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    title = None
    scripts: list[str] = []
    for count, element in enumerate(root.iter("meta", "link", "title", "script")):
        tag, get = element.tag, element.get
        if tag == "script":
            if (get("type") or "").lower().startswith("application/ld+json") and element.text:
                scripts.append(element.text)
        elif count > _MAX_ELEMENTS:
            continue
        elif tag == "title":
            title = title or line(element.text, limit=_MAX_VALUE) or None
        elif tag == "meta":
            if value := line(get("content"), limit=_MAX_VALUE):
                for attribute in _NAMES:
                    if name := get(attribute):
                        _add(metas, name.strip().lower(), value)
        else:
            for relation in (get("rel") or "").lower().split():
                if relation in _RELATIONS:
                    _add(links, relation, line(get("href"), limit=_MAX_VALUE))
    found = statements(scripts[:_MAX_SCRIPTS])
    return Metadata(
        title=title,
        lang=root.get("lang") or root.get("xml:lang"),
        metas={name: tuple(values) for name, values in metas.items()},
        links={rel: tuple(values) for rel, values in links.items()},
        statements=tuple(found),
        article=article(found),
    )


def stated_labels(slot: Slot, metadata: Metadata) -> Iterable[str]:
    """The labels that the head of a page states at a slot of tags or categories."""
    article = metadata.article
    if slot.kind == "json-ld":
        return () if article is None else article.keywords if slot.name == "keywords" else article.sections
    return [label for value in metadata.metas.get(slot.name, ()) for label in value.split(",")]


def _add(into: dict[str, list[str]], name: str, value: str) -> None:
    values = into.setdefault(name, [])
    if value and len(values) < _MAX_VALUES and value not in values:
        values.append(value)
