"""Feeds (RSS 0.9-2.0, RDF, Atom, JSON Feed) -> what they say of the latest posts: address, day, title, labels.

Evidence and no more: a feed remembers a few posts, and `updated` is the day of a change. Read as a stream of events by
a parser that refuses entities, within bounds.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from search_service.engine.urls import MAX_URL

MAX_BYTES = 5_000_000
"""What is beyond isn't read; a feed has its latest posts first."""
MAX_ITEMS = 5_000
MAX_LABELS = 30
_LONGEST_LABEL = 80
_LONGEST_TITLE = 500
_LONGEST = 2 * MAX_URL
_FEWEST = 3
_SAME_DAY = 0.5
"""The share of a feed's items that one day may have: beyond, it is the day on which the site was built."""
_NO_YEAR = re.compile(r"\b0001\b")
"""What Hugo writes for a page without a date: `Mon, 01 Jan 0001`, which is read as a day of 2001."""
_ITEMS = frozenset({"item", "entry"})
_PARTS = {
    "link": "link", "title": "title", "pubDate": "published", "published": "published", "date": "published",
    "category": "label", "subject": "label",
}  # fmt: skip
"""What elements of an item hold, by their names without namespace; `date` and `subject` are Dublin Core's."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A post as a feed lists it: its address, and as written the date of its publication ("" if none), title, labels.

    The labels are its tags and categories: most feeds don't tell one from the other.
    """

    url: str
    published: str = ""
    title: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """The items of a feed. `is_dated` tells whether it gives any of them a date, be it that of a build."""

    items: tuple[FeedItem, ...]
    is_dated: bool


def read_feed(content: bytes) -> Feed:
    """What a feed lists; nothing if it is no feed. Its items have no dates where those are of a build.

    Items that are a part of a page, as comments are, are left out.
    """
    content = content[:MAX_BYTES]
    found = _json_items(content) if content.lstrip()[:1] == b"{" else _xml_items(content)
    items = tuple(item for item in found if "#" not in item.url)
    days = Counter(item.published[:16] for item in items if item.published)
    built = days.total() >= _FEWEST and max(days.values(), default=0) > _SAME_DAY * days.total()
    return Feed(tuple(replace(item, published="") for item in items) if built else items, days.total() > 0)


def published_on(written: str) -> str | None:
    """The day of an item's date as ISO 8601 has it, in the item's own time zone."""
    if _NO_YEAR.search(written):
        return None
    try:
        return dt.datetime.fromisoformat(written).date().isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, OverflowError):  # numbers of any length are read
        return None


def _item(url: str, published: str, title: str, labels: Iterable[str]) -> FeedItem:
    names = (_plain(label) for label in labels)
    kept = dict.fromkeys(name for name in names if 0 < len(name) <= _LONGEST_LABEL and "://" not in name)
    return FeedItem(url[:MAX_URL], published[:_LONGEST], _plain(title)[:_LONGEST_TITLE], tuple(kept)[:MAX_LABELS])


def _plain(text: str) -> str:
    """A text on one line. Titles are HTML in some feeds and escaped twice in others."""
    return " ".join(html.unescape(text[:_LONGEST]).split())


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
        if isinstance(entry, dict) and isinstance(entry.get("url"), str):
            stated, tags = (entry.get("date_published"), entry.get("title")), entry.get("tags")
            published, title = (value if isinstance(value, str) else "" for value in stated)
            labels = tags[:MAX_LABELS] if isinstance(tags, list) else ()
            yield _item(entry["url"], published, title, (label for label in labels if isinstance(label, str)))


@dataclass(slots=True)
class _Events:
    """A parser's target (xml.etree.ElementTree.XMLParser) that keeps what items say of their posts."""

    items: list[FeedItem] = field(default_factory=list)
    _item: dict[str, list[str]] | None = None
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
        if self._depth > 1 or name not in _PARTS:
            return  # of a source, an author, a picture in the item
        if name == "link" and "href" in attributes:
            if attributes.get("rel", "alternate") == "alternate":
                self._keep("link", attributes["href"])
        elif name == "category" and "term" in attributes:
            self._keep("label", attributes.get("label") or attributes["term"])
        else:
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
                self._keep(_PARTS[tag.rpartition("}")[2]], "".join(self._text))
                self._text = None
            return
        link, published, title = (self._item.get(part, [""])[0] for part in ("link", "published", "title"))
        if link:
            self.items.append(_item(link, published, title, self._item.get("label", ())))
        self._item = None

    def close(self) -> Any:
        return None

    def _keep(self, part: str, value: str) -> None:
        assert self._item is not None
        values = self._item.setdefault(part, [])
        if len(values) < MAX_LABELS:
            values.append(value.strip()[:_LONGEST])
