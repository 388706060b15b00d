"""Links of headings to themselves: signs that readers see, and that are no part of the text; or the text itself."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from lxml.html import HtmlElement

from .dom import line, own_text
from .outline import HEADINGS

SIGNS = " ¶§#🔗⚓\ufe0e\ufe0f\u200b"
"""What sites write as a heading's link to itself. Other text may end so: `Getting started with C#`."""
_LONGEST = 500
"""Characters of a heading; what is longer is none."""


def settle_permalinks(root: HtmlElement) -> None:
    """Leave of a page's headings what is text: signs that lead to a place on a page go, their ids stay.

    A heading that is wholly a link to itself is text like any other.
    """
    for link in dict.fromkeys(link for heading in root.iter(*HEADINGS) for link in heading.iter("a")):
        _, _, anchor = (link.get("href") or "").partition("#")
        if anchor and not any(map(str.isalnum, own_text(link))):
            for part in link.iter():
                part.text = None
                if part is not link:
                    part.tail = None
        elif anchor and _is_whole(link) and unquote(anchor) in {link.get("id"), link.getparent().get("id")}:
            link.tag = "span"


def _is_whole(link: HtmlElement) -> bool:
    heading = link.getparent()
    return len(heading) == 1 and not ((heading.text or "") + (link.tail or "")).strip()


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
