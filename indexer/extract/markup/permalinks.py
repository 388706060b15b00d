"""Links of headings to themselves: signs that readers see, and that are no part of the text; or the text itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lxml.html import HtmlElement

from .blocks import Kind, kind_of
from .dom import line, own_text
from .outline import HEADINGS

SIGNS = " ¶§#🔗⚓\ufe0e\ufe0f\u200b"
"""What sites write as a heading's link to itself. Other text may end so: `Getting started with C#`."""
_LONGEST = 500
"""Characters of a heading; what is longer is none."""


def settle_permalinks(root: HtmlElement) -> None:
    """Leave of a page's headings what is text: signs that lead to a place on a page go, their ids stay.

    So does what such a link says to those alone who don't see its sign: "Link to this heading". A heading that is
    wholly a link to itself is text like any other.
    """
    for link in dict.fromkeys(link for heading in root.iter(*HEADINGS) for link in _links_of(heading)):
        _, _, anchor = (link.get("href") or "").partition("#")
        if anchor and not any(map(str.isalnum, _seen_text(link))):
            for part in link.iter():
                part.text = None
                if part is not link:
                    part.tail = None
        elif anchor and _is_whole(link) and unquote(anchor) in {link.get("id"), link.getparent().get("id")}:
            link.tag = "span"


def _links_of(heading: HtmlElement) -> Iterator[HtmlElement]:
    """The links in a heading, and the one right behind it that leads to it."""
    yield from heading.iter("a")
    behind = heading.getnext()
    if behind is not None and behind.tag == "a" and unquote(behind.get("href") or "") == f"#{heading.get('id')}":
        yield behind


def _seen_text(link: HtmlElement) -> str:
    """The text of a link in a heading, without what is hidden from those who see unless it is all of the heading."""
    if _is_whole(link):
        return own_text(link)
    hidden, pieces = set[HtmlElement](), list[str]()
    for part in link.iter("*"):
        is_in_hidden = part.getparent() in hidden
        if is_in_hidden or kind_of(part) & Kind.HIDDEN:
            hidden.add(part)
        else:
            pieces.append(part.text or "")
        if part is not link and not is_in_hidden:
            pieces.append(part.tail or "")
    return "".join(pieces)


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
