"""What other places than its own page say of a post: the site's feeds and its archive pages, today and before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from urllib.parse import unquote, urlsplit

from .archives import Periods, is_archive, is_later_list, period_of, periods_on
from .extract.addresses.keys import address_key
from .extract.site.model import SiteTemplates
from .feed_evidence import Listed, days, listed_by, remembered
from .sources import Page, Source
from .sources.directory import DirectorySource
from .state import PageState, SiteState

_MOST_ARCHIVES = 300
_MOST_LISTS = 40
_LARGEST_LIST = 300_000
"""Archive pages, and bytes of one, that are looked through for days beside links: most posts show theirs."""

DaysOn = Callable[[Mapping[Page, str]], Iterable[tuple[str, str]]]
"""Tells of lists, each with its period, which day stands beside the link to which page."""


class Evidence:
    """The evidence of one source, gathered while its pages are visited; `known` is what was kept of the site."""

    def __init__(self, source: Source, known: SiteState, days_on: DaysOn) -> None:
        self._source = source
        self._days_on = days_on
        self._known = known
        self._periods = Periods(known.periods)
        self._late: set[int] = set()
        self._sampled: set[str] = set()
        self._has_looked = False

    def gathered(self, pages: Iterator[Page]) -> Iterator[Page]:
        """The pages, when what can be known before the first is read is known; archive pages are noted as they come."""
        pages = self._noted(pages)
        first = list(islice(pages, 1))  # a visit has read the site's feeds when it delivers this
        if first and isinstance(self._source, DirectorySource):
            for page in self._source.sample(_archives):
                self._periods.note(periods_on(page))
                self._sampled.add(page.url)
            if self._periods.has_days:
                self.look_closer()
        return chain(first, pages)

    def look_closer(self) -> bool:
        """Look, once, for the days of posts that don't show them; whether a list does. Only directories are asked."""
        if self._has_looked or not isinstance(self._source, DirectorySource):
            return False
        self._has_looked = True
        # Read a second time, since hardly any site needs it: to keep them would take megabytes.
        pages = (page for page in self._source.sample(_lists) if len(page.content) <= _LARGEST_LIST)
        lists = {page: period_of(page) for page in islice(pages, _MOST_LISTS)}
        return bool(self._periods.note(self._days_on(lists))) if lists else False

    def for_reading(self) -> SiteTemplates:
        """What is known of the site's address, and of the days of its posts, by which pages are read from now."""
        self._late.clear()
        path = unquote(urlsplit(self._source.base_url).path)
        return SiteTemplates(listed=days(self.listed), periods=self._periods.usable, path=path)

    @cached_property
    def listed(self) -> dict[int, Listed]:
        """What the site's feeds say of its posts, and said before; to be kept."""
        now = listed_by(self._source.feeds(), base_url=self._source.base_url)
        return remembered(now, self._known.listed)

    @property
    def periods(self) -> dict[int, str]:
        """What its archive pages say, and said before; to be kept."""
        return self._periods.found

    def listing_of(self, *urls: str) -> Listed | None:
        """What feeds say of the post at one of these addresses."""
        keys = map(address_key, urls) if self.listed else ()
        return next((self.listed[key] for key in keys if key in self.listed), None)

    def stale(self, pages: Iterable[tuple[str, PageState]], read: Iterable[str]) -> Iterator[str]:
        """Those of the pages that would give something else now, whether or not they were among those `read`.

        Feeds or archive pages say more of them than they did, and they lack what those can say.
        """
        usable = self._periods.usable
        placed = {key for key, period in usable.items() if self._known.periods.get(key) != period}
        listed = {key for key, each in self.listed.items() if self._known.listed.get(key) != each}
        late = self._late & usable.keys()
        was_read = frozenset(read) if late or placed or listed else frozenset[str]()
        for url, page in pages if late or placed or listed else ():
            key = address_key(url) if page.lacks_something else 0
            if url in was_read:
                says_more = page.lacks_date and key in late
            else:
                says_more = (page.lacks_date and key in placed) or (page.lacks_something and key in listed)
            if says_more:
                yield url

    def _noted(self, pages: Iterator[Page]) -> Iterator[Page]:
        for page in pages:
            if is_archive(page.url) and page.url not in self._sampled:
                self._late |= self._periods.note(periods_on(page))
            yield page


def _archives(paths: Sequence[str]) -> Iterable[str]:
    return islice(filter(is_archive, paths), _MOST_ARCHIVES)


def _lists(paths: Sequence[str]) -> Iterable[str]:
    """The archive pages, and where there are few of them later pages of lists: these, too, show days beside links."""
    archives = list(_archives(paths))
    later = (path for path in paths if is_later_list(path) and not is_archive(path))
    return chain(archives, islice(later, max(0, _MOST_LISTS - len(archives))))
