"""When a post was published and last changed: the cascade from what is stated to what can only be guessed."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from lxml.html import HtmlElement

from indexer.extract.head.metadata import Metadata, json_ld_statements
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region

from .in_address import date_of_body_class, dates_in_address, filed_in, filed_on, numbered_in_address
from .shown import IN_TITLE, dates_in_title, labelled_dates, shown_changes, shown_dates, times_above
from .written import DATE_ATTRIBUTES, can_be_on, stated_date

_EARLIEST = dt.date(1990, 1, 1)
_ISO_YEAR = re.compile(r"\s*\d{4}")
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
_EVENT_PROPERTIES = frozenset({"startDate", "endDate"})
# Where readers see a date that is certainly this post's.
_ADDRESSES = frozenset({"address", "rel=canonical", "og:url"})
_ALONE = frozenset({"time", "date line", "date near the title"})
_VISIBLE = _ALONE | {"text near the title", "date on hover"}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it was found."""

    date: dt.date
    source: str

    @property
    def is_certain(self) -> bool:
        """Whether the page's metadata or its address says so, rather than its text or a guess."""
        return self.source.startswith("json-ld") or self.source in {*_ADDRESSES, *_PUBLISHED}


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a post."""

    published: Dated | None
    modified: Dated | None


def find_dates(outline: Outline, metadata: Metadata, region: Region, *, url: str, lang: str | None) -> Dates:
    """The dates of a post."""
    days_of_events = _days_of_events(outline, metadata)
    month = filed_in(url)
    visible = shown_dates(outline, region, lang=lang, month=month)
    shown = [Dated(date, source) for date, source in visible if date not in days_of_events]
    labelled = labelled_dates(outline, region, lang=lang, month=month)
    vague = [dated for dated, _ in _metas(metadata, _VAGUE)]
    vague_days = {dated.date for dated in vague}
    stated_addresses = _stated_addresses(metadata)
    published = _first(
        _addressed(filed_on(url)),
        _stated(metadata),
        _classed(outline.body),
        _addressed(*dates_in_address(url)),
        stated_addresses,
        (dated for dated in shown if dated.date in vague_days),
        shown,
        (Dated(day, "number in the address") for day in numbered_in_address(url)),
        (Dated(date, source) for date, source in labelled if date not in days_of_events),
        vague,
        (Dated(date, IN_TITLE) for date in dates_in_title(region, lang=lang) if date not in days_of_events),
    )
    if published is not None and published.source != "address":
        seen = [dated for dated in shown if dated.source in _VISIBLE]
        published = _as_readers_see_it(published, [*seen, *stated_addresses], metadata)
        if not seen:
            published = _as_in_banner(published, set(times_above(outline, region)), metadata)
    modified = _first(
        (dated for dated, _ in _changes(metadata)), (Dated(date, "time") for date in shown_changes(region))
    )
    return Dates(published, modified)


def guess_date(root: HtmlElement, *, url: str) -> Dated | None:
    """The likeliest date anywhere on a page, for a post that has none in a place of its own.

    It is what the page states of itself as a web page, as pages that are no posts do too, else what htmldate finds.
    """
    for statement in json_ld_statements(root):
        if not statement.is_article and (stated := stated_date(statement.published)) and stated >= _EARLIEST:
            return Dated(stated, "json-ld:datePublished of the page")
    from htmldate import find_date  # see `body`

    try:
        found = find_date(root, url=url, original_date=True, extensive_search=True)
    # htmldate documents no errors; on broken markup it lets those of lxml, re and dateutil through.
    except Exception:
        logging.getLogger(__name__).debug("htmldate failed", exc_info=True, extra={"url": url})
        return None
    date = stated_date(found)
    # A year alone, that of the copyright line or of an address, becomes its first day: that is no date.
    return Dated(date, "htmldate") if date and (date.month, date.day) != (1, 1) else None


def _first(*groups: Iterable[Dated]) -> Dated | None:
    return next((dated for group in groups for dated in group if dated.date >= _EARLIEST), None)


def _as_readers_see_it(published: Dated, visible: list[Dated], metadata: Metadata) -> Dated:
    """The day that stands with the title, where it can only be the same moment or something else confirms it.

    The stated moment may fall on the day before or after where the author lives; of two days that a page states as
    that of its publication, one is that of a draft or an import.
    """
    if not visible or published.date in {dated.date for dated in visible}:
        return published
    stated = list(_moments(metadata))
    moment = next((value for dated, value in stated if dated == published), None)
    same = next((each for each in visible if can_be_on(moment or published.date.isoformat(), each.date)), None)
    if same is not None:
        return same
    if visible[0].date in {dated.date for dated, _ in stated}:
        return visible[0]
    return _shown_alone(visible, moment, metadata) or published


def _as_in_banner(published: Dated, days: Set[dt.date], metadata: Metadata) -> Dated:
    """The one day that a banner above the post shows, where that can be the moment of its publication."""
    moment = next((value for dated, value in _moments(metadata) if dated == published), "")
    if ":" not in moment or len(days) != 1 or not can_be_on(moment, next(iter(days))):
        return published
    return Dated(next(iter(days)), "time")


def _shown_alone(visible: list[Dated], moment: str | None, metadata: Metadata) -> Dated | None:
    """The one date that readers see with the title, on a line of its own, instead of the stated moment.

    Not so where it may be the day of a change: where the page states it as that, or where it is the later of the two
    and the page states no change. Nor where it is the stated day with month and day swapped, and that one is in
    ISO 8601, which can't be misread.
    """
    alone = next((dated.date for dated in visible if dated.source in _ALONE), None)
    stated = stated_date(moment)
    if alone is None or moment is None or stated is None or len({dated.date for dated in visible}) > 1:
        return None
    if (alone.year, alone.month, alone.day) == (stated.year, stated.day, stated.month):
        return None if _ISO_YEAR.match(moment) else visible[0]
    changes = [change for _, change in _changes(metadata)]
    is_change = any(can_be_on(change, alone) for change in changes) if changes else alone > stated
    return None if is_change else visible[0]


def _stated(metadata: Metadata) -> Iterator[Dated]:
    return (dated for dated, _ in _moments(metadata))


def _moments(metadata: Metadata) -> Iterator[tuple[Dated, str]]:
    """The days on which the page says that it was published, each as written."""
    if metadata.article and (date := stated_date(metadata.article.published)):
        yield Dated(date, "json-ld:datePublished"), metadata.article.published or ""
    yield from _metas(metadata, _PUBLISHED)


def _changes(metadata: Metadata) -> Iterator[tuple[Dated, str]]:
    """The days on which the page says that it was changed, each as written."""
    if metadata.article and (date := stated_date(metadata.article.modified)):
        yield Dated(date, "json-ld:dateModified"), metadata.article.modified or ""
    yield from _metas(metadata, _MODIFIED)


def _metas(metadata: Metadata, names: Iterable[str]) -> Iterator[tuple[Dated, str]]:
    for name in names:
        value = metadata.meta(name)
        if value and (date := stated_date(value)):
            yield Dated(date, name), value


def _classed(body: HtmlElement) -> Iterator[Dated]:
    if date := date_of_body_class(body):
        yield Dated(date, "body class")


def _addressed(*days: dt.date | None) -> Iterator[Dated]:
    return (Dated(day, "address") for day in days if day)


def _days_of_events(outline: Outline, metadata: Metadata) -> Set[dt.date]:
    """The days on which what the page is about takes place: when that was announced they don't tell."""
    stated = [value for statement in metadata.statements for value in statement.happens]
    marked = (each for each in outline.elements if each.get("itemprop") in _EVENT_PROPERTIES)
    stated += [value for each in marked for name in DATE_ATTRIBUTES if (value := each.get(name))]
    return {date for value in stated if (date := stated_date(value))}


def _stated_addresses(metadata: Metadata) -> list[Dated]:
    """The days in the addresses that the page states for itself, wherever that is: it may be a copy."""
    stated = (("rel=canonical", metadata.link("canonical")), ("og:url", metadata.meta("og:url")))
    return [Dated(date, source) for source, url in stated if url for date in dates_in_address(url)]
