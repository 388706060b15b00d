"""A stream of tokens -> postings with impacts, places and dense rows. Pure functions on arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Array
from .impact import BONUS, WHOLE, Statistics
from .layout import DENSE_LEAST, DENSE_SHARE, FIELDS, NO_TERM

_WHOLE_FIELDS = ("title", "tag_text", "body")


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
    means = {}
    for name, length in _lengths(stream).items():
        filled = length[length > 0]
        means[name] = float(filled.mean()) if len(filled) else 1.0
    return Statistics(stream.documents, means)


def inverted_arrays(stream: Stream, terms: int, statistics: Statistics, frozen_df: Array | None) -> dict[str, Array]:
    """The arrays of `layout` that follow from the tokens.

    `frozen_df` i8 [T] are the document frequencies of the main segment, for a delta; without them they are counted.
    """
    place = _places_by_term(stream.term)
    ranks = stream.term[place]
    document = np.repeat(np.arange(stream.documents, dtype=np.uint32), np.diff(stream.first_place))[place]

    # One posting for each run of equal (term, document).
    change = np.ones(len(place), bool)
    change[1:] = (ranks[1:] != ranks[:-1]) | (document[1:] != document[:-1])
    posting = np.flatnonzero(change)
    posting_term, posting_doc = ranks[posting], document[posting]
    posting_at = _starts(posting_term, terms)
    idf = statistics.idf(np.diff(posting_at) if frozen_df is None else frozen_df)
    scores = idf[posting_term] * _saturated(stream, statistics, _field_of(stream)[place], posting, posting_doc)
    impact = statistics.quantised(scores)

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
    return arrays | _dense(posting_at, posting_doc, impact, stream.documents)


def _saturated(stream: Stream, statistics: Statistics, field: Array, posting: Array, document: Array) -> Array:
    """What is to be multiplied with the inverse document frequency, f8, for every posting; see `impact`."""
    lengths = _lengths(stream)
    frequency = {name: _frequency(field == number, posting) for number, name in enumerate(FIELDS)}
    frequency[WHOLE] = np.sum([frequency[name] for name in _WHOLE_FIELDS], axis=0)
    total = statistics.saturated(WHOLE, frequency[WHOLE], lengths[WHOLE][document])
    for name, bonus in BONUS.items():
        total = total + bonus * statistics.saturated(name, frequency[name], lengths[name][document])
    return total


def _frequency(counted: Array, posting: Array) -> Array:
    """How many of the places of each posting, which begin at `posting`, count: f8."""
    if not len(posting):
        return np.zeros(0)
    return np.add.reduceat(counted.astype(np.float64), posting)


def _lengths(stream: Stream) -> dict[str, Array]:
    """The number of tokens of every document by field, and as a whole."""
    lengths = {name: stream.field_length[:, number] for number, name in enumerate(FIELDS)}
    lengths[WHOLE] = np.sum([lengths[name] for name in _WHOLE_FIELDS], axis=0)
    return {name: lengths[name] for name in (WHOLE, *BONUS)}


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


def _dense(posting_at: Array, documents: Array, impacts: Array, count: int) -> dict[str, Array]:
    """Impacts by document for the terms that most documents hold."""
    frequent = np.flatnonzero(np.diff(posting_at) * DENSE_SHARE > max(count, DENSE_LEAST))
    row = np.full(len(posting_at) - 1, -1, np.int32)
    row[frequent] = np.arange(len(frequent), dtype=np.int32)
    dense = np.zeros((len(frequent), count), np.uint16)
    for number, term in enumerate(frequent):
        postings = slice(posting_at[term], posting_at[term + 1])
        dense[number, documents[postings]] = impacts[postings]
    return {"row": row, "dense": dense}
