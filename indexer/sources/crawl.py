"""The crawl of one site: every page once, breadth first, along what the site lists and what its pages link to."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search_service.engine.errors import FetchError

from .fetch import MAX_REDIRECTS, Fetcher
from .frontier import Frontier, path_of
from .links import read_links
from .model import Failed, NotModified, Page, Validators, Visit
from .response import NoAnswer, Response
from .robots import Robots
from .robots_tags import asked_by_server
from .weight import MAX_FILE, page_content

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_NAMED = 3
"""Addresses that a remark names."""
MAX_FAILURES_IN_A_ROW = 10
"""Pages without an answer, one after the other, after which the site is taken to be down."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Crawl:
    """One walk through a site. `exhausted` tells whether it came to the end."""

    fetcher: Fetcher
    robots: Robots
    frontier: Frontier
    known: Mapping[str, Validators]
    follow_links: bool = True
    exhausted: bool = False
    dead: list[str] = field(default_factory=list)
    """Addresses that the site lists or links, or that had pages, at which the server has none."""
    disallowed: list[str] = field(default_factory=list)
    """Addresses that robots.txt keeps it from."""
    _trails: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The addresses whose redirects led to this one, by the target."""

    def visits(self) -> Iterator[Visit]:
        """What becomes of every address in the frontier, and of those that are found on the way."""
        failures = 0
        while (url := self.frontier.pop()) is not None:
            if not self.robots.allows(url):
                log.debug("robots.txt disallows", extra={"url": url})
                self.disallowed.append(url)
                continue
            visit = self._visit(url)
            down = isinstance(visit, Failed) and isinstance(visit.error, NoAnswer)
            failures = failures + 1 if down else 0
            if visit is not None and self._is_wanted(visit):
                yield visit
            if failures >= MAX_FAILURES_IN_A_ROW:
                log.warning("the site stopped answering; the crawl ends early", extra={"url": url})
                return
        self.exhausted = not self.frontier.overflown

    def remarks(self) -> Iterator[str]:
        """What there is to say of addresses that were no pages, each a sentence."""
        if self.dead:
            yield f"no page is at {_named(self.dead)}, though the site lists or links it, or had one there"
        if self.disallowed:
            yield f"robots.txt keeps this closed: {_named(self.disallowed)}"

    def page(self, url: str, response: Response) -> Page:
        """The page in a response; its links go to the frontier."""
        asked = asked_by_server(response.robots_tags)
        if self.follow_links and not asked.nofollow:
            found = read_links(response.content, response.url)
            for address in found.links:
                self.frontier.add_link(address, base=found.base)
        return Page(
            url=url,
            content=response.content,
            charset=response.charset,
            # That the page is the same wouldn't tell whether its server still asks this of it (RFC 9110, 15.4.5).
            validators=Validators() if asked.restricts else response.validators,
            noindex=asked.noindex,
            nosnippet=asked.nosnippet,
            unavailable_after=asked.unavailable_after,
        )

    def _visit(self, url: str) -> Visit | None:
        try:
            validators = self._validators(url)
            response = self._answer(url, validators)
            if response.status == 304 and asked_by_server(response.robots_tags).restricts:
                validators = None  # the page is the same, what is asked of it isn't
                response = self._answer(url, None)
        except FetchError as exc:
            if exc.gone:
                log.debug("dead link", extra={"url": url})
                self.dead.append(url)
                if not self._is_expected(url):
                    return None
            return Failed(url, exc)
        if response.status == 304:
            # To who hasn't asked whether it is the same this says nothing.
            return (
                NotModified(url) if validators else Failed(url, FetchError("the server answers 304 unasked", url=url))
            )
        if response.location is not None:
            return self._moved(url, response)
        if response.media_type not in PAGE_TYPES and response.media_type is not None:
            log.debug("no page", extra={"url": url, "type": response.media_type})
            return None
        return self.page(url, response)

    def _answer(self, url: str, validators: Validators | None) -> Response:
        """What the server answers, if it neither refuses nor fails."""
        response = self.fetcher.get(
            url,
            validators=validators,
            media_types=PAGE_TYPES,
            max_bytes=MAX_FILE,
            # Another spelling of this very page is followed here; another page waits for its turn.
            may_follow=lambda target: self.frontier.scope.place(target) == url,
        )
        response.raise_for_status()
        return replace(response, content=page_content(response.content, url=url, named="the page"))

    def _validators(self, url: str) -> Validators | None:
        """What to ask with whether the page changed; only for what is listed.

        A page that is unchanged isn't sent again, so what it links to stays unseen: where links are the only way to
        find pages, they are read each time.
        """
        return self.known.get(url) if url in self.frontier.listed or not self.follow_links else None

    def _moved(self, url: str, response: Response) -> Failed | None:
        """Puts the target of a redirect in the queue. Failed where an expected page leads nowhere."""
        location = response.location or ""
        target = self.frontier.scope.place(location)
        trail = (*self._trails.get(url, ()), url)
        if target is None:
            why = f"it redirects to {location}, outside of the site"
        elif target in trail or len(trail) > MAX_REDIRECTS:
            why = f"it redirects to {location}, and on without end"
        else:
            self._trails.setdefault(target, trail)
            self.frontier.add_link(location, base=url)
            return None
        expected = next(filter(self._is_expected, trail), None)
        if expected is None:
            log.debug("redirect to nowhere", extra={"url": url, "target": location})
            return None
        gone = target is None and response.moved_for_good
        return Failed(expected, FetchError(why, url=expected, gone=gone))

    def _is_expected(self, url: str) -> bool:
        """Whether there should be a page, because it was there or the site lists it; a link alone promises little."""
        return url in self.known or url in self.frontier.listed

    def _is_wanted(self, visit: Visit) -> bool:
        return self.frontier.selection.admits(path_of(visit.url))


def _named(urls: Sequence[str]) -> str:
    """The first of some addresses, and how many more there are."""
    more = len(urls) - _NAMED
    return ", ".join(urls[:_NAMED]) + (f" and {more:,} more addresses" if more > 0 else "")
