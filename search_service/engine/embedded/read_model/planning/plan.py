"""A query in terms of an index: which words count, and which documents its phrases are in."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from search_service.engine.model import Correction, Dropped

from ..scoring.gains import Gain
from ..scoring.words import WordTerms
from ..stored.arrays import Array
from ..stored.segment import Segment


class Word(Struct, frozen=True):
    """A word that counts: as it was typed, and by segment the terms that it may stand for."""

    surface: str
    by_segment: tuple[WordTerms, ...]
    frequency: int

    @classmethod
    def of(cls, surface: str, segments: Sequence[Segment], by_segment: Sequence[WordTerms]) -> Word:
        """A word with the number of documents that hold it."""
        pairs = zip(by_segment, segments, strict=True)
        return cls(surface, tuple(by_segment), sum([terms.frequency(segment) for terms, segment in pairs]))

    def also(self, others: Sequence[Word]) -> Word:
        """The word, which others stand for as well, with their shares."""
        by_segment = [
            replace(terms, also=(*terms.also, *more))
            for terms, *more in zip(self.by_segment, *(other.by_segment for other in others), strict=True)
        ]
        return Word(self.surface, tuple(by_segment), self.frequency + sum(other.frequency for other in others))

    def scaled(self, factor: float) -> Word:
        """The word as it counts when it is typed so many times, or stands for another one."""
        return replace(self, by_segment=tuple(terms.scaled(factor) for terms in self.by_segment))


class Plan(Struct, frozen=True, kw_only=True):
    """What to search.

    `required` and `excluded` are, by segment, the documents that hold a phrase, i8, ascending. `asks` is False where
    the text asks for nothing, so that all documents are meant. Posts whose `title_key` is `title`, or begins so, come
    first ("" for none), before them those at the addresses that are `pinned`.
    `gains` are what hits score besides their words.
    `newness` is, by segment, how new each document is, where that counts: by `recency`, a share of the score.
    """

    words: tuple[Word, ...]
    corrected: Correction | None
    proposed: str | None
    required: tuple[tuple[Array, ...], ...]
    excluded: tuple[tuple[Array, ...], ...]
    dropped: tuple[Dropped, ...]
    asks: bool
    gains: tuple[Gain, ...] = ()
    title: str = ""
    unfinished: bool = False
    pinned: tuple[str, ...] = ()
    newness: tuple[Array, ...] = ()
    recency: float = 0.0
