"""Where on a page the text is: weights of text and link text, headings, the element that holds the main text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from .dom import words_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Text in these is furniture wherever it stands.
_FURNITURE = frozenset(
    {"nav", "aside", "footer", "form", "button", "script", "style", "noscript", "template", "svg", "iframe", "select"}
)
_COMMENTS = frozenset({"comments", "comment", "respond", "disqus", "commentlist", "gitalk", "waline", "utterances"})
# An element of running text: the main text doesn't lie inside one of its parts.
_RUNNING = frozenset({"p", "pre", "blockquote", "ul", "ol", "table", "dl", "h1", "h2", "h3", "figure"})
# The main text is looked for in whatever child holds at least this share of its parent's text.
_DOMINANT = 0.6


@dataclass(frozen=True, slots=True)
class Weight:
    """Characters of text below an element, and how many of them are link text."""

    text: int = 0
    linked: int = 0

    @property
    def own(self) -> int:
        """Characters that are no link's."""
        return self.text - self.linked


_NOTHING = Weight()


@dataclass(frozen=True, slots=True)
class Outline:
    """The weights of all elements of a page's body that have text outside of furniture."""

    body: HtmlElement
    elements: tuple[HtmlElement, ...]
    weights: dict[HtmlElement, Weight] = field(repr=False)

    def weight(self, element: HtmlElement) -> Weight:
        """How much text is below `element`."""
        return self.weights.get(element, _NOTHING)

    def of(self, *tags: str) -> Iterator[HtmlElement]:
        """The elements with one of these tags, in document order."""
        return (element for element in self.elements if element.tag in tags)

    def main_text(self, start: HtmlElement | None = None) -> HtmlElement:
        """The innermost element that still holds most of the text below `start` (or of the page)."""
        current = self.body if start is None else start
        while True:
            heaviest = max(current, key=lambda child: self.weight(child).own, default=None)
            if heaviest is None or heaviest.tag in _RUNNING:
                return current
            if self.weight(heaviest).own < _DOMINANT * max(1, self.weight(current).own):
                return current
            current = heaviest


def outline(root: HtmlElement) -> Outline:
    """The outline of a page."""
    body = root.find("body")
    body = root if body is None else body
    elements = tuple(element for element in body.iter() if isinstance(element.tag, str))
    weights: dict[HtmlElement, Weight] = {}
    for element in reversed(elements):
        if element is not body and _is_furniture(element):
            continue
        text, linked = _length(element.text), 0
        for child in element:
            weight = weights.get(child, _NOTHING)
            text += weight.text + _length(child.tail)
            linked += weight.linked
        if text:
            weights[element] = Weight(text, text if element.tag == "a" else linked)
    return Outline(body, elements, weights)


def common_ancestor(one: HtmlElement, other: HtmlElement) -> HtmlElement:
    """The innermost element that holds both."""
    chain = {one, *one.iterancestors()}
    return next((element for element in (other, *other.iterancestors()) if element in chain), other)


def _is_furniture(element: HtmlElement) -> bool:
    return element.tag in _FURNITURE or (
        element.tag in {"div", "section", "ol", "ul"} and not _COMMENTS.isdisjoint(words_of(element))
    )


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0
