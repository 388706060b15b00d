"""Sitemaps -> the addresses they list (sitemaps.org protocol)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from search_service.engine.urls import MAX_URL

from .xml_events import Enough, read_events

MAX_URLS = 200_000
"""Addresses taken from one sitemap, and from all those of a site together."""

_XML = re.compile(rb"\s*+(?:\xef\xbb\xbf\s*+)?<(?:\?xml|!--|urlset|sitemapindex)", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PAGES, _SITEMAPS = "urlset", "sitemapindex"
_ENTRY = {_PAGES: "url", _SITEMAPS: "sitemap"}
"""What holds an address, by the root element."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses of a sitemap, as they stand there, in order; those of an index are sitemaps'.

    `problem` tells why the rest couldn't be read; what was listed before it counts.
    """

    is_index: bool
    urls: tuple[str, ...]
    problem: str | None = None


def read_sitemap(content: bytes) -> Sitemap | None:
    """The sitemap that `content` is; None where it is something else."""
    if not (_XML.match(content) or content.startswith(_UTF_16)):
        return None
    addresses = _Addresses()
    problem = read_events(content, addresses)
    if addresses.root is None:
        return None
    return Sitemap(addresses.root == _SITEMAPS, tuple(addresses.urls), problem)


@dataclass(slots=True)
class _Addresses:
    """A listener that keeps addresses and nothing else."""

    root: str | None = None
    urls: list[str] = field(default_factory=list)
    _inside: list[str] = field(default_factory=list)
    _text: list[str] | None = None
    _length: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.root is None:
            if _local(tag) not in _ENTRY:
                raise Enough
            self.root = _local(tag)
            return
        parent = self._inside[-1] if self._inside else ""
        self._inside.append(tag)
        # Of the entry's own vocabulary: `image:loc` is a picture's address.
        if _local(parent) == _ENTRY[self.root] and tag == f"{parent.removesuffix(_local(parent))}loc":
            self._text, self._length = [], 0

    def data(self, text: str) -> None:
        if self._text is not None and self._length <= MAX_URL:
            self._text.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        if self._inside:
            self._inside.pop()
        if self._text is not None:
            self._keep("".join(self._text).strip())
            self._text = None

    def _keep(self, address: str) -> None:
        if not 0 < len(address) <= MAX_URL:
            return
        if len(self.urls) >= MAX_URLS:
            raise Enough(f"it lists more than {MAX_URLS:,} addresses")
        self.urls.append(address)


def _local(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2]
