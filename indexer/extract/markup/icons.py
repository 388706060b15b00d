"""What the small pictures of a theme announce: that the author's name, tags or categories stand behind them.

They are empty elements that a style sheet fills, `<i class="fa fa-tags"></i>`, or drawings that are called alike.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from .dom import own_text, words_in, words_of

ELEMENTS = ("i", "span", "svg")
AUTHOR, TAG, CATEGORY = "author", "tag", "category"
_KINDS = {
    AUTHOR: frozenset({"user", "author", "person", "writer", "account"}),
    TAG: frozenset({"tag", "tags", "hashtag", "pricetag", "pricetags"}),
    CATEGORY: frozenset({"folder", "category", "categories"}),
}
_PICTURE_WORDS = frozenset({"icon", "iconfont", "icons"})


def announced_by(element: HtmlElement | None) -> str | None:
    """What an element announces by its picture; None where it is none of these, or more than a picture."""
    if element is None or element.tag not in ELEMENTS:
        return None
    words = words_of(element)
    if element.tag == "svg":
        drawn = (each.get("href") or each.get("xlink:href") or "" for each in element.iter("use"))
        words = words.union(*map(words_in, drawn))
    kind = next((kind for kind, called in _KINDS.items() if not called.isdisjoint(words)), None)
    return kind if kind is not None and not own_text(element) else None


def labels_announced_by(element: HtmlElement | None) -> str | None:
    """Which labels an element announces by its picture: `TAG`, `CATEGORY`, or none."""
    kind = announced_by(element)
    return kind if kind in {TAG, CATEGORY} else None


def draws_author_around(element: HtmlElement) -> bool:
    """Whether an element is the picture of a person and holds more: `<i class="icon icon-user">Ines</i>`."""
    words = words_of(element)
    is_picture = element.tag == "i" and not (words.isdisjoint(_PICTURE_WORDS) or words.isdisjoint(_KINDS[AUTHOR]))
    return is_picture and bool(own_text(element))
