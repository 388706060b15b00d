"""The titles that the head of a page states, with and without the site's name."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.dom import line, wording
from indexer.extract.model import MAX_TITLE
from indexer.extract.site_name import squeezed, without_site_name

_SHARED_WORDS = 3
"""Words of a main heading, and at least half of them, that the head states too."""

Headings = Sequence[tuple[HtmlElement, str]]


def stated_of_the_post(headings: Headings, metadata: Metadata, names: frozenset[str]) -> list[tuple[str, str]]:
    """The titles that the head states, but for the site's name where no heading of the page says that."""
    shown = {squeezed(text) for _, text in headings}
    return [each for each in stated_bare(metadata, names) if squeezed(each[1]) not in names - shown]


def stated_bare(metadata: Metadata, names: frozenset[str]) -> list[tuple[str, str]]:
    """The titles that the head states, without the site's name."""
    stated = [*stated_by_head(metadata), ("title", line(metadata.title, limit=MAX_TITLE))]
    return [(source, bare) for source, text in stated if (bare := without_site_name(text, metadata, names))]


def stated_by_head(metadata: Metadata) -> list[tuple[str, str]]:
    """The titles that the head states for those who link to the page, as they stand."""
    found = [
        ("og:title", metadata.meta("og:title")),
        ("json-ld:headline", metadata.article.headline if metadata.article else None),
        ("twitter:title", metadata.meta("twitter:title")),
    ]
    return [(source, line(text, limit=MAX_TITLE)) for source, text in found if text]


def says_the_same(text: str, stated: Sequence[str]) -> bool:
    """Whether a heading has several of its words, and most of them, in common with a title that the page states."""
    words = set(wording(text).split())
    shared = max((len(words.intersection(wording(each).split())) for each in stated), default=0)
    return shared >= _SHARED_WORDS and 2 * shared >= len(words)
