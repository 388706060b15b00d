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

from .metadata import Metadata, json_ld_statements
from .outline import Outline
from .region import Region
from .shown_dates import shown_changes, shown_dates
from .written_dates import stated_date, valid_date

_EARLIEST = dt.date(1990, 1, 1)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article:published", "published_time",
    "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime", "bt:pubdate", "pubdate",
    "publishdate", "publish_date", "publish-date", "published", "date_published", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created",
)  # fmt: skip
# Often the day of the build, or of the last change.
_VAGUE = ("datecreated", "dc.date", "dcterms.date", "date", "creation_date")
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
)
# A blog that files its posts by day does so by their dates; a file's name may hold the day of its draft.
_IN_FOLDERS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?:/|$|\.\w+$)")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_]?)(\d\d)\2(\d\d)(?!\d)")
# Where readers see a date that is certainly this post's.
_VISIBLE = frozenset({"time", "date line", "text near the title"})
_BODY_CLASS = re.compile(r"\bs-y(\d{4}) s-m(\d\d) s-d(\d\d)\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it was found."""

    date: dt.date
    source: str

    @property
    def is_certain(self) -> bool:
        """Whether the page's metadata or its address says so, rather than its text or a guess."""
        return self.source.startswith("json-ld") or self.source == "address" or self.source in _PUBLISHED


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a post."""

    published: Dated | None
    modified: Dated | None


def find_dates(outline: Outline, metadata: Metadata, region: Region, *, url: str, lang: str | None) -> Dates:
    """The dates of a post."""
    shown = [Dated(date, source) for date, source in shown_dates(outline, region, lang=lang)]
    published = _first(
        _filed(url), _stated(metadata), _classed(outline.body), _named(url), shown, _vaguely_stated(metadata)
    )
    if published is not None and published.source != "address":
        published = _as_readers_see_it(published, [dated for dated in shown if dated.source in _VISIBLE], metadata)
    modified = _first(_changes(metadata), (Dated(date, "time") for date in shown_changes(region)))
    return Dates(published, modified)


def guess_date(root: HtmlElement, *, url: str) -> Dated | None:
    """The likeliest date anywhere on a page, for a post that has none in a place of its own.

    It is what the page states of itself as a web page, as pages that are no posts do too, else what htmldate finds.
    """
    for statement in json_ld_statements(root):
        if not statement.is_article and (stated := stated_date(statement.published)) and stated >= _EARLIEST:
            return Dated(stated, "json-ld:datePublished of the page")
    try:
        found = find_date(root, url=url, original_date=True, extensive_search=True)
    # htmldate documents no errors; on broken markup it lets those of lxml, re and dateutil through.
    except Exception:
        logging.getLogger(__name__).debug("htmldate failed", exc_info=True, extra={"url": url})
        return None
    date = stated_date(found)
    return Dated(date, "htmldate") if date else None


def _first(*groups: Iterable[Dated]) -> Dated | None:
    return next((dated for group in groups for dated in group if dated.date >= _EARLIEST), None)


def _as_readers_see_it(published: Dated, visible: list[Dated], metadata: Metadata) -> Dated:
    """The day that stands with the title, where it can only be the same moment or another statement confirms it.

    The stated day before or after is the same moment where the machine lives; of two days that a page states as that
    of its publication, one is that of a draft or an import.
    """
    if not visible or published.date in {dated.date for dated in visible}:
        return published
    neighbour = next((dated for dated in visible if abs(dated.date - published.date) == dt.timedelta(1)), None)
    confirmed = visible[0].date in {dated.date for dated in _stated(metadata)}
    return neighbour or (visible[0] if confirmed else published)


def _stated(metadata: Metadata) -> Iterator[Dated]:
    if metadata.article and (date := stated_date(metadata.article.published)):
        yield Dated(date, "json-ld:datePublished")
    yield from _metas(metadata, _PUBLISHED)


def _vaguely_stated(metadata: Metadata) -> Iterator[Dated]:
    yield from _metas(metadata, _VAGUE)


def _changes(metadata: Metadata) -> Iterator[Dated]:
    if metadata.article and (date := stated_date(metadata.article.modified)):
        yield Dated(date, "json-ld:dateModified")
    yield from _metas(metadata, _MODIFIED)


def _metas(metadata: Metadata, names: Iterable[str]) -> Iterator[Dated]:
    for name in names:
        value = metadata.meta(name)
        if date := stated_date(value):
            yield Dated(date, name)


def _classed(body: HtmlElement) -> Iterator[Dated]:
    """The day that many WordPress themes of the time before HTML5 write into the class of the body."""
    match = _BODY_CLASS.search(body.get("class") or "")
    if match and (date := stated_date("-".join(match.groups()))):
        yield Dated(date, "body class")


def _filed(url: str) -> Iterator[Dated]:
    match = _IN_FOLDERS.search(urlsplit(url).path)
    if match and (date := valid_date(*map(int, match.groups()))):
        yield Dated(date, "address")


def _named(url: str) -> Iterator[Dated]:
    for year, _, month, day in _IN_NAME.findall(urlsplit(url).path):
        if date := valid_date(int(year), int(month), int(day)):
            yield Dated(date, "address")
