"""A Whoosh segment written from sorted postings, in the file format of Whoosh's own codec (W3).

Whoosh's writer takes a document apart posting by posting and sorts all of them in Python. Here they are sorted already,
as arrays, and what is left is to write them down: the same files, which any Whoosh reads, merges and searches.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.system import pack_int, pack_ushort
from whoosh.util.numeric import byte_to_length

from .read_model.stored.arrays import Array

_BLOCK = 1024
"""Postings that Whoosh reads at once. Its own 128 take a quarter more time to write."""
_COMPRESSED_FROM = 32
"""Postings of a block that is compressed, which saves a sixth of the segment."""
_COMPRESSION = 1
_PROTOCOL = 2

_TERM_INFO = np.dtype(
    [
        ("inlined", "u1"), ("weight", ">f4"), ("frequency", ">u4"), ("least_length", "u1"), ("most_length", "u1"),
        ("most_weight", ">f4"), ("first_doc", ">u4"), ("last_doc", ">u4"), ("offset", ">i8"), ("length", ">i4"),
    ]
)  # fmt: skip
"""`W3TermInfo.to_bytes`, of postings that stand in the postings file."""


class WhooshSegmentWriter:
    """Writes a segment of documents numbered from 0: lengths, stored fields and postings, then `finish`."""

    def __init__(self, storage: FileStorage, indexname: str) -> None:
        self._storage = storage
        self._segment = W3Codec().new_segment(storage, indexname)
        self._files: list[Any] = []
        self._stored_file = self._create(W3Codec.column_filename(self._segment, "_stored"))
        self._stored = VarBytesColumn().writer(self._stored_file)
        self._postings = self._create(self._segment.make_filename(W3Codec.POSTS_EXT))
        self._offset = 0
        self._documents = 0
        self._length_bytes: dict[str, Array] = {}
        self._field_lengths: dict[str, int] = {}
        self._infos: dict[str, list[_Infos]] = {}

    def store(self, content: bytes) -> None:
        """The stored fields of the next document: a pickled dict, compressed by zlib."""
        self._stored.add(self._documents, content)
        self._documents += 1

    def set_lengths(self, field: str, lengths: Array) -> None:
        """The number of terms of every document in a field that is scored."""
        self._length_bytes[field] = np.searchsorted(_LENGTHS, np.minimum(lengths, _LENGTHS[-1])).astype(np.uint8)
        self._field_lengths[field] = int(lengths.sum())
        column = self._create(W3Codec.column_filename(self._segment, f"_{field}_len"))
        column.write(self._length_bytes[field].tobytes())
        column.close()

    def add(self, field: str, terms: Sequence[bytes], at: Array, docs: Array, frequency: Array | None = None) -> None:
        """The postings of some terms, sorted, each of which has some, that come after those of the same field so far.

        Those of term t are `docs[at[t] : at[t + 1]]`, ascending, with the `frequency` of each, 1 where there is none.
        """
        if not len(terms):
            return
        scored = field in self._length_bytes
        length = self._length_bytes[field][docs] if scored else np.zeros(len(docs), np.uint8)
        frequency = np.ones(len(docs), np.int64) if frequency is None else frequency
        info = np.zeros(len(terms), _TERM_INFO)
        info["weight"] = np.add.reduceat(frequency, at[:-1])
        info["frequency"] = np.diff(at)
        info["least_length"] = np.minimum.reduceat(length, at[:-1])
        info["most_length"] = np.maximum.reduceat(length, at[:-1])
        info["most_weight"] = np.maximum.reduceat(frequency, at[:-1])
        info["first_doc"] = docs[at[:-1]]
        info["last_doc"] = docs[at[1:] - 1]
        sizes = self._write_postings(at, docs, frequency, length, valued=scored)
        info["offset"] = self._offset + np.cumsum(sizes) - sizes
        info["length"] = sizes
        self._offset += int(sizes.sum())
        self._infos.setdefault(field, []).append(_Infos(terms, info.tobytes()))

    def finish(self) -> Any:
        """Complete the segment, in one file; Whoosh's object of it."""
        self._stored.finish(self._documents)
        self._stored_file.close()
        self._postings.close()
        self._write_terms()
        segment = self._segment
        segment.set_doc_count(self._documents)
        segment._fieldlengths = self._field_lengths
        segment.create_compound_file(self._storage)
        return segment

    def close(self) -> None:
        """Close what a failure has left open."""
        for file in self._files:
            with suppress(OSError):  # what is still in memory has no room on a full disk
                if not file.is_closed:
                    file.close()

    def _create(self, name: str) -> Any:
        file = self._storage.create_file(name)
        self._files.append(file)
        return file

    def _write_postings(self, at: Array, docs: Array, frequency: Array, length: Array, *, valued: bool) -> Array:
        """Write lists of postings in blocks; the number of bytes of each list, i8."""
        blocks_of = -(-np.diff(at) // _BLOCK)
        ends_of = np.cumsum(blocks_of)
        first = np.repeat(at[:-1] - _BLOCK * (ends_of - blocks_of), blocks_of) + _BLOCK * np.arange(ends_of[-1])
        end = np.minimum(first + _BLOCK, np.repeat(at[1:], blocks_of))
        begins, ends = np.zeros(len(first), bool), np.zeros(len(first), bool)
        begins[ends_of - blocks_of], ends[ends_of - 1] = True, True
        gaps = np.diff(docs, prepend=0)
        gaps[first] = docs[first]
        heaviest, lightest = np.maximum.reduceat(frequency, first), np.minimum.reduceat(frequency, first)
        shortest, longest = np.minimum.reduceat(length, first), np.maximum.reduceat(length, first)
        columns = (first, end, docs[end - 1], heaviest, lightest, shortest, longest, begins, ends)
        sizes = np.zeros(len(first), np.int64)
        for batch in _batches(end):
            base, limit = int(first[batch.start]), int(end[batch.stop - 1])
            ids, weights = gaps[base:limit].tolist(), frequency[base:limit].tolist()
            values = frequency[base:limit].astype(">u4").tobytes() if valued else None
            written = []
            for a, b, last, most, least, low, high, is_first, is_last in zip(
                *(column[batch].tolist() for column in columns), strict=True
            ):
                a, b = a - base, b - base
                # Whoosh's shorthand: no weights where all are 1, one float where all are equal.
                weight = (None if most == 1 else float(most)) if most == least else tuple(weights[a:b])
                lists = (tuple(ids[a:b]), weight, values and values[4 * a : 4 * b])
                written.append(_block(lists, (last, float(most)), (low, high), is_first=is_first, is_last=is_last))
            self._postings.write(b"".join(written))
            sizes[batch] = [len(block) for block in written]
        return np.add.reduceat(sizes, ends_of - blocks_of)

    def _write_terms(self) -> None:
        table = OrderedHashWriter(self._create(self._segment.make_filename(W3Codec.TERMS_EXT)))
        fields = sorted(self._infos)
        table.extras["fieldmap"] = {field: number for number, field in enumerate(fields)}
        size = _TERM_INFO.itemsize
        for number, field in enumerate(fields):
            prefix = pack_ushort(number)
            for infos in self._infos[field]:
                for index, term in enumerate(infos.terms):
                    table.add(prefix + term, infos.content[index * size : (index + 1) * size])
        table.close()


@dataclass(frozen=True, slots=True)
class _Infos:
    """Terms and, as bytes, a `_TERM_INFO` of each."""

    terms: Sequence[bytes]
    content: bytes


def _block(
    lists: tuple[Sequence[int], Any, bytes | None],
    last_and_most: tuple[int, float],
    lengths: tuple[int, int],
    *,
    is_first: bool,
    is_last: bool,
) -> bytes:
    """A block of a list: the gaps between its documents, weights and encoded frequencies; before them what they are."""
    count, content = len(lists[0]), pickle.dumps(lists, _PROTOCOL)
    compression = _COMPRESSION if count >= _COMPRESSED_FROM else 0
    if compression:
        content = zlib.compress(content, compression)
    info = pickle.dumps((count, *last_and_most, compression, *lengths), _PROTOCOL)
    size = len(info) + len(content)
    magic = WHOOSH3_HEADER_MAGIC if is_first else b""
    return b"".join((magic, pack_int(-size if is_last else size), info, content))


_LENGTHS = np.array([byte_to_length(number) for number in range(256)])
"""Whoosh keeps the number of terms of a document in a byte: the first of these that isn't less."""


def _batches(end: Array, postings: int = 1 << 17) -> Iterator[slice]:
    """Slices of blocks, which end at `end`, of about so many postings each."""
    first = 0
    while first < len(end):
        before = int(end[first - 1]) if first else 0
        last = max(int(np.searchsorted(end, before + postings, side="right")), first + 1)
        yield slice(first, last)
        first = last
