"""What a visitor typed -> Query. The whole grammar, and it never fails: what is no syntax is words.

    query   = { item }                    separated by white space
    item    = [ "-" ] ( phrase | filter | word )
    phrase  = '"' text '"'                also in typographic quotes; an unclosed quote is ignored
    filter  = "tag:" value | "author:" value | "before:" period | "after:" period
    value   = phrase | word               in `tag:` commas mean "or"
    period  = YYYY | YYYY-MM | YYYY-MM-DD
    word    = anything else

With "-" a filter leaves out what it would let through; `-before:2018` begins with 2019. One whose value is missing,
names nobody or is no period is words. Text beyond `MAX_TEXT` characters isn't searched, and the answer names the words
that this cost.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field

from .model import Query
from .tags import normalize_tag

MAX_TEXT = 1000
"""Characters of a visitor's text that are read; people's real questions reach 773."""

QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f'
"""What a phrase stands between."""

_MAX_OVERLONG = 20
_ITEM = re.compile(
    rf"(?P<minus>-(?=[^\s\-]))?"
    rf"(?:(?P<name>tag|author|before|after):(?=[^\s]))?"
    rf"(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]|(?P<word>[^\s{QUOTES}]+))",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_UNREADABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def parse_query(text: str) -> Query:
    """What `text` asks for. Any string parses; an empty one asks for everything, the newest first."""
    if len(text) <= MAX_TEXT and text.replace(" ", "").isalnum():  # as most are: there is nothing to be split off
        return Query(text=text.strip(), words=tuple(text.split()), unfinished=not text.endswith(" "))
    searched, overlong = _bounded(readable(text))
    asked = _Asked()
    for item in _ITEM.finditer(searched):
        asked.take(
            excluded=item["minus"] is not None,
            name=(item["name"] or "").lower(),
            phrase=item["phrase"],
            word=item["word"] or "",
        )
    unfinished = bool(asked.words) and not overlong and text.endswith(asked.words[-1])
    return asked.query(text=searched, unfinished=unfinished, overlong=overlong)


def period(text: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. ValueError for anything else."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = match.groups()
    try:
        first = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None
    if day:
        return first, first
    if month:
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first, first.replace(month=12, day=31)


def names_somebody(value: str) -> bool:
    """Whether a text can be a name, or a part of one."""
    return any(map(str.isalnum, value))


def readable(text: str) -> str:
    """A text with blanks in the place of what nobody types: control characters, halves of surrogate pairs."""
    return _UNREADABLE.sub(" ", text)


def tag_group(value: str) -> frozenset[str]:
    """The alternatives that `a,b` names, normalised; empty where nothing is left."""
    return frozenset(tag for part in value.split(",") if (tag := normalize_tag(part)))


def _bounded(text: str) -> tuple[str, tuple[str, ...]]:
    """Text cut between two words at `MAX_TEXT`, and (the first of) the words beyond."""
    text = text.strip()
    if len(text) <= MAX_TEXT:
        return text, ()
    cut = text.rfind(" ", 0, MAX_TEXT + 1)
    cut = cut if cut > 0 else MAX_TEXT
    beyond = text[cut : cut + 2 * MAX_TEXT].split()[:_MAX_OVERLONG]
    return text[:cut].rstrip(), tuple(word[:64] for word in beyond)


@dataclass(slots=True)
class _Asked:
    """The clauses found so far."""

    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    not_words: list[str] = field(default_factory=list)
    not_phrases: list[str] = field(default_factory=list)
    tags_all: list[frozenset[str]] = field(default_factory=list)
    tags_none: set[str] = field(default_factory=set)
    author: str | None = None
    authors_none: list[str] = field(default_factory=list)
    after: dt.date | None = None
    before: dt.date | None = None

    def take(self, *, excluded: bool, name: str, phrase: str | None, word: str) -> None:
        """Put one item of the text where it belongs."""
        value = phrase if phrase is not None else word
        if name and self._filter(name, value, excluded=excluded):
            return
        if name and excluded:
            self.not_words.append(f"{name}:{value}")
            return
        if name:
            self.words.append(name)
        if phrase is not None:
            if phrase.strip():
                (self.not_phrases if excluded else self.phrases).append(phrase.strip())
        else:
            (self.not_words if excluded else self.words).append(word)

    def _filter(self, name: str, value: str, *, excluded: bool) -> bool:
        """Whether `name:value` is a filter; then it is noted."""
        if name == "tag":
            group = tag_group(value)
            if excluded:
                self.tags_none |= group
            elif group:
                self.tags_all.append(group)
            return bool(group)
        if name == "author":
            if not names_somebody(value):
                return False
            if excluded:
                self.authors_none.append(value.strip())
            else:
                self.author = value.strip()
            return True
        try:
            first, last = period(value)
            if excluded:  # what isn't before the end of a period is after it
                name = "after" if name == "before" else "before"
                first, last = last + dt.timedelta(1), first - dt.timedelta(1)
        except (ValueError, OverflowError):
            return False
        if name == "after":
            self.after = max(first, self.after or first)
        else:
            self.before = min(last, self.before or last)
        return True

    def query(self, *, text: str, unfinished: bool, overlong: tuple[str, ...]) -> Query:
        """The query that these clauses make."""
        return Query(
            text=text,
            unfinished=unfinished,
            overlong=overlong,
            words=tuple(self.words),
            phrases=tuple(self.phrases),
            not_words=tuple(self.not_words),
            not_phrases=tuple(self.not_phrases),
            tags_all=tuple(self.tags_all),
            tags_none=frozenset(self.tags_none),
            author=self.author,
            authors_none=tuple(self.authors_none),
            after=self.after,
            before=self.before,
        )
