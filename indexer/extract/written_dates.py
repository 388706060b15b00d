"""Dates as people write them: `22 Mar 2017`, `2017年3月22日`, `March 22nd, 2017`, `22 de marzo de 2017`."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

# January to December in the languages of the web; further forms after a stroke.
_MONTHS = """
january february march april may june july august september|sept october november december
januar|jänner februar|feber märz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus|augusti september oktober november december
januar februar mars|marts april mai|maj juni juli august september oktober november desember|december
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
ledna února března dubna května června července srpna září října listopadu prosince
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
januari februari maret april mei juni juli agustus september oktober november desember
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
január február március április május június július augusztus szeptember október november december
tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
януари февруари март април май юни юли август септември октомври ноември декември
בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ینایر فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
"""
_ABBREVIATED = (3, 4, 5)


def _month_names() -> Mapping[str, int]:
    """Months by their names without accents, and by the beginnings of names that no other month shares."""
    full: dict[str, int] = {}
    rows = [row.split() for row in _MONTHS.strip().splitlines()]
    for row in rows:
        for month, forms in enumerate(row, 1):
            full.update((_bare(form), month) for form in forms.split("|"))
    abbreviated = {_bare(name)[:3]: month for month, name in enumerate(rows[0], 1)}
    for length in _ABBREVIATED:
        beginnings: dict[str, set[int]] = {}
        for name, month in full.items():
            beginnings.setdefault(name[:length], set()).add(month)
        for beginning, months in beginnings.items():
            if len(months) == 1:
                abbreviated.setdefault(beginning, min(months))
    return MappingProxyType(abbreviated | full)


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


_MONTH_NUMBER = _month_names()
_LONGEST = 5_000
"""Characters of a text that is looked through; dates stand in lines."""
_WORD = r"[^\W\d_]{3,12}"
_YEAR = r"(?:19[89]\d|20\d\d)"
_NUMERIC = re.compile(
    rf"(?<![\d.])(?P<a>\d{{1,2}})(?P<sep>[./\-])\s?(?P<b>\d{{1,2}})(?P=sep)\s?(?P<y>{_YEAR})(?!\.?\d)"
)
_MONTHS_OF_YEAR = 12
_FORMS = (
    re.compile(rf"(?<!\d)(?P<y>{_YEAR})\s?[-/.年년]\s?(?P<m>\d{{1,2}})\s?[-/.月월]\s?(?P<d>\d{{1,2}})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th|er|º|ª|\.)?[\s\-/]?\s?(?:de |d'|of )?"
        rf"(?P<name>{_WORD})\.?,?[\s\-/]?\s?(?:de |del |of )?'?(?P<y>{_YEAR})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<name>{_WORD})\.?\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s(?:at )?(?P<y>{_YEAR})(?!\d)", re.IGNORECASE
    ),
    re.compile(rf"(?<!\d)(?P<y>{_YEAR})\.?,?\s(?:m\. )?(?P<name>{_WORD})\.?\s(?P<d>\d{{1,2}})(?!\d)", re.IGNORECASE),
    _NUMERIC,
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}) tháng (?P<m>\d{{1,2}}),? (?:năm )?(?P<y>{_YEAR})(?!\d)", re.IGNORECASE),
    re.compile(r"(?P<era>令和|平成|昭和)\s?(?P<y>\d{1,2}|元)年\s?(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日"),
)
_HINT = re.compile("19[89][0-9]|20[0-9][0-9]|年")
"""What each of the forms has in it: most lines of a page have neither, and needn't be looked through for any."""
_BEFORE_ERA = MappingProxyType({"令和": 2018, "平成": 1988, "昭和": 1925})
_YEARLESS = (
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th|er|º|ª|\.)?\s?(?:de |d'|of )?(?P<name>{_WORD})", re.IGNORECASE
    ),
    re.compile(rf"(?P<name>{_WORD})\.?\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)", re.IGNORECASE),
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
    yield from _dates_in(text[:_LONGEST], month_first=month_first)


@lru_cache(maxsize=256)  # the lines near a title are looked at for several reasons
def _dates_in(text: str, *, month_first: bool) -> Sequence[tuple[int, dt.date]]:
    text = _with_western_digits(text)
    if not _HINT.search(text):
        return ()
    found = (
        (match, _date(match.groupdict(), month_first=month_first)) for form in _FORMS for match in form.finditer(text)
    )
    return tuple((match.start(), date) for match, date in found if date is not None)


def days_in(text: str, year: int, month: int) -> Iterator[dt.date]:
    """The days of a month that `text` names without a year: `June 2`, `2. Juni`, `6月2日`."""
    text = _with_western_digits(text[:_LONGEST])
    for form in _YEARLESS:
        for match in form.finditer(text):
            date = _date({"y": str(year), **match.groupdict()}, month_first=False)
            if date is not None and date.month == month:
                yield date


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


def _with_western_digits(text: str) -> str:
    """`text` with the digits of other scripts as those of this one, character by character."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)


def _date(parts: Mapping[str, str | None], *, month_first: bool) -> dt.date | None:
    year = int(parts["y"] or 0) if parts["y"] != "元" else 1
    if parts.get("era"):
        year += _BEFORE_ERA[parts["era"] or ""]
    if parts.get("name"):
        name = _bare(parts["name"] or "")
        # Cases and other endings: `tammikuuta`, `sierpniem`.
        month = _MONTH_NUMBER.get(name) or _MONTH_NUMBER.get(name[: max(_ABBREVIATED)])
        return valid_date(year, month, int(parts["d"] or 0)) if month else None
    if parts.get("a"):
        a, b = int(parts["a"] or 0), int(parts["b"] or 0)
        if parts["sep"] == "/" and month_first:
            return valid_date(year, a, b) or valid_date(year, b, a)
        return valid_date(year, b, a) or valid_date(year, a, b)
    return valid_date(year, int(parts["m"] or 0), int(parts["d"] or 0))


def valid_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, if there is one: there is no 31 February, and 1 January of the year 1 is Go's way to write no date."""
    try:
        return dt.date(year, month, day) if year > 1 else None
    except ValueError:
        return None
