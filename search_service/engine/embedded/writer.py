"""Writes one generation: everything anew, or what changed beside the linked files of the last one.

Every document is analysed once and goes into Whoosh's segment and into the read model. Both are a main part, which
updates link, and a delta, which every update writes anew.
"""

from __future__ import annotations

import logging
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from ..errors import IndexCorrupt, IndexerError
from ..generations import Draft, GenerationStore, Manifest, disk
from ..model import Document, Generation
from .analysed import analyse
from .contents import READ_MODEL, SEGMENTS, STATE
from .read_model import files
from .read_model.build import SegmentBuilder
from .read_model.segment import Segment
from .schema import index_fields, whoosh_schema

log = logging.getLogger(__name__)

COMPACT_SHARE = 0.1
"""Documents of the delta, or dead ones, as a share of the main segment, beyond which an update rewrites everything."""
_COMPACT_LEAST = 50

_POOL_MEGABYTES = 256


class EmbeddedWriter:
    """Implements `port.IndexWriter`. Nothing is made on disk before the first change."""

    def __init__(self, store: GenerationStore, *, update: bool) -> None:
        self._store = store
        self._lock = store.lock()
        self._live: Manifest | None = None
        try:
            self._live = store.base()
        except IndexCorrupt as exc:
            if update:
                self._lock.release()
                raise IndexCorrupt(f"{exc}; rebuild the index with `postseek index --full`") from exc
            log.warning("building anew, since what is there can't be read: %s", exc)
        except BaseException:
            self._lock.release()
            raise
        self._base = self._live if update else None
        self._draft: Draft | None = None
        self._whoosh: Any = None
        self._numbers: dict[str, int] = {}  # documents of this session, by URL: their number in the new segment
        self._builder = SegmentBuilder()
        self._state: dict[str, bytes] = {}
        self._touched: set[str] = set()

    @property
    def base(self) -> Generation | None:
        """The generation that this one updates; None for a full build."""
        return self._base.generation(live=self._base.id == self._store.live_id()) if self._base else None

    def put(self, document: Document) -> None:
        """Add a document, in the place of the one with the same URL."""
        self.delete(document.url)
        with disk.full_disk_named(self._store.root):
            writer = self._writer()
            analysed = analyse(document)
            number = writer.docnum
            writer.add_document(**index_fields(analysed))
            self._numbers[document.url] = number
            self._builder.put(analysed)

    def delete(self, url: str) -> None:
        """Remove the document with this URL, if there is one."""
        writer = self._writer()
        self._touched.add(url)
        self._builder.delete(url)
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
        self._state[name] = content

    def seal(self) -> Generation:
        """Commit, complete and verify the generation."""
        self._writer()
        assert self._draft is not None
        with disk.full_disk_named(self._store.root):
            documents = self._write_read_model(self._draft)
            self._whoosh.commit(mergetype=_rewrite_small)
            self._whoosh = None
            folder = self._draft.folder / SEGMENTS
            index = FileStorage(str(folder)).open_index()
            indexed = index.doc_count()
            index.close()
            # An flock is a lock on an inode: this file must never be linked into another generation.
            (folder / "MAIN_WRITELOCK").unlink(missing_ok=True)
            self._write_states(self._draft)
        if indexed != documents:
            raise IndexCorrupt(
                f"{self._store.root}: Whoosh holds {indexed:,} documents and the read model {documents:,}; rebuild the"
                " index with `postseek index --full`"
            )
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
        for name in (SEGMENTS, READ_MODEL, STATE):
            (draft.folder / name).mkdir()
        storage = FileStorage(str(draft.folder / SEGMENTS))
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

    def _write_read_model(self, draft: Draft) -> int:
        """Write main segment or delta; the number of documents of the generation."""
        target = draft.folder / READ_MODEL
        if self._base is None:
            self._builder.write(target / files.MAIN)
            return len(self._builder)
        main, *deltas = files.open_segments(self._store.folder(self._base.id) / READ_MODEL)
        for delta in deltas:
            self._carry_over(delta)
        replaced = (number for url in self._touched if (number := main.number(url)) is not None)
        dead = sorted({*main.dead.tolist(), *replaced})
        if max(len(self._builder), len(dead)) > max(_COMPACT_LEAST, COMPACT_SHARE * main.count):
            return self._compact(draft, main)
        self._store.link(draft, f"{READ_MODEL}/{files.MAIN}")
        files.write_dead(target, dead)
        if len(self._builder):
            self._builder.write(target / files.DELTA, frozen=main.statistics, frequency_of=main.frozen_frequency)
        return main.count - len(dead) + len(self._builder)

    def _write_states(self, draft: Draft) -> None:
        """Write what the indexer keeps; what an update doesn't mention stays as it was."""
        prefix = f"{STATE}/"
        for path in self._live.files if self._live and draft.base else ():
            name = path.removeprefix(prefix)
            if path.startswith(prefix) and name not in self._state:
                self._state[name] = self.read_state(name) or b""
        for name, content in self._state.items():
            disk.write_file(draft.folder / STATE / name, content)

    def _carry_over(self, segment: Segment) -> None:
        """Take the live documents of a segment that this session hasn't touched into the new one."""
        for document in segment.documents():
            if document.url not in self._touched:
                self._builder.put(analyse(document))

    def _compact(self, draft: Draft, main: Segment) -> int:
        """Write everything anew: one segment with inodes and statistics of its own, in place of what was linked."""
        assert self._base is not None
        # What is broken would get checksums of its own, and look sound.
        self._store.verify(self._base.id)
        self._carry_over(main)
        self._whoosh.cancel()
        self._store.restart(draft)
        self._base, self._numbers = None, {}
        self._whoosh = self._open(draft)
        for analysed in map(analyse, self._builder.documents()):
            self._whoosh.add_document(**index_fields(analysed))
        self._builder.write(draft.folder / READ_MODEL / files.MAIN)
        return len(self._builder)


def _size(segment: Any) -> int:
    return int(segment.doc_count_all())


def _rewrite_small(writer: Any, segments: list[Any]) -> list[Any]:
    """A Whoosh merge policy: the main segment stays as it is, everything else becomes one new segment."""
    main = max(segments, key=_size, default=None)
    for segment in segments:
        if segment is not main:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return [main] if main is not None else []


def _cancel(writer: Any) -> None:
    try:
        writer.cancel()
    except Exception as exc:  # on a full disk cancel() fails as well; the folder goes anyway
        log.warning("Whoosh couldn't cancel a write: %s", exc)
