"""Where on a page the text is: weights of text and link text, headings, the element that holds the main text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.html import HtmlElement

from .dom import is_link, words_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TITLE_WORDS = frozenset({"title", "headline", "heading"})
"""What elements are called that show a title."""
# Text in these is furniture wherever it stands.
_FURNITURE = frozenset(
    {
        "nav", "aside", "footer", "form", "button", "dialog", "script", "style", "noscript", "template", "svg",
        "iframe", "select",
    }
)  # fmt: skip
_DIALOGS = frozenset({"dialog", "alertdialog"})
_COMMENTS = frozenset({"comments", "comment", "respond", "disqus", "commentlist", "gitalk", "waline", "utterances"})
_LIKES = frozenset({"like", "reblog", "reply"})
_BOXES = frozenset({"div", "section", "ol", "ul"})
_POST_WORDS = frozenset({"post", "entry", "article"})
_PARTS_OF_POST = frozenset({"footer", "meta", "info", "tags", "categories"})
# Elements that hold blocks of text; all others are such blocks, or parts of them.
_CONTAINERS = frozenset({"div", "section", "article", "main", "center", "td", "tr", "tbody", "body", "form", "font"})
# The main text is looked for in whatever child holds at least this share of its parent's text.
_DOMINANT = 0.6
_LONGEST_LINE = 120
"""Characters of a line below the title that is no box beside the post."""
_LINE_ELEMENTS = 60
_MANY_ELEMENTS, _MUCH_TEXT = 5_000, 300_000
"""Elements or characters of a page on which the heavy ones are found: smaller ones can't hold much."""
_HEAVY = 30_000
"""Elements and characters of a heavy element: whoever reads it for a line would read them again and again."""
_CROWDED = 15_000
"""Elements, more than any post has."""


class Weight(NamedTuple):
    """Characters of text below an element, how many of them are link text, and elements."""

    text: int = 0
    linked: int = 0
    elements: int = 0

    @property
    def own(self) -> int:
        """Characters that are no link's."""
        return self.text - self.linked


_NOTHING = Weight()


@dataclass(frozen=True, slots=True)
class Outline:
    """The weights of all elements of a page's body outside of furniture."""

    body: HtmlElement
    elements: tuple[HtmlElement, ...]
    weights: dict[HtmlElement, Weight] = field(repr=False)
    heavy: frozenset[HtmlElement] = frozenset()
    """Elements that hold so much, with furniture, which has no weight, that they are no lines whatever they weigh."""

    @property
    def is_crowded(self) -> bool:
        """Whether there are so many elements that looking at each again and again takes seconds, with trafilatura
        half a minute.
        """
        return len(self.elements) > _CROWDED

    def weight(self, element: HtmlElement) -> Weight:
        """How much text is below `element`."""
        return self.weights.get(element, _NOTHING)

    def is_line(self, element: HtmlElement, *, limit: int) -> bool:
        """Whether there is some text below `element`, but no more than a line of `limit` characters."""
        weight = self.weight(element)
        return 0 < weight.text <= limit and weight.elements <= _LINE_ELEMENTS and element not in self.heavy

    def of(self, *tags: str) -> Iterator[HtmlElement]:
        """The elements with one of these tags, in document order."""
        return (element for element in self.elements if element.tag in tags)

    def main_text(self, start: HtmlElement | None = None) -> HtmlElement:
        """The innermost block that still holds most of the text below `start` (or of the page)."""
        current = self._heaviest(self.body if start is None else start)
        return next(each for each in (current, *current.iterancestors()) if each.tag != "font")

    def _heaviest(self, current: HtmlElement) -> HtmlElement:
        while True:
            heaviest = max(current, key=lambda child: self.weight(child).own, default=None)
            if heaviest is not None and heaviest.tag == "table":
                heaviest = self._cell_of_layout(heaviest)
            if heaviest is None or heaviest.tag not in _CONTAINERS:
                return current
            if self.weight(heaviest).own < _DOMINANT * max(1, self.weight(current).own):
                return current
            current = heaviest

    def _cell_of_layout(self, table: HtmlElement) -> HtmlElement | None:
        """The heaviest cell of a table; None where it has no paragraphs, as those of code have none."""
        cell = max(table.iter("td"), key=lambda each: self.weight(each).own, default=None)
        return cell if cell is not None and next(cell.iter("p", *HEADINGS), None) is not None else None


def outline(root: HtmlElement) -> Outline:
    """The outline of a page."""
    body = root.find("body")
    body = root if body is None else body
    elements = tuple(body.iter("*"))
    is_large = len(elements) > _MANY_ELEMENTS or sum(map(len, body.itertext())) > _MUCH_TEXT
    heavy = _heavy(elements) if is_large else frozenset[HtmlElement]()
    weights: dict[HtmlElement, Weight] = {}
    for element in reversed(elements):
        if element is not body and _is_furniture(element):
            continue
        text, linked, count = _length(element.text), 0, 1
        for child in element:
            if tail := child.tail:
                text += len(tail.strip())
            if (weight := weights.get(child)) is not None:
                below, linked_below, elements_below = weight
                text += below
                linked += linked_below
                count += elements_below
        weights[element] = Weight(text, text if is_link(element) else linked, count)
    return Outline(body, elements, weights, heavy)


def _heavy(elements: Sequence[HtmlElement]) -> frozenset[HtmlElement]:
    sizes: dict[HtmlElement, int] = {}
    for element in reversed(elements):
        below = sum(sizes.get(child, 0) + len(child.tail or "") for child in element)
        sizes[element] = 1 + len(element.text or "") + below
    return frozenset(element for element, size in sizes.items() if size > _HEAVY)


def common_ancestor(one: HtmlElement, other: HtmlElement) -> HtmlElement:
    """The innermost element that holds both."""
    chain = {one, *one.iterancestors()}
    return next((element for element in (other, *other.iterancestors()) if element in chain), other)


def in_furniture(element: HtmlElement) -> bool:
    """Whether `element` stands in a part of the page whose text never counts: menus, footers, forms, comments."""
    return any(_is_furniture(ancestor) for ancestor in element.iterancestors())


def in_dialog(element: HtmlElement) -> bool:
    """Whether `element` stands in a box that a page opens over itself: its search, a consent."""
    return any(map(_is_dialog, element.iterancestors()))


def _is_dialog(element: HtmlElement) -> bool:
    return element.tag == "dialog" or element.get("role") in _DIALOGS


def is_aside_of_post(element: HtmlElement) -> bool:
    """Whether an aside is a part of the post: called one, as the list of its tags is, or in the post's own header.

    So is a line right below the main heading, which tells when and by whom the post was written.
    """
    if element.tag != "aside":
        return False
    above = element.getprevious()
    if above is not None and above.tag == "h1" and sum(map(len, element.itertext())) <= _LONGEST_LINE:
        return True
    names = words_of(element)
    if not (names.isdisjoint(_POST_WORDS) or names.isdisjoint(_PARTS_OF_POST)):
        return True
    around = [each.tag for each in element.iterancestors()]
    return "article" in around[around.index("header") :] if "header" in around else False


def _is_furniture(element: HtmlElement) -> bool:
    tag = element.tag
    if tag in _FURNITURE:
        return not is_aside_of_post(element)
    return tag in _BOXES and (
        _is_dialog(element) or not _COMMENTS.isdisjoint(words_of(element)) or _is_of_likes(element)
    )


def _is_of_likes(element: HtmlElement) -> bool:
    """Whether a list tells who liked a note and passed it on, as Tumblr has it in all themes; others have footnotes."""
    if element.tag != "ol" or "notes" not in words_of(element):
        return False
    first = next(element.iterchildren("li"), None)
    return first is not None and "note" in (words := words_of(first)) and not words.isdisjoint(_LIKES)


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0
