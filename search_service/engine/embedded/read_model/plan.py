"""A query in terms of an index: which words count, and which documents its phrases are in."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Correction, Dropped
from .arrays import Array
from .scoring import WordTerms


@dataclass(frozen=True, slots=True)
class Word:
    """A word that counts: as it was typed, and by segment the terms that it may stand for."""

    surface: str
    by_segment: tuple[WordTerms, ...]
    frequency: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to search.

    `required` and `excluded` are, by segment, the documents that hold a phrase, i8, ascending. `asks` is False where
    the text asks for nothing, so that all documents are meant.
    """

    words: tuple[Word, ...]
    corrected: Correction | None
    required: tuple[tuple[Array, ...], ...]
    excluded: tuple[tuple[Array, ...], ...]
    dropped: tuple[Dropped, ...]
    asks: bool
