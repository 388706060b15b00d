"""Texts without what no reader sees: control characters, with which a page could drive a terminal or forge a line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from search_service.engine.model import Document

# C0 and C1 (https://www.unicode.org/charts/PDF/U0000.pdf, U0080.pdf) but for the ends of lines and tabs; character
# references bring them past the parser.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]+")


def legible(document: Document) -> Document:
    """The document with a blank in the place of control characters."""
    changes: dict[str, Any] = {}
    for name in ("title", "body", "author", "summary", "image", "lang"):
        text = getattr(document, name)
        if text and _CONTROL.search(text):
            changes[name] = _without(text)
    if any(map(_CONTROL.search, document.headings)):
        changes["headings"] = tuple(map(_without, document.headings))
    return replace(document, **changes) if changes else document


def _without(text: str) -> str:
    return "\n".join(" ".join(_CONTROL.sub(" ", line).split()) for line in text.split("\n"))
