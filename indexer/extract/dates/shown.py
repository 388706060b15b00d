"""The date that readers see with a post: in its byline, near its heading, at its foot."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, takewhile

from lxml.html import HtmlElement

from indexer.extract.markup.dom import own_lines, own_text
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region, above_post, byline_of, stands_apart

from .foot import LONGEST_DATE_LINE, foot_of
from .labels import LONGEST_NOTICE, is_note_of_publication, is_of_another, own_dates
from .names import is_named_a_change, is_named_a_date, is_named_publication
from .written import DATE_ATTRIBUTES, abbreviated_date, can_be_on, dates_in, days_in, stated_date

_LONGEST_LINE = 160
CHANGE = "change "
"""Begins where the date of a change is found that serves as that of publication."""
IN_TITLE = "date in the title"
DAY_BEFORE = re.compile(r"\W*\d{1,4}([./-])\d{1,2}\1\d{1,4}\W+(?=\w)")
"""The day that some write before their titles, in one heading: `03/04/2001: The mill turns again`."""
_LISTS = ("ul", "ol")
_SEVERAL = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_LINK = 60
"""Characters of a link that a post's own date may stand in; longer ones lead to other posts."""
_DATE_TAGS = frozenset({"time", "abbr", "relative-time"})
_DATED = ("time", "abbr", "relative-time", "span", "div", "p", "small", "a", "em", "i")
_DATE_ATTRIBUTES = (*DATE_ATTRIBUTES, "data-datetime", "data-date", "data-time", "data-timestamp", "data-unix-time")
_MOMENT = re.compile(r"\s*\d{4}-?\d\d")
_GREENWICH = re.compile(r"(?:Z|[+-]00:?00)\s*$")
_MIDNIGHT = re.compile(r"[T ]00:00")
_QUOTING = frozenset({"blockquote", "figure", "pre", "article"})
_COMMENTS = frozenset({"comment", "comments"})
_FEW = 6
"""Days that are marked up as of one post, and elements of its byline."""
_FOREIGN_WORDS = frozenset(
    {"comment", "comments", "related", "recent", "featured", "popular", "sidebar", "widget", "event"}
)


def shown_dates(
    outline: Outline, region: Region, *, lang: str | None, month: tuple[int, int] | None = None
) -> Iterator[tuple[dt.date, str]]:
    """The dates that may be the post's, the likeliest first, each with where it stands.

    `month` is the year and month of the folder that the post is in: dates without a year are of that one.
    """
    near = _near(outline, region)
    changed = [each for each in near if _is_labelled(each, outline, lang)]
    byline = [each for each in near if each not in changed]
    yield from _marked_up(outline, byline, lang, place="")
    dated = (each for each in region.post.iter(*_DATED) if each.tag in _DATE_TAGS or is_named_a_date(each))
    own = [
        each
        for each in dated
        if not (_is_foreign(each, outline, region) or each in changed or _is_labelled(each, outline, lang))
    ]
    yield from _marked_up(outline, own, lang, place=" in the post")
    if region.heading is not None and (match := DAY_BEFORE.match(own_text(region.heading))):
        yield from ((date, "date before the title") for _, date in dates_in(match.group(), lang=lang))
    for element in byline:
        if outline.is_line(element, limit=_LONGEST_LINE) and not is_named_a_change(element):
            is_text = not outline.is_line(element, limit=LONGEST_DATE_LINE)
            dates = (date for date in _dates(element, lang) if not (is_text and _is_of_another(date, month)))
            yield from ((date, f"{'text' if is_text else 'date'} near the title") for date in dates)
    short = (own_text(each) for each in byline if outline.is_line(each, limit=LONGEST_DATE_LINE))
    yield from ((date, "short date near the title") for text in short if (date := abbreviated_date(text, lang=lang)))
    if month is not None:
        lines = (own_text(each) for each in byline if outline.is_line(each, limit=_LONGEST_LINE))
        yield from ((date, "day near the title") for line in lines for date in days_in(line, *month))
    above = above_post(outline, region)
    if above is not None and outline.is_line(above, limit=LONGEST_DATE_LINE):
        yield from ((date, "date above the post") for date in _dates(above, lang))


def labelled_dates(
    outline: Outline, region: Region, *, lang: str | None, month: tuple[int, int] | None = None
) -> Iterator[tuple[dt.date, str]]:
    """The dates in lines of the post that say that it was published then, those at its foot, and those of its changes.

    The last are the only dates some blogs show, of posts that they keep up to date. `month` is as in `shown_dates`:
    what isn't called a change is none where it is of another one.
    """
    notes = [each for each in region.post.iter(*_DATED) if outline.is_line(each, limit=LONGEST_NOTICE)]
    lines = [each for each in notes if outline.is_line(each, limit=_LONGEST_LINE)]
    for element in notes:
        if is_note_of_publication(own_text(element)) and not _is_foreign(element, outline, region):
            yield from ((date, "labelled date in the post") for date in _dates(element, lang))
    for element in foot_of(outline, region):
        if not _is_foreign(element, outline, region):
            yield from ((date, "date below the text") for date in _dates(element, lang))
    near = _near(outline, region)
    own = [each for each in lines if each.tag in _DATE_TAGS or is_named_a_date(each)]
    for place, elements in (("near the title", near), ("in the post", own)):
        for element in elements:
            is_line = outline.is_line(element, limit=_LONGEST_LINE) and not _is_foreign(element, outline, region)
            if is_line and not _is_labelled(element, outline, lang, changes=True):
                text = own_text(element)
                others = {date for date in own_dates(text, lang=lang) if _is_of_another(date, month)}
                dates = own_dates(text, lang=lang, changes=True)
                yield from ((date, f"{CHANGE}{place}") for date in dates if date not in others)


def dates_in_title(region: Region, *, lang: str | None) -> Iterable[dt.date]:
    """The dates in the heading of the post: "Day 12, 14 July 2009", "Version 1.2 (2021-03-04)"."""
    return () if region.heading is None else _dates(region.heading, lang)


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
    marked = [each for each in elements if each.tag in _DATE_TAGS and not is_named_a_change(each)]
    if 1 < len(marked) <= _FEW:
        marked.sort(key=_is_called_another)  # "Posted on Nov 14, edited on Feb 1" without years: only machines can tell
    published = [each for each in marked if is_named_publication(each)]
    for element in chain(published, marked):
        shown = list(_dates(element, lang))
        yield from (
            (date, f"time{place}") for date in _in_attributes(element) if not _is_the_same(element, date, shown)
        )
        yield from ((date, f"time{place}") for date in shown)
    lines = [each for each in elements if outline.is_line(each, limit=_LONGEST_LINE)]
    named = [each for each in lines if is_named_a_date(each) and not is_named_a_change(each)]
    yield from ((date, f"date line{place}") for element in named for date in _dates(element, lang))
    yield from ((date, f"date on hover{place}") for element in named for date in _on_hover(element, lang))
    # What shows nothing at all is filled in by a script, in the time zone of whoever reads it.
    unfilled = (each for each in elements if is_named_a_date(each) and each.tag != "meta" and not own_text(each))
    empty = [each for each in unfilled if not is_named_a_change(each)]
    yield from ((date, f"date for machines{place}") for element in (*named, *empty) for date in _in_attributes(element))


def _is_called_another(element: HtmlElement) -> bool:
    """Whether the words before an element, beside it, call it the date of a change or of something else."""
    before = islice(element.itersiblings(preceding=True), _FEW)
    beside = [part for each in before for part in (each.tail or "", own_text(each))]
    parent = element.getparent()
    return is_of_another(" ".join((parent.text or "" if parent is not None else "", *reversed(beside))))


def shown_changes(region: Region) -> Iterator[dt.date]:
    """The dates on which the post was changed, as far as they are marked up."""
    for element in region.post.iter("time"):
        if is_named_a_change(element) and (date := stated_date(element.get("datetime"))):
            yield date


def times_above(outline: Outline, region: Region) -> Iterator[dt.date]:
    """The dates marked up above the post and outside of it, as in the banner of a theme."""
    above = takewhile(lambda each: each is not region.post, outline.elements)
    times = (each for each in above if each.tag == "time" and not is_named_a_change(each))
    return (date for each in times for date in _in_attributes(each))


def _in_attributes(element: HtmlElement) -> Iterator[dt.date]:
    """The date for machines in an element that may show readers no more than "2 days ago"."""
    dates = (stated_date(element.get(name)) for name in _DATE_ATTRIBUTES)
    yield from islice((date for date in dates if date), 1)


def _is_the_same(element: HtmlElement, stated: dt.date, shown: list[dt.date]) -> bool:
    """Whether the stated moment, in Greenwich's time, may be the day that readers see, where it falls on another one.

    Midnight is no moment: a day was written as one, and what the page's maker made of it is a day off.
    """
    moment = element.get("datetime") or ""
    is_moment = _GREENWICH.search(moment) is not None and _MIDNIGHT.search(moment) is None
    return is_moment and len(shown) == 1 and shown[0] != stated and can_be_on(moment, shown[0])


def _on_hover(element: HtmlElement, lang: str | None) -> Iterator[dt.date]:
    """The date that readers see when they point at "2 days ago": the local one, unlike that of a moment."""
    title = element.get("title") or ""
    if not _MOMENT.match(title):
        yield from (date for _, date in dates_in(title[:_LONGEST_LINE], lang=lang))


def _is_of_another(date: dt.date, month: tuple[int, int] | None) -> bool:
    """Whether a date is of another month than the post's folder, anywhere on Earth: a text may be of other days."""
    around = (date + dt.timedelta(days) for days in (-1, 0, 1))
    return month is not None and month not in {(day.year, day.month) for day in around}


def _near(outline: Outline, region: Region) -> list[HtmlElement]:
    """The elements around the heading, without those of what the post quotes, of comments and of other posts."""
    near = (each for each in byline_of(outline, region) if not stands_apart(each, region, _COMMENTS))
    elements = [each for each in near if not _is_quoted(each, region)]
    cards = [each for each in elements if each.tag == "a" and _YEAR.search(own_text(each))]
    cards = [each for each in cards if _is_in_teaser(each, outline)]
    around = {each for card in cards for each in card.iterancestors()} if len(cards) > 1 else set()
    own = [each for each in elements if not (each in around or _is_in_teaser(each, outline))]
    own = [each for each in own if next(each.iter("article"), None) is None]
    lists = {each for each in own if each.tag in _LISTS and _is_of_dated_links(each)}
    return [each for each in own if lists.isdisjoint((*each.iter(*_LISTS), *each.iterancestors(*_LISTS)))]


def _is_of_dated_links(element: HtmlElement) -> bool:
    """Whether a list has several items that hold a link and a year each: other posts, or what changed when."""
    items = (item for item in element.iterchildren("li") if next(item.iter("a"), None) is not None)
    return sum(1 for item in items if _YEAR.search(own_text(item))) >= _SEVERAL


def _is_foreign(element: HtmlElement, outline: Outline, region: Region) -> bool:
    """Whether an element in the post is no part of it: of what it quotes, of the list of comments, of another post."""
    beside = _is_in_teaser(element, outline) or _is_quoted(element, region)
    return beside or stands_apart(element, region, _FOREIGN_WORDS)


def _is_quoted(element: HtmlElement, region: Region) -> bool:
    """Whether an element is a part of what the post quotes or pictures, or of another article."""
    inside = takewhile(lambda each: each not in region.frame, element.iterancestors())
    return element.tag in _QUOTING or any(each.tag in _QUOTING for each in inside)


def _is_in_teaser(element: HtmlElement, outline: Outline) -> bool:
    """Whether an element stands in a link that holds more than a date."""
    link = element if element.tag == "a" else next(element.iterancestors("a"), None)
    return link is not None and (
        outline.weight(link).text > _LONGEST_LINK or (len(link) > 1 and len(own_lines(link)) > 1)
    )


def _dates(element: HtmlElement, lang: str | None) -> Iterable[dt.date]:
    return own_dates(own_text(element)[:_LONGEST_LINE], lang=lang)


def _is_labelled(element: HtmlElement, outline: Outline, lang: str | None, *, changes: bool = False) -> bool:
    """Whether the words before `element` on its line say that what follows is the date of something else.

    That is a change, unless `changes` count, too.
    """
    line = element.getparent()
    if line is None or not all(outline.is_line(each, limit=_LONGEST_LINE) for each in (line, element)):
        return False
    inside = {date for _, date in dates_in(own_text(element), lang=lang)}
    if not inside:
        return False
    around = own_text(line)
    others = {date for _, date in dates_in(around, lang=lang)} - set(own_dates(around, lang=lang, changes=changes))
    return inside <= others
