"""The head of a page off its tree: what `metadata` reads with BeautifulSoup, at a tenth of the cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from indexer.extract.head.json_ld import MEDIA_TYPE, article, statements
from indexer.extract.head.metadata import MAX_VALUE, Metadata, add_value, names_of
from indexer.extract.markup.dom import line, own_text
from indexer.extract.markup.html import Markup
from indexer.extract.tags.in_head import marked_sections, without_folders

from .model import Slot

_MARKED = Slot("meta", "articlesection")
STATED_SECTIONS = (Slot("meta", "article:section"), Slot("json-ld", "articleSection"), _MARKED)
_MAX_ELEMENTS = 2_000
_MAX_TITLES = 3
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
            if (get("type") or "").lower().startswith(MEDIA_TYPE) and element.text:
                scripts.append(element.text)
        elif count > _MAX_ELEMENTS:
            continue
        elif tag == "title":
            title = title or line(element.text, limit=MAX_VALUE) or None
        elif tag == "meta":
            add_value(metas, get("content"), names_of(get))
        else:
            for relation in (get("rel") or "").lower().split():
                if relation in _RELATIONS:
                    add_value(links, get("href"), (relation,))
    found = statements(scripts)
    return Metadata(
        title=title,
        lang=root.get("lang") or root.get("xml:lang"),
        metas={name: tuple(values) for name, values in metas.items()},
        links={rel: tuple(values) for rel, values in links.items()},
        statements=tuple(found),
        article=article(found),
    )


def titles_on(markup: Markup) -> Iterator[str]:
    """What the first headings of a page say: its title, and in some themes the site's name."""
    return map(own_text, islice(markup.root.iter("h1"), _MAX_TITLES))


def stated_labels(slot: Slot, metadata: Metadata, *, url: str) -> Iterable[str]:
    """The labels that the head of the page at `url` states at a slot of tags or categories."""
    article = metadata.article
    if slot.kind == "json-ld":
        stated = () if article is None else article.keywords if slot.name == "keywords" else article.sections
    elif slot == _MARKED:
        stated = tuple(marked_sections(metadata))
    else:
        stated = tuple(label for value in metadata.metas.get(slot.name, ()) for label in value.split(","))
    return without_folders(stated, url=url) if slot in STATED_SECTIONS else stated
