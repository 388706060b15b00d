"""What is known of every page, and which document each page gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Set

from search_service.engine.model import Document

from .copies import Claims
from .extract.addresses.keys import address_key
from .sources import NotModified, Page
from .state import PageState, State


class Ledger:
    """The state of the last run on its way to becoming that of this one, which is `state`."""

    def __init__(self, before: State) -> None:
        self.state = State(fingerprints=dict(before.fingerprints), pages=dict(before.pages))
        self._before = before
        self._claims = Claims()
        for url, known in before.pages.items():
            if known.document:
                self._claims.hold(url, known.document, known.title)

    def enter(self, url: str, state: PageState, document: Document | None) -> Document | None:
        """Note what a page gave; the document to index, None where it is no post or a copy of one."""
        self._release(url)
        given = None
        if document is not None:
            claim = self._claims.claim(url, document)
            if claim.displaced:
                self._displace(claim.displaced, by=document.url)
            given = claim.document
            if given is None:
                state = state.but(copy_of=claim.copy_of, why=f"a copy of {claim.copy_of}")
            else:
                state = state.but(
                    document=given.url, title=given.title, why=None, undated=given.date is None, untagged=not given.tags
                )
        self.state.pages[url] = state
        return given

    def keep(self, visit: Page | NotModified) -> None:
        """A page that didn't change stays as it was, but for what its server wants to be asked with next time."""
        if isinstance(visit, Page):
            known = self.state.pages[visit.url]
            if known.validators != visit.validators:
                now = visit.validators
                self.state.pages[visit.url] = known.but(etag=now.etag, last_modified=now.last_modified)

    def fail(self, url: str, state: PageState) -> None:
        """A page that couldn't be read keeps what it gave before; of one that never gave anything `state` says why."""
        known = self.state.pages.get(url)
        if known is None or not (known.document or known.digest):
            self.state.pages[url] = state
        else:
            self.read_again([url])

    def read_again(self, urls: Iterable[str]) -> None:
        """Have these pages read whatever they hold, and until then keep what they gave before."""
        for url in urls:
            known = self.state.pages.get(url)
            if known is not None:
                self.state.pages[url] = known.but(digest="")

    def forget(self, url: str) -> None:
        """The page isn't there any more."""
        self._release(url)
        self.state.pages.pop(url, None)

    def orphaned_copies(self) -> frozenset[str]:
        """Pages that were passed over as copies of a document that isn't there any more."""
        documents = self.state.documents()
        return frozenset(
            url for url, known in self.state.pages.items() if known.copy_of and known.copy_of not in documents
        )

    def posts_in_part(self, read: Set[str], loose: Mapping[str, str]) -> set[str]:
        """All pages of posts that go on over several, some of which have changed and some of which weren't `read`.

        `loose` are pages that continue posts which weren't, with the addresses of those.
        """
        pages: dict[str, set[str]] = defaultdict(set)
        for url, known in self.state.pages.items():
            if known.part_of:
                pages[known.part_of].add(url)
        if loose:
            firsts = {address_key(at): url for at, url in self.state.documents().items()}
            firsts |= {address_key(url): url for url, known in self.state.pages.items() if known.document}
            for url, first in loose.items():
                if address_key(first) in firsts:
                    pages[firsts[address_key(first)]].add(url)
        shrunk = {
            known.part_of
            for url, known in self._before.pages.items()
            if known.part_of and (url not in self.state.pages or self.state.pages[url].part_of != known.part_of)
        }
        found: set[str] = set()
        for first in pages.keys() | shrunk:
            whole = pages[first] | {first}
            has_changed = first in shrunk or not read.isdisjoint(whole)
            if first in self.state.pages and has_changed and not whole <= read:
                found |= whole
        return found

    def due(self, today: str, sources: Container[str]) -> set[str]:
        """Pages of these sources that wait for a day which has come."""
        pages = self.state.pages.items()
        return {url for url, known in pages if known.due and known.due <= today and known.source in sources}

    def copies(self) -> int:
        """The number of pages that are copies of others."""
        return sum(known.copy_of is not None for known in self.state.pages.values())

    def _release(self, url: str) -> None:
        known = self.state.pages.get(url)
        if known is not None and known.document:
            self._claims.release(url, known.document)

    def _displace(self, page: str, *, by: str) -> None:
        known = self.state.pages.get(page)
        if known is not None and known.document == by:
            self.state.pages[page] = known.but(document=None, copy_of=by, why=f"a copy of {by}")
