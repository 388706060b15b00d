"""What the service knows of its posts as a whole, found once for each generation that it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.model import MAX_DEPTH, Hit, Query, Sort
from ..engine.port import Searcher
from ..engine.urls import origin
from ..languages import canonical, spoken
from .markup import web_address

MAX_ORIGINS = 100
_MAX_LANGUAGES = 20
_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Survey:
    """The origins of the posts: whose pages may call the API, and of what `POST /reindex` may ask.

    `lang` is the tag of the language that most of them have; None where the search page doesn't speak it.
    """

    origins: frozenset[str] = frozenset()
    lang: str | None = None


def survey(searcher: Searcher) -> Survey:
    """By the newest and the oldest posts, a thousand of each: all origins and languages of any ordinary blog."""
    found: dict[str, None] = {}
    tags: Counter[str] = Counter()
    for hit in _ends(searcher):
        if web_address(hit.url):
            found[origin(hit.url)] = None
        if hit.lang:
            tags[hit.lang.lower()] += 1
    return Survey(frozenset(list(found)[:MAX_ORIGINS]), _prevailing(searcher, tags))


def _ends(searcher: Searcher) -> Iterator[Hit]:
    for sort in (Sort.NEWEST, Sort.OLDEST):
        for page in range(1, MAX_DEPTH // _PER_PAGE + 1):
            query = Query(sort=sort, page=page, per_page=_PER_PAGE, facets=False, snippets=False)
            results = searcher.search(query)
            yield from results.hits
            if page * _PER_PAGE >= results.total:
                break
        if results.total <= MAX_DEPTH:
            break


def _prevailing(searcher: Searcher, tags: Counter[str]) -> str | None:
    """Of the languages seen the one that most posts have, all of them counted, by the tag that it mostly has."""
    seen: Counter[str] = Counter()
    for tag, count in tags.items():
        seen[_language(tag)] += count
    languages = [language for language, _ in seen.most_common(_MAX_LANGUAGES)]
    most = max(languages, key=lambda language: _posts_in(searcher, language), default="")
    tag = next((tag for tag, _ in tags.most_common() if _language(tag) == most), "")
    wanted = next(filter(spoken, (tag, most)), None)
    return wanted and canonical(wanted)


def _posts_in(searcher: Searcher, language: str) -> int:
    return searcher.search(Query(lang=language, per_page=1, facets=False, snippets=False)).total


def _language(tag: str) -> str:
    return tag.partition("-")[0]
