"""What was learned of a site. Plain values, kept from run to run as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from indexer.extract.addresses.folders import is_at_top, is_filed_as_other, is_filed_as_post, is_filed_by_date
from indexer.extract.addresses.keys import address_by_title, address_key
from indexer.extract.model import Given

VERSION = 13
"""Of these structures and of what is learned: what another version learned is learned anew."""
POSTS, NO_POSTS, UNSURE = "posts", "no posts", "unsure"
"""Kinds of templates."""
BYLINE = "byline"
"""The part of an element that is the name in it: "By A. Writer on 3 May"."""
_WHOLE = len("2021-03-05")
_QUOTES = " \"':«»“”"
"""What may stand before and behind the tag in a title; a `#` only before it: `C#` is one."""


class Affixes(NamedTuple):
    """What stands before and after the tag in the titles of tag pages: `Posts about bees` -> `Posts about `."""

    before: str = ""
    after: str = ""

    def strip(self, title: str) -> str:
        """The tag in the title of a tag page."""
        if len(title) > len(self.before) + len(self.after) and title.startswith(self.before):
            title = title.removeprefix(self.before).removesuffix(self.after)
        return title.lstrip(_QUOTES + "#").rstrip(_QUOTES)


class Slot(msgspec.Struct, frozen=True, array_like=True):
    """A place on the pages of a template that holds a field.

    `kind` is `path` (an element: `name` its path, `part` the attribute, "" for its text, `BYLINE` for the name in it),
    `meta` (`name` as in the head), `json-ld` (`name` the property of the page's article), `address`, or
    `body class` (old WordPress themes have the date among the words of the body's class).
    """

    kind: str
    name: str = ""
    part: str = ""

    @property
    def source(self) -> str:
        """What the general path calls this place."""
        return self.name if self.kind == "meta" else str(self)

    def __str__(self) -> str:
        if self.kind == "path":
            return last_step(self.name) + (f"@{self.part}" if self.part else "")
        return f"{self.kind}:{self.name}" if self.name else self.kind


def last_step(path: str) -> str:
    """The element that a path leads to, for people: `h1.entry-title`."""
    return path.rsplit(" ", 1)[-1]


class Links(msgspec.Struct, frozen=True, array_like=True):
    """Links at one path whose addresses have one folder in common; "" stands for labels that are no links."""

    path: str
    folder: str

    def holds(self, folder: str, *, marked: bool) -> bool:
        """Whether a link at the path that leads into a folder is one of these, as one `marked` as a label is further
        below: `/category/food/bread/`.
        """
        return folder == self.folder or (marked and self.folder not in {"", "/"} and folder.startswith(self.folder))


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of page: how to recognise it, and where it keeps what.

    `core` are the paths that nearly all of its pages have, `frame` all that were met. Pages of the kind `UNSURE` have
    to be read on their own; `why` is why those of `NO_POSTS` are none. A post whose title, or (`dated`) date, isn't in
    any of its slots doesn't fit; most may show no dates but those of changes (`of_changes`). `month_first` tells how
    dates of numbers are written, None where the language does. `confidence` is the share of the sample's posts on which
    the slots of a field hold it.
    """

    name: str
    kind: str = UNSURE
    pages: int = 0
    core: tuple[str, ...] = ()
    frame: tuple[str, ...] = ()
    why: str | None = None
    dated: bool = False
    of_changes: bool = False
    title: tuple[Slot, ...] = ()
    date: tuple[Slot, ...] = ()
    month_first: bool | None = None
    modified: tuple[Slot, ...] = ()
    author: tuple[Slot, ...] = ()
    tags: tuple[Links, ...] = ()
    stated_tags: Slot | None = None
    categories: tuple[Links, ...] = ()
    stated_categories: Slot | None = None
    body: str | None = None
    cut: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    confidence: dict[str, float] = {}


class SiteTemplates(msgspec.Struct, frozen=True, kw_only=True):
    """A site as it was learned.

    `names` are the classes and ids that steps are told apart by, `site_names` is what most titles of its pages begin or
    end with, `sites_own` what heads of its pages state that is the whole site's. Where the posts' tags have to be taken
    from the tag pages, `tag_folders` are where those are, `tag_titles` what stands around the tag in their titles,
    `entries` the paths of their links to the posts. `menu` has the names by which most pages link others, by
    `address_key`: posts may print longer ones for their categories. `everywhere` are the labels that all posts show and
    the menu has: nobody's own. `categories_serve` tells that the site has no tags, so that the categories are what
    visitors may search by, `typed` that its posts say that they are articles, and other pages that they are something
    else, `filed` that some posts are in a folder of posts, `filed_all` that nearly all are but for what the menu links,
    `archived` that they are in folders of months and in the archive. `standing` are the pages that menus link where
    nearly all posts are in folders of any name: those in none are the site's. `listed` are the days, as ISO 8601 has
    them, on which the site's feeds say that its latest pages were published, by `address_key`, "" where they list them
    without one, `periods` the year, the month or the day in which archive pages list them, `path` is the folder that
    the site is published in; these three are put in for a run and not kept.
    """

    version: int = VERSION
    names: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    sites_own: tuple[str, ...] = ()
    templates: tuple[Template, ...] = ()
    tag_folders: tuple[str, ...] = ()
    tag_titles: Affixes = Affixes()
    entries: tuple[str, ...] = ()
    menu: dict[int, str] = {}
    everywhere: frozenset[str] = frozenset()
    categories_serve: bool = False
    typed: bool = False
    filed: bool = False
    filed_all: bool = False
    standing: frozenset[int] = frozenset()
    archived: bool = False
    listed: dict[int, str] = {}
    periods: dict[int, str] = {}
    path: str = "/"

    @property
    def dated(self) -> bool:
        """Whether there are templates of posts, all of which show their dates."""
        of_posts = [template for template in self.templates if template.kind == POSTS]
        return bool(of_posts) and all(template.dated for template in of_posts)

    def informed(self, given: Given, url: str, titles: Iterable[str] = ()) -> Given:
        """What is known of the page at `url`, with the site's names and what its feeds and archive pages say of it.

        Those may name it by one of its `titles` instead, where posts show no date.
        """
        given = given._replace(site_names=self.site_names, sites_own=self.sites_own, typed=self.typed, path=self.path)
        given = given._replace(everywhere=self.everywhere)
        key = address_key(url) if self.listed or self.periods or self.filed_all or self.standing else 0
        in_menu = self.filed_all and key in self.menu and not is_filed_as_post(url)
        in_menu = in_menu or (key in self.standing and is_at_top(url, within=self.path))
        day, period = self.listed.get(key), self.periods.get(key)
        is_known = day is not None or period is not None or is_filed_by_date(url)
        unknown = self.archived and bool(self.periods) and not is_known
        given = given._replace(beside=in_menu or unknown or (self.filed and is_filed_as_other(url, within=self.path)))
        if day is not None:
            return given._replace(listed=dt.date.fromisoformat(day) if day else None, in_feed=True)
        if period is None and self.periods and not self.dated:
            named = map(self.periods.get, map(address_key, map(address_by_title, titles)))
            period = next(filter(None, named), None)
        if period is None:
            return given
        if len(period) == _WHOLE:
            return given._replace(in_list=dt.date.fromisoformat(period))
        year, _, month = period.partition("-")
        return given._replace(period=(int(year), int(month or 0)))
