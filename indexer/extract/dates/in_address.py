"""The day that a page's address gives away, or the class of its body."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from .calendars import valid_date

# Without separators, eight digits may as well be a part of a longer number or of a checksum; with a time of day behind
# them they are the moment by which many call their notes.
_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-_./])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)(?P<on>[-_][^\W\d])?"
    r"|(?<![0-9a-f])(?P<y8>(?:19|20)\d\d)(?P<m8>\d\d)(?P<d8>\d\d)"
    r"(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?![0-9a-f])"
)
_SAVED_AT = re.compile(r"\([^()]{0,40}\d[^()]{0,40}\b\d\d?[-_:.\uff1a]\d\d[-_:.\uff1a]\d\d\b[^()]{0,20}\)(?=\.html?$)")
"""The moment at which SingleFile saved a page, behind its title: `Keeping bees (2024-01-12 10_11_12).html`."""
_FOLDER, _NAME, _NUMBER = "folder", "name", "number"
"""What an address has a day in."""
_MONTH_FOLDER = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(?!\d{1,2}(?:/|$))")
_BODY_CLASS = re.compile(r"\bs-y(\d{4}) s-m(\d\d) s-d(\d\d)\b")


def filed_on(url: str) -> dt.date | None:
    """The day whose folder a page is in: a blog that files its posts by day does so by their dates."""
    return next(_days(url, _FOLDER), None)


def dates_in_address(url: str) -> Iterator[dt.date]:
    """The days in an address, folders first; the name of a file may hold the day of its draft."""
    yield from _days(url, _FOLDER)
    yield from _days(url, _NAME)


def numbered_in_address(url: str) -> Iterator[dt.date]:
    """The days in an address that may as well be the numbers of posts in the folder of a month: `/2001/03/12-bees/`."""
    return _days(url, _NUMBER)


def filed_in(url: str) -> tuple[int, int] | None:
    """The year and month whose folder a page is in."""
    match = _MONTH_FOLDER.search(_path(url))
    return (int(match[1]), int(match[2])) if match else None


def date_of_body_class(body: HtmlElement) -> dt.date | None:
    """The day that many WordPress themes of the time before HTML5 write into the class of the body."""
    match = _BODY_CLASS.search(body.get("class") or "")
    return valid_date(*map(int, match.groups())) if match else None


def _days(url: str, kind: str) -> Iterator[dt.date]:
    for match in _DAY.finditer(_path(url)):
        parts = match["y"], match["m"], match["d"]
        date = valid_date(*(int(part) for part in (parts if match["y"] else match.group("y8", "m8", "d8"))))
        if date and kind == (_NAME if match["sep"] != "/" else _NUMBER if match["on"] else _FOLDER):
            yield date


def _path(url: str) -> str:
    try:
        return _SAVED_AT.sub("", unquote(urlsplit(url).path))
    except ValueError:
        return ""
