"""Sitemaps and feeds -> the addresses they list (sitemaps.org protocol; RSS 0.9-2.0, RDF, Atom).

Read as a stream of events by a parser that refuses entity declarations and external entities: no tree is built, so
memory is bounded by the list itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from search_service.engine.urls import MAX_URL

MAX_URLS = 200_000
"""Addresses taken from one listing, and from all sitemaps of a site together."""

_MAX_DEPTH = 100
_MAX_ELEMENTS = 2_000_000
_XML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+rss|urlset|sitemapindex|rss|feed|rdf:RDF)", re.IGNORECASE
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Kind(StrEnum):
    """What a listing is, by its root element."""

    SITEMAP = "urlset"
    SITEMAP_INDEX = "sitemapindex"
    RSS = "rss"
    RDF = "RDF"
    ATOM = "feed"

    @property
    def is_feed(self) -> bool:
        """Whether it lists the latest posts only: what a feed leaves out may well be there."""
        return self in (Kind.RSS, Kind.RDF, Kind.ATOM)


@dataclass(frozen=True, slots=True)
class Listing:
    """The addresses of a sitemap or feed, as they stand there, in order.

    `problem` tells why the rest couldn't be read; what was listed before it counts.
    """

    kind: Kind
    urls: tuple[str, ...]
    problem: str | None = None


def read_listing(content: bytes) -> Listing | None:
    """The listing that `content` is; None where it is something else."""
    if not (_XML.match(content) or content.startswith(_UTF_16)):
        return None
    events = _Events()
    problem = None
    try:
        parser = DefusedXMLParser(target=events)
        parser.feed(content)
        parser.close()
    except _Done as exc:
        problem = str(exc) or None
    except DefusedXmlException as exc:
        problem = f"it declares entities, which no sitemap or feed needs ({type(exc).__name__})"
    except (ParseError, ValueError, LookupError) as exc:  # Unknown encodings are LookupErrors.
        problem = f"not well-formed XML: {exc}"
    return Listing(events.kind, tuple(events.urls), problem) if events.kind else None


class _Done(Exception):
    """Ends the parse early: the rest is of no interest, or beyond the limit (then it says so)."""


_ENTRY = {
    Kind.SITEMAP: "url",
    Kind.SITEMAP_INDEX: "sitemap",
    Kind.RSS: "item",
    Kind.RDF: "item",
    Kind.ATOM: "entry",
}
_ADDRESS = {Kind.SITEMAP: "loc", Kind.SITEMAP_INDEX: "loc", Kind.RSS: "link", Kind.RDF: "link"}


@dataclass(slots=True)
class _Events:
    """A parser's target (xml.etree.ElementTree.XMLParser) that keeps addresses and nothing else."""

    kind: Kind | None = None
    urls: list[str] = field(default_factory=list)
    _inside: list[str] = field(default_factory=list)
    _elements: int = 0
    _text: list[str] | None = None
    _length: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        if self.kind is None:
            try:
                self.kind = Kind(name)
            except ValueError:
                raise _Done from None
            return
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            raise _Done(f"it has more than {_MAX_ELEMENTS:,} elements")
        parent = self._inside[-1] if self._inside else ""
        self._inside.append(tag)
        if len(self._inside) > _MAX_DEPTH:
            raise _Done(f"nested more than {_MAX_DEPTH} deep")
        # Of the entry's own vocabulary: `image:loc` is a picture's address.
        if _local(parent) != _ENTRY[self.kind] or tag != parent.removesuffix(_local(parent)) + name:
            return
        if self.kind is Kind.ATOM:
            if name == "link" and attributes.get("rel", "alternate") == "alternate":
                self._keep(attributes.get("href", ""))
        elif name == _ADDRESS[self.kind]:
            self._text, self._length = [], 0

    def data(self, text: str) -> None:
        if self._text is not None and self._length <= MAX_URL:
            self._text.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        if self._inside:
            self._inside.pop()
        if self._text is not None:
            self._keep("".join(self._text))
            self._text = None

    def close(self) -> Any:
        return None

    def _keep(self, address: str) -> None:
        address = address.strip()
        if not 0 < len(address) <= MAX_URL:
            return
        if len(self.urls) >= MAX_URLS:
            raise _Done(f"it lists more than {MAX_URLS:,} addresses")
        self.urls.append(address)


def _local(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2]
