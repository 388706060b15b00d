"""Who wrote a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from .dom import line, own_text, words_of
from .metadata import Metadata
from .model import Found
from .outline import Outline
from .region import Region, byline_of, stands_apart
from .title import folded

MAX_AUTHOR = 200
_LONGEST_NAME = 60
_LONGEST_BYLINE = 120

_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dcterms.creator",
    "dc.creator",
    "creator",
)
_INLINE = ("a", "span", "div", "p", "address", "li", "em", "i", "strong", "b", "small", "cite", "td", "h4", "h5", "h6")
_AUTHOR_WORDS = frozenset({"author", "authors", "byline", "vcard", "writer", "autor", "auteur", "creator"})
_NAME_WORDS = frozenset({"name", "fn", "author"})
_FOREIGN_WORDS = frozenset({"comment", "comments", "related", "sidebar", "widget", "avatar", "bio"})
_AUTHOR_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|people|profiles?|users?|contributors?|team|writers?|staff)/[^/]"
)
_BY = r"(?:written|posted|published|words|text|story|article)?\s*(?:by|von|par|por|di|door|av|af|da)"
_LABEL = re.compile(
    rf"^.*?(?:\b(?:posts|beiträge|articles|all posts|entradas) {_BY}\s+|^\s*{_BY}\s+"
    r"|\b(?:author|autor(?:in)?|auteur|作者|撰文|著者|글쓴이)\s*[:：]?\s*)[:：]?\s*",
    re.IGNORECASE,
)
_STARTS_AS_BYLINE = re.compile(rf"^\s*{_BY}\s+(?=[^\W\d_])", re.IGNORECASE)
# What follows a name on the same line: a date, a reading time, another field.
_REST = re.compile(
    r"\s*(?:[|•·/–—]|\s-\s|,?\s*\d|,?\s*\b(?:on|in|am|updated|published|posted|follow|min read|le|el)\b"
    r"|,?\s*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d).*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|@\w+\.|^/|^www\.|\.(?:com|de|org|net)$")
_NOBODY = frozenset(
    {"admin", "administrator", "author", "by", "unknown", "editor", "webmaster", "user", "guest", "staff"}
)


def find_author(outline: Outline, metadata: Metadata, region: Region, *, url: str) -> Found | None:
    """The author's name (several joined by semicolons) and where it was found."""
    site = {folded(name) for name in (metadata.meta("og:site_name"), urlsplit(url).hostname) if name}
    last_resort: Found | None = None
    for source, text in _candidates(outline, metadata, region):
        name = line(text, limit=MAX_AUTHOR).strip(" ,;:|-–—•·")
        if not name or _ADDRESS.search(name) or not any(letter.isalpha() for letter in name):
            continue
        if folded(name) not in site | _NOBODY:
            return Found(name, source)
        last_resort = last_resort or Found(name, source)
    return last_resort


def _candidates(outline: Outline, metadata: Metadata, region: Region) -> Iterator[tuple[str, str]]:
    yield from _stated(metadata)
    own = [each for each in region.post.iter(*_INLINE) if outline.is_line(each, limit=_LONGEST_BYLINE)]
    own = [each for each in own if not stands_apart(each, region, _FOREIGN_WORDS)]
    yield from (("rel=author", _name(own_text(link))) for link in own if "author" in (link.get("rel") or "").lower())
    near = set(byline_of(outline, region))
    byline = [each for each in own if each in near]
    for source, elements in (("byline", byline), ("author in the post", own)):
        yield from ((source, _short(_name(own_text(each)))) for each in elements if _leads_to_author(each))
        for element in elements:
            if not words_of(element).isdisjoint(_AUTHOR_WORDS):
                yield from ((source, name) for name in _named_in(element))
    for element in byline:
        text = own_text(element)
        if _STARTS_AS_BYLINE.search(text):
            yield "byline", _short(_name(text))


def _stated(metadata: Metadata) -> Iterator[tuple[str, str]]:
    if metadata.article and metadata.article.authors:
        yield "json-ld:author", "; ".join(dict.fromkeys(metadata.article.authors))
    for name in _METAS:
        values = [value for value in metadata.metas.get(name, ()) if not _ADDRESS.search(value)]
        yield name, "; ".join(values)


def _leads_to_author(element: HtmlElement) -> bool:
    return element.tag == "a" and _AUTHOR_ADDRESS.search(element.get("href") or "") is not None


def _named_in(element: HtmlElement) -> Iterator[str]:
    """The name in an element that is called after the author: in the part called a name, in a link, as its text."""
    for part in element.iter("a", "span", "strong", "b"):
        if part is not element and (part.tag == "a" or not words_of(part).isdisjoint(_NAME_WORDS)):
            yield _short(_name(own_text(part)))
    yield _short(_name(own_text(element)))


def _name(text: str) -> str:
    """The name in `Posted by A. Writer on 3 May`."""
    return _REST.sub("", _LABEL.sub("", text, count=1))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else ""
