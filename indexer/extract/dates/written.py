"""Dates as people write them: `22 Mar 2017`, `2017年3月22日`, `March 22nd, 2017`, `22 de marzo de 2017`."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from .calendars import ERAS, NUMERALS, calendar, number, solar_date, valid_date, year_of_era
from .months import MONTH_NAME, as_letters, month_of, solar_month_of

_LONGEST = 5_000
"""Characters of a text that is looked through; dates stand in lines."""
_YEAR = r"(?:19[89]\d|20\d\d|25[3-9]\d|1[34]\d\d)"
"""Of our calendar, of the Buddhist era, of the Persian calendar."""
_DAY = r"(?<!\d)(?P<d>\d{1,2})\s?(?:(?:st|nd|rd|th|er)(?![^\W\d_])|[º°ª.])?"
_MARK = "[\u200e\u200f]?"
"""What keeps the parts of a date in their order where the script runs from right to left."""
_NUMERIC = re.compile(
    rf"(?<![\d.])(?P<a>\d{{1,2}}){_MARK}(?P<sep>[./\-])\s?(?P<b>\d{{1,2}}){_MARK}(?P=sep)\s?(?P<y>{_YEAR})(?!\.?\d)"
)
_ABBREVIATED = re.compile(
    r"\W*(?:[^\W\d_]{2,10}[.,]?\s+)?(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<yy>[0-39]\d)"
    r"(?:\W{1,3}\d{1,2}[:.]\d\d)?\W*"
)
"""A whole line: elsewhere such numbers may be a version."""
_MONTHS_OF_YEAR = 12
_FORMS = (
    re.compile(
        rf"(?<!\d)(?P<y>{_YEAR})\s?{_MARK}[-/.年년]\s?(?P<m>\d{{1,2}})\s?{_MARK}[-/.月월]\s?(?P<d>\d{{1,2}})(?!\d)"
    ),
    re.compile(
        rf"{_DAY}[\s\-/]?\s?(?:de |d['’]|of )?(?P<name>{MONTH_NAME})(?:/[^\W\d_]+)?[.׳]?[,،]?[\s\-/]?\s?"
        rf"(?:de |del |of |năm |พ\.ศ\. ?)?'?(?P<y>{_YEAR})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![a-z])(?P<name>{MONTH_NAME})[.,׳]?\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[,،]\s?|\s)(?:at )?"
        rf"(?P<y>{_YEAR})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\d)(?P<y>{_YEAR})(?:\.?,?\s|(?P<sep>-)|-?\(?e?\)?ko )(?:m\. )?(?P<name>{MONTH_NAME})"
        r"(?(sep)-|\.?\s)(?P<d>\d{1,2})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<!\d)(?P<y>{_YEAR}) оны (?P<m>\d{{1,2}})(?:-ы?р)? сарын (?P<d>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>{_YEAR})\. gada {_DAY}\s(?P<name>{MONTH_NAME})", re.IGNORECASE),
    _NUMERIC,
    re.compile(rf"(?P<era>{ERAS})\s?(?P<y>\d{{1,3}}|元)\s?年\s?(?P<m>\d{{1,2}})\s?月\s?(?P<d>\d{{1,2}})\s?日"),
    re.compile(rf"(?P<y>二[{NUMERALS}]{{3}})年(?P<m>[{NUMERALS}十]{{1,2}})月(?P<d>[{NUMERALS}十]{{1,3}})日"),
)
_HINT = re.compile("19[89][0-9]|20[0-9][0-9]|25[3-9][0-9]|1[34][0-9][0-9]|年")
"""What each of the forms has in it: most lines of a page have neither, and needn't be looked through for any."""
_PERSIAN_DIGIT = re.compile("[۰-۹]")
_YEARLESS = (
    re.compile(rf"(?<![a-z]){_DAY}\s?(?:de |d['’]|of )?(?P<name>{MONTH_NAME})", re.IGNORECASE),  # not "WB4APR"
    re.compile(rf"(?P<name>{MONTH_NAME})\.?\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"),
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?!\d)"),
)
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|[+-]\d\d:?\d\d)")
_WESTERNMOST, _EASTERNMOST = dt.timedelta(hours=-12), dt.timedelta(hours=14)
_TICKS = re.compile(r"(\d{10})(?:\d{3})?")
_LONGEST_STATED = 80
DATE_ATTRIBUTES = ("datetime", "content", "title")
"""Attributes of an element that may hold a date for machines, the likeliest first."""


def dates_in(text: str, *, lang: str | None = None, month_first: bool | None = None) -> Iterator[tuple[int, dt.date]]:
    """The dates in `text` with the place where each begins, in order of form, then of place.

    `03/04/2017` is read as the month first where `lang` is English as written in the United States or unknown, unless
    `month_first` says what the site's dates are.
    """
    if month_first is None:
        month_first = lang is None or lang.lower() in {"en", "en-us"}
    yield from _dates_in(text[:_LONGEST], lang=lang, month_first=month_first)


@lru_cache(maxsize=256)  # the lines near a title are looked at for several reasons
def _dates_in(text: str, *, lang: str | None, month_first: bool) -> Sequence[tuple[int, dt.date]]:
    if _PERSIAN_DIGIT.search(text):
        lang = lang or "fa"
    text = _simplified(text)
    if not _HINT.search(text):
        return ()
    found = (
        (match, _date(match.groupdict(), lang=lang, month_first=month_first))
        for form in _FORMS
        for match in form.finditer(text)
    )
    return tuple((match.start(), date) for match, date in found if date is not None)


def days_in(text: str, year: int, month: int) -> Iterator[dt.date]:
    """The days of a month that `text` names without a year: `June 2`, `2. Juni`, `6月2日`."""
    text = _simplified(text[:_LONGEST])
    for form in _YEARLESS:
        for match in form.finditer(text):
            date = _date({"y": str(year), **match.groupdict()}, lang=None, month_first=False)
            if date is not None and date.month == month:
                yield date


def abbreviated_date(text: str, *, lang: str | None = None) -> dt.date | None:
    """The date whose year has two digits, if that is all that a line says; read as `dates_in` reads others."""
    match = _ABBREVIATED.fullmatch(text)
    if match is None:
        return None
    year = int(match["yy"]) + (1900 if match["yy"].startswith("9") else 2000)
    month_first = lang is None or lang.lower() in {"en", "en-us"}
    return _date({**match.groupdict(), "y": str(year)}, lang=None, month_first=month_first)


def first_date(text: str, *, lang: str | None = None, month_first: bool | None = None) -> dt.date | None:
    """The first date in `text`."""
    return min(dates_in(text, lang=lang, month_first=month_first), default=(0, None))[1]


def month_is_first(text: str) -> bool | None:
    """Whether the date in `text` has its month before its day, where its numbers tell: `03/17/2017`."""
    match = _NUMERIC.search(text)
    if match is None or (int(match["a"]) > _MONTHS_OF_YEAR) == (int(match["b"]) > _MONTHS_OF_YEAR):
        return None
    return int(match["b"]) > _MONTHS_OF_YEAR


def stated_date(value: str | None) -> dt.date | None:
    """The day of a machine-readable date: ISO 8601 or close to it, seconds since 1970, or as people write it."""
    if not value:
        return None
    value = value.strip()[:_LONGEST_STATED]
    iso = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)", value)
    if iso:
        return valid_date(*map(int, iso.groups()))
    if ticks := _TICKS.fullmatch(value):
        return dt.datetime.fromtimestamp(int(ticks[1]), dt.UTC).date()
    return first_date(value)


def can_be_on(moment: str, day: dt.date) -> bool:
    """Whether a stated moment falls on `day` somewhere on Earth; without a time of day it may be a day off."""
    stated = stated_date(moment)
    match = _ISO_MOMENT.match(moment.strip()[:_LONGEST_STATED])
    if match is None or stated is None:
        return stated is not None and abs(stated - day) <= dt.timedelta(1)
    try:
        utc = dt.datetime.fromisoformat(match.group().replace(" +", "+").replace(" -", "-")).astimezone(dt.UTC)
        return (utc + _WESTERNMOST).date() <= day <= (utc + _EASTERNMOST).date()
    except (ValueError, OverflowError):
        return stated == day


def _simplified(text: str) -> str:
    """`text` with the digits of other scripts as those of this one, and letters alone, character by character."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in as_letters(text))


def _date(parts: Mapping[str, str | None], *, lang: str | None, month_first: bool) -> dt.date | None:
    year = number(parts["y"] or "")
    if era := parts.get("era"):
        year = year_of_era(era, year)
    if name := parts.get("name"):
        day = int(parts["d"] or 0)
        if month := solar_month_of(name):
            return solar_date(year, month, day)
        month = month_of(name, lang)
        return valid_date(year, month, day) if month else None
    date = calendar(year, lang)
    if parts.get("a"):
        a, b = int(parts["a"] or 0), int(parts["b"] or 0)
        if parts["sep"] == "/" and month_first:
            return date(year, a, b) or date(year, b, a)
        return date(year, b, a) or date(year, a, b)
    return date(year, number(parts["m"] or ""), number(parts["d"] or ""))
