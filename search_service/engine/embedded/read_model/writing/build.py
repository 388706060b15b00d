"""Ordered documents and their postings -> the file of a segment, piece by piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np

from search_service.engine.embedded.postings.exact import LABEL_SEPARATOR, ExactPostings
from search_service.engine.embedded.postings.inversion import Block
from search_service.engine.embedded.postings.ordered import OrderedDocuments
from search_service.engine.embedded.postings.spool import Spooled

from ..stored.adjacent import own_terms, term_bytes
from ..stored.array_file import ArrayFile
from ..stored.arrays import Array
from ..stored.impact import Statistics
from ..stored.keys import key
from ..stored.position_table import position_table
from ..stored.strings import strings
from ..stored.titles import title_arrays
from .facet_rows import FacetRows
from .inverted import dense_rows, frozen_statistics, impacts
from .neighbours import neighbours

FrequencyOf = Callable[[bytes], int]
"""Gives the frozen document frequency of a term, by its bytes; 0 where the main segment hasn't the term."""

_KEY_FIELDS = {"author": "author", "lang": "lang", "tag": "tags"}
"""The kinds of keys, in order of their bytes, and the exact terms that they are."""

_PIECEWISE = {
    "char": "u2", "width": "u1", "body": "u1", "card": "u1", "rest": "u1", "posting_doc": "u4", "posting_impact": "u2",
    "position": "u4", "previous_term": "u1", "next_term": "u1", "neighbour": "u4", "neighbour_surface": "u4",
}  # fmt: skip

_encode = msgspec.json.Encoder().encode


class ReadModelWriter:
    """Writes a main segment, or a delta with the frozen statistics of its main segment.

    Takes all documents, in order, and all blocks of postings, in order; then `finish`.
    """

    def __init__(
        self,
        path: Path,
        ordered: OrderedDocuments,
        *,
        frozen: Statistics | None = None,
        frequency_of: FrequencyOf | None = None,
    ) -> None:
        self._ordered = ordered
        self._statistics = frozen or frozen_statistics(ordered.field_length)
        self._frequency_of = frequency_of
        self._file = ArrayFile(path)
        self._string_sizes: dict[str, list[int]] = {"body": [], "card": [], "rest": []}
        self._titles: list[str] = []
        self._posting_counts = np.zeros(len(ordered.vocabulary.terms), np.int64)
        self._rows = np.full(len(ordered.vocabulary.terms), -1, np.int32)
        self._dense = 0
        for name, dtype in _PIECEWISE.items():
            self._file.declare(name, dtype)
        self._file.declare("dense", "u4", (len(ordered),))
        self._own_terms = own_terms(ordered.vocabulary.positions)
        self._file.put({"own_term": self._own_terms})
        self._facet_rows = FacetRows(ordered.exact["tags"], ordered.day)
        self._file.declare("facet_term", "u4")
        self._file.declare("facet", "u4", (self._facet_rows.columns,))
        self._file.put(self._facet_rows.by_document())

    def add_document(self, document: Spooled) -> None:
        """The next document."""
        self._file.append_bytes("char", document.char.tobytes())
        self._file.append_bytes("width", document.width.tobytes())
        for name, content in (("body", document.body), ("card", document.card), ("rest", document.rest)):
            self._file.append_bytes(name, content)
            self._string_sizes[name].append(len(content))
        self._titles.append(document.title.decode())

    def add_block(self, block: Block) -> None:
        """The postings of the next terms."""
        terms = slice(block.first, block.first + len(block.at) - 1)
        frequencies = None
        if self._frequency_of is not None:
            names = self._ordered.vocabulary.terms[terms]
            frequencies = np.fromiter(map(self._frequency_of, names), np.int64, len(names))
        impact = impacts(block, self._ordered.field_length, self._statistics, frequencies)
        frequent, dense = dense_rows(block, impact, len(self._ordered))
        self._rows[block.first + frequent] = np.arange(self._dense, self._dense + len(frequent))
        self._dense += len(frequent)
        self._posting_counts[terms] = np.diff(block.at)
        self._file.append("posting_doc", block.doc)
        self._file.append("posting_impact", impact)
        self._file.append("dense", dense)
        counted, counts = self._facet_rows.of(block)
        self._file.append("facet_term", counted)
        self._file.append("facet", counts)
        self._file.append("position", block.position)
        self._file.append("previous_term", term_bytes(block.previous, self._own_terms))
        self._file.append("next_term", term_bytes(block.next, self._own_terms))

    def finish(self) -> None:
        """Write what isn't by block or document, and the file."""
        ordered, vocabulary = self._ordered, self._ordered.vocabulary
        self._file.put(
            {
                "first_position": ordered.first_position.astype(np.uint32),
                "document_at": position_table(ordered.first_position),
                "field_position": ordered.field_position.astype(np.uint32),
                "posting_at": _starts(self._posting_counts),
                "position_at": _starts(vocabulary.positions),
                "row": self._rows,
                "surface_term": vocabulary.surface_term,
                "day": ordered.day,
                "url_order": np.array(sorted(range(len(ordered)), key=ordered.urls.__getitem__), np.uint32),
            }
        )
        for name, sizes in self._string_sizes.items():
            self._file.put({f"{name}_at": _starts(sizes)})
        self._file.put(strings("term", vocabulary.terms))
        self._file.put(strings("surface", vocabulary.surfaces))
        for hashes, surfaces in neighbours(vocabulary.surfaces, self._posting_counts[vocabulary.surface_term]):
            self._file.append("neighbour", hashes)
            self._file.append("neighbour_surface", surfaces)
        self._file.put(strings("url", ordered.urls))
        self._file.put(_key_arrays(ordered.exact))
        languages = _languages(ordered.exact["analysed_as"], len(ordered))
        self._file.put(title_arrays((title, [lang]) for title, lang in zip(self._titles, languages, strict=True)))
        self._file.finish({"statistics": self._statistics.as_attributes(), "languages": list(ordered.languages)})

    def close(self) -> None:
        """Give back what was held meanwhile."""
        self._file.close()


def _key_arrays(exact: Mapping[str, ExactPostings]) -> dict[str, Array]:
    kinds = {kind: exact[field] for kind, field in _KEY_FIELDS.items()}
    keys = [key(kind) + term for kind, postings in kinds.items() for term in postings.terms]
    tags = exact["tags"]
    spellings = _spellings(exact["labels"])
    labels = [b""] * (len(keys) - len(tags.terms)) + [_encode(spellings[tag]) for tag in tags.terms]
    docs = np.concatenate([postings.docs for postings in kinds.values()])
    sizes = np.concatenate([np.diff(postings.at) for postings in kinds.values()])
    return (
        strings("key", keys)
        | strings("labels", labels)
        | {
            "key_doc": docs.astype(np.uint32),
            "key_doc_at": _starts(sizes),
        }
    )


def _spellings(labels: ExactPostings) -> dict[bytes, dict[str, int]]:
    """The spellings of each tag with their numbers of documents, in the order of the first document of each."""
    found: defaultdict[bytes, list[tuple[int, str, int]]] = defaultdict(list)
    for number, term in enumerate(labels.terms):
        tag, _, label = term.partition(LABEL_SEPARATOR.encode())
        first, last = labels.at[number : number + 2]
        found[tag].append((int(labels.docs[first]), label.decode(), int(last - first)))
    return {tag: {label: count for _, label, count in sorted(spellings)} for tag, spellings in found.items()}


def _languages(analysed_as: ExactPostings, documents: int) -> list[str]:
    """The language that each document was analysed in."""
    numbers = np.zeros(documents, np.int64)
    numbers[analysed_as.docs] = np.repeat(np.arange(len(analysed_as.terms)), np.diff(analysed_as.at))
    names = [term.decode() for term in analysed_as.terms]
    return [names[number] for number in numbers.tolist()]


def _starts(counts: Sequence[int] | Array) -> Array:
    """Where each of n runs of so many begins, i8 [n + 1]."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
