"""The words of a segment, numbered as they are met; each distinct word is analysed once."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...text import MAX_TOKEN, Analyzer, analyzer, folded_word
from ..read_model.stored.arrays import Array
from ..read_model.stored.layout import NO_TERM
from ..read_model.stored.strings import encoded

NO_WORD = 0
"""The number that stands at empty positions."""


class Vocabulary:
    """Numbers for words, from 1 on."""

    def __init__(self) -> None:
        self._words: dict[str, _Words] = {}
        self.terms: dict[str, int] = {}
        self.surfaces: dict[str, int] = {}
        self.term_of = array("I", [NO_TERM])
        self.surface_of = array("I", [NO_TERM])

    def __len__(self) -> int:
        """The numbers that are in use, `NO_WORD` among them."""
        return len(self.term_of)

    def words(self, lang: str | None) -> _Words:
        """Numbers by word, in a language."""
        analyser = analyzer(lang)
        if analyser.lang not in self._words:
            self._words[analyser.lang] = _Words(analyser, self)
        return self._words[analyser.lang]

    def sort(self, counts: Array) -> SortedVocabulary:
        """What was met, sorted, where word n stands at `counts[n]` positions. Nothing can be looked up after this."""
        self._words.clear()
        term_of, surface_of = np.frombuffer(self.term_of, np.uint32), np.frombuffer(self.surface_of, np.uint32)
        used = np.flatnonzero(counts)
        used = used[used != NO_WORD]
        names, ranks = _sorted_names(list(self.terms), np.unique(term_of[used]))
        self.terms.clear()
        rank_of = np.full(len(term_of), NO_TERM, np.uint32)
        rank_of[used] = ranks[term_of[used]]
        surfaces, surface_ranks = _sorted_names(list(self.surfaces), np.unique(surface_of[used]))
        self.surfaces.clear()
        # A pair for every folded word and term, in order of the folded words, then of the terms.
        pairs = np.unique(surface_ranks[surface_of[used]].astype(np.uint64) << np.uint64(32) | rank_of[used])
        positions = np.bincount(rank_of[used], weights=counts[used], minlength=len(names)).astype(np.int64)
        return SortedVocabulary(
            terms=names,
            rank_of=rank_of,
            positions=positions,
            surfaces=[surfaces[int(pair)] for pair in pairs >> np.uint64(32)],
            surface_term=pairs.astype(np.uint32),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedVocabulary:
    """T terms in order of their UTF-8 bytes, S pairs of a folded word and a term that it stands for.

    `rank_of` u4, by number of the word: the rank of its term, NO_TERM for `NO_WORD`. `positions` i8 [T]: the number of
    positions of each term. `surface_term` u4 [S].
    """

    terms: Sequence[bytes]
    rank_of: Array
    positions: Array
    surfaces: Sequence[bytes]
    surface_term: Array


class _Words(dict[str, int]):
    """Numbers by word. A word that isn't there yet is analysed and gets one."""

    def __init__(self, analyser: Analyzer, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.analyser = analyser
        self._vocabulary = vocabulary

    def __missing__(self, word: str) -> int:
        if len(word) > MAX_TOKEN:
            return self[word[:MAX_TOKEN]]
        known = self._vocabulary
        term, surface = self.analyser.analyse(word), folded_word(word)
        # Most words are their own folded form, many their own term: one string serves for all of them.
        surface = word if surface == word else surface
        term = surface if term == surface else term
        number = self[word] = len(known.term_of)
        known.term_of.append(known.terms.setdefault(term, len(known.terms)))
        known.surface_of.append(known.surfaces.setdefault(surface, len(known.surfaces)))
        return number


def _sorted_names(names: Sequence[str], used: Array) -> tuple[list[bytes], Array]:
    """The names in use as bytes, sorted, and the rank of each number among them, u4."""
    stored = [encoded(names[number]) for number in used.tolist()]
    order = sorted(range(len(stored)), key=stored.__getitem__)
    ranks = np.full(len(names), NO_TERM, np.uint32)
    ranks[used[order]] = np.arange(len(order), dtype=np.uint32)
    return [stored[index] for index in order], ranks
