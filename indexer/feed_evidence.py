"""What a site's feeds say of its posts: evidence for what their own pages leave open.

It is kept from run to run, since a feed forgets a post long before its page is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from search_service.engine.tags import tags_of
from search_service.engine.urls import canonical_url

from .extract.addresses.keys import address_key
from .extract.model import LISTED, Extraction
from .extract.tags.in_head import NO_LABELS
from .sources.feeds import published_on, read_feed

MOST = 5_000
"""Posts of a site that are remembered, the latest ones."""
_WEAK = 0.5
"""The confidence below which a title is taken from the feed, if the page's own one says the same and more."""


class Listed(NamedTuple):
    """A post as feeds list it: the day of its publication, its title, its tags and categories.

    `day` is "" where feeds give none of the site's posts a date, and None for one without a date among others that have
    one, which is as often a page of the site as a post.
    """

    day: str | None
    title: str
    labels: tuple[str, ...]


def listed_by(feeds: Iterable[bytes], *, base_url: str) -> dict[int, Listed]:
    """What feeds say, by the `address_key` of the posts. Of several days the first counts, of labels all."""
    found: dict[int, Listed] = {}
    read = [feed for feed in map(read_feed, feeds) if feed is not None]
    undated = None if any(feed.is_dated for feed in read) else ""
    for feed in read:
        for item in feed.items:
            url = canonical_url(item.url, base=base_url)
            if url is None:
                continue
            day = published_on(item.published) if item.published else undated
            listed, key = Listed(day, item.title, item.labels), address_key(url)
            found[key] = _both(found[key], listed) if key in found else listed
    return found


def remembered(now: Mapping[int, Listed], before: Mapping[int, Listed]) -> dict[int, Listed]:
    """What feeds say now and, of posts that they don't list any more, what they said before."""
    forgotten = ((key, listed) for key, listed in before.items() if key not in now)
    return dict(islice(chain(now.items(), forgotten), MOST))


def days(listed: Mapping[int, Listed]) -> dict[int, str]:
    """The listed posts with their days, "" where there is none; see `SiteTemplates.listed`."""
    return {key: each.day for key, each in listed.items() if each.day is not None}


def completed(extraction: Extraction, listed: Listed, *, with_labels: bool) -> Extraction:
    """A post with what its page says too little of: its title where that is a guess, its tags if it has none.

    What the page calls categories are no tags. Without `with_labels` a post without tags is one that has none.
    """
    if with_labels:
        own = {tag.tag for tag in extraction.document.categories} | NO_LABELS
        labels = tuple(tag for tag in tags_of(listed.labels) if tag.tag not in own)
        extraction = extraction.with_tags(labels, source=LISTED)
    document, sources = extraction.document, dict(extraction.sources)
    weak = extraction.confidence.get("title", 1.0) < _WEAK
    if listed.title and (not document.title or (weak and _words(listed.title) in _words(document.title))):
        document = replace(document, title=listed.title)
        sources["title"] = LISTED
    return replace(extraction, document=document, sources=sources)


def _both(one: Listed, other: Listed) -> Listed:
    stated = [each.day for each in (one, other) if each.day]
    day = min(stated) if stated else one.day if one.day is not None else other.day
    return Listed(day, one.title or other.title, tuple(dict.fromkeys(one.labels + other.labels)))


def _words(text: str) -> str:
    return f" {' '.join(text.casefold().split())} "
