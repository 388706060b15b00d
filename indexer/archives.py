"""Archive pages: in which year, in which month, or on which day the posts that they list were published.

Some blogs print `March 5` with a post, and the year only on the page of the archive that lists it: in that page's
address, `/2021/` or `/2021/03/`, or in a heading above the link. Others print all of the date there alone, beside the
link (see `dated_lists`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from urllib.parse import unquote

from .extract.addresses.keys import address_key, resolved
from .extract.addresses.words import ARCHIVE_STEPS, PAGING
from .extract.markup.dom import vocabulary
from .sources import Page

MOST = 20_000
"""Pages of a site of which that is kept."""
_MOST_MARKS = 10_000
"""Links and headings of one archive page that are looked at."""
_PERIOD = re.compile(
    r"/((?:19|20)\d\d)(?:/(0?[1-9]|1[0-2]))?(?:/page/\d+)?(?:/|\.html?|/index\.html?)?$", re.IGNORECASE
)
_ENDING = re.compile(r"(?:/index)?\.html?$|/$", re.IGNORECASE)
_NAMES = ARCHIVE_STEPS | vocabulary(
    "arquivo arquivos blog weblog posts timeline all all-posts all_posts article articles entries journal diary writing"
    " notes"
)
_MARK = re.compile(
    rb"<(?:h(?P<level>[1-6])\b[^<>]{0,300}|a\s[^<>]{0,1000}?href\s*=\s*[\"']?(?P<href>[^\"'\s<>]{1,1000}))",
    re.IGNORECASE,
)
_HEADING_WITHIN = 400
_TAG = re.compile(r"<[^<>]*>")
_YEAR = re.compile(r"\D{0,20}((?:19|20)\d\d)\D{0,10}")
_AMBIGUOUS = ""
_DAY = len("2021-03-05")


def is_archive(address: str) -> bool:
    """Whether an address, or a path below a directory, is that of an archive page by its name, or the front page."""
    path = _path(address)
    bare = _ENDING.sub("", path)
    return not bare or bare.rpartition("/")[2].lower() in _NAMES or _PERIOD.search(path) is not None


def is_later_list(address: str) -> bool:
    """Whether an address, or a path below a directory, is that of a later page of a list: `/weblog/page/2/`."""
    return PAGING.search(_ENDING.sub("/", _path(address))) is not None


def _path(address: str) -> str:
    """The path of a canonical URL, or one below a directory, as people read it."""
    path = address.partition("?")[0]
    if "://" in path:
        path = path.partition("://")[2].partition("/")[2]
    return "/" + unquote(path).lstrip("/")


def period_of(page: Page) -> str:
    """The year, or year and month, that an archive page is named after; "" for others."""
    stated = _PERIOD.search(_path(page.url))
    return "-".join(part.zfill(2) for part in stated.groups() if part) if stated else ""


def periods_on(page: Page) -> Iterator[tuple[str, str]]:
    """The addresses that an archive page links to, each with the year, or year and month, that it lists it in."""
    of_page = period_of(page)
    period, level = of_page, 0
    for mark in islice(_MARK.finditer(page.content), _MOST_MARKS):
        if mark["level"]:
            text = page.content[mark.end() : mark.end() + _HEADING_WITHIN].partition(b">")[2].partition(b"</h")[0]
            year = _YEAR.fullmatch(_TAG.sub("", text.decode("utf-8", "replace")).strip())
            if year:
                period, level = year[1], int(mark["level"])
            elif int(mark["level"]) <= level:
                period = of_page  # the end of that year's part
        elif period:
            url = resolved(mark["href"].decode("utf-8", "replace"), page.url)
            if url is not None:
                yield url, period


class Periods:
    """When the pages of a site were published, as far as its archive pages tell, by `address_key`.

    Pages that several periods list, as those are that a menu links everywhere, are of none.
    """

    def __init__(self, known: Mapping[int, str]) -> None:
        self._found = dict(known)

    def note(self, told: Iterable[tuple[str, str]]) -> frozenset[int]:
        """Take what an archive page says (`periods_on`, `dated_lists`); the pages of which it told something new."""
        news = set[int]()
        for url, period in told:
            key = address_key(url)
            before = self._found.get(key)
            if before is None and len(self._found) >= MOST:
                continue
            now = _narrower(before, period) if before is not None else period
            if now != before:
                self._found[key] = now
                news.add(key)
        return frozenset(news)

    @property
    def found(self) -> dict[int, str]:
        """All that is known, to be kept."""
        return dict(self._found)

    @property
    def has_days(self) -> bool:
        """Whether a list told the day of a post."""
        return any(len(period) == _DAY for period in self._found.values())

    @property
    def usable(self) -> dict[int, str]:
        """The periods of the pages that have one: `2021`, `2021-03` or `2021-03-05`.

        Of no page where all are of the same: that list says as much of those which the site's menu links.
        """
        several = len(set(self._found.values()) - {_AMBIGUOUS}) > 1
        return {key: period for key, period in self._found.items() if period != _AMBIGUOUS} if several else {}


def _narrower(one: str, other: str) -> str:
    """Of a year and one of its months the month, of that and one of its days the day; what can't both be is nothing."""
    if one.startswith(other):
        return one
    return other if other.startswith(one) and one != _AMBIGUOUS else _AMBIGUOUS
