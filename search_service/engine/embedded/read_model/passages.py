"""Where the words of a query stand in one document, from the places that the segment keeps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...text import Token, token_end
from .arrays import Array
from .layout import FAR, FIELDS
from .segment import Segment

_MOST = 64
"""Places of one term in one document that are looked at."""

_AFTER_TITLE, _BODY = FIELDS.index("title") + 1, FIELDS.index("body")
_NOTHING = np.zeros((3, 0), np.int64)


class Occurrences:
    """Where some terms, each with the number of its word, stand in some documents.

    One search a term finds its places in all of the documents; the rest is one gathering for all.
    """

    def __init__(self, segment: Segment, terms: Sequence[tuple[int, int]], documents: Array) -> None:
        count = len(documents)
        bounds = segment.first_place[np.stack([documents, documents + 1])].ravel()
        found = [_NOTHING]
        for word, term in terms:
            places = segment.place[segment.places(term)]
            ends = np.searchsorted(places, bounds)
            first = ends[:count]
            length = np.minimum(ends[count:] - first, _MOST)
            total = int(length.sum())
            if total:
                offset = np.arange(total) + np.repeat(first - (np.cumsum(length) - length), length)
                row = np.repeat(np.arange(count), length)
                found.append(np.stack([row, places[offset].astype(np.int64), np.full(total, word)]))
        row, place, word_of = np.concatenate(found, axis=1)
        at = segment.char[place].astype(np.int64)
        in_title = place < segment.field_place[documents[row], _AFTER_TITLE]
        in_body = place >= segment.field_place[documents[row], _BODY]
        kept = (in_title | in_body) & (at < FAR)
        # By document, title before body, then by where the token begins.
        order = np.flatnonzero(kept)[np.lexsort((at[kept], in_body[kept], row[kept]))]
        self._starts = list(zip(word_of[order].tolist(), at[order].tolist(), strict=True))
        cells = row[order] * 2 + in_body[order]
        self._bounds = np.searchsorted(cells, np.arange(2 * count + 1)).tolist()

    def title_tokens(self, row: int, title: str) -> list[Token]:
        """The tokens that matched in the title of the document in that row of `documents`, in order."""
        return self._tokens(2 * row, title)

    def body_tokens(self, row: int, body: str) -> list[Token]:
        """The same in its body; those far into a long text aside."""
        return self._tokens(2 * row + 1, body)

    def _tokens(self, cell: int, text: str) -> list[Token]:
        found = self._starts[self._bounds[cell] : self._bounds[cell + 1]]
        return [Token(str(word), at, token_end(text, at)) for word, at in found]
