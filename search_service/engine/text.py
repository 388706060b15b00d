"""Text -> terms, the same for documents and queries and for every adapter.

A term is a word as it is compared: NFKC, case folded, stemmed by the Snowball stemmer of the text's language
(https://snowballstem.org), accents removed. Scripts without spaces give overlapping pairs of letters (`bigrams`).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate

import Stemmer

from . import arabic
from .bigrams import UNSPACED, letter_in, marked_pairs, pair_end, vowel_sign_in
from .letters import folded, is_han, normal

MAX_TOKEN = 64
"""Characters; longer runs are cut, in documents and in queries alike."""

LONGEST_LETTER = 4
"""Bytes of a character in UTF-8."""

ANALYSIS_VERSION = 4
"""Part of an index's schema hash: older indexes become incompatible. Raise it with any change of analysis."""

_DEFAULT_LANGUAGE = "en"
_UNSTEMMED = "und"
_CACHED_WORDS = 200_000

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Marks that belong to a word but are no letters to `re`: the soft hyphen, the joiner; combining marks, those of Hebrew,
# Arabic and Indic scripts.
_COMBINING = (
    "\u00ad\u200d\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0971-\u0df3"
)
_LETTERS = rf"[^\W_{UNSPACED}]+(?:[{_COMBINING}]+[^\W_{UNSPACED}]*)*"
# C++, C#, F# and their like are words; an English contraction or genitive is part of its word, an elision is not.
_ENDING = r"(?:\+\+|\#(?!\w)|['\u2019](?:s|t|d|m|ll|re|ve)(?!\w))?"
_TOKEN = re.compile(rf"(?P<word>{_LETTERS}{_ENDING})|(?P<run>[{UNSPACED}]+)", re.IGNORECASE)
_WORD = re.compile(f"({_LETTERS}{_ENDING})", re.IGNORECASE)
_ASCII_WORD = re.compile(rf"([^\W_]+{_ENDING})", re.IGNORECASE | re.ASCII)
# Emoji, without what varies or joins them; a flag is two letters of its own.
_EMOJI = re.compile("[\U0001f1e6-\U0001f1ff]{2}|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001f3fa\U0001f400-\U0001faff]")
# Pairs of letters for one that isn't on every keyboard. German ones are its stemmer's business.
_SPELT_OUT = {
    **{lang: {"å": "aa", "ø": "oe", "æ": "ae"} for lang in ("da", "nb", "nn", "no")},
    "fi": {"ä": "ae", "ö": "oe"},
    "sv": {"å": "aa", "ä": "ae", "ö": "oe"},
}


class Analyzer:
    """The analysis of one language. Not for sharing among threads: see `analyzer`."""

    def __init__(self, lang: str | None) -> None:
        self.lang = _analysed_as(lang)
        algorithm = _STEMMERS.get(self.lang)
        self._stem: Callable[[str], str] = Stemmer.Stemmer(algorithm).stemWord if algorithm else str
        self._spelt_out = _SPELT_OUT.get(self.lang, {})
        self._in_one = {letters: letter for letter, letters in self._spelt_out.items()}
        self._terms: dict[str, str] = {}

    def terms(self, text: str) -> list[str]:
        """The terms of `text` in order."""
        return [self.term(word) for word in self.words(text)[0]]

    def words(self, text: str) -> tuple[list[str], list[int]]:
        """The words of `text` as they stand, and where each begins.

        Scripts without spaces give pairs of letters, a text without any word its emoji.
        """
        if text.isascii() or letter_in(text) is None:
            # What stands between the words and they themselves, by turns: half the time of a loop over matches.
            pieces = (_ASCII_WORD if text.isascii() else _WORD).split(text)
            if len(pieces) == 1 and not text.isascii():
                return _emoji(text)
            return pieces[1::2], list(accumulate(map(len, pieces)))[:-1:2]
        words, starts = [], []
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            if match.lastgroup == "word" or end - start == 1:
                words.append(match.group())
                starts.append(start)
            elif vowel_sign_in(text, start, end) is None:  # most runs: without a call for each
                words += [text[at : at + 2] for at in range(start, end - 1)]
                starts += range(start, end - 1)
            else:
                marked, begun = marked_pairs(text, start, end)
                words += marked
                starts += begun
        return words, starts

    def term(self, word: str) -> str:
        """The term of one word."""
        word = word[:MAX_TOKEN]
        known = self._terms.get(word)
        if known is None:
            if len(self._terms) >= _CACHED_WORDS:
                self._terms.clear()
            known = self._terms[word] = self.analyse(word)
        return known

    def analyse(self, word: str) -> str:
        """The same, not remembered."""
        return folded(self._stem(normal(word, at_most=MAX_TOKEN))) or word[:MAX_TOKEN]

    def alternatives(self, word: str) -> frozenset[str]:
        """The terms a query's word may stand for.

        As typed; as typed by someone who left the accents out, or who spelt letters out that others write in one; in
        Arabic with and without the article.
        """
        if not self._spelt_out and word.isascii():
            return frozenset((self.term(word),))
        typed = normal(word, at_most=MAX_TOKEN)
        spellings = {folded(typed)}
        if self._spelt_out:
            spellings |= {_replaced(typed, self._spelt_out), _replaced(typed, self._in_one)}
        if self.lang == "ar":
            spellings.add(arabic.other_form(typed))
        return frozenset((self.term(word), *(folded(self._stem(each)) or word[:MAX_TOKEN] for each in spellings)))


_local = threading.local()


def analyzer(lang: str | None) -> Analyzer:
    """This thread's analyzer for a language (BCP 47 tag or None)."""
    analyzers: dict[str, Analyzer] = _local.__dict__.setdefault("analyzers", {})
    lang = _analysed_as(lang)
    if lang not in analyzers:
        analyzers[lang] = Analyzer(lang)
    return analyzers[lang]


def primary_language(lang: str | None) -> str:
    """`de` for `de-AT`; English stands in where no language is known."""
    return re.split("[-_]", lang)[0].lower() if lang else _DEFAULT_LANGUAGE


@lru_cache(maxsize=1024)
def _analysed_as(lang: str | None) -> str:
    """The language whose stemmer is used; one name for all without: queries are analysed in all that an index holds."""
    primary = primary_language(lang)
    return primary if primary in _STEMMERS else _UNSTEMMED


def token_end(text: str, start: int) -> int:
    """Where the token that begins at `start` ends; `start` where none does."""
    match = (_ASCII_WORD if text.isascii() else _TOKEN).match(text, start)
    if match is None:
        return start
    if match.lastindex == 1:
        return match.end()
    return pair_end(text, start)


@lru_cache(maxsize=8192)
def folded_word(word: str) -> str:
    """A word as it is typed by someone who cares for neither case nor accents; not stemmed."""
    if is_han(word):  # a sentence has dozens of pairs of them, and nothing is to be folded
        return word[:MAX_TOKEN]
    return folded(normal(word, at_most=MAX_TOKEN)) or word[:MAX_TOKEN]


def folded_words(text: str) -> list[str]:
    """The words of a text, each as `folded_word` has it."""
    return list(map(folded_word, analyzer(None).words(text)[0]))


def is_emoji(word: str) -> bool:
    """Whether a word is an emoji."""
    return _EMOJI.match(word) is not None


def _emoji(text: str) -> tuple[list[str], list[int]]:
    """The emoji of a text, and where each stands."""
    found = list(_EMOJI.finditer(text))
    return [emoji.group() for emoji in found], [emoji.start() for emoji in found]


def _replaced(word: str, letters: dict[str, str]) -> str:
    for letter, other in letters.items():
        word = word.replace(letter, other)
    return word
