"""Request parameters -> Query. Strict, unlike the visitor's own words: everything that is wrong is named at once.

A parameter with an empty value counts as not given, as plain forms send it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..engine.errors import QueryError
from ..engine.model import MAX_DEPTH, Query, Sort
from ..engine.query import parse_query, period, tag_group

SEARCH = ("q", "tag", "not_tag", "after", "before", "author", "lang", "sort", "page", "per_page", "facets")
"""The parameters of `/search` and of the search page."""

LIST = ("sort", "page", "per_page", "facets")
"""The parameters of lists of posts."""

MAX_PER_PAGE = 100
MAX_TAGS = 50
_MAX_AUTHOR = 200
_MAX_ERRORS = 10
_REPEATABLE = ("tag", "not_tag")
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)

Pairs = Iterable[tuple[str, str]]


class InvalidParameters(QueryError):
    """All that is wrong with the parameters of one request, in `errors`."""

    def __init__(self, errors: Sequence[QueryError]) -> None:
        super().__init__("; ".join(map(str, errors)), parameter=errors[0].parameter)
        self.errors = tuple(errors)


def search_query(pairs: Pairs) -> Query:
    """The query of `/search`. Filters within `q` and parameters of their own both hold."""
    given = _Given(pairs, SEARCH)
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


def list_query(pairs: Pairs, *, tag: str | None = None, accepted: Sequence[str] = LIST) -> Query:
    """The query of a list of posts, the newest first: all, or those with a (normalised) tag."""
    query = Query(tags_all=() if tag is None else (frozenset({tag}),))
    return _Given(pairs, accepted).paged(query)


def narrowing(pairs: Pairs) -> str:
    """The `q` of `/tags`."""
    given = _Given(pairs, ("q",))
    q = given.one("q") or ""
    given.raise_errors()
    return q


def known(pairs: Pairs) -> list[tuple[str, str]]:
    """The pairs that `search_query` understands and that say something, for pages that ignore all others."""
    return [(name, value) for name, value in pairs if name in SEARCH and value.strip()]


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
            if len(values) > 1 and name not in _REPEATABLE:
                self.wrong(name, "is given more than once")

    def wrong(self, parameter: str, detail: str) -> None:
        """Note an error; `detail` goes on after the parameter's name."""
        self._errors.append(QueryError(f"{parameter} {detail}", parameter=parameter))

    def raise_errors(self) -> None:
        """InvalidParameters if anything is wrong."""
        if self._errors:
            raise InvalidParameters(self._errors)

    def one(self, name: str) -> str | None:
        """The value of a parameter; None for an empty one."""
        value = next(iter(self._values.get(name, ())), "")
        return value if value.strip() else None

    def tags(self, name: str) -> tuple[frozenset[str], ...]:
        """One group of alternatives for each time a tag parameter is given."""
        values = [value for value in self._values.get(name, ()) if value.strip()]
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
        value = self.one("author")
        if value is not None and len(value) > _MAX_AUTHOR:
            self.wrong("author", f"is longer than {_MAX_AUTHOR} characters")
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
        page = self._whole_number("page", query.page, most=MAX_DEPTH)
        per_page = self._whole_number("per_page", query.per_page, most=MAX_PER_PAGE)
        if page * per_page > MAX_DEPTH:
            self.wrong("page", f"lies too deep: page times per_page can be at most {MAX_DEPTH}; narrow the search")
        sort = Sort(self._choice("sort", tuple(Sort), query.sort))
        facets = self._choice("facets", ("0", "1"), "1") == "1"
        self.raise_errors()
        return replace(query, page=page, per_page=per_page, sort=sort, facets=facets)

    def _choice(self, name: str, choices: Sequence[str], default: str) -> str:
        value = self.one(name) or default
        if value in choices:
            return value
        self.wrong(name, f"must be one of {', '.join(choices)}")
        return default

    def _whole_number(self, name: str, default: int, *, most: int) -> int:
        value = self.one(name)
        if value is None:
            return default
        if _NUMBER.fullmatch(value) and 1 <= int(value) <= most:
            return int(value)
        self.wrong(name, f"must be a whole number from 1 to {most}")
        return default


def _first_day(days: tuple[dt.date, dt.date] | None) -> dt.date | None:
    return days[0] if days else None


def _last_day(days: tuple[dt.date, dt.date] | None) -> dt.date | None:
    return days[1] if days else None
