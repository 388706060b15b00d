"""What a query in a script without spaces asks for: words as a whole, and of sentences their pairs and parts.

Texts of such a script have pairs of letters and, beside them, parts: characters that are words, words whose ends can be
seen (`bigrams`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from search_service.engine.bigrams import (
    added_letter,
    begins_with_hiragana,
    ends_with_hiragana,
    is_unspaced,
    parts_together,
)

from ..weights import HAN_CHARACTERS, HIRAGANA_PAIRS, SYNONYM
from .plan import Word
from .synonyms import Synonyms
from .vocabulary import MAX_LOOKED_UP, Vocabulary

LONGEST_COMPOUND = 6
"""Letters of a run of a script without spaces that is taken for one word."""


class Unspaced(NamedTuple):
    """The runs of such a script in a query, and the surfaces of other scripts.

    `words` are those that are searched as a whole, `rest` the surfaces that are left, `pairs` those of them that nobody
    typed, `apart` the runs that no post holds as they stand, or any pair of, `parts` those of sentences, `beyond` the
    runs beyond the limit of pairs.
    """

    words: list[Word]
    rest: list[str]
    pairs: set[str]
    apart: list[str]
    parts: list[Word]
    beyond: list[str]


def unspaced(surfaces: list[str], vocabulary: Vocabulary, synonyms: Synonyms) -> Unspaced:
    """What the surfaces of a query stand for: a short run is a word that was typed, a longer one a sentence."""
    if all(map(str.isascii, surfaces)):
        return Unspaced([], surfaces, set(), [], [], [])
    words: list[Word] = []
    rest: list[str] = []
    untyped: set[str] = set()
    apart: list[str] = []
    of_sentences: defaultdict[str, float] = defaultdict(float)
    surfaces, beyond = _within_limit(surfaces)
    for run, pairs in _runs(surfaces):
        if len(pairs) == 1:
            rest += pairs
        elif len(pairs) >= LONGEST_COMPOUND:
            rest += pairs
            untyped.update(pairs)
            if not any(vocabulary.word(pair).frequency for pair in pairs):
                apart.append(run)
            for part, counts in _weighed_parts(run):
                of_sentences[part] += counts
        else:
            others = map(vocabulary.text, synonyms.of(tuple(map(vocabulary.terms, pairs))))
            word = vocabulary.compound(run, pairs, vocabulary.phrase(run))
            word = word.also([other.scaled(SYNONYM) for other in others])
            if word.frequency:
                words.append(word)
            else:
                rest += pairs
                untyped.update(pairs)
                apart.append(run)
    return Unspaced(words, rest, untyped, apart, _known(of_sentences, vocabulary), beyond)


def _within_limit(surfaces: list[str]) -> tuple[list[str], list[str]]:
    """The surfaces with no more pairs than are looked up, and the runs of the others."""
    pairs = [number for number, surface in enumerate(surfaces) if is_unspaced(surface)]
    beyond = frozenset(pairs[MAX_LOOKED_UP:])
    if not beyond:
        return surfaces, []
    runs = _runs([surfaces[number] for number in sorted(beyond)])
    return [surface for number, surface in enumerate(surfaces) if number not in beyond], [run for run, _ in runs]


def share(surface: str) -> float:
    """How much a word counts: less than others for pairs of characters with hiragana."""
    if not is_unspaced(surface):
        return 1.0
    without, behind, begins = HIRAGANA_PAIRS
    return begins if begins_with_hiragana(surface) else behind if ends_with_hiragana(surface) else without


def _weighed_parts(run: str) -> Iterator[tuple[str, float]]:
    """The parts of a sentence, each with its share."""
    for together in parts_together(run):
        is_word = len(together[0]) > 1
        counts = 1.0 if is_word else HAN_CHARACTERS[min(len(together), len(HAN_CHARACTERS)) - 1]
        yield from ((part, counts) for part in together)


def _known(shares: Mapping[str, float], vocabulary: Vocabulary) -> list[Word]:
    """Those of some parts that posts hold, each as it counts."""
    words = [vocabulary.word(part).scaled(counts) for part, counts in shares.items()]
    return [word for word in words if word.frequency]


def _runs(surfaces: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Pairs of characters that follow one another, put together again; every other surface by itself."""
    run, pairs = "", list[str]()
    for surface in surfaces:
        letter = added_letter(pairs[-1], surface) if pairs and is_unspaced(surface) else None
        if letter is not None:
            run += letter
            pairs.append(surface)
            continue
        if pairs:
            yield run, pairs
        run, pairs = surface, [surface]
    if pairs:
        yield run, pairs
