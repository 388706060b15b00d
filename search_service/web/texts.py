"""What the search page says, in the language of the blog, and how that language writes numbers and days.

Sentences that the elements say, too, are taken from theirs (`static/languages`); `languages` has the page's own, and
CLDR's conventions, with those of regions that differ. One answer is the same for every visitor: there is no
negotiation, so that it can be kept.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from ..languages import ENGLISH, NAMES, RIGHT_TO_LEFT, canonical, region, spoken
from .live import LiveIndex

_FOLDER = Path(__file__).parent
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_PLAIN_MONTHS = tuple(map(str, range(1, 13)))


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language, or a region, writes days, months and years, and numbers from `grouped_from` on."""

    day: str
    month: str
    group: str
    year: str = "{year}"
    grouped_from: int = 1000
    months: tuple[str, ...] = _PLAIN_MONTHS


class Texts:
    """The texts of one language. What is put into them is escaped, unless it is markup."""

    def __init__(self, lang: str, table: Mapping[str, str], writing: Writing) -> None:
        self.lang = lang
        self._language = spoken(lang) or ENGLISH
        self._table = {key: escape(text) for key, text in table.items()}
        self._writing = writing

    @property
    def rtl(self) -> bool:
        """Whether they run from right to left."""
        return self._language in RIGHT_TO_LEFT

    def say(self, key: str, **values: object) -> Markup:
        """A text with its values."""
        return self._table[key].format(**values) if values else self._table[key]

    def count(self, key: str, n: int, **values: object) -> Markup:
        """The form of a text that goes with a number."""
        form = self._table.get(f"{key}-{plural(self._language, n)}") or self._table[f"{key}-other"]
        return form.format(n=self.number(n), **values)

    def number(self, n: int) -> str:
        """A whole number as the language groups its digits."""
        return f"{n:,}".replace(",", self._writing.group) if n >= self._writing.grouped_from else str(n)

    def date(self, day: dt.date) -> str:
        """A day, `12 September 2019`."""
        return self._written(self._writing.day, day.year, day.month, day.day)

    def period(self, given: str) -> str:
        """A day, month or year that an address names; anything else as it is."""
        match = _PERIOD.fullmatch(given)
        year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        if not year or month > len(self._writing.months):
            return given
        writing = self._writing
        return self._written(writing.day if day else writing.month if month else writing.year, year, month, day)

    def language(self, tag: str) -> str:
        """A language by the name that it gives itself; a tag that is none of ours as it is."""
        return NAMES.get(tag.lower(), tag)

    def _written(self, pattern: str, year: int, month: int, day: int) -> str:
        return pattern.format(year=year, month=self._writing.months[month - 1], day=day)


class PageLanguage:
    """The texts in the language of the page: the one that is set, else that of most of the posts served now."""

    def __init__(self, live: LiveIndex, page_lang: str) -> None:
        self._live = live
        self._set = page_lang
        self._read: dict[str, Texts] = {}

    @property
    def texts(self) -> Texts:
        """Those for now: a new generation may speak another language."""
        lang = self._set or self._live.lang or ENGLISH
        if lang not in self._read:
            self._read[lang] = texts_for(lang)
        return self._read[lang]


def texts_for(tag: str) -> Texts:
    """The texts for a language tag; English ones for a language that isn't spoken."""
    language = spoken(tag)
    if language is None:
        return texts_for(ENGLISH)
    own = tomllib.loads((_FOLDER / f"languages/{language}.toml").read_text("utf-8"))
    lang = canonical(tag)
    return Texts(lang, shared(language) | own["texts"], _writing(own["writing"], region(lang)))


def shared(language: str) -> dict[str, str]:
    """What the elements say in a language: the object in its module, which is JSON but for the last comma."""
    path = "static/elements/english.js" if language == ENGLISH else f"static/languages/{language}.js"
    source = (_FOLDER / path).read_text("utf-8")
    table: dict[str, str] = json.loads(source[source.index("{\n") : source.rindex("}") + 1].replace(",\n}", "\n}"))
    return table


def plural(language: str, n: int) -> str:
    """The category of a whole number in CLDR's rules. Those of millions in Romance languages have no forms of ours."""
    if language == "ar":
        return _arabic(n)
    if language in ("ja", "ko", "zh", "zh-hant"):
        return "other"
    return "one" if n == 1 or (n == 0 and language in ("fr", "pt")) else "other"


def _arabic(n: int) -> str:
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 > 10 else "other"


def _writing(table: Mapping[str, Any], place: str) -> Writing:
    of_language = {key: value for key, value in table.items() if not isinstance(value, dict)}
    months = tuple(of_language.pop("months", _PLAIN_MONTHS))
    return replace(Writing(months=months, **of_language), **table.get(place, {}))
