"""Reading single elements: their text, their class tokens, where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement


def vocabulary(words: str) -> frozenset[str]:
    """The words of a list that is long enough to be written as running text."""
    return frozenset(words.split())


SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea"})
BLOCKS = vocabulary(
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)


# A line break that no text of a page holds: white space to str.split(), and stripped from the source.
_BREAK = "\x1e"
_TOKEN = re.compile(r"[a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff\ud800-\udfff]")


def line(text: str | None, *, limit: int) -> str:
    """`text` on one line: white space single, invisible characters gone, at most `limit` characters."""
    if not text:
        return ""
    return " ".join(_INVISIBLE.sub("", text[: 4 * limit]).split())[:limit].rstrip()


def own_text(element: HtmlElement) -> str:
    """The text a reader sees in `element`, on one line; adjoining blocks don't run into each other."""
    return " ".join("".join(_pieces(element)).split())


def own_lines(element: HtmlElement) -> list[str]:
    """The text a reader sees in `element`, a line for every block that has some."""
    lines = "".join(_pieces(element)).split(_BREAK)
    return [text for each in lines if (text := " ".join(each.split()))]


def _pieces(element: HtmlElement) -> Iterator[str]:
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        if closing:
            if node.tag in BLOCKS:
                yield _BREAK
            if node is not element and node.tail:
                yield node.tail
            continue
        stack.append((node, True))
        if not isinstance(node.tag, str) or node.tag in SILENT:
            continue
        if node.tag in BLOCKS:
            yield _BREAK
        if node.text:
            yield node.text
        stack.extend((child, False) for child in reversed(node))


def words_of(element: HtmlElement) -> frozenset[str]:
    """The words that the class, id, itemprop, rel and data-* names of `element` are made of, in lower case."""
    return words_in(" ".join(filter(None, (element.get(name) for name in ("class", "id", "itemprop", "rel")))))


@lru_cache(maxsize=4096)
def words_in(names: str) -> frozenset[str]:
    """`post-tags entryMeta` -> post, tags, entry, meta."""
    return frozenset(_TOKEN.findall(_CAMEL.sub(" ", names[:500]).lower()))


def within(element: HtmlElement, tags: frozenset[str]) -> bool:
    """Whether `element` is, or stands in, an element of one of these tags."""
    return element.tag in tags or any(ancestor.tag in tags for ancestor in element.iterancestors())
