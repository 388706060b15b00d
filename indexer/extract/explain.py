"""Why a page gave what it gave: what its other places say of each field, and what of the post was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from indexer.extract.authors.signatures import is_signature
from indexer.extract.dates.in_address import dates_in_address
from indexer.extract.dates.written import stated_date
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.blocks import Block, Kind, Place, blocks_of, letters_of
from indexer.extract.markup.dom import line, own_text, wording
from indexer.extract.tags.links import is_rel_tag
from indexer.extract.text.furniture import FOREIGN
from indexer.sources.model import Page
from search_service.engine.model import Document
from search_service.engine.tags import normalize_tag

from .model import MAX_CUT, Cut, Extraction, Found
from .seen import Seen, is_feed, see

_MOST = 5
"""Values of one field that are shown."""
_LONGEST = 200
_MOST_CUT = 40
_DATES = ("article:published_time", "datepublished", "pubdate", "date", "dc.date", "article:modified_time")
_AUTHORS = ("article:author", "author", "dc.creator", "twitter:creator")


def explained(page: Page, extraction: Extraction) -> Extraction:
    """The extraction with what else the page says of its fields, and what of the post isn't in its text.

    The page is read once more, on its own. ExtractionError where it can't be read.
    """
    if is_feed(page):
        return extraction
    seen = see(page)
    return replace(
        extraction,
        others=_others(seen.markup.root, seen.metadata, extraction.document, url=page.url),
        cut=(*extraction.cut, *(_left_out(seen, extraction.document) if extraction.is_post else ())),
    )


def _others(root: HtmlElement, metadata: Metadata, document: Document, *, url: str) -> Mapping[str, tuple[Found, ...]]:
    date = document.date.isoformat() if document.date else ""
    tags = ", ".join(tag.label for tag in document.tags)
    found = {
        "title": _other(_titles(root, metadata), document.title, wording),
        "date": _other(_dates(root, metadata, url), date, str),
        "author": _other(_authors(root, metadata), document.author or "", wording),
        "tags": _other(_tags(root, metadata), tags, lambda text: ",".join(sorted(_names(text)))),
        "lang": _other(_languages(metadata), document.lang or "", str.lower),
    }
    return {field: values for field, values in found.items() if values}


def _left_out(seen: Seen, document: Document) -> Iterator[Cut]:
    """The blocks in the region of the post that are not in its text."""
    indexed = letters_of(document.body)
    blocks = (block for block in blocks_of(seen.layout, seen.region) if block.place & (Place.POST | Place.CONTENT))
    gone = (block for block in blocks if block.key and block.key not in indexed)
    for block in islice(gone, _MOST_CUT):
        yield Cut(line(block.text, limit=MAX_CUT), _why_left_out(block, document))


def _why_left_out(block: Block, document: Document) -> str:
    if wording(block.text) == wording(document.title):
        return "the title"
    if block.is_linked:
        return "nothing but links"
    names = [kind.name.lower() for kind in Kind if kind & block.kind & FOREIGN and kind.name]
    return f"stands in what is called {', '.join(names)}" if names else "taken for none of the text"


def _other(found: Iterable[tuple[str, str | None]], chosen: str, key: Callable[[str], str]) -> tuple[Found, ...]:
    distinct: dict[str, Found] = {}
    for source, text in found:
        value = line(text, limit=_LONGEST)
        if value and key(value) != key(chosen):
            distinct.setdefault(key(value), Found(value, source))
    return tuple(distinct.values())[:_MOST]


def _titles(root: HtmlElement, metadata: Metadata) -> Iterator[tuple[str, str | None]]:
    yield from (("h1", own_text(heading)) for heading in root.iter("h1"))
    yield "og:title", metadata.meta("og:title")
    yield "json-ld:headline", metadata.article.headline if metadata.article else None
    yield "twitter:title", metadata.meta("twitter:title")
    yield "title", metadata.title


def _dates(root: HtmlElement, metadata: Metadata, url: str) -> Iterator[tuple[str, str | None]]:
    stated = [("json-ld:datePublished", metadata.article.published)] if metadata.article else []
    stated += [(name, metadata.meta(name)) for name in _DATES]
    stated += [("time", time.get("datetime") or own_text(time)) for time in root.iter("time")]
    yield from ((source, date.isoformat()) for source, text in stated if (date := stated_date(text)))
    yield from (("address", date.isoformat()) for date in dates_in_address(url))


def _authors(root: HtmlElement, metadata: Metadata) -> Iterator[tuple[str, str | None]]:
    yield "json-ld:author", "; ".join(metadata.article.authors) if metadata.article else None
    yield from ((name, metadata.meta(name)) for name in _AUTHORS)
    yield from (("rel=author", own_text(link)) for link in root.iter("a") if is_signature(link))


def _tags(root: HtmlElement, metadata: Metadata) -> Iterator[tuple[str, str | None]]:
    yield "rel=tag", ", ".join(own_text(link) for link in root.iter("a") if is_rel_tag(link))
    yield "article:tag", ", ".join(metadata.metas.get("article:tag", ()))
    yield "json-ld:keywords", ", ".join(metadata.article.keywords) if metadata.article else None
    yield "keywords", metadata.meta("keywords")


def _languages(metadata: Metadata) -> Iterator[tuple[str, str | None]]:
    yield "html lang", metadata.lang
    yield "og:locale", (metadata.meta("og:locale") or "").replace("_", "-")


def _names(text: str) -> set[str]:
    return {normalize_tag(label) for label in text.split(",")}
