"""The lines at the start of a text that are no text: the post's title, its date, and its author's name."""

from __future__ import annotations

import re
from collections.abc import Collection

from .blocks import Block, letters_of
from .bylines import is_full_name
from .dom import own_text, wording
from .foot import LONGEST_DATE_LINE
from .region import Region
from .written_dates import first_date

_LINES = 4
"""Lines at the start of a text among which title, date and author are looked for, to be left out."""
_LONGEST_BYLINE = 80
_MARK = re.compile(r"\s+[—–|·•-]\s+")


def titles_of(title: str, region: Region) -> frozenset[str]:
    """The title and, which may be longer, what the heading says."""
    return frozenset({wording(title), wording(own_text(region.heading) if region.heading is not None else "")})


def without_header(lines: list[str], titles: Collection[str], blocks: list[Block]) -> list[str]:
    """The lines without title and date, and without the author's name that stands behind the date on a line of code."""
    whole = {each.key for each in blocks if len(each.text) <= _LONGEST_BYLINE}
    kept: list[str] = []
    begun = ""
    for line in lines[:_LINES]:
        key = letters_of(begun + line)
        if is_header(line, titles) or (begun and key in whole):
            begun = "" if key in whole else line
        else:
            kept.append(line)
            begun = ""
    return kept + lines[_LINES:]


def is_header(text: str, titles: Collection[str]) -> bool:
    """Whether a line is the title or the date, or the date and the author's name."""
    return wording(text) in titles or _is_date(text) or (len(text) <= _LONGEST_BYLINE and _is_dated_name(text))


def _is_date(text: str) -> bool:
    return len(text) <= LONGEST_DATE_LINE and first_date(text) is not None


def _is_dated_name(text: str) -> bool:
    dated, *name = _MARK.split(text)
    return len(name) == 1 and _is_date(dated) and is_full_name(name[0])
