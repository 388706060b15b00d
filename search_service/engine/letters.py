"""Letters as they are compared: without case and accents, and one for all forms that people write for each other."""

from __future__ import annotations

import re
import unicodedata

# Accents, niqqud, harakat and the nukta are optional in writing; the vowel signs of Indic and Thai script are not.
_OPTIONAL_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u0640\u093c]"
)
_INVISIBLE = re.compile("[\u00ad\u200d]")
"""The soft hyphen, and the joiner of Indic letters."""

# The letters of other keyboards, which a stemmer takes for others.
_TYPED = str.maketrans("\u2019\u0649\u06cc\u06a9", "'\u064a\u064a\u0643")
_HIRAGANA_OF = {katakana: katakana - 0x60 for katakana in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_DIGIT_OF = {zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966, 0xE50) for digit in range(10)}
_FOLDED = (
    str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
    # Hebrew letters at the end of a word, the feminine ending of Arabic, the nasal sign of Hindi.
    | str.maketrans("\u05da\u05dd\u05df\u05e3\u05e5\u0629\u0901", "\u05db\u05de\u05e0\u05e4\u05e6\u0647\u0902")
    | _HIRAGANA_OF
    | _DIGIT_OF
)

is_han = re.compile("[\u4e00-\u9fff]+").fullmatch
"""Whether a word is of Han characters alone, those that are no other's form of compatibility."""


def normal(word: str, *, at_most: int) -> str:
    """A word as stemmers want it, with its accents; of the first `at_most` characters, and so many."""
    if word.isascii():
        plain = word[:at_most].lower()
    else:
        visible = word[:at_most]
        if "\u00ad" in visible or "\u200d" in visible:
            visible = _INVISIBLE.sub("", visible)
        # Casefolding leaves a dot above the `i` of the Turkish capital.
        plain = unicodedata.normalize("NFKC", visible).casefold().replace("i\u0307", "i")[:at_most].translate(_TYPED)
        # The feminine ending of Arabic, which many write without its dots.
        plain = plain[:-1] + "\u0629" if plain.endswith("\u0647") else plain
    # The apostrophe that is left out most: `cant`, `dont`. What is left of `we're` or `I'll` would be another word.
    return plain[:-2] + "t" if plain.endswith("n't") else plain


def folded(word: str) -> str:
    """A normal word as it is typed by someone who cares for no accents; "" where it has nothing else."""
    if word.isascii():
        return word
    bare = _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", word))
    return unicodedata.normalize("NFKC", bare).translate(_FOLDED)
