"""Request parameters -> Query. Strict, unlike the visitor's own words: everything that is wrong is named at once.

A parameter with an empty value counts as not given, as plain forms send it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from ..engine.errors import QueryError
from ..engine.model import MAX_DEPTH, Query, Sort
from ..engine.query import MAX_TEXT, names_somebody, parse_query, period, tag_group
from ..engine.urls import canonical_url
from .parameters import FEATURED, FEED, LIST, MAX_TAGS, PARAMETERS, RELATED, SEARCH, SUGGEST, TAGS

_MAX_ERRORS = 10
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_LANGUAGE = re.compile(PARAMETERS["lang"].pattern or "", re.ASCII)
_OTHER_END = {"after": "before", "before": "after"}
_UNREADABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")

Pairs = Iterable[tuple[str, str]]


class InvalidParameters(QueryError):
    """All that is wrong with the parameters of one request, in `errors`."""

    def __init__(self, errors: Sequence[QueryError]) -> None:
        super().__init__("; ".join(map(str, errors)), parameter=errors[0].parameter)
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Keystrokes:
    """What `/suggest` is asked."""

    text: str
    limit: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What `/related` is asked: the canonical address of a post, None for what is no address."""

    url: str | None
    limit: int


def search_query(pairs: Pairs) -> Query:
    """The query of `/search`. Filters within `q` and parameters of their own both hold."""
    return _search(_Given(pairs, SEARCH))


def feed_query(pairs: Pairs) -> Query:
    """The query of `/feed`: that of `/search`, the newest first unless an order is given."""
    given = _Given(pairs, FEED)
    query = replace(_search(given), facets=False)
    return query if given.one("sort") else replace(query, sort=Sort.NEWEST)


def list_query(pairs: Pairs, *, tag: str | None = None, accepted: Sequence[str] = LIST) -> Query:
    """The query of a list of posts, the newest first: all, or those with a (normalised) tag."""
    query = Query(tags_all=() if tag is None else (frozenset({tag}),))
    return _Given(pairs, accepted).paged(query)


def check_nothing_else(pairs: Pairs) -> None:
    """Check the parameters of `/featured`, which has none but the format."""
    _Given(pairs, FEATURED).checked()


def neighbourhood(pairs: Pairs) -> Neighbourhood:
    """The parameters of `/related`."""
    given = _Given(pairs, RELATED)
    url, limit = given.one("url"), given.whole_number("limit", 5)
    if url is None:
        given.wrong("url", "is missing: the address of an indexed post")
    given.checked()
    return Neighbourhood(canonical_url(url or ""), limit)


def keystrokes(pairs: Pairs) -> Keystrokes:
    """The parameters of `/suggest`."""
    given = _Given(pairs, SUGGEST)
    text, limit = _UNREADABLE.sub(" ", given.one("q") or "")[:MAX_TEXT], given.whole_number("limit", 8)
    given.checked()
    return Keystrokes(text, limit)


def narrowing(pairs: Pairs) -> str:
    """The `q` of `/tags`."""
    given = _Given(pairs, TAGS)
    q = given.one("q") or ""
    given.checked()
    return q


def known(pairs: Pairs) -> list[tuple[str, str]]:
    """The pairs that `search_query` understands and that say something, for pages that ignore all others.

    Days, which visitors type, are put in their order; what is no day is left out.
    """
    said = [(name, value) for name, value in pairs if name in SEARCH and value.strip()]
    days = {name: days for name, value in said if name in _OTHER_END and (days := _days(value))}
    if len(days) == 2 and days["after"][0] > days["before"][1]:
        said = [(_OTHER_END.get(name, name), value) for name, value in said]
    return [(name, value) for name, value in said if name not in _OTHER_END or _days(value)]


def _search(given: _Given) -> Query:
    typed = parse_query(given.one("q") or "")
    after = _first_day(given.period("after"))
    before = _last_day(given.period("before"))
    if after and before and after > before:
        given.wrong("after", f"is later than before: {after} is after {before}")
    query = replace(
        typed,
        tags_all=tuple(dict.fromkeys(typed.tags_all + given.tags("tag"))),
        tags_none=typed.tags_none.union(*given.tags("not_tag")),
        after=max(filter(None, (typed.after, after)), default=None),
        before=min(filter(None, (typed.before, before)), default=None),
        author=" ".join(filter(None, (typed.author, given.author()))) or None,
        lang=given.lang(),
    )
    return given.paged(query)


class _Given:
    """The parameters of one request and what is wrong with them."""

    def __init__(self, pairs: Pairs, accepted: Sequence[str]) -> None:
        self._values: dict[str, list[str]] = {}
        self._errors: list[QueryError] = []
        for name, value in pairs:
            if name in accepted:
                self._values.setdefault(name, []).append(value)
            elif len(self._errors) < _MAX_ERRORS:
                near = difflib.get_close_matches(name[:40].lower(), accepted, n=1)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(accepted)}"
                self.wrong(name[:40], f"is no parameter here; {hint}")
        for name, values in self._values.items():
            if len(values) > 1 and not PARAMETERS[name].repeatable:
                self.wrong(name, "is given more than once")
        if "format" in accepted:
            self._choice("format", "json")

    def wrong(self, parameter: str, detail: str) -> None:
        """Note an error; `detail` goes on after the parameter's name."""
        self._errors.append(QueryError(f"{parameter} {detail}", parameter=parameter))

    def checked(self) -> None:
        """InvalidParameters if anything is wrong."""
        if self._errors:
            raise InvalidParameters(self._errors)

    def one(self, name: str) -> str | None:
        """The value of a parameter; None for an empty one."""
        values = self._values.get(name)
        return values[0] if values and values[0].strip() else None

    def tags(self, name: str) -> tuple[frozenset[str], ...]:
        """One group of alternatives for each time a tag parameter is given."""
        values = [value for value in self._values.get(name, ()) if value.strip()]
        if not values:
            return ()
        if sum(value.count(",") + 1 for value in values) > MAX_TAGS:
            self.wrong(name, f"names more than {MAX_TAGS} tags")
            return ()
        groups = [tag_group(value) for value in values]
        if not all(groups):
            self.wrong(name, "names no tag: nothing is left of it but separators")
        return tuple(group for group in groups if group)

    def period(self, name: str) -> tuple[dt.date, dt.date] | None:
        """The first and the last day of a period."""
        value = self.one(name)
        if value is None:
            return None
        try:
            return period(value.strip()[:20])
        except ValueError as exc:
            self.wrong(name, f"can't be read: {exc}")
            return None

    def author(self) -> str | None:
        """A name, or a part of one."""
        value, longest = self.one("author"), PARAMETERS["author"].longest or 0
        if value is not None and len(value) > longest:
            self.wrong("author", f"is longer than {longest} characters")
            return None
        if value is not None and not names_somebody(value):
            self.wrong("author", "names nobody: it has neither letters nor digits")
            return None
        return value.strip() if value else None

    def lang(self) -> str | None:
        """A language tag (BCP 47)."""
        value = self.one("lang")
        if value is not None and not _LANGUAGE.fullmatch(value.strip()):
            self.wrong("lang", "is no language: write a tag such as en or pt-BR")
            return None
        return value.strip() if value else None

    def paged(self, query: Query) -> Query:
        """`query` with its order, page and facets. InvalidParameters if anything at all was wrong."""
        page = self.whole_number("page", query.page)
        per_page = self.whole_number("per_page", query.per_page)
        if page * per_page > MAX_DEPTH:
            self.wrong("page", f"lies too deep: page times per_page can be at most {MAX_DEPTH}; narrow the search")
        sort = Sort(self._choice("sort", query.sort))
        facets = self._choice("facets", "1") == "1"
        self.checked()
        return replace(query, page=page, per_page=per_page, sort=sort, facets=facets)

    def whole_number(self, name: str, default: int) -> int:
        """A number within the bounds of its parameter."""
        value = self.one(name)
        if value is None:
            return default
        most = PARAMETERS[name].most or 0
        if _NUMBER.fullmatch(value) and 1 <= int(value) <= most:
            return int(value)
        self.wrong(name, f"must be a whole number from 1 to {most}")
        return default

    def _choice(self, name: str, default: str) -> str:
        value, choices = self.one(name) or default, PARAMETERS[name].choices
        if value in choices:
            return value
        self.wrong(name, f"must be one of {', '.join(choices)}")
        return default


def _days(value: str) -> tuple[dt.date, dt.date] | None:
    try:
        return period(value.strip()[:20])
    except ValueError:
        return None


def _first_day(days: tuple[dt.date, dt.date] | None) -> dt.date | None:
    return days[0] if days else None


def _last_day(days: tuple[dt.date, dt.date] | None) -> dt.date | None:
    return days[1] if days else None
