"""Feeds (RSS 0.9-2.0, RDF, Atom, JSON Feed) -> when each of the latest posts was published.

Evidence and no more: a feed remembers a few posts, and `updated` is the day of a change. Read as a stream of events by
a parser that refuses entities, within bounds.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from search_service.engine.urls import MAX_URL

MAX_BYTES = 5_000_000
MAX_ITEMS = 5_000
_LONGEST = 2 * MAX_URL
_FEWEST = 3
_SAME_DAY = 0.5
"""The share of a feed's items that one day may have: beyond, it is the day on which the site was built."""
_ITEMS = frozenset({"item", "entry"})
_PUBLISHED = frozenset({"pubDate", "published", "date"})


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A post as a feed lists it: its address, and the date of its publication as written."""

    url: str
    published: str


def read_feed(content: bytes) -> tuple[FeedItem, ...]:
    """The dated items of a feed; none of what is no feed, or of one whose dates are those of a build."""
    if len(content) > MAX_BYTES:
        return ()
    items = tuple(_json_items(content) if content.lstrip()[:1] == b"{" else _xml_items(content))
    days = Counter(item.published[:16] for item in items)
    built = len(items) >= _FEWEST and max(days.values(), default=0) > _SAME_DAY * len(items)
    return () if built else items


def published_on(written: str) -> str | None:
    """The day of an item's date as ISO 8601 has it, in the item's own time zone."""
    try:
        return dt.datetime.fromisoformat(written).date().isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except ValueError:
        return None


def _xml_items(content: bytes) -> list[FeedItem]:
    events = _Events()
    try:
        parser = DefusedXMLParser(target=events)
        parser.feed(content)
        parser.close()
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        pass  # what came before the damage counts
    return events.items


def _json_items(content: bytes) -> Iterator[FeedItem]:
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError):
        return
    entries = feed.get("items") if isinstance(feed, dict) else None
    for entry in entries[:MAX_ITEMS] if isinstance(entries, list) else ():
        url, published = (entry.get(name) if isinstance(entry, dict) else None for name in ("url", "date_published"))
        if isinstance(url, str) and isinstance(published, str):
            yield FeedItem(url[:MAX_URL], published[:_LONGEST])


@dataclass(slots=True)
class _Events:
    """A parser's target (xml.etree.ElementTree.XMLParser) that keeps the items' addresses and dates."""

    items: list[FeedItem] = field(default_factory=list)
    _item: dict[str, str] | None = None
    _depth: int = 0
    _text: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if self._item is None:
            if name in _ITEMS and len(self.items) < MAX_ITEMS:
                self._item, self._depth = {}, 0
            return
        self._depth += 1
        self._text = None
        if self._depth > 1:
            return  # of a source, an author, a picture in the item
        if name == "link" and "href" in attributes:
            if attributes.get("rel", "alternate") == "alternate":
                self._item.setdefault("link", attributes["href"])
        elif name == "link" or name in _PUBLISHED:
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None and len(self._text) < _LONGEST:
            self._text.append(text[:_LONGEST])

    def end(self, tag: str) -> None:
        if self._item is None:
            return
        if self._depth:
            self._depth -= 1
            if self._text is not None:
                name = tag.rpartition("}")[2]
                self._item.setdefault("link" if name == "link" else "date", "".join(self._text).strip()[:_LONGEST])
                self._text = None
            return
        if self._item.get("link") and self._item.get("date"):
            self.items.append(FeedItem(self._item["link"], self._item["date"]))
        self._item = None

    def close(self) -> Any:
        return None
