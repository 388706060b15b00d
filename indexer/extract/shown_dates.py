"""The date that readers see with a post: in its byline, near its heading, at its foot."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, takewhile

from lxml.html import HtmlElement

from .dom import own_text, words_of
from .outline import Outline
from .region import Region, byline_of, stands_apart
from .written_dates import dates_in, days_in, stated_date

_LONGEST_LINE = 160
_DATE_TAGS = frozenset({"time", "abbr", "relative-time"})
_DATED = ("time", "abbr", "relative-time", "span", "div", "p", "small")
_DATE_ATTRIBUTES = ("datetime", "content", "title", "data-datetime", "data-date", "data-time", "data-timestamp")
_QUOTING = frozenset({"blockquote", "figure", "pre"})
_DATE_WORDS = frozenset(
    {"date", "published", "time", "posted", "datetime", "pubdate", "created", "byline", "timestamp", "postdate"}
)
_PUBLISHED_WORDS = frozenset({"published", "pubdate", "publish", "datepublished"})
_MODIFIED_WORDS = frozenset({"updated", "update", "modified", "edited", "lastmod", "datemodified"})
_FOREIGN_WORDS = frozenset(
    {"comment", "comments", "related", "recent", "featured", "popular", "sidebar", "widget", "event"}
)
_MODIFIED_LABEL = re.compile(
    r"(?:updated|modified|edited|revised|reviewed|aktualisiert|geändert|mis à jour|modifié|actualizad|modificad"
    r"|atualizad|aggiornat|bijgewerkt|uppdaterad|opdateret|oppdatert|обновлен|изменен|更新|修改|수정|最終)\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)


def shown_dates(
    outline: Outline, region: Region, *, lang: str | None, month: tuple[int, int] | None = None
) -> Iterator[tuple[dt.date, str]]:
    """The dates that may be the post's, the likeliest first, each with where it stands.

    `month` is the year and month of the folder that the post is in: dates without a year are of that one.
    """
    near = [each for each in byline_of(outline, region) if not _is_quoted(each, region)]
    changed = [each for each in near if _is_labelled_a_change(each, outline, lang)]
    byline = [each for each in near if each not in changed]
    yield from _marked_up(outline, byline, lang, place="")
    dated = (each for each in region.post.iter(*_DATED) if each.tag in _DATE_TAGS or _is_named_a_date(each))
    own = [each for each in dated if not stands_apart(each, region, _FOREIGN_WORDS)]
    yield from _marked_up(outline, own, lang, place=" in the post")
    for element in byline:
        if outline.is_line(element, limit=_LONGEST_LINE) and not _is_modification(element):
            yield from ((date, "text near the title") for date in _dates(element, lang))
    if month is not None:
        lines = (own_text(each) for each in byline if outline.is_line(each, limit=_LONGEST_LINE))
        yield from ((date, "day near the title") for line in lines for date in days_in(line, *month))
    # The only date some blogs show, of posts that they keep up to date.
    yield from ((date, "change near the title") for element in changed for date in _dates(element, lang))


def shown_days(outline: Outline, region: Region, year: int, month: int) -> Iterator[dt.date]:
    """The days near the title that stand without a year, in this one; in this month, unless it is 0."""
    near = [each for each in byline_of(outline, region) if not _is_quoted(each, region)]
    lines = [own_text(each) for each in near if outline.is_line(each, limit=_LONGEST_LINE)]
    for text in lines:
        yield from (day for at in ((month,) if month else range(1, 13)) for day in days_in(text, year, at))


def _marked_up(
    outline: Outline, elements: list[HtmlElement], lang: str | None, *, place: str
) -> Iterator[tuple[dt.date, str]]:
    """The dates in the elements for dates, then in those that are called after a date."""
    marked = [each for each in elements if each.tag in _DATE_TAGS and not _is_modification(each)]
    published = [each for each in marked if not words_of(each).isdisjoint(_PUBLISHED_WORDS)]
    for element in chain(published, marked):
        yield from ((date, f"time{place}") for date in _in_attributes(element))
        yield from ((date, f"time{place}") for date in _dates(element, lang))
    lines = [each for each in elements if outline.is_line(each, limit=_LONGEST_LINE)]
    named = [each for each in lines if _is_named_a_date(each) and not _is_modification(each)]
    yield from ((date, f"date line{place}") for element in named for date in _dates(element, lang))
    yield from ((date, f"date for machines{place}") for element in named for date in _in_attributes(element))


def shown_changes(region: Region) -> Iterator[dt.date]:
    """The dates on which the post was changed, as far as they are marked up."""
    for element in region.post.iter("time"):
        if _is_modification(element) and (date := stated_date(element.get("datetime"))):
            yield date


def _in_attributes(element: HtmlElement) -> Iterator[dt.date]:
    """The date for machines in an element that may show readers no more than "2 days ago"."""
    dates = (stated_date(element.get(name)) for name in _DATE_ATTRIBUTES)
    yield from islice((date for date in dates if date), 1)


def _is_quoted(element: HtmlElement, region: Region) -> bool:
    """Whether an element is a part of what the post quotes or pictures."""
    around = set() if region.heading is None else set(region.heading.iterancestors())
    inside = takewhile(lambda each: each not in around, element.iterancestors())
    return any(each.tag in _QUOTING for each in (element, *inside))


def _dates(element: HtmlElement, lang: str | None) -> Iterable[dt.date]:
    text = own_text(element)[:_LONGEST_LINE]
    found = sorted(dates_in(text, lang=lang))
    return [date for at, date in found if not _MODIFIED_LABEL.search(text[:at])]


def _is_labelled_a_change(element: HtmlElement, outline: Outline, lang: str | None) -> bool:
    """Whether the words before `element` on its line say that what follows is the date of a change."""
    line = element.getparent()
    if line is None or not all(outline.is_line(each, limit=_LONGEST_LINE) for each in (line, element)):
        return False
    inside = {date for _, date in dates_in(own_text(element), lang=lang)}
    changes = {date for _, date in dates_in(own_text(line), lang=lang)} - set(_dates(line, lang))
    return bool(inside) and inside <= changes


def _is_named_a_date(element: HtmlElement) -> bool:
    return not _DATE_WORDS.isdisjoint(words_of(element))


def _is_modification(element: HtmlElement) -> bool:
    parent = element.getparent()
    words = words_of(element) | (words_of(parent) if parent is not None else frozenset())
    return not words.isdisjoint(_MODIFIED_WORDS) and words_of(element).isdisjoint(_PUBLISHED_WORDS)
