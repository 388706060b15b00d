"""A site on the web as a source: from any of its addresses to its pages."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from search_service.engine.errors import FetchError, SourceError
from search_service.engine.urls import canonical_url, origin

from .crawl import PAGE_TYPES, Crawl
from .discovery import MAX_BYTES as MAX_LISTING_BYTES
from .discovery import Listing, listing_of, read_feeds, site_sitemaps, sitemap_urls
from .feeds import Feed, read_feed
from .fetch import AGENT, MAX_REDIRECTS, Fetcher
from .frontier import Frontier, Scope, path_of
from .guard import Endpoint
from .links import read_links
from .model import Page, Validators, Visit
from .response import Response
from .robots import Robots, read_robots
from .selection import Selection
from .weight import page_content

_MAX_FEEDS = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesy:
    """How patient a crawl is, in seconds: between requests, with a busy server, and with a slow one."""

    pause: float = 0.1
    backoff: float = 1.0
    timeout: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of a site's pages: those at these addresses, and its `news`, which feeds list and sitemaps list anew."""

    pages: tuple[str, ...] = ()
    news: bool = False


class SiteSource:
    """The pages of a site, found from the address of its root, of a page, a sitemap or a feed.

    From a page: what the site's sitemaps and feeds list, and what is linked, on the same origin and below the address.
    From a sitemap: what it lists. From a feed: what it lists, which is never complete.
    """

    base_url_is_guess = False
    is_local = False

    def __init__(
        self, address: str, *, selection: Selection, limit: int | None = None, courtesy: Courtesy | None = None
    ) -> None:
        self.key = address
        self.complete = False
        self._selection = selection
        self._limit = limit
        self._courtesy = courtesy or Courtesy(pause=0.0 if Endpoint.of(address).is_local else 0.1)
        self._scope = Scope.below(address)
        self._frontier: Frontier | None = None
        self._feeds: list[bytes] = []
        self._part: Part | None = None
        self._crawl: Crawl | None = None

    def part(self, part: Part) -> SiteSource:
        """The same site, of which a visit delivers only these pages, and is never complete."""
        source = SiteSource(self.key, selection=self._selection, limit=self._limit, courtesy=self._courtesy)
        source._part = part
        return source

    def only(self, urls: Collection[str]) -> SiteSource:
        """The same site, of which a visit delivers the pages at these addresses: another short crawl."""
        return self.part(Part(pages=tuple(urls)))

    @property
    def base_url(self) -> str:
        """The address that all pages are below; after a visit, where redirects have led to."""
        return self._scope.url

    def feeds(self) -> Iterator[bytes]:
        """The site's feeds, when a visit has delivered its first page."""
        return iter(self._feeds)

    def remarks(self) -> Iterator[str]:
        """Which addresses on the site lead nowhere, and which its robots.txt keeps closed."""
        return self._crawl.remarks() if self._crawl else iter(())

    def count(self) -> int | None:
        """The pages met so far; None before the first."""
        if self._frontier is None:
            return None
        found = len(self._frontier.seen)
        return found if self._limit is None else min(found, self._limit)

    def visit(self, known: Mapping[str, Validators]) -> Iterator[Visit]:
        """Every page. SourceError where the site can't be reached, or its robots.txt forbids to start."""
        self.complete = False
        courtesy = self._courtesy
        with Fetcher(
            named=self.key, timeout=courtesy.timeout, pause=courtesy.pause, backoff=courtesy.backoff
        ) as fetcher:
            start, robots = self._start(fetcher)
            fetcher.pause = max(courtesy.pause, robots.crawl_delay)
            listing = _listing(start)
            self._scope = self._scope_of(start, listing)
            frontier = self._frontier = Frontier(self._scope, self._selection)
            crawl = self._crawl = Crawl(
                fetcher, robots, frontier, known, follow_links=listing is None and self._part is None
            )
            if self._part is not None:
                visits = self._partly(crawl, start, listing, self._part)
            elif listing is not None:
                visits = self._from_listing(crawl, start, listing)
            else:
                visits = self._from_page(crawl, start)
            for delivered, visit in enumerate(visits, start=1):
                yield visit
                if delivered == self._limit:
                    return
            self.complete = crawl.exhausted and not isinstance(listing, Feed) and self._part is None

    def _start(self, fetcher: Fetcher) -> tuple[Response, Robots]:
        """What is at the address, wherever it has moved to, and the rules of the origin that it is on."""
        url = self.key
        for _ in range(MAX_REDIRECTS + 1):
            robots = read_robots(fetcher, url)
            if not robots.allows(url):
                raise SourceError(
                    f"{origin(url)}/robots.txt disallows {url} for {AGENT}. If the site is yours, allow it there, or "
                    "index the folder that the site is built into."
                )
            follow = partial(_stays, origin(url), robots)
            try:
                response = fetcher.get(url, max_bytes=MAX_LISTING_BYTES, may_follow=follow)
                response.raise_for_status()
            except FetchError as exc:
                raise SourceError(f"{url} can't be read: {exc}") from exc
            if response.location is None:
                return response, robots
            url = response.location
        raise SourceError(f"{self.key} redirects from site to site without end")

    def _scope_of(self, start: Response, listing: Listing | None) -> Scope:
        """The scope of the address, moved along with the site; of a sitemap or feed the whole site."""
        if listing is not None:
            return Scope(origin(start.url), "/")
        moved = replace(Scope.below(self.key), origin=origin(start.url))
        return moved if moved.place(start.url) else Scope.below(start.url)

    def _from_page(self, crawl: Crawl, start: Response) -> Iterator[Visit]:
        if start.media_type not in (*PAGE_TYPES, None):
            raise SourceError(f"{start.url} is {start.media_type}: no page, sitemap or feed")
        try:
            start = replace(start, content=page_content(start.content, url=start.url, named="the page"))
        except FetchError as exc:
            raise SourceError(f"{start.url} can't be read: {exc}") from exc
        url = self._scope.place(start.url) or self._scope.url
        crawl.frontier.seen.add(url)
        for address in site_sitemaps(crawl.fetcher, self._scope, crawl.robots.sitemaps):
            crawl.frontier.add_listed(address)
        for address in self._read_feeds(crawl, start.content, start.url):
            crawl.frontier.add_link(address, base=start.url)
        for address in crawl.known:
            crawl.frontier.add_known(address)
        page = crawl.page(url, start)
        if self._selection.admits(path_of(url)):
            yield page
        yield from crawl.visits()

    def _partly(self, crawl: Crawl, start: Response, listing: Listing | None, part: Part) -> Iterator[Visit]:
        """The named pages and, where news are asked for, what feeds list and what sitemaps list anew."""
        for address in part.pages:
            crawl.frontier.add_listed(address)
        if part.news:
            recent: Iterable[str] = ()
            listed: Iterable[str] = ()
            if isinstance(listing, Feed):
                self._feeds = [start.content]
                recent = listing.urls
            elif listing is not None:
                listed = sitemap_urls(crawl.fetcher, self._scope, opened=listing)
            else:
                recent = self._read_feeds(crawl, start.content, start.url)
                listed = site_sitemaps(crawl.fetcher, self._scope, crawl.robots.sitemaps)
            new = (address for address in listed if self._scope.place(address) not in crawl.known)
            for address in (*recent, *new):
                crawl.frontier.add_listed(address)
        yield from crawl.visits()

    def _from_listing(self, crawl: Crawl, start: Response, listing: Listing) -> Iterator[Visit]:
        if listing.problem:
            log.warning("sitemap or feed is damaged", extra={"url": start.url, "error": listing.problem})
        is_feed = isinstance(listing, Feed)
        self._feeds = [start.content] if is_feed else []
        listed = listing.urls if isinstance(listing, Feed) else sitemap_urls(crawl.fetcher, self._scope, opened=listing)
        for address in listed:
            crawl.frontier.add_listed(address)
        if not crawl.frontier.seen:
            raise SourceError(f"{start.url} lists no page on {self._scope.origin}")
        # A feed forgets old posts; visiting those again is what polling a feed saves.
        for address in () if is_feed else crawl.known:
            crawl.frontier.add_known(address)
        visits = crawl.visits()
        first = next(visits, None)
        # No page of the site has been seen yet that could name its feeds.
        if isinstance(first, Page) and not is_feed:
            self._read_feeds(crawl, first.content, first.url)
        if first is not None:
            yield first
        yield from visits

    def _read_feeds(self, crawl: Crawl, content: bytes, url: str) -> list[str]:
        """Read the feeds that a page names; the addresses of their items."""
        found = read_links(content, url)
        self._feeds = list(
            read_feeds(crawl.fetcher, crawl.robots, self._scope, found.feeds[:_MAX_FEEDS], base=found.base)
        )
        return [item.url for feed in map(read_feed, self._feeds) if feed is not None for item in feed.items]


def open_site(address: str, *, selection: Selection, limit: int | None) -> SiteSource:
    """The site at an address as someone types it. SourceError where it is none of the web's."""
    url = canonical_url(address)
    if url is None:
        raise SourceError(f"{address} is no web address; a site's starts with https:// or http://")
    return SiteSource(url, selection=selection, limit=limit)


def _listing(start: Response) -> Listing | None:
    try:
        return listing_of(start)
    except FetchError as exc:
        raise SourceError(f"{start.url} can't be read: {exc}") from exc


def _stays(origin_of_site: str, robots: Robots, target: str) -> bool:
    return origin(target) == origin_of_site and robots.allows(target)
