"""Writes the segments of one generation: everything anew, or what changed beside the linked files of the last one.

Every document is analysed once and goes into Whoosh's segment and into the read model. Both are a main part, which
updates link, and a delta, which every update writes anew.
"""

from __future__ import annotations

import logging
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from ..errors import IndexCorrupt
from ..generations import Draft, GenerationStore, Manifest
from ..model import Document
from .analysed import analyse
from .contents import READ_MODEL, SEGMENTS
from .read_model import files
from .read_model.build import SegmentBuilder
from .read_model.segment import Segment
from .schema import index_fields, whoosh_schema

log = logging.getLogger(__name__)

COMPACT_SHARE = 0.1
"""Documents of the delta, or dead ones, as a share of the main segment, beyond which an update rewrites everything."""
_COMPACT_LEAST = 50

_POOL_MEGABYTES = 256


class SegmentsWriter:
    """Whoosh's writer and the read model's builder on a draft, side by side."""

    def __init__(self, store: GenerationStore, draft: Draft) -> None:
        self._store = store
        self._draft = draft
        self._base: Manifest | None = draft.base
        self._numbers: dict[str, int] = {}  # documents of this session, by URL: their number in the new segment
        self._touched: set[str] = set()
        self._builder = SegmentBuilder()
        for name in (SEGMENTS, READ_MODEL):
            (draft.folder / name).mkdir()
        self._whoosh = self._open()

    def put(self, document: Document) -> None:
        """Add a document, in the place of the one with the same URL."""
        self.delete(document.url)
        analysed = analyse(document)
        number = self._whoosh.docnum
        self._whoosh.add_document(**index_fields(analysed))
        self._numbers[document.url] = number
        self._builder.put(analysed)

    def delete(self, url: str) -> None:
        """Remove the document with this URL, if there is one."""
        self._touched.add(url)
        self._builder.delete(url)
        number = self._numbers.pop(url, None)
        if number is not None:
            self._whoosh.newsegment.delete_document(number)
        elif self._base is not None:
            self._whoosh.delete_by_term("url", url)

    def commit(self) -> int:
        """Write all files; the number of documents of the generation. IndexCorrupt where the two don't agree on it."""
        documents = self._write_read_model()
        self._whoosh.commit(mergetype=_rewrite_small)
        self._whoosh = None
        folder = self._draft.folder / SEGMENTS
        index = FileStorage(str(folder)).open_index()
        indexed = index.doc_count()
        index.close()
        # An flock is a lock on an inode: this file must never be linked into another generation.
        (folder / "MAIN_WRITELOCK").unlink(missing_ok=True)
        if indexed != documents:
            raise IndexCorrupt(
                f"{self._store.root}: Whoosh holds {indexed:,} documents and the read model {documents:,}; rebuild the"
                " index with `postseek index --full`"
            )
        return documents

    def cancel(self) -> None:
        """Give up what was written; the draft's folder is the caller's to remove."""
        writer, self._whoosh = self._whoosh, None
        if writer is None:
            return
        try:
            writer.cancel()
        except Exception as exc:  # on a full disk cancel() fails as well; the folder goes anyway
            log.warning("Whoosh couldn't cancel a write: %s", exc)

    def _open(self) -> Any:
        storage = FileStorage(str(self._draft.folder / SEGMENTS))
        if self._base is None:
            index = storage.create_index(whoosh_schema())
        else:
            for name in self._base.files:
                if name.startswith(SEGMENTS):
                    self._take_over(name)
            index = storage.open_index()
        return index.writer(limitmb=_POOL_MEGABYTES)

    def _take_over(self, name: str) -> None:
        """Segments are never rewritten and are linked; the table of contents is Whoosh's to replace, so a copy."""
        if name.endswith(".seg"):
            self._store.link(self._draft, name)
        else:
            self._store.copy(self._draft, name)

    def _write_read_model(self) -> int:
        """Write main segment or delta; the number of documents of the generation."""
        target = self._draft.folder / READ_MODEL
        if self._base is None:
            self._builder.write(target / files.MAIN)
            return len(self._builder)
        main, *deltas = files.open_segments(self._store.folder(self._base.id) / READ_MODEL)
        for delta in deltas:
            self._carry_over(delta)
        replaced = (number for url in self._touched if (number := main.number(url)) is not None)
        dead = sorted({*main.dead.tolist(), *replaced})
        if max(len(self._builder), len(dead)) > max(_COMPACT_LEAST, COMPACT_SHARE * main.count):
            return self._compact(main)
        self._store.link(self._draft, f"{READ_MODEL}/{files.MAIN}")
        files.write_dead(target, dead)
        if len(self._builder):
            self._builder.write(target / files.DELTA, frozen=main.statistics, frequency_of=main.frozen_frequency)
        return main.count - len(dead) + len(self._builder)

    def _carry_over(self, segment: Segment) -> None:
        """Take the live documents of a segment that this session hasn't touched into the new one."""
        for document in segment.documents():
            if document.url not in self._touched:
                self._builder.put(analyse(document))

    def _compact(self, main: Segment) -> int:
        """Write everything anew: one segment with inodes and statistics of its own, in place of what was linked."""
        assert self._base is not None
        # What is broken would get checksums of its own, and look sound.
        self._store.verify(self._base.id)
        self._carry_over(main)
        self._whoosh.cancel()
        self._store.restart(self._draft)
        for name in (SEGMENTS, READ_MODEL):
            (self._draft.folder / name).mkdir()
        self._base, self._numbers = None, {}
        self._whoosh = self._open()
        for analysed in map(analyse, self._builder.documents()):
            self._whoosh.add_document(**index_fields(analysed))
        self._builder.write(self._draft.folder / READ_MODEL / files.MAIN)
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
