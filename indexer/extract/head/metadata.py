"""What a page says about itself where readers don't look: its head and its JSON-LD."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from indexer.extract.markup.dom import line, wording
from indexer.extract.markup.html import Markup
from indexer.extract.model import MAX_SUMMARY
from search_service.engine.urls import canonical_url

from .json_ld import MEDIA_TYPE, Statement, article, statements

MAX_HEAD = 300_000
"""Characters; style sheets pasted into the head are what goes beyond."""
MAX_VALUE = 2_000
_MAX_VALUES = 200
_ESCAPED = re.compile(r"&(?:quot|lt|gt|amp|#\d{2,5}|#x[\da-f]{2,4});", re.IGNORECASE)
_NAMES = ("property", "name", "itemprop", "http-equiv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The statements of a page's head.

    `metas` are the `content` values by lower-case `name`, `property`, `itemprop` or `http-equiv`; `links` the
    addresses by `rel`. `article` is the JSON-LD statement about the page's own article. `site_names` are what most
    pages of the site have in their titles beside their own: no page states that by itself.
    """

    title: str | None
    lang: str | None
    metas: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[str, ...]]
    statements: tuple[Statement, ...] = ()
    article: Statement | None = None
    site_names: tuple[str, ...] = ()

    def meta(self, *names: str) -> str | None:
        """The first value under the first of these names that has one."""
        return next((values[0] for name in names if (values := self.metas.get(name))), None)

    @property
    def is_article(self) -> bool | None:
        """Whether the page says that it is an article; None where it says nothing of its kind."""
        if self.article is not None:
            return True
        kind = self.meta("og:type")
        return kind.lower() == "article" if kind else None

    def captioned(self, is_caption: Callable[[str], object]) -> Iterator[str]:
        """What a preview of the page shows below a caption like "Written by" or "Filed under"."""
        for number in "12":
            if is_caption(self.meta(f"twitter:label{number}") or ""):
                yield from self.metas.get(f"twitter:data{number}", ())

    def link(self, rel: str) -> str | None:
        """The first address with this relation."""
        return next(iter(self.links.get(rel, ())), None)


def read_metadata(markup: Markup) -> Metadata:
    """The metadata of a page."""
    # Most pages of a site are read without it (`site.head`), so most processes needn't have it.
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    metas: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    title: str | None = None
    try:
        # With a doctype, so that BeautifulSoup doesn't warn of a head that reads like an address or like XML.
        head = BeautifulSoup("<!doctype html>" + markup.head[:MAX_HEAD], "lxml")
    except ParserRejectedMarkup:
        head = BeautifulSoup("", "lxml")
    for element in head.find_all(["meta", "link", "title"]):
        if element.name == "title":
            title = title or line(element.get_text(), limit=MAX_VALUE) or None
        elif element.name == "meta":
            add_value(metas, _text(element.get("content")), names_of(element.get))
        else:
            add_value(links, _text(element.get("href")), _text(element.get("rel")).lower().split())
    for element in _misplaced(markup.root):
        add_value(metas, element.get("content"), names_of(element.get))
    found = json_ld_statements(markup.root)
    return Metadata(
        title=title or line(markup.root.findtext(".//title"), limit=MAX_VALUE) or None,
        lang=markup.root.get("lang") or markup.root.get("xml:lang"),
        metas={name: tuple(values) for name, values in metas.items()},
        links={rel: tuple(values) for rel, values in links.items()},
        statements=tuple(found),
        article=article(found),
    )


def find_summary(metadata: Metadata, *, title: str) -> str | None:
    """What the page says it is about, in other words than its title."""
    stated = [metadata.meta(name) for name in ("description", "og:description", "twitter:description")]
    stated.append(metadata.article.description if metadata.article else None)
    # Some themes take what was escaped for plain text.
    lines = (
        line(html.unescape(each) if each and _ESCAPED.search(each) else each, limit=MAX_SUMMARY) for each in stated
    )
    return next((text for text in lines if text and wording(text) != wording(title)), None)


def find_image(metadata: Metadata, url: str) -> str | None:
    """The address of the picture that stands for the page."""
    in_article = metadata.article.image if metadata.article else None
    stated = metadata.meta("og:image", "og:image:url", "twitter:image") or in_article
    # What was cut off is no address any more.
    return canonical_url(stated, base=url) if stated and len(stated) < MAX_VALUE else None


def names_of(get: Callable[[str], object]) -> list[str]:
    """The names that the content of a meta element goes by; `get` gives its attributes."""
    return [name.strip().lower() for each in _NAMES if (name := get(each)) and isinstance(name, str)]


def add_value(into: dict[str, list[str]], value: str | None, names: Sequence[str]) -> None:
    """Add a value, if there is one, under each of its names, unless that has it already, or has too many."""
    stated = line(value, limit=MAX_VALUE) if names else ""
    if not stated:
        return
    for name in names:
        values = into.setdefault(name, [])
        if len(values) < _MAX_VALUES and stated not in values:
            values.append(stated)


def _misplaced(root: HtmlElement) -> list[HtmlElement]:
    """The meta elements in the body: microdata, and heads that a stray element ended early."""
    body = root.find("body")
    return [] if body is None else list(body.iter("meta"))[:_MAX_VALUES]


def json_ld_statements(root: HtmlElement) -> list[Statement]:
    """The statements of a page's JSON-LD scripts."""
    scripts = (each for each in root.iter("script") if (each.get("type") or "").lower().startswith(MEDIA_TYPE))
    return statements(script.text for script in scripts if script.text)


def _text(value: object) -> str:
    """An attribute's value: BeautifulSoup gives those that are lists of tokens as lists."""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
