"""Who wrote a post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from .bylines import is_label, named_in, signed_in, starts_as_byline
from .dom import line, own_text, words_of
from .metadata import Metadata
from .model import Found
from .outline import Outline
from .region import Region, byline_of, stands_apart
from .title import folded

MAX_AUTHOR = 200
_LONGEST_BYLINE = 120

_METAS = (
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dcterms.creator",
    "dc.creator",
    "creator",
)
_LINES = (
    "a", "span", "div", "p", "address", "li", "em", "i", "strong", "b", "small", "cite", "td", "ul", "footer", "header",
    "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
_AUTHOR_WORDS = frozenset(
    {"author", "authors", "byline", "vcard", "writer", "autor", "auteur", "creator", "username", "submitted"}
)
_NAME_PARTS = ("a", "span", "strong", "b", "div", "p", "h2", "h3", "h4", "h5", "h6")
_NAME_WORDS = frozenset({"name", "fn", "author", "username"})
_FOREIGN_WORDS = frozenset({"comment", "comments", "related", "sidebar", "widget", "avatar", "bio"})
_APART = frozenset({"nav", "footer"})
_OTHERS = frozenset({"comment", "comments", "related", "recommended"})
_AUTHOR_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|people|profiles?|users?|contributors?|team|writers?|staff)/[^/]"
)
_NETWORK = re.compile(r"//(?:\w+\.)*(?:youtube|twitter|x|facebook|linkedin|instagram|flickr|pinterest|xing)\.")
_ADDRESS = re.compile(r"https?://|@\w+\.|^/|^www\.|\.(?:com|de|org|net)$")
_NOBODY = frozenset(
    {
        "admin", "administrator", "author", "by", "unknown", "editor", "webmaster", "user", "guest", "staff",
        "no author", "guest author", "guest post", "anonymous",
    }
)  # fmt: skip
# What a publishing system calls its users, or a placeholder that nobody filled in.
_ACCOUNT = re.compile(r"[a-z0-9_.-]+")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_SITE_IN_TITLE = re.compile(r"\s[|–—·•-]\s")


def find_author(outline: Outline, metadata: Metadata, region: Region, *, url: str) -> Found | None:
    """The author's name (several joined by semicolons) and where it was found."""
    sites = _site_names(metadata, url)
    last_resort: Found | None = None
    for source, text in _candidates(outline, metadata, region):
        name = line(text, limit=MAX_AUTHOR).strip(" ,;:|-–—•·")
        if not name or _ADDRESS.search(name) or not any(letter.isalpha() for letter in name):
            continue
        if folded(name) not in _NOBODY and _squeezed(name) not in sites and not _ACCOUNT.fullmatch(name):
            return Found(name, source)
        last_resort = last_resort or Found(name, source)
    return last_resort


def _site_names(metadata: Metadata, url: str) -> frozenset[str]:
    """The names by which the site goes: a post signed with one of them has no author of its own."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    names = [metadata.meta("og:site_name") or "", metadata.meta("application-name") or "", host, host.split(".")[0]]
    names += _SITE_IN_TITLE.split(metadata.title or "")[1:]
    return frozenset(map(_squeezed, names)) - {""}


def _squeezed(text: str) -> str:
    return _NOT_A_LETTER.sub("", text.casefold())


def _candidates(outline: Outline, metadata: Metadata, region: Region) -> Iterator[tuple[str, str]]:
    if metadata.article:
        yield "json-ld:author", _joined(metadata.article.authors)
    yield from ((name, _joined(metadata.metas.get(name, ()))) for name in _METAS)
    own = _lines(outline, region.post, region)
    near = set(byline_of(outline, region))
    byline = [each for each in own if each in near]
    yield "rel=author", _joined(named_in(own_text(each)) for each in own if _is_rel_author(each))
    yield from (("byline", name) for name in chain(_marked_up(byline), _announced(byline)))
    # Often the account that the page was published with.
    yield "author", _joined(metadata.metas.get("author", ()))
    yield from (("author in the post", name) for name in chain(_marked_up(own), _announced(own)))
    signed = (each for each in outline.of("a") if _is_rel_author(each) and not _is_others(each))
    yield "rel=author on the page", _joined(named_in(own_text(each)) for each in signed)


def _lines(outline: Outline, within: HtmlElement, region: Region) -> list[HtmlElement]:
    lines = (each for each in within.iter(*_LINES) if outline.is_line(each, limit=_LONGEST_BYLINE))
    return [each for each in lines if not stands_apart(each, region, _FOREIGN_WORDS)]


def _joined(names: Iterable[str]) -> str:
    """Several authors as one value, each without what a template puts around a name."""
    bare = (named_in(name) if starts_as_byline(name) else name for name in names if not _ADDRESS.search(name))
    found = list(dict.fromkeys(filter(None, bare)))
    # "Ines Robledo; More about Ines Robledo"
    return "; ".join(name for name in found if not any(other != name and other in name for other in found))


def _is_others(element: HtmlElement) -> bool:
    """Whether a signature belongs to a comment or to another post; an aside may well hold the byline."""
    return any(
        each.tag in _APART or not _OTHERS.isdisjoint(words_of(each)) for each in (element, *element.iterancestors())
    )


def _is_rel_author(element: HtmlElement) -> bool:
    return "author" in (element.get("rel") or "").lower().split()


def _marked_up(elements: list[HtmlElement]) -> Iterator[str]:
    """The names in links to authors' pages, then in elements that are called after the author."""
    yield from (named_in(own_text(each)) for each in elements if _leads_to_author(each))
    for element in elements:
        if not words_of(element).isdisjoint(_AUTHOR_WORDS):
            yield from _named_in(element)


def _announced(elements: list[HtmlElement]) -> Iterator[str]:
    """The names in lines that begin as bylines, the innermost of them, and in those after a line that is a label."""
    for element in elements:
        text = own_text(element)
        if starts_as_byline(text):
            if not any(starts_as_byline(own_text(child)) for child in element.iterchildren("div", "p", "span")):
                yield signed_in(text)
        elif is_label(text):
            following = element.getnext()
            yield signed_in(element.tail or "") or (signed_in(own_text(following)) if following is not None else "")


def _leads_to_author(element: HtmlElement) -> bool:
    target = (element.get("href") or "") if element.tag == "a" else ""
    return _AUTHOR_ADDRESS.search(target) is not None and not _NETWORK.search(target)


def _named_in(element: HtmlElement) -> Iterator[str]:
    """The name in an element that is called after the author: in the part called a name, in a link, as its text."""
    for part in element.iter(*_NAME_PARTS):
        if part is not element and (part.tag == "a" or not words_of(part).isdisjoint(_NAME_WORDS)):
            yield named_in(own_text(part))
    yield named_in(own_text(element))
