"""Text -> terms, the same for documents and queries and for every adapter.

A term is a word as it is compared: NFKC, case folded, stemmed by the Snowball stemmer of the text's language
(https://snowballstem.org), accents removed. Scripts written without spaces give overlapping pairs of characters.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

import Stemmer

MAX_TOKEN = 64
"""Characters; longer runs are cut, in documents and in queries alike."""

ANALYSIS_VERSION = 3
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

# Letters of scripts without spaces: Thai, Lao, Myanmar, Khmer, kana, Han; and Hangul, whose words pairs serve better.
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Signs that belong to a word but are no letters to `re`: the soft hyphen; combining marks, those of Hebrew, Arabic and
# Indic scripts.
_SIGNS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0971-\u0df3"
)
_LETTERS = rf"[^\W_{_UNSPACED}]+(?:[{_SIGNS}]+[^\W_{_UNSPACED}]*)*"
# C++, C#, F# and their like are words; an English contraction or genitive is part of its word, an elision is not.
_ENDING = r"(?:\+\+|\#(?!\w)|['\u2019](?:s|t|d|m|ll|re|ve)(?!\w))?"
_TOKEN = re.compile(rf"(?P<word>{_LETTERS}{_ENDING})|(?P<run>[{_UNSPACED}]+)", re.IGNORECASE)
_WORD = re.compile(f"({_LETTERS}{_ENDING})", re.IGNORECASE)
_ASCII_WORD = re.compile(rf"([^\W_]+{_ENDING})", re.IGNORECASE | re.ASCII)
_HIRAGANA = re.compile("[\u3041-\u309f]")
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
# Accents, niqqud and harakat are optional in writing; the vowel signs of Indic and Thai script are not.
_OPTIONAL_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u0640]"
)
_FOLDED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


class Token(NamedTuple):
    """A term and where it stands: `text[start:end]`. Its position is its place in the sequence."""

    term: str
    start: int
    end: int


class Analyzer:
    """The analysis of one language. Not for sharing among threads: see `analyzer`."""

    def __init__(self, lang: str | None) -> None:
        self.lang = _analysed_as(lang)
        algorithm = _STEMMERS.get(self.lang)
        self._stem: Callable[[str], str] = Stemmer.Stemmer(algorithm).stemWord if algorithm else str
        self._terms: dict[str, str] = {}

    def terms(self, text: str) -> list[str]:
        """The terms of `text` in order."""
        return [self.term(word) for word in self.words(text)[0]]

    def tokens(self, text: str) -> Iterator[Token]:
        """The terms of `text` with their places."""
        for word, start in zip(*self.words(text), strict=True):
            yield Token(self.term(word), start, start + len(word))

    def words(self, text: str) -> tuple[list[str], list[int]]:
        """The words of `text` as they stand, and where each begins. Unspaced scripts give pairs of characters."""
        if text.isascii() or _UNSPACED_LETTER.search(text) is None:
            # What stands between the words and they themselves, by turns: half the time of a loop over matches.
            pieces = (_ASCII_WORD if text.isascii() else _WORD).split(text)
            return pieces[1::2], list(accumulate(map(len, pieces)))[:-1:2]
        words, starts = [], []
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            if match.lastgroup == "word" or end - start == 1:
                words.append(match.group())
                starts.append(start)
            else:
                words += [text[at : at + 2] for at in range(start, end - 1)]
                starts += range(start, end - 1)
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
        return _fold(self._stem(_normal(word))) or word[:MAX_TOKEN]

    def alternatives(self, word: str) -> frozenset[str]:
        """The terms a query's word may stand for: as typed, and as typed by someone who left the accents out."""
        return frozenset((self.term(word), _fold(self._stem(_fold(_normal(word)))) or word[:MAX_TOKEN]))


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


def _analysed_as(lang: str | None) -> str:
    """The language whose stemmer is used; one name for all without: queries are analysed in all that an index holds."""
    primary = primary_language(lang)
    return primary if primary in _STEMMERS else _UNSTEMMED


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that is written without spaces."""
    return _UNSPACED_LETTER.match(word) is not None


def hiragana(word: str) -> int:
    """The number of hiragana in a word: the script of the endings and particles of Japanese."""
    return len(_HIRAGANA.findall(word))


def token_end(text: str, start: int) -> int:
    """Where the token that begins at `start` ends; `start` where none does."""
    match = (_ASCII_WORD if text.isascii() else _TOKEN).match(text, start)
    if match is None:
        return start
    return match.end() if match.lastindex == 1 else min(match.end(), start + 2)


def folded_word(word: str) -> str:
    """A word as it is typed by someone who cares for neither case nor accents; not stemmed."""
    return _fold(_normal(word)) or word[:MAX_TOKEN]


def _normal(word: str) -> str:
    if word.isascii():
        folded = word.lower()
    else:
        folded = unicodedata.normalize("NFKC", word[:MAX_TOKEN].replace("\u00ad", "")).casefold()
    plain = folded[:MAX_TOKEN].replace("\u2019", "'")
    # The apostrophe that is left out most: `cant`, `dont`. What is left of `we're` or `I'll` would be another word.
    return plain[:-2] + "t" if plain.endswith("n't") else plain


def _fold(word: str) -> str:
    if word.isascii():
        return word
    bare = _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", word))
    return unicodedata.normalize("NFKC", bare).translate(_FOLDED)
