"""How posts write a word that the index knows without its accents: what a correction shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from search_service.engine.text import LONGEST_LETTER, MAX_TOKEN, folded_word, token_end

from ..stored.layout import FAR, FIELDS
from ..stored.segment import Segment
from ..stored.strings import encoded

_POSITIONS = 8
"""Positions of a word that are looked at."""
_HEADINGS, _BODY = FIELDS.index("headings"), FIELDS.index("body")


def as_written(segments: Sequence[Segment], surface: str) -> str:
    """A folded word as most of its first positions write it, in small letters; itself where they don't show it."""
    for segment in segments:
        found = Counter(form for form in _forms(segment, surface) if folded_word(form) == surface)
        if found:
            # Python leaves a dot above the `i` of the Turkish capital.
            return found.most_common(1)[0][0].replace("i\u0307", "i")
    return surface


def _forms(segment: Segment, surface: str) -> Iterator[str]:
    """The words, in small letters, at the positions of the terms that a folded word stands for."""
    for term in segment.terms_of_surface(encoded(surface)):
        positions = segment.position[segment.positions(term)][:_POSITIONS]
        # All at once and of the array's own type: NumPy would convert the whole array for every number of Python's.
        documents = segment.documents_at(positions)
        for position, document in zip(positions.tolist(), documents.tolist(), strict=True):
            at, fields = int(segment.char[position]), segment.field_position[document]
            if at == FAR or fields[_HEADINGS] <= position < fields[_BODY]:
                continue
            whole = segment.bodies.view(document) if position >= fields[_BODY] else segment.title(document)
            text = str(whole[: LONGEST_LETTER * (at + MAX_TOKEN)], "utf-8", "ignore")
            yield text[at : token_end(text, at)].lower()
