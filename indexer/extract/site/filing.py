"""Where a site files its posts: in folders of posts, of months, or just in folders, which other pages of it are not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from indexer.extract.addresses.folders import (
    is_at_top,
    is_called_sites,
    is_filed_as_post,
    is_filed_by_date,
    may_be_filed_as_post,
)
from indexer.extract.addresses.keys import address_key

from .labels import IN_MENU, MENU, MENU_PAGES
from .model import SiteTemplates
from .observe import Observed
from .sample import spread

_FEWEST = 3
_FILED = 0.9
"""The share of the posts that must be in folders of posts, or in any, for all others to belong there."""
_BY_DATE = 0.8
_ARCHIVED = 0.95
"""The share of the posts that must be in folders of months, and of these in the archive, for others to be none that are
in neither."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What the addresses of a site's posts tell of its other pages; see `SiteTemplates`."""

    some_as_posts: bool
    all_as_posts: bool
    archived: bool
    standing: frozenset[int]


def filing_of(posts: Sequence[str], pages: Sequence[Observed], linked: Collection[int], site: SiteTemplates) -> Filing:
    """What the addresses of `posts` tell, those left out that most of the `pages` link, as menus do.

    `linked` are what they link anywhere, by `address_key`; of what is known of the `site` periods and path count.
    """
    menus = _in_menus(pages)
    outside = [url for url in posts if address_key(url) not in linked]
    in_no_menu = [url for url in posts if address_key(url) not in menus]
    in_folders = sum(not is_at_top(url, within=site.path) for url in in_no_menu)
    return Filing(
        some_as_posts=any(map(may_be_filed_as_post, posts)),
        all_as_posts=sum(map(is_filed_as_post, outside)) >= max(_FEWEST, _FILED * len(outside)),
        archived=_are_archived(outside, site.periods),
        standing=menus if in_folders >= max(_FEWEST, _FILED * len(in_no_menu)) else frozenset(),
    )


def _are_archived(urls: Sequence[str], periods: Mapping[int, str]) -> bool:
    """Whether most posts are in folders of months, and archive pages list (nearly) all of those."""
    by_date = [address_key(url) for url in urls if is_filed_by_date(url)]
    listed = sum(key in periods for key in by_date)
    return len(by_date) >= max(_FEWEST, _BY_DATE * len(urls)) and listed >= _ARCHIVED * len(by_date)


def _in_menus(pages: Sequence[Observed]) -> frozenset[int]:
    """The pages, by `address_key`, that a menu on most pages of the site links.

    It is one if it links what every site has, or a list: else the latest posts may stand there.
    """
    count = Counter[int]()
    asked = spread(pages, MENU_PAGES)
    for page in asked:
        menus = defaultdict[str, set[str]](set)
        for place, links in page.links.items():
            if MENU.search(place.path):
                menus[place.path].update(target for _, target in links)
        linked = set[str]().union(*(targets for targets in menus.values() if any(map(is_called_sites, targets))))
        count.update(map(address_key, linked))
    return frozenset(key for key, pages_with in count.items() if pages_with > IN_MENU * len(asked))
