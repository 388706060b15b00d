"""The origins of the indexed posts: whose pages may call the API, and of what `POST /reindex` may ask."""

from __future__ import annotations

from ..engine.model import MAX_DEPTH, Query, Sort
from ..engine.port import Searcher
from ..engine.urls import origin
from .markup import web_address

MAX_ORIGINS = 100
_PER_PAGE = 100


def indexed_origins(searcher: Searcher) -> frozenset[str]:
    """The origins of the newest and the oldest posts, a thousand of each: all origins of any ordinary blog."""
    found: dict[str, None] = {}
    for sort in (Sort.NEWEST, Sort.OLDEST):
        for page in range(1, MAX_DEPTH // _PER_PAGE + 1):
            query = Query(sort=sort, page=page, per_page=_PER_PAGE, facets=False, snippets=False)
            results = searcher.search(query)
            found |= {origin(hit.url): None for hit in results.hits if web_address(hit.url)}
            if page * _PER_PAGE >= results.total:
                break
        if results.total <= MAX_DEPTH:
            break
    return frozenset(list(found)[:MAX_ORIGINS])
