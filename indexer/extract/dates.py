"""When a post was published and last changed: the cascade from what is stated to what can only be guessed."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.html import HtmlElement

from .dom import own_text, words_of
from .metadata import Metadata
from .outline import HEADINGS, Outline
from .region import Region
from .written_dates import first_date, stated_date

_EARLIEST = dt.date(1990, 1, 1)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article:published", "published_time",
    "dcterms.created", "dc.date.created", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "pubdate",
    "publishdate", "publish_date", "publish-date", "published", "parsely-pub-date", "sailthru.date", "article.published",
    "cxenseparse:recs:publishtime", "bt:pubdate", "datecreated", "date", "creation_date", "date_published",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified")
_IN_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=[/\-_.]|$)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](\d\d)[-_](\d\d)(?!\d)"),
    re.compile(r"/((?:20)\d\d)(\d\d)(\d\d)(?!\d)"),
)
_MODIFIED_WORDS = frozenset({"updated", "update", "modified", "edited", "lastmod", "mod"})
_FOREIGN_WORDS = frozenset({"comment", "comments", "related", "recent", "sidebar", "widget", "footer", "event"})
_DATE_WORDS = frozenset({"date", "published", "time", "posted", "meta", "datetime", "pubdate", "created", "byline", "timestamp"})
_MODIFIED_TEXT = re.compile(
    r"updated|modified|edited|aktualisiert|geändert|mis à jour|modifié|actualizad|modificad|atualizad|aggiornat"
    r"|bijgewerkt|обновлен|更新|수정|最終", re.IGNORECASE,
)  # fmt: skip
_LONGEST_DATE_LINE = 160
_NEAR = 12
"""Pieces of text after the heading among which its date line is looked for."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it was found."""

    date: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a post."""

    published: Dated | None
    modified: Dated | None


def find_dates(
    outline: Outline, metadata: Metadata, region: Region, *, url: str, lang: str | None, root: HtmlElement, guess: bool
) -> Dates:
    """The dates of a post. Only with `guess` the whole page is searched (htmldate), which takes its time."""
    published = _first(_stated(metadata), _shown(region, lang), _addressed(url))
    if published is None and guess:
        published = _guessed(root, url)
    return Dates(published, _first(_stated_changes(metadata, region)))


def _first(*groups: Iterable[Dated]) -> Dated | None:
    return next((dated for group in groups for dated in group if dated.date >= _EARLIEST), None)


def _stated(metadata: Metadata) -> Iterator[Dated]:
    if metadata.article and (date := stated_date(metadata.article.published)):
        yield Dated(date, "json-ld:datePublished")
    for name in _PUBLISHED:
        if date := stated_date(metadata.meta(name)):
            yield Dated(date, name)


def _stated_changes(metadata: Metadata, region: Region) -> Iterator[Dated]:
    if metadata.article and (date := stated_date(metadata.article.modified)):
        yield Dated(date, "json-ld:dateModified")
    for name in _MODIFIED:
        if date := stated_date(metadata.meta(name)):
            yield Dated(date, name)
    for element in region.post.iter("time"):
        if _is_change(element) and (date := stated_date(element.get("datetime"))):
            yield Dated(date, "time")


def _shown(region: Region, lang: str | None) -> Iterator[Dated]:
    """The dates that a reader sees with the heading: the marked-up ones first."""
    times = [time for time in region.post.iter("time", "abbr") if not _is_change(time) and not _is_foreign(time, region)]
    marked = [time for time in times if not words_of(time).isdisjoint({"published", "pubdate", "publish", "dt"})]
    for time in marked or times:
        if date := stated_date(time.get("datetime") or time.get("title")) or first_date(own_text(time), lang=lang):
            yield Dated(date, "time")
            break
    named = [
        element
        for element in region.post.iter("span", "div", "p", "li", "small", "em", "i", "a")
        if not words_of(element).isdisjoint(_DATE_WORDS) and not _is_change(element) and not _is_foreign(element, region)
    ]
    for element in named:
        text = own_text(element)
        if len(text) <= _LONGEST_DATE_LINE and (date := first_date(text, lang=lang)):
            yield Dated(date, "date line")
            break
    for text in _near_heading(region):
        if not _MODIFIED_TEXT.search(text) and (date := first_date(text, lang=lang)):
            yield Dated(date, "text near the title")


def _near_heading(region: Region) -> Iterator[str]:
    if region.heading is None:
        return
    lines = [(element, text) for element in region.post.iter() if (text := (element.text or "").strip())]
    at = next((index for index, (element, _) in enumerate(lines) if element is region.heading or region.heading in element.iterancestors()), 0)
    after = [text for _, text in lines[at + 1 : at + _NEAR] if len(text) <= _LONGEST_DATE_LINE]
    before = [text for _, text in lines[max(0, at - 5) : at] if len(text) <= _LONGEST_DATE_LINE]
    yield from after
    yield from reversed(before)


def _addressed(url: str) -> Iterator[Dated]:
    path = urlsplit(url).path
    for form in _IN_ADDRESS:
        if match := form.search(path):
            try:
                yield Dated(dt.date(*map(int, match.groups())), "address")
            except ValueError:
                continue


def _guessed(root: HtmlElement, url: str) -> Dated | None:
    try:
        found = find_date(root, url=url, original_date=True, extensive_search=True)
    # htmldate documents no errors; on broken markup it lets those of lxml, re and dateutil through.
    except Exception:
        logging.getLogger(__name__).debug("htmldate failed", exc_info=True, extra={"url": url})
        return None
    date = stated_date(found)
    return Dated(date, "htmldate") if date else None


def _is_change(element: HtmlElement) -> bool:
    parent = element.getparent()
    words = words_of(element) | (words_of(parent) if parent is not None else frozenset())
    return not words.isdisjoint(_MODIFIED_WORDS) and words.isdisjoint({"published", "pubdate"})


def _is_foreign(element: HtmlElement, region: Region) -> bool:
    """Whether `element` stands in a part of the post that dates something else."""
    for ancestor in element.iterancestors():
        if ancestor is region.post:
            return False
        if ancestor.tag in {"aside", "nav", "footer", *HEADINGS[5:]} or not words_of(ancestor).isdisjoint(_FOREIGN_WORDS):
            return True
    return False
