"""Request parameters -> what is asked of the index, endpoint by endpoint. InvalidParameters where any is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from ..engine.model import MAX_DEPTH, Query, Sort
from ..engine.query import MAX_TEXT, parse_query, period, readable
from ..engine.urls import canonical_url
from .given import Given, Pairs
from .parameters import FEATURED, FEED, LIST, RELATED, SEARCH, SUGGEST, TAGS

_OTHER_END = {"after": "before", "before": "after"}
_RELATED = 5
_SUGGESTIONS = 8
"""Entries where no `limit` is given."""


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
    return _search(Given(pairs, SEARCH))


def feed_query(pairs: Pairs) -> Query:
    """The query of `/feed`: that of `/search`, the newest first unless an order is given."""
    given = Given(pairs, FEED)
    query = replace(_search(given), facets=False)
    return query if given.one("sort") else replace(query, sort=Sort.NEWEST)


def list_query(pairs: Pairs, *, tag: str | None = None, accepted: Sequence[str] = LIST) -> Query:
    """The query of a list of posts, the newest first: all, or those with a (normalised) tag."""
    query = Query(tags_all=() if tag is None else (frozenset({tag}),))
    return _paged(query, Given(pairs, accepted))


def check_nothing_else(pairs: Pairs) -> None:
    """Check the parameters of `/featured`, which has none but the format."""
    Given(pairs, FEATURED).checked()


def neighbourhood(pairs: Pairs) -> Neighbourhood:
    """The parameters of `/related`."""
    given = Given(pairs, RELATED)
    url, limit = given.one("url"), given.whole_number("limit", _RELATED)
    if url is None:
        given.wrong("url", "is missing: the address of an indexed post")
    given.checked()
    return Neighbourhood(canonical_url(url or ""), limit)


def keystrokes(pairs: Pairs) -> Keystrokes:
    """The parameters of `/suggest`."""
    given = Given(pairs, SUGGEST)
    text, limit = given.one("q") or "", given.whole_number("limit", _SUGGESTIONS)
    given.checked()
    return Keystrokes(readable(text)[:MAX_TEXT], limit)


def narrowing(pairs: Pairs) -> str:
    """The `q` of `/tags`."""
    given = Given(pairs, TAGS)
    given.checked()
    return given.one("q") or ""


def known(pairs: Pairs) -> list[tuple[str, str]]:
    """The pairs that `search_query` understands and that say something, for pages that ignore all others.

    Days, which visitors type, are put in their order; what is no day is left out.
    """
    said = [(name, value) for name, value in pairs if name in SEARCH and value.strip()]
    said = [(name, value) for name, value in said if name not in _OTHER_END or _is_period(value)]
    days = {name: period(value.strip()) for name, value in said if name in _OTHER_END}
    if len(days) == 2 and days["after"][0] > days["before"][1]:
        return [(_OTHER_END.get(name, name), value) for name, value in said]
    return said


def _search(given: Given) -> Query:
    typed = parse_query(given.one("q") or "")
    after, _ = given.period("after")
    _, before = given.period("before")
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
    return _paged(query, given)


def _paged(query: Query, given: Given) -> Query:
    """A query with its order, page and facets."""
    page = given.whole_number("page", query.page)
    per_page = given.whole_number("per_page", query.per_page)
    if page * per_page > MAX_DEPTH:
        given.wrong("page", f"lies too deep: page times per_page can be at most {MAX_DEPTH}; narrow the search")
    sort, facets = Sort(given.choice("sort", query.sort)), given.choice("facets", "1") == "1"
    given.checked()
    return replace(query, page=page, per_page=per_page, sort=sort, facets=facets)


def _is_period(value: str) -> bool:
    try:
        period(value.strip())
    except ValueError:
        return False
    return True
