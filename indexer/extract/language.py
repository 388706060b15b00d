"""The language of a post: what the page declares, unless its script says otherwise; else what its words suggest.

English is what themes declare where nobody says otherwise: their words overrule it, too.
"""

from __future__ import annotations

import re

from indexer.extract.head.metadata import Metadata
from search_service.engine.stopwords import STOP_WORDS

from .model import Found

_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}", re.IGNORECASE)
_DEFAULT = "en"
_WORDS = "words of the text"
_SAMPLE = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 20
_COMMON_WORDS = 0.2
"""The share of a text's words that are the language's commonest ones; in other languages' texts a few are, too."""
_AHEAD = 1.5
"""How many times more of them than of the next language's."""
_LANGUAGES = {
    word: tuple(lang for lang, common in STOP_WORDS.items() if word in common)
    for word in set().union(*STOP_WORDS.values())
}
"""Which languages a word is one of the commonest of."""
# Words of close relatives that have no list of their own: Danish and Norwegian, Afrikaans.
_NEVER = {"sv": frozenset({"og", "ikke", "jeg"}), "nl": frozenset({"nie", "ek"})}
# A script that is used for one language of the web, or for the one that is by far the likeliest.
_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]"), 0.1),
    ("ko", re.compile("[\uac00-\ud7a3]"), 0.3),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.3),
    ("th", re.compile("[\u0e01-\u0e4e]"), 0.4),
    ("el", re.compile("[\u0370-\u03ff]"), 0.4),
    ("he", re.compile("[\u0590-\u05ff]"), 0.4),
    ("hi", re.compile("[\u0900-\u097f]"), 0.4),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.4),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.4),
)
_OF_SCRIPT = {
    "ja": {"ja"}, "ko": {"ko"}, "zh": {"zh", "yue"}, "th": {"th"}, "el": {"el"}, "he": {"he", "yi"},
    "hi": {"hi", "mr", "ne"}, "ar": {"ar", "fa", "ur", "ps", "ckb"},
    "ru": {"ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "mn"},
}  # fmt: skip


def find_language(metadata: Metadata, text: str) -> Found | None:
    """A BCP 47 tag and where it was found."""
    script = _by_script(text)
    for source, value in (
        ("html lang", metadata.lang),
        ("json-ld:inLanguage", metadata.article.lang if metadata.article else None),
        ("og:locale", metadata.meta("og:locale")),
        ("content-language", metadata.meta("content-language", "language", "dc.language")),
    ):
        match = _TAG.fullmatch((value or "").strip())
        if match:
            tag = match.group().replace("_", "-")
            stated = tag.lower().split("-")[0]
            if script is None:
                words = _by_words(text) if stated == _DEFAULT else None
                return Found(words, _WORDS) if words and words != stated else Found(tag, source)
            if stated in _OF_SCRIPT[script]:
                return Found(tag, source)
    if script:
        return Found(script, "script of the text")
    words = _by_words(text)
    return Found(words, _WORDS) if words else None


def _by_script(text: str) -> str | None:
    """The language that the letters of `text` give away; None for Latin letters, which many share."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return None
    letters = sum(map(str.isalpha, sample))
    if letters < 20:
        return None
    for lang, script, share in _SCRIPTS:
        if len(script.findall(sample)) > share * letters:
            return lang
    return None


def _by_words(text: str) -> str | None:
    """The language whose commonest words a text has; None where it has too few words, or two come close."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) < _FEWEST_WORDS:
        return None
    counts = dict.fromkeys(STOP_WORDS, 0)
    for word in words:
        for lang in _LANGUAGES.get(word, ()):
            counts[lang] += 1
    (second, _), (most, lang) = sorted((count, lang) for lang, count in counts.items())[-2:]
    sure = most >= _COMMON_WORDS * len(words) and most >= _AHEAD * second
    return lang if sure and _NEVER.get(lang, frozenset()).isdisjoint(words) else None
