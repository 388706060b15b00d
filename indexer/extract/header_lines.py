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
_WIDE = "\u2e80"
"""From here on letters are those of East Asia."""
_MOST_WIDE = 8
"""Such letters in a line that tells a day: where there are more it is a sentence."""
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
    return wording(text) in titles or is_date_line(text) or (len(text) <= _LONGEST_BYLINE and _is_dated_name(text))


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and little else."""
    if len(text) > LONGEST_DATE_LINE or first_date(text) is None:
        return False
    return sum(each >= _WIDE and each.isalpha() for each in text) <= _MOST_WIDE


def _is_dated_name(text: str) -> bool:
    dated, *name = _MARK.split(text)
    return len(name) == 1 and is_date_line(dated) and is_full_name(name[0])
