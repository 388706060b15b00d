"""What posts gain that hold words side by side as they were typed: `new york` the city, not anything new in York.

A pair of words adds a share of what each of the two scores where it stands once in a text of ordinary length, which is
its inverse document frequency. It makes no hit and no hit complete, so that totals stay what they are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache, partial
from itertools import pairwise

from search_service.engine.bigrams import is_unspaced

from ..scoring.gains import Gain
from ..scoring.phrases import phrase_documents
from ..stored.segment import Segment
from ..weights import SIDE_BY_SIDE
from .vocabulary import Vocabulary

MOST_WORDS = 4
"""Words of a query up to which pairs are looked for: each costs a phrase, and few of a sentence are names of things."""

_REMEMBERED = 1024


class Pairs:
    """Pairs of words in some segments; those that were looked up last are remembered. Safe for many threads."""

    def __init__(self, segments: Sequence[Segment], vocabulary: Vocabulary) -> None:
        self._pair = lru_cache(_REMEMBERED)(partial(_pair, tuple(segments), vocabulary))

    def among(self, typed: Sequence[str], counted: Collection[str]) -> tuple[Gain, ...]:
        """What hits gain for pairs of words that count and were typed one after the other, where posts hold them so."""
        if not 2 <= len(counted) <= MOST_WORDS:
            return ()
        found = [self._pair(*pair) for pair in dict.fromkeys(pairwise(typed)) if all(each in counted for each in pair)]
        return tuple(filter(None, found))


def _pair(segments: Sequence[Segment], vocabulary: Vocabulary, one: str, other: str) -> Gain | None:
    first, second = vocabulary.word(one), vocabulary.word(other)
    # Pairs of letters hang together anyway.
    if not first.frequency or not second.frequency or one == other or is_unspaced(one) or is_unspaced(other):
        return None
    terms = list(zip(segments, first.by_segment, second.by_segment, strict=True))
    if all(before.is_single and after.is_single for _, before, after in terms):
        holding = tuple(
            [phrase_documents(segment, (before.terms[0][0], after.terms[0][0])) for segment, before, after in terms]
        )
    else:
        holding = vocabulary.phrase(f"{one} {other}")
    if not any(map(len, holding)):
        return None
    main, before, after = terms[0]
    frequencies = before.frequency(main), after.frequency(main)
    return Gain.of(f'"{one} {other}" side by side', segments, holding, SIDE_BY_SIDE, *frequencies)
