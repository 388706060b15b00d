"""Postings -> impacts and dense rows. Pure functions on arrays."""

from __future__ import annotations

import numpy as np

from search_service.engine.embedded.postings.inversion import Block

from ..scoring.cells import WORD
from ..stored.arrays import Array
from ..stored.impact import Statistics
from ..stored.layout import DENSE_LEAST, DENSE_SHARE, FIELDS
from ..weights import BONUS, WHOLE, WHOLE_FIELDS


def frozen_statistics(field_length: Array) -> Statistics:
    """The statistics of documents of which `field_length`, i8 [N, 4], are the numbers of tokens."""
    means = {}
    for name, length in _lengths(field_length).items():
        filled = length[length > 0]
        means[name] = float(filled.mean()) if len(filled) else 1.0
    return Statistics(len(field_length), means)


def impacts(block: Block, field_length: Array, statistics: Statistics, frequencies: Array | None = None) -> Array:
    """The impact, u2 [p], of every posting.

    `frequencies` i8 [n] are the document frequencies of the block's terms in the main segment, for a delta; without
    them those of the block count.
    """
    idf = statistics.idf(np.diff(block.at) if frequencies is None else frequencies)
    return statistics.quantised(idf[block.term] * _saturated(block, field_length, statistics))


def _saturated(block: Block, field_length: Array, statistics: Statistics) -> Array:
    """What is to be multiplied with the inverse document frequency, f8, for every posting; see `impact`."""
    lengths = _lengths(field_length)
    frequency = dict(zip(FIELDS, block.frequency, strict=True))
    frequency[WHOLE] = np.sum([frequency[name] for name in WHOLE_FIELDS], axis=0)
    total = statistics.saturated(WHOLE, frequency[WHOLE], lengths[WHOLE][block.doc])
    for name, bonus in BONUS.items():
        held = np.flatnonzero(frequency[name])
        total[held] += bonus * statistics.saturated(name, frequency[name][held], lengths[name][block.doc[held]])
    return total


def _lengths(field_length: Array) -> dict[str, Array]:
    """The number of tokens of every document by field, and as a whole."""
    lengths = {name: field_length[:, number] for number, name in enumerate(FIELDS)}
    lengths[WHOLE] = np.sum([lengths[name] for name in WHOLE_FIELDS], axis=0)
    return {name: lengths[name] for name in (WHOLE, *BONUS)}


def dense_rows(block: Block, impact: Array, count: int) -> tuple[Array, Array]:
    """The terms, i8, less the block's first, that most of `count` documents hold, and their cells, u4 [d, count]."""
    frequent = np.flatnonzero(np.diff(block.at) * DENSE_SHARE > max(count, DENSE_LEAST))
    dense = np.zeros((len(frequent), count), np.uint32)
    for number, term in enumerate(frequent):
        postings = slice(block.at[term], block.at[term + 1])
        dense[number, block.doc[postings]] = impact[postings] + WORD
    return frequent, dense
