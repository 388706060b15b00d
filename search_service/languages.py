"""The languages that visitors are spoken to, on the search page as in the elements, and which of them a tag means."""

from __future__ import annotations

import re

NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "español",
    "fr": "français",
    "it": "italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pt": "português",
    "zh": "中文",
    "zh-hant": "繁體中文",
}
"""What each is called by those who speak it."""
ENGLISH = "en"
RIGHT_TO_LEFT = frozenset({"ar"})

_REGIONS = {"zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant"}
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,4}", re.IGNORECASE | re.ASCII)
_SCRIPT = 4
_REGION = 2


def spoken(tag: str) -> str | None:
    """The language that a tag (BCP 47) means, `zh-hant` for `zh-TW`; None for one that isn't spoken, or no tag.

    `textsFor` in `static/elements/texts.js` is the same for browsers.
    """
    if not _TAG.fullmatch(tag):
        return None
    language, _, rest = tag.lower().partition("-")
    narrow = f"{language}-{rest.partition('-')[0]}"
    return next((name for name in (_REGIONS.get(narrow, narrow), language) if name in NAMES), None)


def canonical(tag: str) -> str:
    """A tag as it is written: `pt-BR`, `zh-Hant-HK`."""
    language, *others = tag.lower().split("-")
    return "-".join([language, *map(_cased, others)])


def region(tag: str) -> str:
    """The region that a tag names, in capitals; empty where it names none."""
    return next((part for part in canonical(tag).split("-")[1:] if len(part) == _REGION), "")


def _cased(part: str) -> str:
    return part.upper() if len(part) == _REGION else part.title() if len(part) == _SCRIPT else part
