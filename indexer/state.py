"""What a run must know of the last one: each page's checksum, and what became of it.

Kept inside the generation that the run made, so that a rollback brings it back with the documents.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from search_service.engine.errors import IndexCorrupt

from .extract.model import NO_DATE, TagPage
from .extract.site.model import VERSION, SiteTemplates
from .feed_evidence import Listed
from .sources import Page, Validators

NAME = "pages.json"
SITES_NAME = "sites.json"
_VERSION = 1


class PageState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page as the last run left it.

    `digest` is the SHA-256 of its content and of what its server asked, or "" where the page has to be read again
    whatever it holds. `document` is the URL of the document that it gave; a page without one has its reason in `why`.
    `template` is what it was read by, None where it was read on its own; `part_of` the page whose document holds its
    text. `due` is the day, as ISO 8601 has it, on which a post of the future becomes one, or from which on a page asks
    not to be found (`unavailable_after`): it is read again then, whether or not it changed.
    """

    source: str
    digest: str = ""
    document: str | None = None
    title: str = ""
    why: str | None = None
    copy_of: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    template: str | None = None
    part_of: str | None = None
    due: str | None = None
    undated: bool = False
    untagged: bool = False

    @property
    def validators(self) -> Validators:
        """What to ask the server with whether the page changed."""
        return Validators(self.etag, self.last_modified)

    @property
    def lacks_date(self) -> bool:
        """Whether the page is a post without a date, or none for that reason."""
        return self.undated or self.why == NO_DATE

    @property
    def lacks_something(self) -> bool:
        """Whether the page is a post without a date or tags, or none for reasons of its own."""
        return self.undated or self.untagged or not (self.document or self.copy_of or self.part_of)

    def but(self, **changes: Any) -> PageState:
        """The same with some fields changed."""
        return msgspec.structs.replace(self, **changes)


class State(msgspec.Struct, kw_only=True):
    """All pages by URL; `fingerprints` say, by source, how they were read."""

    version: int = _VERSION
    fingerprints: dict[str, str] = {}
    pages: dict[str, PageState] = {}

    def documents(self) -> dict[str, str]:
        """The URLs of all documents, with the page that each came from."""
        return {state.document: url for url, state in self.pages.items() if state.document}

    def read_from(self) -> dict[str, set[tuple[str, str, str]]]:
        """The pages that each document was read from, by its URL: their own, what they held, and their titles."""
        pages: dict[str, set[tuple[str, str, str]]] = {}
        for url, state in self.pages.items():
            first = self.pages.get(state.part_of or url)
            if first is not None and first.document:
                pages.setdefault(first.document, set()).add((url, state.digest, state.title))
        return pages

    def of_source(self, source: str) -> dict[str, PageState]:
        """The pages of one source."""
        return {url: state for url, state in self.pages.items() if state.source == source}


class SiteState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a source as a whole.

    `templates` were learned from a sample of `sampled` pages; None where nothing has been learned yet. `tag_pages` are
    kept, by URL, where the posts have their tags from those. `listed` is what feeds said of posts, by their
    `address_key`, `periods` when those were published that archive pages list (see `archives`). `noindex_is_a_setting`
    tells that (nearly) all of the source's posts ask not to be indexed, which is then taken for a setting of the site
    and not for their authors' wish.
    """

    templates: SiteTemplates | None = None
    sampled: int = 0
    tag_pages: dict[str, TagPage] = {}
    listed: dict[int, Listed] = {}
    periods: dict[int, str] = {}
    noindex_is_a_setting: bool = False


class Sites(msgspec.Struct, kw_only=True):
    """The sources by key."""

    version: int = _VERSION
    sources: dict[str, SiteState] = {}


def encode(state: State | Sites) -> bytes:
    """The bytes to keep."""
    return msgspec.json.encode(state)


def decode_sites(content: bytes | None) -> Sites:
    """What was kept of the sources; nothing of what another version learned."""
    if content is None:
        return Sites()
    try:
        kept = msgspec.json.decode(content, type=Sites)
    except msgspec.DecodeError:
        return Sites()  # it is learned anew
    if kept.version != _VERSION:
        return Sites()
    current = {
        key: site for key, site in kept.sources.items() if site.templates is None or site.templates.version == VERSION
    }
    return Sites(sources=current)


def decode(content: bytes | None) -> State:
    """What was kept; an empty state where nothing was, or by another version of the format."""
    if content is None:
        return State()
    try:
        state = msgspec.json.decode(content, type=State)
    except msgspec.DecodeError as exc:
        raise IndexCorrupt(f"the index's record of its pages can't be read ({exc}); run with --full") from exc
    return state if state.version == _VERSION else State()


def digest(page: Page) -> str:
    """What a page is recognised by: its bytes, how the server said to read them, and what it asked."""
    sha256 = hashlib.sha256(page.content)
    sha256.update((page.charset or "").encode())
    asked = (page.noindex, page.nosnippet, page.unavailable_after)
    if any(asked):  # of most pages nothing is, and those keep the digests that earlier versions gave them
        sha256.update(repr(asked).encode())
    return sha256.hexdigest()
