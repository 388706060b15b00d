"""A stream of tokens -> postings with impacts, places, heads and dense rows. Pure functions on arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Array
from .impact import Statistics
from .layout import DENSE_SHARE, FIELDS, HEAD, NO_TERM


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """All tokens of N documents, in the order of the documents.

    `term` u4 [K]: rank of the term, NO_TERM at empty places; `char` u2 [K]; `first_place` i8 [N + 1];
    `field_place` i8 [N, 4]: where each field begins; `field_length` i8 [N, 4]: its number of tokens.
    """

    term: Array
    char: Array
    first_place: Array
    field_place: Array
    field_length: Array

    @property
    def documents(self) -> int:
        """N."""
        return len(self.first_place) - 1


def frozen_statistics(stream: Stream) -> Statistics:
    """The statistics of these documents."""
    means = stream.field_length.mean(axis=0) if stream.documents else np.ones(len(FIELDS))
    title, headings, tag_text, body = (float(mean) for mean in means)
    return Statistics(stream.documents, (title, headings, tag_text, body))


def inverted_arrays(stream: Stream, terms: int, statistics: Statistics, field_df: Array | None) -> dict[str, Array]:
    """The arrays of `layout` that follow from the tokens.

    `field_df` u4 [4, T] are frozen document frequencies; without them they are counted here, and kept.
    """
    place = _places_by_term(stream.term)
    ranks = stream.term[place]
    document = np.repeat(np.arange(stream.documents, dtype=np.uint32), np.diff(stream.first_place))[place]
    field = _field_of(stream)[place]

    # One entry for each run of equal (term, document, field); the frequency is the length of the run.
    change = np.ones(len(place), bool)
    change[1:] = (ranks[1:] != ranks[:-1]) | (document[1:] != document[:-1]) | (field[1:] != field[:-1])
    at = np.flatnonzero(change)
    frequency = np.diff(np.append(at, len(place))).astype(np.float64)
    term_of, document_of, field_of = ranks[at], document[at], field[at]
    counted = np.stack([np.bincount(term_of[field_of == f], minlength=terms) for f in range(len(FIELDS))])
    idf = statistics.idf(counted if field_df is None else field_df)
    length = stream.field_length[document_of, field_of]
    parts = statistics.parts(frequency, idf[field_of, term_of], length, field_of)

    # One posting for each (term, document): the sum over its fields.
    change = np.ones(len(at), bool)
    change[1:] = (term_of[1:] != term_of[:-1]) | (document_of[1:] != document_of[:-1])
    posting = np.flatnonzero(change)
    scores = np.add.reduceat(parts, posting) if len(posting) else parts
    impact = statistics.quantised(scores)
    posting_doc = document_of[posting]
    posting_at = _starts(term_of[posting], terms)

    arrays = {
        "first_place": stream.first_place.astype(np.uint32),
        "field_place": stream.field_place.astype(np.uint32),
        "char": stream.char,
        "posting_at": posting_at,
        "posting_doc": posting_doc,
        "posting_impact": impact,
        "place_at": _starts(ranks, terms),
        "place": place.astype(np.uint32),
        "place_next": hashed(np.append(stream.term, np.uint32(NO_TERM))[place + 1]),
    }
    if field_df is None:
        arrays["field_df"] = counted.astype(np.uint32)
    return arrays | _heads(posting_at, posting_doc, impact) | _dense(posting_at, posting_doc, impact, stream.documents)


def hashed(terms: Array) -> Array:
    """A byte for each term, u1, by multiplicative hashing (Knuth, TAOCP 3, 6.4)."""
    return (terms.astype(np.uint32) * np.uint32(2654435761) >> np.uint32(24)).astype(np.uint8)


def _places_by_term(term: Array) -> Array:
    """The places that hold a term, i8, by term, ascending within each."""
    filled = np.flatnonzero(term != NO_TERM)
    return filled[np.argsort(term[filled], kind="stable")]


def _field_of(stream: Stream) -> Array:
    """The field, u1, of every place."""
    field = np.zeros(len(stream.term) + 1, np.uint8)
    # A step up where each later field begins, back to 0 where the next document does; fields that are empty begin
    # one place apart, since an empty place ends each.
    for number in range(1, len(FIELDS)):
        field[stream.field_place[:, number]] += 1
    field[stream.first_place[1:]] -= np.uint8(len(FIELDS) - 1)
    return np.cumsum(field, dtype=np.uint8)[:-1]


def _starts(sorted_terms: Array, terms: int) -> Array:
    """Where each of `terms` terms begins in an array sorted by term, i8 [terms + 1]."""
    counts = np.bincount(sorted_terms, minlength=terms)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _heads(posting_at: Array, documents: Array, impacts: Array) -> dict[str, Array]:
    """The best postings of each term of more than HEAD documents; of equal ones the newest document first."""
    frequent = np.flatnonzero(np.diff(posting_at) > HEAD)
    head = np.full(len(posting_at) - 1, -1, np.int32)
    head[frequent] = np.arange(len(frequent), dtype=np.int32)
    head_doc = np.empty((len(frequent), HEAD), np.uint32)
    head_impact = np.empty((len(frequent), HEAD), np.uint16)
    for row, term in enumerate(frequent):
        start, end = posting_at[term], posting_at[term + 1]
        rank = impacts[start:end].astype(np.int64) << 32 | documents[start:end]
        best = np.sort(np.partition(rank, len(rank) - HEAD)[-HEAD:])[::-1]
        head_doc[row] = best & 0xFFFFFFFF
        head_impact[row] = best >> 32
    return {"head": head, "head_doc": head_doc, "head_impact": head_impact}


def _dense(posting_at: Array, documents: Array, impacts: Array, count: int) -> dict[str, Array]:
    """Impacts by document for the terms that most documents hold."""
    frequent = np.flatnonzero(np.diff(posting_at) * DENSE_SHARE > max(count, HEAD))
    row = np.full(len(posting_at) - 1, -1, np.int32)
    row[frequent] = np.arange(len(frequent), dtype=np.int32)
    dense = np.zeros((len(frequent), count), np.uint16)
    for number, term in enumerate(frequent):
        postings = slice(posting_at[term], posting_at[term + 1])
        dense[number, documents[postings]] = impacts[postings]
    return {"row": row, "dense": dense}
