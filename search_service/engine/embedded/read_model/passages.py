"""Where the words of a query stand in the documents of a page of hits, from the places that the segment keeps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import itemgetter

import numpy as np

from ...snippets import Occurrence
from .arrays import Array
from .layout import FAR, FIELDS
from .segment import Segment

_MOST = 32
"""Places of one term in one document that are looked at."""

_start = itemgetter(1)
_AFTER_TITLE, _BODY = FIELDS.index("title") + 1, FIELDS.index("body")


class Occurrences:
    """Where some terms, each with the number of its word, stand in the titles and bodies of some documents.

    `titles[row]` and `bodies[row]` are those of `documents[row]`, in order; what is far into a long text is left out.
    """

    def __init__(self, segment: Segment, terms: Sequence[tuple[int, int]], documents: Array) -> None:
        count = len(documents)
        titles: list[list[Occurrence]] = [[] for _ in range(count)]
        bodies: list[list[Occurrence]] = [[] for _ in range(count)]
        bounds = segment.first_place[np.concatenate([documents, documents + 1])]
        fields = segment.field_place[documents]
        after_title, body = fields[:, _AFTER_TITLE].tolist(), fields[:, _BODY].tolist()
        chars = segment.char.data
        for word, term in terms:
            places = segment.place[segment.places(term)]
            # One search a term for all documents; the few places that are left are plain integers from here on.
            ends = np.searchsorted(places, bounds).tolist()
            view = places.data
            for row in range(count):
                first, last = ends[row], ends[row + count]
                for place in view[first : min(last, first + _MOST)] if first < last else ():
                    at = chars[place]
                    if at == FAR:
                        continue
                    if place >= body[row]:
                        bodies[row].append((word, at))
                    elif place < after_title[row]:
                        titles[row].append((word, at))
        if len(terms) > 1:
            for occurrences in chain(titles, bodies):
                occurrences.sort(key=_start)
        self.titles, self.bodies = titles, bodies
