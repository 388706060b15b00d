"""The exact keys that documents are filtered by: tags, the words of an author's name, languages."""

from __future__ import annotations

import unicodedata

from search_service.engine.text import Analyzer

from .strings import encoded

_SEPARATOR = "\x1f"


def key(kind: str, value: str = "") -> bytes:
    """The key of a kind - `tag`, `author` or `lang` - and a value; without one, how all keys of that kind begin."""
    return encoded(f"{kind}{_SEPARATOR}{value}")


def value_of(text: str) -> str:
    """The value in a key, read as text."""
    return text.partition(_SEPARATOR)[2]


def author_words(name: str) -> list[str]:
    """The words of a name, folded but not stemmed: `author:kim` finds Kim Lee."""
    return list(dict.fromkeys(Analyzer("und").terms(unicodedata.normalize("NFKC", name)))) if name else []
