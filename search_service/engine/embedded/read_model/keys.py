"""The exact keys that documents are filtered by: tags, the words of an author's name, languages."""

from __future__ import annotations

import unicodedata

from ...text import Analyzer

KEY_SEPARATOR = "\x1f"
"""Between the kind of a key - `tag`, `author` or `lang` - and its value."""


def author_words(name: str) -> list[str]:
    """The words of a name, folded but not stemmed: `author:kim` finds Kim Lee."""
    return list(dict.fromkeys(Analyzer("und").terms(unicodedata.normalize("NFKC", name)))) if name else []
