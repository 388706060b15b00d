"""What the JSON endpoints answer. The fields and their order are the API: see docs and tests before a change.

Ranges (`marks`, `title_marks`) are half open and count Unicode code points, not the UTF-16 units of JavaScript.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ..engine.model import Dropped, Facets, Generation, Hit, Results, TagCount
from ..engine.tags import Tag, normalize_tag
from .markup import highlighted_html, section_address

Ranges = tuple[tuple[int, int], ...]


class IndexAnswer(Struct, frozen=True):
    """Which build of the index answered."""

    generation: str
    documents: int
    indexed_at: dt.datetime


class SectionAnswer(Struct, frozen=True):
    """The heading that an excerpt stands below, and the address that leads there, if it is known."""

    title: str
    marks: Ranges
    url: str | None


class SnippetAnswer(Struct, frozen=True):
    """An excerpt, as text with ranges and as safe HTML, and the section of the post that it begins in."""

    text: str
    marks: Ranges
    html: str
    section: SectionAnswer | None


class HitAnswer(Struct, frozen=True):
    """One post."""

    url: str
    title: str
    date: dt.date | None
    tags: tuple[Tag, ...]
    author: str | None
    image: str | None
    lang: str | None
    score: float
    snippet: SnippetAnswer
    title_marks: Ranges


class Correction(Struct, frozen=True, rename={"asked": "from", "answered": "to"}):
    """The words that were answered in place of those that were asked."""

    asked: str
    answered: str


class SearchAnswer(Struct, frozen=True):
    """The answer of `/search` and of every list of posts."""

    q: str
    total: int
    relation: str
    page: int
    per_page: int
    took_ms: float
    hits: tuple[HitAnswer, ...]
    facets: Facets | None
    corrected: Correction | None
    did_you_mean: str | None
    dropped: tuple[Dropped, ...]
    index: IndexAnswer


class TagsAnswer(Struct, frozen=True):
    """The answer of `/tags`."""

    tags: tuple[TagCount, ...]
    total: int
    index: IndexAnswer


def search_answer(results: Results, generation: Generation, *, took_ms: float) -> SearchAnswer:
    """One page of results."""
    query = results.query
    return SearchAnswer(
        q=query.text,
        total=results.total,
        relation="eq",
        page=query.page,
        per_page=query.per_page,
        took_ms=round(took_ms, 3),
        hits=tuple(map(_hit, results.hits)),
        facets=results.facets,
        corrected=Correction(results.corrected.typed, results.corrected.meant) if results.corrected else None,
        did_you_mean=results.proposed,
        dropped=results.dropped,
        index=index_answer(generation),
    )


def tags_answer(tags: Sequence[TagCount], generation: Generation) -> TagsAnswer:
    """Tags with their counts."""
    return TagsAnswer(tuple(tags), len(tags), index_answer(generation))


def index_answer(generation: Generation) -> IndexAnswer:
    """The generation that an answer was made from."""
    return IndexAnswer(generation.id, generation.documents, generation.created_at)


def narrowed(tags: Iterable[TagCount], text: str) -> tuple[TagCount, ...]:
    """The tags that hold `text`, whatever its case and spacing; all for an empty one."""
    wanted = normalize_tag(text)
    return tuple(tag for tag in tags if wanted in tag.tag)


def _hit(hit: Hit) -> HitAnswer:
    return HitAnswer(
        url=hit.url,
        title=hit.title.text,
        date=hit.date,
        tags=hit.tags,
        author=hit.author,
        image=hit.image,
        lang=hit.lang,
        score=hit.score,
        snippet=SnippetAnswer(hit.snippet.text, hit.snippet.marks, highlighted_html(hit.snippet), _section(hit)),
        title_marks=hit.title.marks,
    )


def _section(hit: Hit) -> SectionAnswer | None:
    if hit.section is None:
        return None
    title = hit.section.title
    return SectionAnswer(title.text, title.marks, section_address(hit))
