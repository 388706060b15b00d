"""What a run must know of the last one: each page's checksum, and what became of it.

Kept inside the generation that the run made, so that a rollback brings it back with the documents.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from search_service.engine.errors import IndexCorrupt

from .sources import Page, Validators

NAME = "pages.json"
_VERSION = 1


class PageState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page as the last run left it.

    `digest` is the SHA-256 of its content, or "" where the page has to be read again whatever it holds. `document`
    is the URL of the document that it gave; a page without one has its reason in `why`.
    """

    source: str
    digest: str = ""
    document: str | None = None
    title: str = ""
    why: str | None = None
    copy_of: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def validators(self) -> Validators:
        """What to ask the server with whether the page changed."""
        return Validators(self.etag, self.last_modified)

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

    def of_source(self, source: str) -> dict[str, PageState]:
        """The pages of one source."""
        return {url: state for url, state in self.pages.items() if state.source == source}


def encode(state: State) -> bytes:
    """The bytes to keep."""
    return msgspec.json.encode(state)


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
    """What a page is recognised by: its bytes, and how the server said to read them."""
    return hashlib.sha256(page.content + (page.charset or "").encode()).hexdigest()
