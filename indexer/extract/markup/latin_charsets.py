"""Which of the charsets of Latin letters, and of Greek, a page without a declaration is in: by what its letters spell.

General detectors know languages by the frequencies of letters, and most letters of a page with markup and code are
those of ASCII: they take Spanish for windows-1250, `Espańa`. Letters beyond ASCII tell more: those of a language are
few, and all of the page's are among them in the right charset only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ")
_ALPHABETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cp1252": (
            "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíóúüñ¿¡ªº", "áâãàçéêíóôõúüªº", "àèéìíîòóùúºª", "àçéèíïóòúü·", "áèéëïóöüç",
            "åäöé", "æøåéòô", "áðéíóúýþæö",
        ),
        "cp1250": _CENTRAL,
        "iso8859_2": _CENTRAL,
        "cp1254": ("çğıi̇öşüâîû",),
        "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),
    }
)  # fmt: skip
"""What is beyond ASCII in the languages that each charset was made for, the most usual charset first."""
_GREEK = "cp1253"
_PAIRS, _WORDS = re.compile(rb"[\x80-\xff]{2,}"), re.compile(rb"[\x80-\xff]{3,}")
_IN_PAIRS, _IN_WORDS = 0.3, 0.5
"""The shares of the bytes beyond ASCII that stand beside others: below in Latin scripts, above in all others."""
_OF_NO_LANGUAGE = frozenset("\xa0“”„‘’‚‹›«»–—…•†©®°§€´£™−×")
_ASCII = bytes(range(0x80))
_CODE_PAGES = (437, 775, 850, 852, 857, 858, 860, 861, 863, 865, 1250, 1252, 1253, 1254, 1257, 1258)
_ISO_8859 = (1, 2, 3, 4, 7, 9, 10, 13, 14, 15, 16)
_LATIN = frozenset(
    {None, "latin_1", "mac_roman", "mac_latin2", "mac_iceland", "mac_turkish", "hp_roman8"}
    | {f"cp{page}" for page in _CODE_PAGES}
    | {f"iso8859_{part}" for part in _ISO_8859}
)
"""What a detector may call a page in one of these charsets."""


def latin_charset(content: bytes, detected: str | None) -> str | None:
    """The charset of a page of Latin letters, or of Greek ones that a detector took for these; else None.

    `detected` is what the detector says, None where it can't tell. A few letters beyond ASCII, each on its own among
    others, are Latin whatever it says: of short texts it knows little.
    """
    beyond = Counter(content.translate(None, _ASCII))
    is_unicode = detected is not None and detected.startswith("utf")
    if is_unicode or (_in(_PAIRS, content) > _IN_PAIRS * beyond.total() and detected not in _LATIN):
        return None
    if _in(_WORDS, content) > _IN_WORDS * beyond.total():
        return _GREEK
    return max(_ALPHABETS, key=lambda charset: _spelt(beyond, charset))


def _in(runs: re.Pattern[bytes], content: bytes) -> int:
    return sum(map(len, runs.findall(content)))


def _spelt(beyond: Mapping[int, int], charset: str) -> float:
    """The share of the characters beyond ASCII that are letters of the one language that has most of them."""
    letters = Counter[str]()
    for byte, count in beyond.items():
        letters[bytes([byte]).decode(charset, "replace").lower()] += count
    for mark in _OF_NO_LANGUAGE:
        del letters[mark]
    known = (sum(letters[letter] for letter in alphabet) for alphabet in _ALPHABETS[charset])
    return max(known) / max(1, letters.total())
