"""Whether every post can be found: each is searched for by its title, as someone does who remembers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from .engine.model import Document, Query, Results
from .engine.port import Searcher
from .engine.query import parse_query
from .engine.text import folded_words

FIRST_PAGE = 10
"""Hits among which a post has to be that someone searches for."""


class Sought(Struct, frozen=True):
    """What came of searching for a post by its title.

    `place` is its place among the hits of the first page, 1 for the first; None where it isn't there. `why` says in a
    sentence what stands in its way, "" where nothing does.
    """

    url: str
    title: str
    place: int | None
    why: str = ""


def sought(searcher: Searcher, documents: Iterable[Document]) -> Iterator[Sought]:
    """What comes of searching for each of some documents."""
    for document in documents:
        query = parse_query(document.title)
        results = searcher.search(replace(query, per_page=FIRST_PAGE, facets=False, snippets=False))
        urls = [hit.url for hit in results.hits]
        # Without words all posts are hits, and a place among them says nothing.
        place = urls.index(document.url) + 1 if document.url in urls and folded_words(document.title) else None
        yield Sought(document.url, document.title, place, "" if place == 1 else _reason(document, results, place))


def _reason(document: Document, results: Results, place: int | None) -> str:
    """What stands in the way of a post, and what can be done about it."""
    words = folded_words(document.title)
    if not words:
        return "its title has no words to search for; give it one that has"
    before = results.hits[: place - 1] if place else results.hits
    twins = sum(folded_words(hit.title.text) == words for hit in before)
    if twins:
        others = "1 other post has" if twins == 1 else f"{twins}{'' if place else ' or more'} other posts have"
        return f"{others} the same title; give it one of its own"
    if _filters(results.query):
        return "a part of its title is read as a filter (tag:, author:, before:, after:); word it otherwise"
    if before:
        return f"{before[0].title.text!r} comes before it; pin it for its title"
    return "nothing is found; pin it for its title"


def _filters(query: Query) -> bool:
    """Whether a text narrows what it finds by more than words."""
    return bool(query.tags_all or query.tags_none or query.author or query.authors_none or query.after or query.before)
