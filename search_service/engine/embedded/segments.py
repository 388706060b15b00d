"""Writes the segments of one generation: everything anew, or what changed beside the linked files of the last one.

Every document is analysed once; of the same postings Whoosh's segment and the read model are made, in which documents
have the same numbers. Both are a main segment, which updates link, and a delta, which every update writes anew.
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

from search_service.engine.embedded.read_model.stored import files

from ..errors import IndexCorrupt
from ..generations import Draft, GenerationStore, Manifest
from ..model import Document
from .contents import READ_MODEL, SEGMENTS
from .postings.collection import Collection
from .read_model.stored.impact import Statistics
from .read_model.stored.segment import Segment
from .read_model.writing.build import FrequencyOf, ReadModelWriter
from .whoosh_index import WhooshIndex, WhooshWriter, commit

COMPACT_SHARE = 0.1
"""Documents of the delta, or dead ones, as a share of the main segment, beyond which an update rewrites everything."""
_COMPACT_LEAST = 50


class SegmentsWriter:
    """Collects the documents of a session, then writes Whoosh's segments and the read model's side by side."""

    def __init__(self, store: GenerationStore, draft: Draft) -> None:
        self._store = store
        self._draft = draft
        self._collection = Collection(draft.folder)
        self._touched: set[str] = set()

    def put(self, document: Document) -> None:
        """Add a document, in the place of the one with the same URL."""
        self._touched.add(document.url)
        self._collection.put(document)

    def delete(self, url: str) -> None:
        """Remove the document with this URL, if there is one."""
        self._touched.add(url)
        self._collection.delete(url)

    def commit(self) -> int:
        """Write all files; the number of documents of the generation. IndexCorrupt where the two don't agree on it."""
        for name in (SEGMENTS, READ_MODEL):
            (self._draft.folder / name).mkdir()
        base = self._draft.base
        documents = self._write_all() if base is None else self._update(base)
        indexed = WhooshIndex(self._draft.folder / SEGMENTS).count()
        if indexed != documents:
            raise IndexCorrupt(
                f"{self._store.root}: Whoosh holds {indexed:,} documents and the read model {documents:,}; rebuild the"
                " index with `postseek index --full`"
            )
        return documents

    def close(self) -> None:
        """Give the disk space of what was collected back; the draft's folder is the caller's to remove."""
        self._collection.close()

    def _update(self, base: Manifest) -> int:
        """Write a delta, or everything where that has become too large."""
        folder = self._store.folder(base.id)
        for name in base.files:
            # What is read and written anew gets a checksum of its own: what is broken would look sound.
            if name == f"{READ_MODEL}/{files.DELTA}" or (name.startswith(SEGMENTS) and not name.endswith(".seg")):
                self._store.check(base, name)
        main, *deltas = files.open_segments(folder / READ_MODEL)
        for delta in deltas:
            self._carry_over(delta)
        replaced = (number for url in self._touched if (number := main.number(url)) is not None)
        dead = sorted({*main.dead.tolist(), *replaced})
        if max(len(self._collection), len(dead)) > max(_COMPACT_LEAST, COMPACT_SHARE * main.count):
            self._store.verify(base.id)
            self._carry_over(main)
            return self._write_all()
        self._draft.link(f"{READ_MODEL}/{files.MAIN}")
        files.write_dead(self._draft.folder / READ_MODEL, dead)
        whoosh = WhooshIndex(folder / SEGMENTS)
        segments = [whoosh.main_segment(documents=main.count, dead=dead)]
        self._draft.link(f"{SEGMENTS}/{segments[0].make_filename(segments[0].COMPOUND_EXT)}")
        if len(self._collection):
            segments.append(self._write(files.DELTA, frozen=main.statistics, frequency_of=main.frozen_frequency))
        commit(self._draft.folder / SEGMENTS, segments, after=whoosh)
        return main.count - len(dead) + len(self._collection)

    def _write_all(self) -> int:
        """Write everything anew: one segment with inodes and statistics of its own."""
        commit(self._draft.folder / SEGMENTS, [self._write(files.MAIN)])
        return len(self._collection)

    def _carry_over(self, segment: Segment) -> None:
        """Take the live documents of a segment that this session hasn't touched into the new one."""
        for document in segment.documents():
            if document.url not in self._touched:
                self._collection.put(document)

    def _write(self, name: str, *, frozen: Statistics | None = None, frequency_of: FrequencyOf | None = None) -> Any:
        """Write the collected documents as a segment; Whoosh's object of it."""
        path = self._draft.folder / READ_MODEL / name
        with (
            closing(self._collection.sort()) as ordered,
            closing(ReadModelWriter(path, ordered, frozen=frozen, frequency_of=frequency_of)) as read_model,
            closing(WhooshWriter(self._draft.folder / SEGMENTS, ordered)) as whoosh,
        ):
            for document in ordered.documents():
                read_model.add_document(document)
                whoosh.add_document(document)
            for block in ordered.blocks():
                read_model.add_block(block)
                whoosh.add_block(block)
                del block  # before the next one is made: two are many
            read_model.finish()
            return whoosh.finish()
