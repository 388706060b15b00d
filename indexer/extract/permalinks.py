"""Links of headings to themselves: signs that readers see, and that are no part of the text."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from .dom import line, own_text

SIGNS = " ¶§#🔗⚓\ufe0e\ufe0f\u200b"
"""What sites write as a heading's link to itself. Other text may end so: `Getting started with C#`."""
_LONGEST = 500
"""Characters of a heading; what is longer is none."""


def is_sign(element: HtmlElement) -> bool:
    """Whether an element shows no more than such a sign, or nothing."""
    return not own_text(element).strip(SIGNS)


def without_permalinks(heading: HtmlElement, text: str) -> str:
    """The text of a heading without its links to itself; all of it where there is nothing else."""
    return without_parts(text, filter(is_sign, heading.iter("a")))


def without_parts(text: str, parts: Iterable[HtmlElement]) -> str:
    """A text without those of some elements at its ends; all of it where there is nothing else, or it is no heading."""
    if len(text) > _LONGEST:
        return text
    rest = text
    for part in parts:
        own = line(own_text(part), limit=_LONGEST)
        rest = rest.removesuffix(own).rstrip() if rest.endswith(own) else rest.removeprefix(own).lstrip()
    return rest or text
