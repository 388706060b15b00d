"""Text that was encoded twice: "donâ\\x80\\x99t" for "don’t", as copies have it whose maker took UTF-8 for Latin-1."""

from __future__ import annotations

import re

# The beginning of quotes, dashes and dots, by an `â` and a control character that no text holds on purpose.
_SURE = "\u00e2\u0080"
_TWICE = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}"
)


def once_encoded(text: str) -> str:
    """`text` as it was meant, where it has been encoded twice beyond doubt."""
    return _TWICE.sub(_meant, text) if _SURE in text else text


def _meant(match: re.Match[str]) -> str:
    try:
        return match.group().encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:  # a surrogate, or more bytes than the character needs
        return match.group()
