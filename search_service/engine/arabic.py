"""Arabic nouns with and without the article, which is written in one with its noun.

The stemmer takes a word with an article for a noun, one without for whatever it ends like, and leaves the article of
stems of two letters: `شاي` and `الشاي`, tea and the tea, are two terms to it.
"""

from __future__ import annotations

_ARTICLE = "ال"
_SHORTEST_NOUN = 2
# What follows the letters of the article only in other words: `الله`, God, isn't "the to him", nor `الان`, now, "the
# that".
_NO_NOUNS = frozenset(
    {
        "ان", "ام", "او", "اي", "به", "بك", "بل", "بي", "عن", "في", "قد", "كم", "كي", "لك", "لم", "لن", "له",
        "لي", "ما", "مع", "من", "هل", "هم", "هو", "هي",
    }
)  # fmt: skip


def other_form(word: str) -> str:
    """A normal word with the article where it has none, and without where it has one."""
    noun = word.removeprefix(_ARTICLE)
    has_article = noun != word and len(noun) >= _SHORTEST_NOUN and noun not in _NO_NOUNS
    return noun if has_article else _ARTICLE + word
