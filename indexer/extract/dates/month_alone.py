"""The month that a post shows in place of its day, where its address confirms it: `August 2014` at `/2014/08/bees/`."""

from __future__ import annotations

import re

from indexer.extract.markup.dom import own_text
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region, byline_of

from .foot import LONGEST_DATE_LINE
from .in_address import filed_in
from .months import MONTH_NAME, as_letters, month_of

_MONTH = re.compile(
    rf"(?P<name>{MONTH_NAME})(?: de| del)?,? (?P<year>\d{{4}})"
    r"|(?P<month>\d{1,2})[./-](?P<after>\d{4})"
    r"|(?P<before>\d{4})(?:[./-]|\s?[年년]\s?)(?P<behind>\d{1,2})\s?[月월]?"
)


def shows_its_month(outline: Outline, region: Region, url: str) -> bool:
    """Whether a line near the title says no more than the month in whose folder the page is."""
    filed = filed_in(url)
    if filed is None:
        return False
    lines = (each for each in byline_of(outline, region) if outline.is_line(each, limit=LONGEST_DATE_LINE))
    return any(_month_alone(own_text(each)) == filed for each in lines)


def _month_alone(text: str) -> tuple[int, int] | None:
    match = _MONTH.fullmatch(as_letters(text.strip()))
    if match is None:
        return None
    year = match["year"] or match["after"] or match["before"]
    month = month_of(match["name"], None) if match["name"] else int(match["month"] or match["behind"])
    return (int(year), month) if month else None
