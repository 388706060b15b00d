"""What misspelt words of a query were meant to be: those that no post holds are replaced, rare ones only doubted."""

from __future__ import annotations

from collections.abc import Iterable, Set
from itertools import islice

from search_service.engine.bigrams import is_unspaced
from search_service.engine.model import Correction
from search_service.engine.text import folded_word

from .plan import Word
from .proposal import RARE
from .typos import edit_distance, is_correctable, letters_and_digits
from .vocabulary import Vocabulary

MAX_SUSPECTED = 4
"""Unknown words of a query that are compared with those of the index, and rare ones; each costs as much as a clean
query."""


class Corrector:
    """Corrects words by a vocabulary. Safe for many threads. A stop word is nothing that is proposed."""

    def __init__(self, vocabulary: Vocabulary, stop_words: Set[str]) -> None:
        self._vocabulary = vocabulary
        self._stop_words = stop_words

    def corrected(
        self, text: str, unknown: list[str], *, insisted: frozenset[str]
    ) -> tuple[list[Word], list[str], Correction | None]:
        """What the words that no post holds were meant to be, those that stay unknown, and the corrected text.

        A quoted word is meant as it is.
        """
        words: list[Word] = []
        still_unknown: list[str] = []
        meant = insisting = text
        suspected = 0
        for surface in unknown:
            word, likeliest = None, ""
            looked_at = suspected < MAX_SUSPECTED and surface not in insisted
            # What stands for a part of a text without spaces is no word, and there are hundreds of them in a sentence.
            if looked_at and not is_unspaced(surface) and _may_be_mistaken(surface):
                suspected += 1
                word, likeliest = self._meant(surface)
            if word and word.frequency:
                words.append(word)
                meant = _replaced(meant, surface, likeliest)
                insisting = _replaced(insisting, surface, f'"{surface}"')
            else:
                still_unknown.append(surface)
        return words, still_unknown, Correction(text, meant, insisting) if words else None

    def proposed(self, text: str, known: Iterable[Word], *, insisted: frozenset[str]) -> str | None:
        """The text with the words that a few posts hold as they were probably meant; None where all are right."""
        proposed = text
        rare = (word for word in known if word.frequency <= RARE and word.surface not in insisted)
        for word in islice(rare, MAX_SUSPECTED):
            likelier = self._vocabulary.likelier(word.surface)
            parts = (likelier,) if likelier else self._vocabulary.apart(word.surface)
            if parts and self._stop_words.isdisjoint(parts):
                proposed = _replaced(proposed, word.surface, " ".join(parts))
        return proposed if proposed != text else None

    def _meant(self, surface: str) -> tuple[Word, str]:
        """What a word that no post holds stands for: one a mistake away, two that were joined, one further away.

        Before these an `e-mail` or an `x-ray` of the posts; not an article and a word: `asign` is to be `assign`.
        """
        first = surface[:1].casefold()
        if first not in self._stop_words and (lettered := self._vocabulary.lettered(surface)):
            return lettered
        word, likeliest = self._vocabulary.misspelt(surface)
        if word.frequency and edit_distance(folded_word(surface), folded_word(likeliest), at_most=1) is not None:
            return word, likeliest
        return self._vocabulary.split(surface) or (word, likeliest)


def _may_be_mistaken(surface: str) -> bool:
    """Whether a word is long enough and of letters alone, or of letters and a number, which may be two words."""
    return is_correctable(folded_word(surface)) or letters_and_digits(surface) is not None


def _replaced(text: str, word: str, by: str) -> str:
    """A text with another word in the place of one of its words.

    Without a regular expression, which each misspelt word would need one of its own of: making it takes longer.
    """
    pieces: list[str] = []
    done = 0
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_is_letter(text[max(at - 1, 0) : at]) or _is_letter(text[end : end + 1])):
            pieces += (text[done:at], by)
            done = at = end
        else:
            at += 1
        at = text.find(word, at)
    return "".join(pieces) + text[done:]


def _is_letter(character: str) -> bool:
    """Whether a word would go on with this character, or none."""
    return character.isalnum() or character == "_"
