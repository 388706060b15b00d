"""robots.txt (RFC 9309): what of a site this crawler may visit, and how slowly."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from search_service.engine.errors import FetchError, SourceError
from search_service.engine.urls import origin

from .fetch import AGENT, Fetcher

MAX_BYTES = 500_000
MAX_CRAWL_DELAY = 10.0
_MAX_SITEMAPS = 100


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin."""

    rules: Protego

    def allows(self, url: str) -> bool:
        """Whether the page at `url` may be visited."""
        return bool(self.rules.can_fetch(url, AGENT))

    @property
    def crawl_delay(self) -> float:
        """Seconds to leave between two requests; at most ten, for a typing error must not stop the indexer."""
        return min(MAX_CRAWL_DELAY, max(0.0, self.rules.crawl_delay(AGENT) or 0.0))

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that the file names, as it names them."""
        return list(self.rules.sitemaps)[:_MAX_SITEMAPS]


def read_robots(fetcher: Fetcher, url: str) -> Robots:
    """The rules for the site that `url` is on. A site without robots.txt allows everything.

    SourceError where the server can't say: RFC 9309 (2.3.1.4) has a crawler stay away then.
    """
    address = f"{origin(url)}/robots.txt"
    try:
        response = fetcher.get(address, max_bytes=MAX_BYTES, truncate=True)
    except FetchError as exc:
        raise SourceError(f"{origin(url)} can't be reached: {str(exc).rstrip('.')}. Check the address.") from exc
    if response.status >= 500 or response.status == 429:
        raise SourceError(
            f"{address} answers {response.status}, so that it isn't known what may be visited. Try again later."
        )
    return Robots(Protego.parse(response.content.decode("utf-8", "replace")))
