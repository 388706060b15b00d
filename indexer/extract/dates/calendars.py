"""The day that a date names in the calendars of the web: Gregorian, Buddhist, Persian, by eras, in Chinese numerals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import MappingProxyType

_BEFORE_ERA = MappingProxyType({"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911})
ERAS = "|".join(_BEFORE_ERA)
_NUMERALS = MappingProxyType(
    {each: value for value, each in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "元": 1}
)
NUMERALS = "".join(_NUMERALS)
_FIRST_YEAR = 1500
"""What is less is a year for Persians only."""
_BUDDHIST = 543
_FIRST_BUDDHIST_YEAR, _LAST_BUDDHIST_YEAR = 2533, 2599
"""1990 to 2056; nobody dates posts further ahead."""
_SOLAR_EPOCH = 226_530
_FIRST_SOLAR_YEAR, _LAST_SOLAR_YEAR = 1343, 1428
"""1964 to 2050, for which the rule of eight leap years in 33 has been compared with the calendar."""
_MONTHS, _LONG_MONTHS, _LONG, _SHORT = 12, 6, 31, 30


def number(text: str) -> int:
    """The number in digits or in Chinese numerals: `12`, `十二`, `二〇一九`, `元` for the first year of an era."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if ten:
        return 10 * _NUMERALS.get(tens, 1) + _NUMERALS.get(ones, 0)
    value = 0
    for each in text:
        value = 10 * value + _NUMERALS[each]
    return value


def valid_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, if there is one: there is no 31 February, and 1 January of the year 1 is Go's way to write no date.

    Years of the Buddhist era, as Thais count them, are taken for what they are.
    """
    if _FIRST_BUDDHIST_YEAR <= year <= _LAST_BUDDHIST_YEAR:
        year -= _BUDDHIST
    try:
        return dt.date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def calendar(year: int, lang: str | None) -> Callable[[int, int, int], dt.date | None]:
    """What makes a date of such a year, a month and a day: `1402/9/23` is one on pages in Persian."""
    return solar_date if year < _FIRST_YEAR and (lang or "").lower().startswith("fa") else valid_date


def year_of_era(era: str, year: int) -> int:
    """The year that is this one of a Japanese era, or of the Republic of China."""
    return _BEFORE_ERA[era] + year


def solar_date(year: int, month: int, day: int) -> dt.date | None:
    """The day with this date in the Persian calendar, whose years begin in March."""
    days = _LONG if month <= _LONG_MONTHS else _SHORT
    if not (_FIRST_SOLAR_YEAR <= year <= _LAST_SOLAR_YEAR and 1 <= month <= _MONTHS and 1 <= day <= days):
        return None
    before = _SHORT * (month - 1) + min(month - 1, _LONG_MONTHS)
    return dt.date.fromordinal(_SOLAR_EPOCH + 365 * year + (8 * year + 21) // 33 + before + day - 1)
