"""Which of several pages that claim the same address becomes the document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search_service.engine.model import Document


@dataclass(frozen=True, slots=True)
class Claim:
    """The outcome of a claim: the document to index, or the address of which the page is a copy.

    `displaced` is the page that held the address before and is a copy from now on.
    """

    document: Document | None
    copy_of: str | None = None
    displaced: str | None = None


@dataclass(frozen=True, slots=True)
class _Owner:
    page: str
    title: str


class Claims:
    """Gives each document's URL to one page.

    To the page at that URL, give or take a slash, else to the first that names it as canonical. Print, AMP and
    syndicated copies name another page as their canonical one, and carry its title. Where two pages with different
    titles name a page that isn't there, the theme is broken, not the pages: each keeps its own URL.
    """

    def __init__(self) -> None:
        self._owners: dict[str, _Owner] = {}

    def hold(self, page: str, url: str, title: str) -> None:
        """Note what an unchanged page holds since an earlier run."""
        self._owners[url] = _Owner(page, title)

    def release(self, page: str, url: str) -> None:
        """Take note that a page doesn't stand for a document any more."""
        if url in self._owners and self._owners[url].page == page:
            del self._owners[url]

    def claim(self, page: str, document: Document) -> Claim:
        """Let the page at `page` claim its document's URL."""
        owner = self._owners.get(document.url)
        if owner is None or owner.page == page:
            return self._give(page, document)
        if _same_place(page, document.url):
            displaced = owner.page
            return replace(self._give(page, document), displaced=displaced)
        if _same_place(owner.page, document.url) or owner.title == document.title:
            return Claim(None, copy_of=document.url)
        return self.claim(page, replace(document, url=page))

    def _give(self, page: str, document: Document) -> Claim:
        self._owners[document.url] = _Owner(page, document.title)
        return Claim(document)


def _same_place(page: str, url: str) -> bool:
    """Whether a page is at a URL: servers answer `/a`, `/a/` and `/a.html` with the same file."""
    return page == url or _bare(page) == _bare(url)


def _bare(url: str) -> str:
    return url.rstrip("/").removesuffix(".html").removesuffix(".htm")
