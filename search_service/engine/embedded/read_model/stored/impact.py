"""The score of a term in a document, and its quantisation.

BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) of the document as a whole
and once more of the fields that say what it is about:

    score(t, d) = idf(t) * (saturated(t, whole d) + sum over fields f of BONUS[f] * saturated(t, f of d))
    saturated(t, x) = tf * (K1 + 1) / (tf + K1 * (1 - b + b * length(x) / mean length))

The inverse document frequency is Lucene's, ln(1 + (N - n + 0.5) / (n + 0.5)), over whole documents: a word that is rare
in titles only isn't rare. docs/decisions/0006 has the figures that chose this form over two others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..weights import BONUS, K1, LENGTH_NORMALISATION
from .arrays import Array

LARGEST = 16383
"""The largest impact: the scores of 64 words add up in 20 bits."""


@dataclass(frozen=True)
class Statistics:
    """What impacts depend on: the number of documents and the mean lengths at the last full build.

    Means are over the documents that have the field at all, by name as in `LENGTH_NORMALISATION`. A delta takes the
    statistics of its main segment, so that scores of both compare; compaction renews them.
    """

    documents: int
    mean_lengths: Mapping[str, float]

    @cached_property
    def scale(self) -> float:
        """Impact units per unit of score: no possible score exceeds `LARGEST`."""
        return LARGEST / ((K1 + 1) * (1 + sum(BONUS.values())) * math.log(1 + (self.documents + 0.5) / 0.5))

    def idf(self, frequency: Array) -> Array:
        """Inverse document frequencies, f8, of terms that so many documents hold."""
        # A delta may hold more documents with a term than there were documents.
        held = np.minimum(frequency, self.documents).astype(np.float64)
        inverse: Array = np.log(1 + (self.documents - held + 0.5) / (held + 0.5))
        return inverse

    def idf_of(self, frequency: int) -> float:
        """That of one term."""
        held = min(frequency, self.documents)
        return math.log(1 + (self.documents - held + 0.5) / (held + 0.5))

    def saturated(self, name: str, frequency: Array, length: Array) -> Array:
        """The saturated frequencies, f8 [n], of n terms in a field, or in the whole, of n lengths."""
        b = LENGTH_NORMALISATION[name]
        norm = K1 * (1 - b + b * length / max(self.mean_lengths[name], 1e-9))
        saturated: Array = frequency * (K1 + 1) / (frequency + norm)
        return saturated

    def quantised(self, scores: Array) -> Array:
        """Scores as impacts, u2: at least 1, since an impact of 0 is no hit."""
        return np.clip(np.rint(scores * self.scale), 1, LARGEST).astype(np.uint16)

    def as_attributes(self) -> dict[str, Any]:
        """JSON values."""
        return {"documents": self.documents, "mean_lengths": dict(self.mean_lengths)}

    @classmethod
    def from_attributes(cls, values: dict[str, Any]) -> Statistics:
        """What `as_attributes` gave."""
        return cls(values["documents"], values["mean_lengths"])
