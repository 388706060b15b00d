"""Where the words of a query stand in the documents of a page of hits, from the places that the segment keeps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from ...snippets import Occurrence
from .layout import FAR, FIELDS
from .segment import Segment

_MOST = 32
"""Places of one term in one document that are looked at."""

_AFTER_TITLE, _BODY = FIELDS.index("title") + 1, FIELDS.index("body")


class Occurrences:
    """Where some terms, each with the number of its word, stand in the titles and bodies of some documents.

    `titles[row]` and `bodies[row]` are those of `documents[row]`, in order; what is far into a long text is left out.
    """

    def __init__(self, segment: Segment, terms: Sequence[tuple[int, int]], documents: Sequence[int]) -> None:
        count = len(documents)
        titles: list[list[Occurrence]] = [[] for _ in documents]
        bodies: list[list[Occurrence]] = [[] for _ in documents]
        # A page has a few dozen places, which are looked at one by one: views give them as Python's own numbers.
        begins, fields = segment.first_place.data, segment.field_place.data
        chars, widths = segment.char.data, segment.width.data
        bounds = np.array([*[begins[number] for number in documents], *[begins[number + 1] for number in documents]])
        bounds = bounds.astype(np.uint32)  # the places' own type, or NumPy would convert all of them
        for word, term in terms:
            places = segment.place[segment.places(term)]
            ends = places.searchsorted(bounds).tolist()
            view = places.data
            for row in range(count):
                first, last = ends[row], ends[row + count]
                if first == last:
                    continue
                number = documents[row]
                body, found = fields[number, _BODY], bodies[row]
                for place in view[first : min(last, first + _MOST)]:
                    at = chars[place]
                    if at == FAR:
                        continue
                    if place >= body:
                        found.append((at, at + widths[place], word))
                    elif place < fields[number, _AFTER_TITLE]:
                        titles[row].append((at, at + widths[place], word))
        for occurrences in chain(titles, bodies):
            occurrences.sort()
        self.titles, self.bodies = titles, bodies
