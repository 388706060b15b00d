"""The numbers of lines that highlighters write beside code: readers don't copy them, and nobody searches for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement

_CLASSES = frozenset({"ln", "lnt", "lineno", "linenos", "line-number", "line-numbers-wrapper"})
# A look at the source costs next to nothing, as long as the pattern begins with what can be searched for as it stands;
# most pages have no such thing.
_NAMED = re.compile(rb"class=[\"']?(?:lnt?|linenos?|line-number(?:s-wrapper)?)[\"'\s>]")


def drop_line_numbers(root: HtmlElement, source: bytes) -> None:
    """Drop the numbers of lines from the code on a page."""
    if b"<pre" not in source:
        return
    found = list(chain(_columns(root), _named(root) if _NAMED.search(source) else ()))
    for numbers in found:
        if numbers.getparent() is not None:
            numbers.drop_tree()


def _columns(root: HtmlElement) -> Iterator[HtmlElement]:
    """The cells beside the code in tables of one row."""
    for cell in root.iter("td"):
        row, beside = cell.getparent(), cell.getnext()
        if row is None or beside is None or row.getprevious() is not None or row.getnext() is not None:
            continue
        if next(beside.iter("pre", "code"), None) is not None and _are_numbers(cell):
            yield cell


def _named(root: HtmlElement) -> Iterator[HtmlElement]:
    """What is called so, in code or beside it."""
    for element in root.iter("span", "div"):
        if element.get("class") in _CLASSES and _are_numbers(element):
            yield element


def _are_numbers(element: HtmlElement) -> bool:
    return "".join("".join(element.itertext()).split()).isdecimal()
