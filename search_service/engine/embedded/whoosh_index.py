"""The Whoosh index of a generation: which segments it has, and what of the documents goes into a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from ..errors import IndexCorrupt
from ..model import Document
from .postings.inversion import Block
from .postings.ordered import OrderedDocuments
from .postings.spool import Spooled
from .read_model.stored.layout import FIELDS
from .schema import stored_document, whoosh_schema
from .whoosh_segment import WhooshSegmentWriter

_NAME = "MAIN"


class WhooshIndex:
    """A Whoosh index in `folder`, for reading. It is unpickled: only writers and tests do that."""

    def __init__(self, folder: Path) -> None:
        self._index = FileIndex(FileStorage(str(folder), readonly=True), indexname=_NAME)
        self._contents: TOC = self._index._read_toc()

    @property
    def generation(self) -> int:
        """Whoosh's own count of changes."""
        return int(self._contents.generation)

    def count(self) -> int:
        """The number of documents. Of its segments: a reader of Whoosh's would take all files into memory."""
        return sum(segment.doc_count() for segment in self._contents.segments)

    def documents(self) -> Iterator[Document]:
        """All documents, as they are stored."""
        with self._index.reader() as reader:
            yield from map(stored_document, reader.all_stored_fields())

    def main_segment(self, *, documents: int, dead: Sequence[int]) -> Any:
        """Whoosh's object of the segment of so many documents, without the dead ones. IndexCorrupt if there is none."""
        for segment in self._contents.segments:
            if segment.doc_count_all() == documents:
                for number in dead:
                    segment.delete_document(number)
                return segment
        raise IndexCorrupt(
            f"Whoosh has no segment of {documents:,} documents; rebuild the index with `postseek index --full`"
        )


class WhooshWriter:
    """Writes the documents of a segment. Takes all of them, in order, and all blocks of postings; then `finish`."""

    def __init__(self, folder: Path, ordered: OrderedDocuments) -> None:
        self._ordered = ordered
        self._segment = WhooshSegmentWriter(FileStorage(str(folder)), _NAME)
        for number, field in enumerate(FIELDS):
            self._segment.set_lengths(field, ordered.field_length[:, number])

    def add_document(self, document: Spooled) -> None:
        """The next document."""
        self._segment.store(document.stored)

    def add_block(self, block: Block) -> None:
        """The postings of the next terms."""
        names = self._ordered.vocabulary.terms
        for number, field in enumerate(FIELDS):
            held = np.flatnonzero(block.frequency[number])
            term = block.term[held]
            first = np.flatnonzero(np.diff(term, prepend=-1))
            self._segment.add(
                field,
                [names[rank] for rank in (block.first + term[first]).tolist()],
                np.append(first, len(held)),
                block.doc[held],
                block.frequency[number][held],
            )

    def finish(self) -> Any:
        """Complete the segment; Whoosh's object of it."""
        for field, postings in self._ordered.exact.items():
            self._segment.add(field, postings.terms, postings.at, postings.docs)
        urls = self._ordered.urls
        order = sorted(range(len(urls)), key=urls.__getitem__)
        self._segment.add(
            "url", [urls[number] for number in order], np.arange(len(urls) + 1), np.array(order, np.int64)
        )
        return self._segment.finish()

    def close(self) -> None:
        """Give back what was held meanwhile."""
        self._segment.close()


def commit(folder: Path, segments: Iterable[Any], *, after: WhooshIndex | None = None) -> None:
    """Make these the segments of the index in `folder`, which comes `after` another one."""
    contents = TOC(whoosh_schema(), list(segments), after.generation + 1 if after else 1)
    contents.write(FileStorage(str(folder)), _NAME)
