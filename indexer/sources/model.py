"""What a source delivers: pages, and what became of those that it can't deliver."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from search_service.engine.errors import FetchError

MAX_BYTES = 2_000_000
"""Bytes of a page that are read; what has more is no post, and costs a parser minutes and gigabytes."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said that tells whether a page changed since (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One HTML resource as it was published.

    `url` is the canonical form of the address it was found at (its own markup may name another one), `path` its
    place below a SOURCE directory, `charset` what the server declared. `noindex` and `nosnippet` tell that the server
    asked (X-Robots-Tag) that nobody indexes it, or shows its text; `unavailable_after` are the moments, as written,
    from which on nobody is to find it.
    """

    url: str
    content: bytes
    path: str | None = None
    charset: str | None = None
    validators: Validators = Validators()
    noindex: bool = False
    nosnippet: bool = False
    unavailable_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page at `url` is what it was at the last visit (304)."""

    url: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The page at `url` couldn't be had. `error.gone` tells that it isn't there any more."""

    url: str
    error: FetchError


Visit = Page | NotModified | Failed


class Source(Protocol):
    """A place where a blog's pages are."""

    @property
    def key(self) -> str:
        """What identifies this source from run to run: an absolute path or a canonical URL."""
        ...

    @property
    def base_url(self) -> str:
        """The address that the pages are published below, with a final slash."""
        ...

    @property
    def base_url_is_guess(self) -> bool:
        """Whether nothing tells where the pages are published, so that `base_url` leads nowhere."""
        ...

    @property
    def is_local(self) -> bool:
        """Whether the pages are on this machine, so that a second visit costs next to nothing."""
        ...

    @property
    def complete(self) -> bool:
        """Whether the last visit went through everything there is, so that what it didn't meet is gone."""
        ...

    def remarks(self) -> Iterator[str]:
        """What an operator may want to know of the last visit, each a sentence."""
        ...

    def count(self) -> int | None:
        """How many pages a visit will deliver, as far as is known; for the progress bar."""
        ...

    def feeds(self) -> Iterator[bytes]:
        """The feeds of the site, as far as they are known when a visit has delivered its first page."""
        ...

    def visit(self, known: Mapping[str, Validators]) -> Iterator[Visit]:
        """Every page, once. `known` are the pages of the last run, by URL, without validators where one must be read.

        SourceError where the source can't be read at all; single pages that fail are delivered as `Failed`.
        """
        ...

    def only(self, urls: Collection[str]) -> Source:
        """The same source, of which a visit delivers the pages at these addresses, if it can, and is never complete."""
        ...
