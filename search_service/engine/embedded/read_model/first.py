"""Hits that come first whatever they score: those that are pinned, and those whose title is or begins what was typed.

Visitors who type a title are after that post, and so, most likely, are those who have typed its beginning. One word is
no beginning of a title but a word like any other; it comes first only as the whole title.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .arrays import Array
from .cells import BEGINS, BEGUN, PINNED, TITLE
from .plan import Plan
from .segment import Segment


def first_hits(segment: Segment, plan: Plan) -> list[tuple[Array, np.uint32]]:
    """The live documents, i8, that come first, with the bit that says why."""
    found = [(documents, bit) for documents, bit in _fitting_titles(segment, plan) if len(documents)]
    if found and segment.live is not None:
        found = [(documents[segment.live[documents]], bit) for documents, bit in found]
    if not plan.pinned:
        return found
    pinned = [number for url in plan.pinned if (number := segment.number(url)) is not None]
    return [*found, (np.array(pinned, np.int64), PINNED)] if pinned else found


def _fitting_titles(segment: Segment, plan: Plan) -> Iterator[tuple[Array, np.uint32]]:
    if not plan.title:
        return
    equal, begins, begun = segment.title_index.beginning(plan.title)
    yield equal, TITLE
    if " " in plan.title:
        yield begins, BEGINS
        if plan.unfinished:
            yield begun, BEGUN
