"""The score of a term in a document, and its quantisation.

BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) in each field, weighted
and summed over the fields, with the inverse document frequency that Whoosh uses, ln(N / (n + 1)) + 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .arrays import Array
from .layout import FIELDS

K1 = 1.2
B = 0.75
WEIGHTS = {"title": 3.0, "headings": 1.5, "tag_text": 2.0, "body": 1.0}
"""What a word is worth where it stands."""

LARGEST = 16383
"""The largest impact: the scores of 64 words add up in 20 bits."""


@dataclass(frozen=True)
class Statistics:
    """What impacts depend on: the documents and mean lengths of the fields at the last full build.

    A delta takes the statistics of its main segment, so that scores of both compare; compaction renews them.
    """

    documents: int
    mean_lengths: tuple[float, float, float, float]

    @cached_property
    def scale(self) -> float:
        """Impact units per unit of score: no possible score exceeds `LARGEST`."""
        return LARGEST / (sum(WEIGHTS.values()) * (K1 + 1) * (math.log(max(self.documents, 1)) + 1))

    def idf(self, field_df: Array) -> Array:
        """Inverse document frequencies, f8, of the shape of `field_df`."""
        inverse: Array = np.log(max(self.documents, 1) / (field_df.astype(np.float64) + 1)) + 1
        # A delta may hold more documents with a term than there were documents: never below zero.
        return np.maximum(inverse, 0.0)

    def parts(self, frequency: Array, idf: Array, length: Array, field: Array) -> Array:
        """The scores, f8 [n], of n (term, document, field) triples; all arguments are arrays of that length."""
        weights = np.array([WEIGHTS[name] for name in FIELDS])
        means = np.maximum(np.array(self.mean_lengths), 1e-9)
        norm = K1 * (1 - B + B * length / means[field])
        scores: Array = weights[field] * idf * frequency * (K1 + 1) / (frequency + norm)
        return scores

    def quantised(self, scores: Array) -> Array:
        """Scores as impacts, u2: at least 1, since an impact of 0 is no hit."""
        return np.clip(np.rint(scores * self.scale), 1, LARGEST).astype(np.uint16)

    def as_attributes(self) -> dict[str, Any]:
        """JSON values."""
        return {"documents": self.documents, "mean_lengths": list(self.mean_lengths)}

    @classmethod
    def from_attributes(cls, values: dict[str, Any]) -> Statistics:
        """What `as_attributes` gave."""
        title, headings, tag_text, body = values["mean_lengths"]
        return cls(values["documents"], (title, headings, tag_text, body))
