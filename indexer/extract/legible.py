"""Texts without what no reader sees: control characters, with which a page could drive a terminal or forge a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Any

from search_service.engine.model import Document, Section

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
    if "body" in changes and document.sections:
        changes["sections"] = tuple(_moved(document.sections, document.body, changes["body"]))
    if any(map(_CONTROL.search, document.headings)):
        changes["headings"] = tuple(map(_without, document.headings))
    return replace(document, **changes) if changes else document


def _without(text: str) -> str:
    return "\n".join(" ".join(_CONTROL.sub(" ", line).split()) for line in text.split("\n"))


def _moved(sections: Iterable[Section], text: str, legible: str) -> Iterator[Section]:
    """The sections of a text where they are in its legible form, whose lines are the same but shorter."""
    lines = legible.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    for section in sections:
        number = text.count("\n", 0, section.start)
        line, heading = lines[number], _without(text[section.start : section.end])
        at = line.find(heading)
        start = starts[number] + max(at, 0)
        yield section._replace(start=start, end=start + len(heading if at >= 0 else line))
