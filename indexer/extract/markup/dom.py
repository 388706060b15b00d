"""Reading single elements: their text and how it is compared, their class tokens, where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from search_service.engine.tags import STRAY_JOINERS


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
_LEADING = frozenset({"href", "class", "onclick", "role", "title"})
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_NAMES = (None, None, None, None)
_NO_WORDS: frozenset[str] = frozenset()
_INVISIBLE = re.compile(f"[\u00ad\u200b\u200e\u200f\u2060\u2066-\u2069\ufeff\ud800-\udfff]|{STRAY_JOINERS}")


def line(text: str | None, *, limit: int) -> str:
    """`text` on one line: white space single, invisible characters gone, at most `limit` characters."""
    if not text:
        return ""
    text = text[: 4 * limit]
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())[:limit].rstrip()


def wording(text: str) -> str:
    """The words of a text as titles, names and lines are compared: letters and digits only, NFKC, case folded."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def is_link(element: HtmlElement) -> bool:
    """Whether an element leads somewhere, by an address or by what a script makes of it; a bare `a` is but a place."""
    return element.tag == "a" and not _LEADING.isdisjoint(element.attrib)


def own_text(element: HtmlElement) -> str:
    """The text a reader sees in `element`, on one line; adjoining blocks don't run into each other."""
    if not len(element):  # as most that are asked for
        return "" if element.tag in SILENT else " ".join((element.text or "").split())
    return " ".join(_text(element).split())


def own_lines(element: HtmlElement) -> list[str]:
    """The text a reader sees in `element`, a line for every block that has some."""
    return [text for each in _text(element).split(_BREAK) if (text := " ".join(each.split()))]


def _text(element: HtmlElement) -> str:
    pieces: list[str] = []
    _gather(element, pieces)
    return "".join(pieces)


def _gather(element: HtmlElement, pieces: list[str]) -> None:
    """Add the text of an element, with a break at either end of each block; pages are nested 200 levels at most."""
    tag = element.tag
    if tag.__class__ is not str or tag in SILENT:
        return
    is_block = tag in BLOCKS
    if is_block:
        pieces.append(_BREAK)
    if text := element.text:
        pieces.append(text)
    for child in element:
        _gather(child, pieces)
        if tail := child.tail:
            pieces.append(tail)
    if is_block:
        pieces.append(_BREAK)


def words_of(element: HtmlElement) -> frozenset[str]:
    """The words that the class, id, itemprop and rel of `element` are made of, in lower case."""
    get = element.get
    names = (get("class"), get("id"), get("itemprop"), get("rel"))
    return _NO_WORDS if names == _NO_NAMES else _words_in_names(*names)


@lru_cache(maxsize=8192)
def _words_in_names(*names: str | None) -> frozenset[str]:
    return words_in(" ".join(filter(None, names)))


@lru_cache(maxsize=4096)
def words_in(names: str) -> frozenset[str]:
    """`post-tags entryMeta` -> post, tags, entry, meta."""
    return frozenset(_TOKEN.findall(_CAMEL.sub(" ", names[:500]).lower()))


def outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The elements that aren't inside another one of them."""
    chosen = set(elements)
    return [each for each in elements if chosen.isdisjoint(each.iterancestors())]


def innermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The elements that hold none of the others."""
    holders = {ancestor for element in elements for ancestor in element.iterancestors()}
    return [each for each in elements if each not in holders]


def within(element: HtmlElement, tags: frozenset[str]) -> bool:
    """Whether `element` is, or stands in, an element of one of these tags."""
    return element.tag in tags or any(ancestor.tag in tags for ancestor in element.iterancestors())
