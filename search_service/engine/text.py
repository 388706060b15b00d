"""Text -> terms, the same for documents and queries and for every adapter.

A term is a word as it is compared: NFKC, case folded, stemmed by the Snowball stemmer of the text's language
(https://snowballstem.org), accents removed. Scripts written without spaces give overlapping pairs of characters.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import Stemmer

from .letters import folded, normal

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

# Letters of scripts without spaces: Thai, Lao, Myanmar, Khmer, kana, Han; and Hangul, whose words pairs serve better.
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u309d-\u309f"
    "\u3099\u309a\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Signs that belong to a word but are no letters to `re`: the soft hyphen, the joiner; combining marks, those of Hebrew,
# Arabic and Indic scripts.
_SIGNS = (
    "\u00ad\u200d\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
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
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
_OF_PART = re.compile(f"[{_HAN}{_KATAKANA}]")
_PART = re.compile(f"(?<=[{_UNSPACED}])[{_HAN}]|[{_HAN}](?=[{_UNSPACED}])|[{_KATAKANA}]{{3,}}")
# Letters of scripts without spaces are taken with the vowel signs, tone and voicing marks that stand on them.
_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060"
    "\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d3\u3099\u309a\uff9e\uff9f"
)
_LETTER = rf"[{_UNSPACED}](?:[{_MARKS}]|(?<=[\u1039\u17d2])[{_UNSPACED}])*"
_UNSPACED_MARK = re.compile(f"[{_MARKS}]")
_UNSPACED_LETTERS = re.compile(_LETTER)
_PAIR = re.compile(f"{_LETTER}(?:{_LETTER})?")
# Emoji, without what varies or joins them; a flag is two letters of its own.
_SIGN = re.compile("[\U0001f1e6-\U0001f1ff]{2}|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001f3fa\U0001f400-\U0001faff]")
# Pairs of letters for one that isn't on every keyboard. German ones are its stemmer's business.
_SPELT_OUT = {
    **{lang: {"å": "aa", "ø": "oe", "æ": "ae"} for lang in ("da", "nb", "nn", "no")},
    "fi": {"ä": "ae", "ö": "oe"},
    "sv": {"å": "aa", "ä": "ae", "ö": "oe"},
}


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
        self._spelt_out = _SPELT_OUT.get(self.lang, {})
        self._in_one = {letters: letter for letter, letters in self._spelt_out.items()}
        self._terms: dict[str, str] = {}

    def terms(self, text: str) -> list[str]:
        """The terms of `text` in order."""
        return [self.term(word) for word in self.words(text)[0]]

    def tokens(self, text: str) -> Iterator[Token]:
        """The terms of `text` with their places."""
        for word, start in zip(*self.words(text), strict=True):
            yield Token(self.term(word), start, start + len(word))

    def words(self, text: str) -> tuple[list[str], list[int]]:
        """The words of `text` as they stand, and where each begins.

        Scripts without spaces give pairs of letters, a text without any word its emoji.
        """
        if text.isascii() or _UNSPACED_LETTER.search(text) is None:
            # What stands between the words and they themselves, by turns: half the time of a loop over matches.
            pieces = (_ASCII_WORD if text.isascii() else _WORD).split(text)
            if len(pieces) == 1 and not text.isascii():
                return _signs(text)
            return pieces[1::2], list(accumulate(map(len, pieces)))[:-1:2]
        words, starts = [], []
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            if match.lastgroup == "word" or end - start == 1:
                words.append(match.group())
                starts.append(start)
            elif _UNSPACED_MARK.search(text, start, end) is None:
                words += [text[at : at + 2] for at in range(start, end - 1)]
                starts += range(start, end - 1)
            else:
                letters = [letter.start() for letter in _UNSPACED_LETTERS.finditer(text, start, end)]
                starts += letters[:-1] or letters
                letters.append(end)
                words += [text[first:last] for first, last in zip(letters, letters[2:] or letters[1:], strict=False)]
        return words, starts

    def parts(self, text: str) -> tuple[list[str], list[int]]:
        """What is beside the pairs of letters in scripts without spaces, and where each begins.

        Han characters, most of which are words, and words in katakana, whose ends can be seen.
        """
        if text.isascii() or _OF_PART.search(text) is None:  # a tenth of the time
            return [], []
        found = list(_PART.finditer(text))
        return [match.group() for match in found], [match.start() for match in found]

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

        As typed; as typed by someone who left the accents out, or who spelt letters out that others write in one.
        """
        if not self._spelt_out and word.isascii():
            return frozenset((self.term(word),))
        typed = normal(word, at_most=MAX_TOKEN)
        spellings = {folded(typed)}
        if self._spelt_out:
            spellings |= {_replaced(typed, self._spelt_out), _replaced(typed, self._in_one)}
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


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that is written without spaces."""
    return _UNSPACED_LETTER.match(word) is not None


def begins_pairs(word: str) -> bool:
    """Whether a word is a single letter of a script without spaces, with its marks: the beginning of pairs."""
    match = _UNSPACED_LETTERS.match(word)
    return match is not None and match.end() == len(word)


def hiragana(word: str) -> int:
    """The number of hiragana in a word: the script of the endings and particles of Japanese."""
    return len(_HIRAGANA.findall(word))


def token_end(text: str, start: int) -> int:
    """Where the token that begins at `start` ends; `start` where none does."""
    match = (_ASCII_WORD if text.isascii() else _TOKEN).match(text, start)
    if match is None:
        return start
    if match.lastindex == 1:
        return match.end()
    pair = _PAIR.match(text, start)
    return pair.end() if pair else start


def added_letter(before: str, pair: str) -> str | None:
    """The letter that a pair adds to the run that goes on from the pair, or the single letter, `before`; None if none.

    Pairs are those of a script without spaces, as `Analyzer.words` gives them.
    """
    if len(before) == len(pair) == 2:
        return pair[1] if before[1] == pair[0] else None
    ends, begins = _UNSPACED_LETTERS.findall(before), _UNSPACED_LETTERS.findall(pair)
    return begins[1] if ends and len(begins) == 2 and begins[0] == ends[-1] else None


@lru_cache(maxsize=8192)
def folded_word(word: str) -> str:
    """A word as it is typed by someone who cares for neither case nor accents; not stemmed."""
    return folded(normal(word, at_most=MAX_TOKEN)) or word[:MAX_TOKEN]


def is_sign(word: str) -> bool:
    """Whether a word is an emoji."""
    return _SIGN.match(word) is not None


def _signs(text: str) -> tuple[list[str], list[int]]:
    """The emoji of a text, and where each stands."""
    found = list(_SIGN.finditer(text))
    return [sign.group() for sign in found], [sign.start() for sign in found]


def _replaced(word: str, letters: dict[str, str]) -> str:
    for letter, other in letters.items():
        word = word.replace(letter, other)
    return word
