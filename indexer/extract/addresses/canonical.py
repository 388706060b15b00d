"""Which address a page goes by."""

from __future__ import annotations

from urllib.parse import urlsplit

from indexer.extract.head.metadata import Metadata
from indexer.extract.model import Found
from indexer.sources.model import Page
from search_service.engine.urls import canonical_url

OWN_FOLDER = frozenset({".", "./"})
"""What links in copies of blogs have for the address of the page itself, where that had no file's name."""


def find_address(page: Page, metadata: Metadata) -> Found:
    """The canonical URL of a page and where it was found.

    A page is believed about its own address as far as its site: one that names another host, or the site's front
    page while it is no front page itself, was built with a wrong setting; so was a copy that names the folder of its
    file, `./`.
    """
    for source, stated in (("rel=canonical", metadata.link("canonical")), ("og:url", metadata.meta("og:url"))):
        url = canonical_url(stated, base=page.url) if stated and stated not in OWN_FOLDER else None
        if url and _believable(url, page.url):
            return Found(url, source)
    return Found(page.url, "address")


def _believable(stated: str, found: str) -> bool:
    there, here = urlsplit(stated), urlsplit(found)
    if there.netloc.removeprefix("www.") != here.netloc.removeprefix("www."):
        return False
    # What asks the front page for something, `/?p=5`, is the address of something else.
    return there.path != "/" or bool(there.query) or here.path == "/"
