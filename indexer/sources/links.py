"""A page's bytes -> what it links to, and whether it wants its links followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from .markup import StartTag, start_tags
from .robots_tags import META_NAMES, asked_in_head

MAX_LINKS = 10_000
"""Links taken from one page."""

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})
_REFRESH = re.compile(r"[\d.\s]{0,20}[;,]\s{0,20}url\s{0,20}=\s{0,20}['\"]?([^'\"]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page links to: addresses as written, relative to `base`."""

    base: str
    links: tuple[str, ...]
    feeds: tuple[str, ...]


def read_links(content: bytes, url: str) -> PageLinks:
    """The links of the page at `url`: none where it asks robots not to follow any, or where a link says so itself."""
    base: str | None = None
    links: list[str] = []
    feeds: list[str] = []
    nofollow = False
    for tag in start_tags(content):
        if tag.name == "base" and base is None and tag.attributes.get("href"):
            base = _joined(url, tag.attributes["href"])
        if tag.name == "meta" and tag.attributes.get("name", "").lower() in META_NAMES:
            nofollow = nofollow or asked_in_head([tag.attributes.get("content", "")]).nofollow
        if tag.name == "link" and tag.attributes.get("type", "").strip().lower() in _FEED_TYPES:
            feeds.append(tag.attributes.get("href", ""))
        if len(links) < MAX_LINKS:
            links.extend(filter(None, _targets(tag)))
    return PageLinks(base or url, () if nofollow else tuple(dict.fromkeys(links)), tuple(dict.fromkeys(feeds)))


def _targets(tag: StartTag) -> Iterator[str]:
    rel = _words(tag.attributes.get("rel", ""))
    if tag.name in ("a", "area") and "nofollow" not in rel:
        yield tag.attributes.get("href", "").strip()
    if tag.name == "link" and not rel.isdisjoint(("next", "prev")):
        yield tag.attributes.get("href", "").strip()
    if tag.name == "meta" and tag.attributes.get("http-equiv", "").lower() == "refresh":
        refresh = _REFRESH.match(tag.attributes.get("content", "").strip())
        yield refresh[1].strip() if refresh else ""


def _words(text: str) -> set[str]:
    return set(re.split(r"[\s,]+", text.lower()))


def _joined(url: str, href: str) -> str:
    try:
        return urljoin(url, href.strip())
    except ValueError:
        return url
