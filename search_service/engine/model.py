"""The nouns of search: what is indexed, what is asked, what is answered. Frozen, and without behaviour.

A query and what an answer holds by the dozen are structs: made in a tenth of the time that a frozen dataclass takes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import msgspec

from .tags import Tag

MAX_DEPTH = 1000
"""Hits that can be paged through."""
IN_NO_POST = "in no post"
"""Why a word doesn't count that is nowhere in the index."""


class Section(NamedTuple):
    """A part of a post: the half-open range of its heading in the body, and the id by which its page leads there.

    Sections are in the order of the body, and a heading is a line of it or a part of one. `anchor` is the id as it is
    written on the page; None where the heading has none, or one that isn't known. A section without a heading, whose
    range is empty and at the end of a line, ends the one before it.
    """

    start: int
    end: int
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A post as it is indexed. `url` is its canonical URL and its key; what is unknown is None, never a guess."""

    url: str
    title: str
    body: str = ""
    headings: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tags: tuple[Tag, ...] = ()
    categories: tuple[Tag, ...] = ()
    date: dt.date | None = None
    modified: dt.date | None = None
    author: str | None = None
    summary: str | None = None
    image: str | None = None
    lang: str | None = None


class Sort(StrEnum):
    """The orders of results. Posts without a date come last in both orders by date."""

    RELEVANCE = "relevance"
    NEWEST = "-date"
    OLDEST = "date"


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of an index: words score, filters narrow.

    Without `words` and `phrases` every document that passes the filters is a hit, the newest first.
    `text` is the visitor's own text, kept to be shown; `page` counts from 1.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    unfinished: bool = False
    """Nothing follows the last word: where no post holds it, and in titles, it is taken for the beginning of one."""
    overlong: tuple[str, ...] = ()
    """Words beyond the limit of length: named in the answer, not searched."""
    tags_all: tuple[frozenset[str], ...] = ()
    """Normalised tags: a hit has at least one of every group."""
    tags_none: frozenset[str] = frozenset()
    after: dt.date | None = None
    before: dt.date | None = None
    """Both ends belong to the range."""
    author: str | None = None
    """A name, or a part of one: a hit's author has all words of it."""
    authors_none: tuple[str, ...] = ()
    lang: str | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 10
    facets: bool = True
    snippets: bool = True
    """Without them hits have neither marks nor an excerpt."""
    explain: bool = False
    """With it every hit says what its score is made of."""


class Snippet(msgspec.Struct, frozen=True):
    """An excerpt as plain text, never HTML: markup and escapes are the business of `web` alone.

    `marks` are the half-open ranges of characters that matched, in order.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()


class FoundSection(msgspec.Struct, frozen=True):
    """The section that a snippet stands in: its heading, and the id by which the post's page leads there, if known."""

    title: Snippet
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A share of a hit's score: where it comes from, in words an operator reads, and how much it adds."""

    source: str
    points: float


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One match. Untitled ones show how they begin; `score` is of one answer only, `section` of the snippet, if any."""

    url: str
    title: Snippet
    date: dt.date | None
    tags: tuple[Tag, ...]
    author: str | None
    image: str | None
    lang: str | None
    score: float
    snippet: Snippet
    section: FoundSection | None = None
    explanation: tuple[ScorePart, ...] = ()


class TagCount(msgspec.Struct, frozen=True):
    """A tag, the spelling most of its posts use, and the number of posts that carry it."""

    tag: str
    label: str
    count: int


class YearCount(msgspec.Struct, frozen=True):
    """A year and the number of posts dated in it."""

    year: int
    count: int


class Facets(msgspec.Struct, frozen=True):
    """Counts over all hits: tags by count, years from the newest.

    A filter that a visitor may widen doesn't hide what is behind it. Tags are counted as if there were no groups of
    alternatives (`tag=a,b`) among the filters: what one more alternative would find; years as if no range of dates.
    """

    tags: tuple[TagCount, ...]
    years: tuple[YearCount, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A word of the query that didn't count, and why."""

    word: str
    why: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A misspelt text, what was searched in its place, and the text that insists on what was typed."""

    typed: str
    meant: str
    insisting: str


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a query: one page of hits, and what is true of all of them. `total` is exact.

    `proposed` is what the visitor may have meant, where a word that few posts hold is probably misspelt; the hits are
    those of what was typed.
    """

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: Facets | None
    corrected: Correction | None = None
    proposed: str | None = None
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A post that what has been typed so far may be after; `title` has the matched beginnings of words marked."""

    url: str
    title: Snippet
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The answer to a few keystrokes: posts, the likeliest first, and tags, the most frequent first."""

    text: str
    posts: tuple[Suggestion, ...]
    tags: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True)
class Pinned:
    """Posts that come first, in this order, for one text; texts are compared by their words."""

    text: str
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """What a blog's owner decides about results."""

    featured: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words or short phrases that stand for each other."""
    pins: tuple[Pinned, ...] = ()
    recency: float = 0.0
    """The share of a score, at most, that a post gains by being new."""


NO_CURATION = Curation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One complete build of the index. Ids are UTC timestamps and grow from build to build."""

    id: str
    created_at: dt.datetime
    full: bool
    """All of its files are its own, as where nothing was reused; else it shares some with the generation `base`."""
    base: str | None
    documents: int
    live: bool
