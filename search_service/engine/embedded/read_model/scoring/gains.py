"""What hits gain besides the scores of their words, for what the words alone don't say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..stored.arrays import Array
from ..stored.segment import Segment
from ..stored.sets import places


@dataclass(frozen=True, slots=True)
class Gain:
    """Why some documents gain, in an operator's words; by segment which, i8, live; and by how much, as an impact.

    All of them hold a word of the query, so that they are hits anyway. One that is in an array twice gains once.
    """

    reason: str
    documents: tuple[Array, ...]
    impact: np.uint32

    @classmethod
    def of(
        cls, reason: str, segments: Sequence[Segment], documents: Sequence[Array], share: float, *rarity: int
    ) -> Gain:
        """A gain of a share of the inverse document frequencies of words that so many documents hold.

        As with impacts, the statistics are those of the main segment, and so should the frequencies be.
        """
        live = [
            found if segment.live is None else found[segment.live[found]]
            for segment, found in zip(segments, documents, strict=True)
        ]
        statistics = segments[0].statistics
        points = share * sum(map(statistics.idf_of, rarity)) * statistics.scale
        return cls(reason, tuple(live), np.uint32(points))

    def __bool__(self) -> bool:
        return any(map(len, self.documents))


def add_gains(cells: Array, gains: Iterable[Gain], index: int, among: Array | None) -> None:
    """Add what hits in segment number `index` gain to their scores, the lower bits of `cells`.

    Those are the cells of all documents, or of those `among`, i8, ascending.
    """
    for gain in gains:
        documents = gain.documents[index]
        cells[documents if among is None else places(documents, among)] += gain.impact
