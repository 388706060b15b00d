"""Feeds (RSS 0.9-2.0, RDF, Atom, JSON Feed) -> what they say of the latest posts: address, day, title, labels.

Evidence and no more: a feed remembers a few posts, and `updated` is the day of a change.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime

from search_service.engine.urls import MAX_URL

from .json_entries import read_entries
from .xml_events import Enough, read_events

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
_ROOTS = frozenset({"rss", "RDF", "feed"})
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
    """What a feed lists. Parts of pages, as comments are, are none of its `items`, but `urls` has their addresses, too.

    `is_dated` tells whether it gives any item a date, be it that of a build, which none of the items has then.
    `problem` tells why the rest couldn't be read; what was listed before it counts.
    """

    items: tuple[FeedItem, ...]
    is_dated: bool
    urls: tuple[str, ...]
    problem: str | None = None


def read_feed(content: bytes, *, max_bytes: int = MAX_BYTES, max_items: int = MAX_ITEMS) -> Feed | None:
    """The feed that `content` is; None where it is something else."""
    read = _json_items if content.removeprefix(BOM_UTF8).lstrip()[:1] == b"{" else _xml_items
    found, problem = read(content[:max_bytes], max_items)
    if found is None:
        return None
    items = tuple(item for item in found if "#" not in item.url)
    days = Counter(item.published[:16] for item in items if item.published)
    built = days.total() >= _FEWEST and max(days.values(), default=0) > _SAME_DAY * days.total()
    dated = tuple(replace(item, published="") for item in items) if built else items
    return Feed(dated, days.total() > 0, tuple(item.url for item in found), problem)


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
    return FeedItem(_whole(url), _whole(published[:_LONGEST]), _plain(title)[:_LONGEST_TITLE], tuple(kept)[:MAX_LABELS])


def _plain(text: str) -> str:
    """A text on one line. Titles are HTML in some feeds and escaped twice in others, JSON may have half a character."""
    return " ".join(_whole(html.unescape(text[:_LONGEST])).split())


def _whole(text: str) -> str:
    """A text without halves of surrogate pairs, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _xml_items(content: bytes, most: int) -> tuple[list[FeedItem] | None, str | None]:
    items = _Items(most)
    problem = read_events(content, items)
    return (items.found if items.is_feed else None), problem


def _json_items(content: bytes, most: int) -> tuple[list[FeedItem] | None, str | None]:
    found: list[FeedItem] = []

    def keep(entry: object) -> None:
        if len(found) >= most:
            raise Enough(_too_many(most))
        if isinstance(entry, dict) and isinstance(entry.get("url"), str) and 0 < len(entry["url"]) <= MAX_URL:
            stated, tags = (entry.get("date_published"), entry.get("title")), entry.get("tags")
            published, title = (value if isinstance(value, str) else "" for value in stated)
            labels = tags[:MAX_LABELS] if isinstance(tags, list) else ()
            found.append(_item(entry["url"], published, title, (each for each in labels if isinstance(each, str))))

    try:
        problem = read_entries(content, "items", keep)
    except ValueError:
        return None, None
    return found, problem


def _too_many(most: int) -> str:
    return f"it lists more than {most:,} posts"


@dataclass(slots=True)
class _Items:
    """A listener that keeps what items say of their posts."""

    most: int
    found: list[FeedItem] = field(default_factory=list)
    is_feed: bool = False
    _item: dict[str, list[str]] | None = None
    _depth: int = 0
    _text: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if not self.is_feed:
            if name not in _ROOTS:
                raise Enough
            self.is_feed = True
            return
        if self._item is None:
            if name in _ITEMS:
                if len(self.found) >= self.most:
                    raise Enough(_too_many(self.most))
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
        if 0 < len(link) <= MAX_URL:
            self.found.append(_item(link, published, title, self._item.get("label", ())))
        self._item = None

    def _keep(self, part: str, value: str) -> None:
        assert self._item is not None
        values = self._item.setdefault(part, [])
        if len(values) < MAX_LABELS:
            values.append(value.strip()[:_LONGEST])
