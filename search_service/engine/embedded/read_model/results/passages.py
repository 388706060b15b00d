"""Where the words of a query stand in the documents of a page of hits, from the positions that the segment keeps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from search_service.engine.snippets import Occurrence

from ..stored.layout import FAR, FIELDS
from ..stored.segment import Segment

_MOST = 32
"""Positions of one term in one document that are looked at."""

_AFTER_TITLE, _BODY = FIELDS.index("title") + 1, FIELDS.index("body")


class Occurrences:
    """Where some terms, each with the number of its word, stand in the titles and bodies of some documents.

    `titles[row]` and `bodies[row]` are those of `documents[row]`, in order; what is far into a long text is left out.
    """

    def __init__(self, segment: Segment, terms: Sequence[tuple[int, int]], documents: Sequence[int]) -> None:
        count = len(documents)
        titles: list[list[Occurrence]] = [[] for _ in documents]
        bodies: list[list[Occurrence]] = [[] for _ in documents]
        # A page has a few dozen positions, which are looked at one by one: views give them as Python's own numbers.
        begins, fields = segment.first_position.data, segment.field_position.data
        chars, widths = segment.char.data, segment.width.data
        bounds = np.array([*[begins[number] for number in documents], *[begins[number + 1] for number in documents]])
        bounds = bounds.astype(np.uint32)  # the positions' own type, or NumPy would convert all of them
        for word, term in terms:
            positions = segment.position[segment.positions(term)]
            ends = positions.searchsorted(bounds).tolist()
            view = positions.data
            for row in range(count):
                first, last = ends[row], ends[row + count]
                if first == last:
                    continue
                number = documents[row]
                body, found = fields[number, _BODY], bodies[row]
                for position in view[first : min(last, first + _MOST)]:
                    at = chars[position]
                    if at == FAR:
                        continue
                    if position >= body:
                        found.append((at, at + widths[position], word))
                    elif position < fields[number, _AFTER_TITLE]:
                        titles[row].append((at, at + widths[position], word))
        for occurrences in chain(titles, bodies):
            occurrences.sort()
        self.titles, self.bodies = titles, bodies
