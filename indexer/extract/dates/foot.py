"""The foot of a post: the lines below its text, where blogs of old sign and date it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from indexer.extract.markup.dom import own_text
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region

from .written import dates_in

LONGEST_DATE_LINE = 30
"""Characters of a line that is a date and no more: "Wednesday, 2 September 2019", "Posted on 2 June 2019"."""
_LONGEST_LINE = 160
_LONGEST_FOOT = 300
"""Characters of what stands below a text; there is more in comments, and in lists of other posts."""
_BEFORE_DATE = 12
"""Characters that may stand before the date in such a line: what names a day later on may be about anything."""
_LAST_LINES = 8
_ENDING = ("p", "div", "aside", "i", "em", "font", "small", "td", "dd", "address", "h4", "h5", "h6")
_SINCE = re.compile(r"\W*(?:since|seit|depuis|desde|dal|sinds|sedan|siden|od|с|copyright)\b", re.IGNORECASE)
"""What begins a line that tells how old the site is."""


def foot_of(outline: Outline, region: Region) -> Iterator[HtmlElement]:
    """The lines right below the text that begin with a date, `9 Jan 2003 - 10:22 by Ines`.

    Then those at the very end of the text itself that hold a date and little else.
    """
    node = region.content
    while node is not outline.body:
        below = node.getnext()
        if below is not None and 0 < outline.weight(below).text <= _LONGEST_FOOT:
            yield from _signed(below, outline)
        if node is region.post or (parent := node.getparent()) is None:
            break
        node = parent
    ending = islice(reversed(list(region.content.iter(*_ENDING))), _LAST_LINES)
    lines = (each for each in ending if outline.is_line(each, limit=LONGEST_DATE_LINE))
    yield from (each for each in lines if not (_SINCE.match(own_text(each)) or _heads_something(each)))


def _signed(below: HtmlElement, outline: Outline) -> list[HtmlElement]:
    """The lines of one text that begin with a date; several, or a heading, are of other things."""
    if _heads_something(below):
        return []
    lines = (each for each in below.iter() if outline.is_line(each, limit=_LONGEST_LINE))
    dated = [(each, text) for each in lines if _starts_with_date(text := own_text(each))]
    return [each for each, _ in dated] if len({text for _, text in dated}) == 1 else []


def _heads_something(element: HtmlElement) -> bool:
    return next(element.iter("h1", "h2", "h3"), None) is not None


def _starts_with_date(text: str) -> bool:
    return next((at <= _BEFORE_DATE for at, _ in sorted(dates_in(text))), False)
