"""What a site says about its own pages: the addresses in its sitemaps and feeds."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from search_service.engine.errors import FetchError

from .feeds import MAX_BYTES as MAX_FEED
from .feeds import Feed, read_feed
from .fetch import Fetcher
from .frontier import Scope
from .inflate import GZIP_MAGIC, inflated
from .response import Response
from .robots import Robots
from .sitemap import MAX_URLS, Sitemap, read_sitemap

MAX_BYTES = 50_000_000
"""Of one sitemap, decompressed; the limit of the protocol is 50 MB, too (https://www.sitemaps.org/protocol.html)."""

MAX_DEPTH = 3
"""Indexes of indexes that are gone into."""

_MAX_SITEMAPS = 500
_USUAL_PLACES = ("/sitemap.xml", "/sitemap_index.xml")

Listing = Sitemap | Feed

log = logging.getLogger(__name__)


def listing_of(response: Response) -> Listing | None:
    """The sitemap or feed that a response is, compressed or not; None where it is something else."""
    content = _unpacked(response)
    return read_sitemap(content) or read_feed(content, max_bytes=MAX_BYTES, max_items=MAX_URLS)


def site_sitemaps(fetcher: Fetcher, scope: Scope, named: Iterable[str]) -> Iterator[str]:
    """The addresses in a site's sitemaps: those that its robots.txt names, else those in the usual places."""
    sitemaps = list(named)
    if sitemaps:
        yield from sitemap_urls(fetcher, scope, sitemaps)
        return
    for place in _USUAL_PLACES:
        found = list(sitemap_urls(fetcher, scope, [scope.origin + place]))
        if found:
            yield from found
            return


def sitemap_urls(
    fetcher: Fetcher, scope: Scope, sitemaps: Iterable[str] = (), *, opened: Sitemap | None = None
) -> Iterator[str]:
    """The addresses that sitemaps list, indexes gone into; at most `MAX_URLS`.

    Only sitemaps on the site's own origin are read. One that fails is logged, and the others count. `opened` is a
    sitemap that was read already.
    """
    whole_site = replace(scope, directory="/")
    left = MAX_URLS
    seen: set[str] = set()
    queue: deque[tuple[str, int]] = deque()

    def enqueue(addresses: Iterable[str], depth: int) -> None:
        foreign = []
        for address in addresses:
            url = whole_site.place(address)
            if url is None:
                foreign.append(address)
            elif url not in seen and len(seen) < _MAX_SITEMAPS and depth <= MAX_DEPTH:
                seen.add(url)
                queue.append((url, depth))
        if foreign:
            log.warning("sitemaps on another site are left alone", extra={"url": foreign[0], "count": len(foreign)})

    enqueue(sitemaps, 0)
    sitemap, depth = opened, 0
    while sitemap is not None or (queue and left):
        if sitemap is None:
            url, depth = queue.popleft()
            sitemap = _read(fetcher, whole_site, url)
        if sitemap is not None and sitemap.is_index:
            enqueue(sitemap.urls, depth + 1)
        elif sitemap is not None:
            yield from sitemap.urls[:left]
            left -= len(sitemap.urls[:left])
        sitemap = None


def read_feeds(fetcher: Fetcher, robots: Robots, scope: Scope, feeds: Iterable[str], *, base: str) -> Iterator[bytes]:
    """What is at the addresses of a site's feeds, as far as they are on its own origin and may be visited."""
    whole_site = replace(scope, directory="/")
    for address in feeds:
        url = whole_site.place(address, base=base)
        if url is None or not robots.allows(url):
            log.debug("feed is left alone", extra={"url": address})
            continue
        try:
            response = fetcher.get(
                url,
                max_bytes=MAX_FEED,
                truncate=True,
                may_follow=lambda target: whole_site.place(target) is not None and robots.allows(target),
            )
            response.raise_for_status()
        except FetchError as exc:
            level = logging.DEBUG if exc.gone else logging.WARNING
            log.log(level, "no feed", extra={"url": url, "error": str(exc)})
            continue
        if response.location is None:
            yield response.content


def _read(fetcher: Fetcher, whole_site: Scope, url: str) -> Sitemap | None:
    try:
        response = fetcher.get(url, max_bytes=MAX_BYTES, may_follow=lambda target: whole_site.place(target) is not None)
        response.raise_for_status()
        sitemap = read_sitemap(_unpacked(response))
    except FetchError as exc:
        log.log(logging.DEBUG if exc.gone else logging.WARNING, "no sitemap", extra={"url": url, "error": str(exc)})
        return None
    if sitemap is not None and sitemap.problem:
        log.warning("sitemap is damaged", extra={"url": url, "error": sitemap.problem})
    return sitemap


def _unpacked(response: Response) -> bytes:
    if not response.content.startswith(GZIP_MAGIC):
        return response.content
    try:
        return inflated([response.content], limit=MAX_BYTES)
    except ValueError as exc:
        raise FetchError(f"the sitemap is {exc}", url=response.url) from exc
