"""What reading a page gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from search_service.engine.model import Document
from search_service.engine.tags import Tag

EXTRACTOR_VERSION = 16
"""Kept with every page in the index's state: pages read by another version are read again."""

FUTURE = "dated in the future"
"""Why a page is no post yet: it is read again by every run, until its day has come."""

NOINDEX = "noindex"
"""Why a page is no post where its own request is all that speaks against it: it is extracted in full all the same."""
NO_DATE = "no date"
NOT_POSTS = "no post by the site's rules"
LATER_PAGE = "a later page of a post"
"""Why a page is no post of its own: it is extracted in full, since its text belongs to the post."""
MAX_TITLE = 500
MAX_AUTHOR = 200
MAX_SUMMARY = 1_000
MAX_BODY = 1_000_000
"""Characters of a field."""
MAX_TAGS = 50
MAX_HEADINGS = 200
MAX_CUT = 80


class Found(NamedTuple):
    """A value and where on the page it was found, in words for people: `rel=canonical`, `byline`."""

    value: str
    source: str


class Cut(NamedTuple):
    """Something that was left out of a text, at most `MAX_CUT` characters of it, and why."""

    what: str
    why: str


WITHHELD = Cut("the text", "the page says nosnippet")


class Given(NamedTuple):
    """What is known of a page before it is read.

    `is_post` and `date` are its operator's last word; `listed` is the day on which a feed of the site says that it was
    published, for a page that has no surer date of its own, and `in_feed` that one lists it, which posts are.
    `period` is the year, and the month or 0, in which an archive page lists it, for a date that is shown without one;
    `in_list` the day that stands beside the link there, for a page that has no date but that of a change;
    `dated` tells that the posts of its site all show their dates, `typed` that they alone say that they are articles,
    `beside` that it is in a folder of talks or the like, beside that of the posts. `site_names` is what most titles of
    its pages begin or end with, `sites_own` what heads of its pages state that is the whole site's, `everywhere`
    the labels that all pages show alike, `path` the folder that the site is published in. `today` is the day on which
    it is read, that of the clock if None.
    """

    is_post: bool | None = None
    date: dt.date | None = None
    listed: dt.date | None = None
    in_feed: bool = False
    period: tuple[int, int] | None = None
    in_list: dt.date | None = None
    dated: bool = False
    typed: bool = False
    beside: bool = False
    site_names: tuple[str, ...] = ()
    sites_own: tuple[str, ...] = ()
    everywhere: frozenset[str] = frozenset()
    path: str = "/"
    today: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """The day as of which the page is read."""
        return self.today or dt.datetime.now(dt.UTC).date()


NOTHING = Given()
GIVEN = "the site's rules"
LISTED = "feed"
BY_RULES = "of postseek.toml"
ARCHIVED = "day near the title, year of the archive"
IN_LIST = "list of posts"
"""The sources of what was given."""


class TagPage(NamedTuple):
    """What a tag page says: that these posts (numbers of their addresses, see `address_key`) have this tag."""

    label: str
    posts: tuple[int, ...]


class LaterPage(NamedTuple):
    """What a page says of itself as the page with this number of the post at `first`.

    Where `is_sure` is false only the pages before it can tell: where it `follows` one, by its own word, whether that is
    a later page itself, else whether the first is dated and called alike.
    """

    first: str
    number: int
    is_sure: bool
    follows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A page as a document, whether it is a post, and if not why.

    `sources` tells for each field of the document where it was found (`json-ld:datePublished`, `rel=tag`, ...), and
    `confidence`, from 0 to 1, how far that is to be trusted: of a page that was read by a template the share of the
    site's posts on which the template's places agreed with all else that those say, of others how often such a place is
    right on the web (see `confidence`). `template` is that of the site's templates which the page was read by, None
    where it was read on its own; `profiles` are the platforms whose habits helped. `tag_page` is given where the site's
    posts have their tags from its tag pages, `later_page` where the page may be a later one of a post; `goes_on` tells
    that the post links to a second page of its own, `last_day` after which day the page asks not to be found any more.

    Where it was asked for, `others` has what other places of the page say of a field, if it is something else, and
    `cut` what was left out of the body.
    """

    document: Document
    is_post: bool
    why: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    confidence: Mapping[str, float] = field(default_factory=dict)
    template: str | None = None
    profiles: tuple[str, ...] = ()
    others: Mapping[str, tuple[Found, ...]] = field(default_factory=dict)
    cut: tuple[Cut, ...] = ()
    tag_page: TagPage | None = None
    later_page: LaterPage | None = None
    goes_on: bool = False
    last_day: dt.date | None = None
    marked: str = ""
    """The page with what was taken from it marked, where that was asked for (see `marked`)."""

    def with_tags(self, tags: tuple[Tag, ...], *, source: str) -> Extraction:
        """The extraction with these tags, if there are any, where it has none: unless its operator says so."""
        if not tags or self.document.tags or BY_RULES in self.sources.get("tags", ""):
            return self
        return replace(self, document=replace(self.document, tags=tags), sources={**self.sources, "tags": source})
