"""Hits that come first whatever they score: those that are pinned, and those whose title is or begins what was typed.

Visitors who type a title are after that post, and so, most likely, are those who have typed its beginning. One word is
no beginning of a title but a word like any other; it comes first only as the whole title.
"""

from __future__ import annotations

import numpy as np

from search_service.engine.urls import slash_variants

from ..planning.plan import Plan
from ..scoring.cells import BEGINS, BEGUN, PINNED, TITLE
from ..stored.arrays import Array
from ..stored.segment import Segment


def first_hits(segment: Segment, plan: Plan) -> list[tuple[Array, np.uint32]]:
    """The live documents, i8, that come first, with the bit that says why."""
    found: list[tuple[Array, np.uint32]] = []
    if plan.title:
        for documents, bit in _titled(segment, plan):
            if len(documents):
                found.append((documents if segment.live is None else documents[segment.live[documents]], bit))
    if plan.pinned:
        pinned = [number for url in plan.pinned if (number := _number(segment, url)) is not None]
        found.append((np.array(pinned, np.int64), PINNED))
    return found


def _titled(segment: Segment, plan: Plan) -> list[tuple[Array, np.uint32]]:
    """The documents, dead ones included, whose titles are or begin what was typed."""
    if " " not in plan.title:
        return [(segment.title_index.equal(plan.title), TITLE)]
    equal, begins, begun = segment.title_index.beginning(plan.title)
    return [(equal, TITLE), (begins, BEGINS), (begun, BEGUN)][: 3 if plan.unfinished else 2]


def _number(segment: Segment, url: str) -> int | None:
    found = map(segment.number, slash_variants(url))
    return next((number for number in found if number is not None), None)
