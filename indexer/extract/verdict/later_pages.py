"""Posts that go on over several pages: which page is a later one of which post, and which post goes on.

The later pages of a post are at its own address with a number: `/the-post/2/`, `/the-post/page/2/`,
`/the-post/?page=2`. So are those of listings, and posts whose names are numbers: an address alone says nothing.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from indexer.extract.addresses.keys import address_key, resolved
from indexer.extract.head.metadata import Metadata
from indexer.extract.model import LaterPage
from search_service.engine.urls import canonical_url

_PATH = re.compile(
    r"(?P<first>.*?[^/])/(?P<word>(?:page|seite|pagina)[-_/]?)?(?P<number>[1-9]\d?)(?:\.html?|/index\.html?)?/?",
    re.IGNORECASE,
)
_CALLED = re.compile(r"/(?:page|seite|pagina)[-_]?\d+(?:\.html?|/index\.html?)?/?$", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:page|paged)=(?P<number>[1-9]\d?)", re.IGNORECASE)
_BODY_CLASS = re.compile(r"(?:^|\s)single-paged-\d+(?:\s|$)")
"""What WordPress writes into the class of the body."""
# In small letters, as pages are written today: a search that minds no case takes five times as long.
_TARGET = re.compile(rb"""href\s*+=\s*+["']?([^"'\s>#]*+)""")
_TO_SECOND = re.compile(rb"(?:^|[/=]|(?:page|seite|pagina)[-_]?)2(?:\.html?|/index\.html?)?/?$", re.IGNORECASE)
_ENDINGS = (b"2", b"2/", b"2.html", b"2.htm", b"2/index.html", b"2/index.htm")
_SECOND = 2


class _Numbered(NamedTuple):
    """An address with a number: that of the first page, the number, and whether the address calls it a page's."""

    first: str
    number: int
    is_paging: bool


def is_numbered(url: str) -> bool:
    """Whether an address is one that later pages have."""
    numbered = _numbered(url)
    return numbered is not None and numbered.number >= _SECOND


def later_page(url: str, metadata: Metadata, *, body_class: str) -> LaterPage | None:
    """Which page of which post the page at `url` may be, if any; see `LaterPage`."""
    numbered = _numbered(url)
    if numbered is None or numbered.number < _SECOND:
        return None
    first, number, is_paging = numbered
    before = _stated(metadata.link("prev"), url)
    is_sure = (
        is_marked_as_later(body_class)
        or (_is_at(_stated(metadata.link("canonical"), url), first) and not (is_paging and _is_of_website(metadata)))
        or (number == _SECOND and _is_at(before, first))
        or (is_paging and _is_dated_article(metadata) and not is_called_page(url, metadata))
    )
    if is_sure:
        return LaterPage(first, number, is_sure=True)
    if is_paging and _is_of_website(metadata):
        return None
    follows = _numbered(before) if before else None
    is_next = follows is not None and _is_at(follows.first, first) and follows.number == number - 1
    return LaterPage(first, number, is_sure=False, follows=is_next and number > _SECOND)


def is_called_page(url: str, metadata: Metadata) -> bool:
    """Whether a page is an article of its own whose name is that of a page: `/diary/page-3/`.

    It states its date and this address as its canonical one. Nobody files articles at `/page/3/`.
    """
    called = _CALLED.search(urlsplit(url).path) is not None
    return called and _is_dated_article(metadata) and _is_at(_stated(metadata.link("canonical"), url), url)


def is_marked_as_later(body_class: str) -> bool:
    """Whether the class of the body says that this is a later page of a post."""
    return _BODY_CLASS.search(body_class) is not None


def goes_on(source: bytes, url: str) -> bool:
    """Whether a page at `url` links to a second page of its own."""
    for target in {target for target in _TARGET.findall(source) if target.endswith(_ENDINGS)}:
        if not _TO_SECOND.search(target):
            continue
        address = resolved(html.unescape(target.decode("utf-8", "replace")), url)
        numbered = _numbered(address) if address else None
        if numbered is not None and numbered.number == _SECOND and _is_at(numbered.first, url):
            return True
    return False


@lru_cache(maxsize=64)  # several ask of one page
def _numbered(url: str) -> _Numbered | None:
    parts = urlsplit(url)
    pairs = parts.query.split("&")
    for pair in pairs:
        if match := _PARAMETER.fullmatch(pair):
            left = "&".join(each for each in pairs if each != pair)
            return _Numbered(urlunsplit(parts._replace(query=left)), int(match["number"]), is_paging=True)
    match = _PATH.fullmatch(parts.path)
    if match is None:
        return None
    return _Numbered(urlunsplit(parts._replace(path=match["first"])), int(match["number"]), bool(match["word"]))


def _stated(address: str | None, url: str) -> str | None:
    return canonical_url(address, base=url) if address else None


def _is_at(address: str | None, url: str) -> bool:
    return address is not None and address_key(address) == address_key(url)


def _is_of_website(metadata: Metadata) -> bool:
    """Whether the page says that it is none of an article: lists, too, name their first page as the canonical one."""
    return (metadata.meta("og:type") or "").lower() == "website"


def _is_dated_article(metadata: Metadata) -> bool:
    """Whether the page states when an article was published; pages of listings don't."""
    if metadata.article is not None and metadata.article.published:
        return True
    return (metadata.meta("og:type") or "").lower() == "article" and metadata.meta("article:published_time") is not None
