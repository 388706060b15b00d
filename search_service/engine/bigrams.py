"""Scripts that are written without spaces: overlapping pairs of letters, bigrams, in the place of words.

Beside them stand parts: characters that are words by themselves, and words whose ends can be seen.
"""

from __future__ import annotations

import re

# Letters of scripts without spaces: Thai, Lao, Myanmar, Khmer, kana, Han; and Hangul, whose words pairs serve better.
UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u309d-\u309f"
    "\u3099\u309a\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
# Letters are taken with the vowel signs, tone and voicing marks that stand on them.
_VOWEL_SIGNS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060"
    "\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d3\u3099\u309a\uff9e\uff9f"
)
_LETTER = rf"[{UNSPACED}](?:[{_VOWEL_SIGNS}]|(?<=[\u1039\u17d2])[{UNSPACED}])*"
_LETTERS = re.compile(_LETTER)
_PAIR = re.compile(f"{_LETTER}(?:{_LETTER})?")
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
_HAN_LETTER = re.compile(f"[{_HAN}]")
_PARTS_TOGETHER = re.compile(f"[{_HAN}]+|[{_KATAKANA}]{{3,}}")
_OF_PART = re.compile(f"[{_HAN}{_KATAKANA}]")
_PART = re.compile(f"(?<=[{UNSPACED}])[{_HAN}]|[{_HAN}](?=[{UNSPACED}])|[{_KATAKANA}]{{3,}}")

# For every text and every run of letters: without a call in between.
letter_in = _UNSPACED_LETTER.search
vowel_sign_in = re.compile(f"[{_VOWEL_SIGNS}]").search


def marked_pairs(text: str, start: int, end: int) -> tuple[list[str], list[int]]:
    """The pairs of letters, with what stands on them, of the run `text[start:end]`, and where each begins.

    Where all of them make one letter, that letter.
    """
    letters = [letter.start() for letter in _LETTERS.finditer(text, start, end)]
    starts = letters[:-1] or letters
    ends = [*letters[2:], end]
    return [text[first:last] for first, last in zip(starts, ends, strict=True)], starts


def pair_end(text: str, start: int) -> int:
    """Where the pair of letters that begins at `start` ends; `start` where none does."""
    pair = _PAIR.match(text, start)
    return pair.end() if pair else start


def parts(text: str) -> tuple[list[str], list[int]]:
    """What is beside the pairs of letters, and where each begins.

    Han characters, most of which are words, and words in katakana, whose ends can be seen.
    """
    if text.isascii() or _OF_PART.search(text) is None:  # a tenth of the time
        return [], []
    found = list(_PART.finditer(text))
    return [match.group() for match in found], [match.start() for match in found]


def parts_together(run: str) -> list[tuple[str, ...]]:
    """The parts of a run of such letters: those together that no other letter parts, and each word alone."""
    return [tuple(found) if _HAN_LETTER.match(found) else (found,) for found in _PARTS_TOGETHER.findall(run)]


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that is written without spaces."""
    return _UNSPACED_LETTER.match(word) is not None


def begins_pairs(word: str) -> bool:
    """Whether a word is a single letter of such a script, with its marks: the beginning of pairs."""
    match = _LETTERS.match(word)
    return match is not None and match.end() == len(word)


def added_letter(before: str, pair: str) -> str | None:
    """The letter that a pair adds to the run that goes on from the pair, or the single letter, `before`; None if none.

    Pairs are as `text.Analyzer.words` gives them.
    """
    if len(before) == len(pair) == 2:
        return pair[1] if before[1] == pair[0] else None
    ends, begins = _LETTERS.findall(before), _LETTERS.findall(pair)
    return begins[1] if ends and len(begins) == 2 and begins[0] == ends[-1] else None


def begins_with_hiragana(word: str) -> bool:
    """Whether a word begins with a letter of the script of the endings and particles of Japanese."""
    return "\u3041" <= word[:1] <= "\u309f"


def ends_with_hiragana(word: str) -> bool:
    """Whether it ends with one."""
    return "\u3041" <= word[-1:] <= "\u309f"
