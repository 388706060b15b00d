"""The mild preference for new posts, where the owner of the blog wants one.

A post's score is worth more the newer it is: by a share of it at most, which falls to the half in so many days before
the newest post of the index. Posts that have a word of the query in their titles gain the whole share besides, whatever
their age, so that being new never lifts a post above one that says in its title that it is about the word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..stored.arrays import Array
from ..stored.segment import Segment
from ..weights import NEWNESS_HALVES
from .cells import SCORE
from .words import WordTerms


def newness(segments: Sequence[Segment]) -> list[Array]:
    """How new each document is, f4, by segment: 1 for the newest of all, 0 for those without a date."""
    newest = max((int(segment.day[-1]) for segment in segments if segment.count), default=0)
    return [
        np.where(segment.day > 0, np.exp2((segment.day - newest) / NEWNESS_HALVES), 0).astype(np.float32)
        for segment in segments
    ]


def prefer_new(
    cells: Array, segment: Segment, words: Sequence[WordTerms], new: Array, share: float, among: Array | None
) -> None:
    """Change the scores of all documents, or of those `among`, i8: the lower bits of `cells`, by how new they are."""
    titled = np.zeros(segment.count, bool)
    for word in words:
        names = [segment.terms[term].decode() for term in word.all_terms]
        titled |= segment.title_index.positions(segment.title_index.terms_named(names)) != 0
    if among is not None:
        titled, new = titled[among], new[among]
    # No score grows, or 20 bits might not hold it: the others shrink.
    factor = (1 + share * (new + titled)) / np.float32(1 + 2 * share)
    scaled = ((cells & SCORE) * factor).astype(np.uint32)
    cells[:] = cells & ~SCORE | np.maximum(scaled, cells & SCORE != 0)
