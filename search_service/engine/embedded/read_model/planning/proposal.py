"""What a visitor may have meant who typed a rare word that is a slip away from a frequent one.

Authors misspell words, too: who types "goverment" finds the one post that says so, and not the eighty that say
"government". Nothing tells that the one isn't what was asked for, so its hits stay, and the other word is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from search_service.engine.text import folded_word

from ..stored.layout import FIELDS
from ..stored.segment import Segment
from .plan import Word
from .typos import edit_distance, is_correctable, sharing

RARE = 3
"""Posts that hold a word, at most, for which another one is proposed."""
FREQUENT = 10
"""How many times as many posts must hold the other one."""
# Of shorter words most that differ so are both words: "diners" and "dinners", "ticking" and "tricking".
_SHORTEST = 7
_SHORTEST_WITHOUT_A_LETTER = 8

_BODY = FIELDS.index("body")


def likelier(segments: Sequence[Segment], word: Word) -> str:
    """The frequent word, folded, that a rare one is probably a slip of; "" for nearly all words.

    A word that stands in a title, a heading or a tag is there on purpose.
    """
    typed = folded_word(word.surface)
    if not 0 < word.frequency <= RARE or len(typed) < _SHORTEST or not is_correctable(typed):
        return ""
    best = (0, "")
    for segment, own in zip(segments, word.by_segment, strict=True):
        terms = [term for term, _ in own.terms]
        if not all(_is_of_bodies(segment, term) for term in terms):
            return ""
        others = _neighbours(segment, typed, at_least=FREQUENT * word.frequency, but=terms)
        best = max(best, *((frequency, other) for frequency, other in others if _is_slip(typed, other)), (0, ""))
    return best[1]


def _is_slip(typed: str, meant: str) -> bool:
    """Whether two words differ as misspellings do: letters swapped, one doubled or not, one missing in a long word.

    One letter in the place of another makes other words more often: "butter" and "better".
    """
    if typed[0] != meant[0] or edit_distance(typed, meant, at_most=1) != 1:
        return False
    at = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), 0)
    if at == 0:  # one goes on where the other ends: other forms of a word do
        return False
    if len(typed) == len(meant):
        return typed[at] == meant[at + 1 : at + 2] and typed[at + 1 : at + 2] == meant[at]
    longer = max(typed, meant, key=len)
    return longer[at] == longer[at - 1] or len(meant) > len(typed) >= _SHORTEST_WITHOUT_A_LETTER


def _is_of_bodies(segment: Segment, term: int) -> bool:
    """Whether all positions of a term are in bodies."""
    positions = segment.position[segment.positions(term)]
    documents = segment.documents_at(positions)
    return bool((positions >= segment.field_position[documents, _BODY]).all())


def _neighbours(segment: Segment, typed: str, *, at_least: int, but: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The words of so many documents that share a spelling with `typed`; what isn't one edit away may be among them."""
    surfaces = sharing(segment, typed, 1)
    terms = segment.surface_term[surfaces]
    frequencies = segment.document_frequencies(terms)
    wanted = np.flatnonzero((frequencies >= at_least) & ~np.isin(terms, but))
    for surface, frequency in dict(zip(surfaces[wanted].tolist(), frequencies[wanted].tolist(), strict=True)).items():
        yield frequency, segment.surfaces.text(surface)
