"""The port between Postseek and whatever searches. Adapters implement these protocols and nothing else.

Synchronous, since an embedded query costs less than a hop to a thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from .model import Document, Generation, Query, Results, Suggestions, TagCount


@runtime_checkable
class Searcher(Protocol):
    """Answers queries from one generation, which it keeps for as long as it is open. Safe for many threads."""

    @property
    def generation(self) -> Generation:
        """The generation that is searched."""
        ...

    def search(self, query: Query) -> Results:
        """One page of hits. Never raises for what a visitor typed."""
        ...

    def suggest(self, text: str, *, limit: int = 8) -> Suggestions:
        """Posts and tags for what has been typed so far, `limit` of each at most. Never raises for what it is."""
        ...

    def related(self, url: str, *, limit: int = 5) -> Results | None:
        """The posts nearest to the one at `url` by text and tags, never itself or a copy; None if there is no such."""
        ...

    def featured(self) -> Results:
        """The posts that the blog's owner features, in the owner's order; those that aren't indexed are left out."""
        ...

    def tags(self) -> Sequence[TagCount]:
        """All tags, the most frequent first, equal ones in order of their normalised form."""
        ...

    def document(self, url: str) -> Document | None:
        """The document with this canonical URL."""
        ...

    def documents(self) -> Iterator[Document]:
        """All documents, one by one, in any order."""
        ...

    def close(self) -> None:
        """Free what the searcher holds. Answers after this are undefined; closing twice is fine."""
        ...


@runtime_checkable
class IndexWriter(Protocol):
    """Writes one generation. It holds the index's only write lock from `Engine.build` or `update` to `close`.

    Leaving the context without `publish` discards all that was written.
    """

    @property
    def base(self) -> Generation | None:
        """The generation that this one updates; None for a full build."""
        ...

    def put(self, document: Document) -> None:
        """Add a document, in the place of the one with the same URL."""
        ...

    def delete(self, url: str) -> None:
        """Remove the document with this URL, if there is one."""
        ...

    def read_state(self, name: str) -> bytes | None:
        """What the generation that was live when this writer began keeps under `name`."""
        ...

    def write_state(self, name: str, content: bytes) -> None:
        """Keep `content` in the new generation, for the next run; a rollback brings the old one back."""
        ...

    def seal(self) -> Generation:
        """End writing: the generation becomes complete, durable and verified, but isn't served yet."""
        ...

    def publish(self) -> Generation:
        """Make the sealed generation the live one, in one atomic step, and prune old ones."""
        ...

    def close(self) -> None:
        """Give the lock back; what wasn't published is gone."""
        ...

    def __enter__(self) -> IndexWriter: ...

    def __exit__(self, *exc: object) -> None: ...


@runtime_checkable
class Engine(Protocol):
    """An index: its generations, and the ways to read and to write it."""

    def live_id(self) -> str | None:
        """The id of the generation that is live now. Cheap enough to ask several times a second."""
        ...

    def read_state(self, name: str) -> bytes | None:
        """What the live generation keeps under `name`; None where it, or the index, isn't there. Takes no lock."""
        ...

    def searcher(self, *, refuse: frozenset[str] = frozenset()) -> Searcher:
        """A searcher of the live generation or, where that is broken or in `refuse`, of the last good one.

        IndexMissing, IndexCorrupt or IndexIncompatible where there is none; OSError or MemoryError, or
        EngineUnavailable, where it can't be opened now and may be later.
        """
        ...

    def build(self) -> IndexWriter:
        """A writer that starts from nothing. IndexLocked while another one writes."""
        ...

    def update(self) -> IndexWriter:
        """A writer that starts from the live generation; where there is none, the same as `build`."""
        ...

    def generations(self) -> Sequence[Generation]:
        """All complete generations, the newest first."""
        ...

    def rollback(self, generation: str | None = None) -> Generation:
        """Make another generation live: the named one, else the last good one before the live one."""
        ...

    def verify(self, generation: str | None = None) -> int:
        """Check every byte of a generation (default: the live one) against its checksums.

        Returns the number of files that were checked; IndexCorrupt names the first bad one.
        """
        ...


@runtime_checkable
class Rebuilds(Protocol):
    """An engine that keeps a record of its documents beside what queries run on, which can be made anew from it."""

    def can_rebuild(self, generation: str | None = None) -> bool:
        """Whether the record of a generation (default: the live one) is as it was written."""
        ...

    def rebuild(self, generation: str | None = None) -> Generation:
        """Make a generation (default: the live one) anew from its record, and publish it."""
        ...
