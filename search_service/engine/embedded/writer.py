"""Writes one generation with Whoosh: everything anew, or what changed beside the linked segments of the last one."""

from __future__ import annotations

import logging
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from ..errors import IndexerError
from ..generations import Draft, GenerationStore, Manifest, disk
from ..model import Document, Generation
from .schema import index_fields, whoosh_schema

log = logging.getLogger(__name__)

SEGMENTS = "whoosh"
STATE = "state"

COMPACT_SHARE = 0.05
"""Share of documents outside the main segment, or deleted in it, beyond which an update rewrites everything."""
_COMPACT_LEAST = 50

_POOL_MEGABYTES = 256


class EmbeddedWriter:
    """Implements `port.IndexWriter`. Nothing is made on disk before the first change."""

    def __init__(self, store: GenerationStore, *, update: bool) -> None:
        self._store = store
        self._lock = store.lock()
        try:
            self._live = store.base()
        except BaseException:
            self._lock.release()
            raise
        self._base: Manifest | None = self._live if update else None
        self._draft: Draft | None = None
        self._whoosh: Any = None
        self._numbers: dict[str, int] = {}  # documents of this session, by URL: their number in the new segment

    @property
    def base(self) -> Generation | None:
        """The generation that this one updates; None for a full build."""
        return self._base.generation(live=self._base.id == self._store.live_id()) if self._base else None

    def put(self, document: Document) -> None:
        """Add a document, in the place of the one with the same URL."""
        self.delete(document.url)
        with disk.full_disk_named(self._store.root):
            writer = self._writer()
            number = writer.docnum
            writer.add_document(**index_fields(document))
            self._numbers[document.url] = number

    def delete(self, url: str) -> None:
        """Remove the document with this URL, if there is one."""
        writer = self._writer()
        number = self._numbers.pop(url, None)
        if number is not None:
            writer.newsegment.delete_document(number)
        elif self._base is not None:
            writer.delete_by_term("url", url)

    def read_state(self, name: str) -> bytes | None:
        """What the live generation keeps under `name`."""
        if self._live is None:
            return None
        path = self._store.folder(self._live.id) / STATE / name
        return path.read_bytes() if path.exists() else None

    def write_state(self, name: str, content: bytes) -> None:
        """Keep `content` in the new generation."""
        self._writer()
        assert self._draft is not None
        with disk.full_disk_named(self._store.root):
            disk.write_file(self._draft.folder / STATE / name, content)

    def seal(self) -> Generation:
        """Commit, complete and verify the generation."""
        writer = self._writer()
        assert self._draft is not None
        compacting = self._worth_compacting()
        if compacting and self._base is not None:
            # What is broken would get checksums of its own, and look sound.
            self._store.verify(self._base.id)
        with disk.full_disk_named(self._store.root):
            writer.commit(mergetype=_rewrite_all if compacting else _rewrite_small)
            self._whoosh = None
            folder = self._draft.folder / SEGMENTS
            index = FileStorage(str(folder)).open_index()
            documents = index.doc_count()
            index.close()
            # An flock is a lock on an inode: this file must never be linked into another generation.
            (folder / "MAIN_WRITELOCK").unlink(missing_ok=True)
        return self._store.seal(self._draft, documents=documents).generation(live=False)

    def publish(self) -> Generation:
        """Make the sealed generation the live one."""
        if self._draft is None or self._draft.manifest is None:
            raise IndexerError("only a sealed generation can be published")
        draft, self._draft = self._draft, None
        return self._store.publish(draft)

    def close(self) -> None:
        """Discard what wasn't published and give the lock back."""
        try:
            if self._whoosh is not None:
                writer, self._whoosh = self._whoosh, None
                _cancel(writer)
            if self._draft is not None:
                draft, self._draft = self._draft, None
                self._store.discard(draft)
        finally:
            self._lock.release()

    def __enter__(self) -> EmbeddedWriter:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _writer(self) -> Any:
        """Whoosh's writer on the draft, which is made on first use."""
        if self._whoosh is None:
            if self._draft is not None:
                raise IndexerError("a sealed generation can't be changed")
            with disk.full_disk_named(self._store.root):
                self._draft = self._store.draft(base=self._base)
                self._whoosh = self._open(self._draft)
        return self._whoosh

    def _open(self, draft: Draft) -> Any:
        folder = draft.folder / SEGMENTS
        folder.mkdir()
        (draft.folder / STATE).mkdir()
        storage = FileStorage(str(folder))
        if self._base is None:
            index = storage.create_index(whoosh_schema())
        else:
            for name in self._base.files:
                if name.startswith(SEGMENTS):
                    self._take_over(draft, name)
            index = storage.open_index()
        return index.writer(limitmb=_POOL_MEGABYTES)

    def _take_over(self, draft: Draft, name: str) -> None:
        """Segments are never rewritten and are linked; the table of contents is Whoosh's to replace, so a copy."""
        if name.endswith(".seg"):
            self._store.link(draft, name)
        else:
            self._store.copy(draft, name)

    def _worth_compacting(self) -> bool:
        if self._base is None:
            return False
        main = max(self._whoosh.segments, key=_size, default=None)
        if main is None:
            return False
        outside = sum(_size(segment) for segment in self._whoosh.segments if segment is not main)
        changed = outside + len(self._numbers) + main.deleted_count()
        return bool(changed > max(_COMPACT_LEAST, COMPACT_SHARE * _size(main)))


def _size(segment: Any) -> int:
    return int(segment.doc_count_all())


def _rewrite_small(writer: Any, segments: list[Any]) -> list[Any]:
    """A Whoosh merge policy: the main segment stays as it is, everything else becomes one new segment."""
    main = max(segments, key=_size, default=None)
    _rewrite_all(writer, [segment for segment in segments if segment is not main])
    return [main] if main is not None else []


def _rewrite_all(writer: Any, segments: list[Any]) -> list[Any]:
    """A Whoosh merge policy: one new segment, without the deleted documents."""
    for segment in segments:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return []


def _cancel(writer: Any) -> None:
    try:
        writer.cancel()
    except Exception as exc:  # on a full disk cancel() fails as well; the folder goes anyway
        log.warning("Whoosh couldn't cancel a write: %s", exc)
