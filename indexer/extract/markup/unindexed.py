"""Parts of pages that are marked as none of a search's business, in the words of other engines.

Pagefind, Elastic's and Swiftype's crawlers, Google and its Search Appliance, Yahoo and Yandex each have words of their
own for the same wish. Text marked so is left out of what is indexed; the dates, tags and names in it still count,
except where everything is to be ignored. Text that mustn't be shown in a snippet isn't indexed either: what is found
is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

from .selectors import Selector

# Looked for one after the other: an expression for what begins with the same letters is faster than any of these, one
# for all of them takes fifty times as long.
_ATTRIBUTES = re.compile(rb"data-(?:pagefind-|nosnippet|noindex|elastic-exclude|swiftype-index)")
_MARKS = (b"robots-nocontent", b"<noindex")
_SWITCH = re.compile(rb"<!--\s*+google(?:(?P<off>off:\s*+(?:index|all))|on:?\s*+(?:index|all)?)\s*+-->", re.IGNORECASE)
_BODY = Selector("[data-pagefind-body]")
_IGNORED = Selector("[data-pagefind-ignore=all]")
_NO_TEXT = (
    "@data-pagefind-ignore[. != 'false'] or @data-nosnippet or @data-elastic-exclude or @data-noindex[. != 'false']"
    " or @data-swiftype-index = 'false' or contains(concat(' ', normalize-space(@class), ' '), ' robots-nocontent ')"
    " or self::noindex"
)
# All of it in one look at each element: every WordPress page with share buttons has one of these.
_INSIDE = etree.XPath(f"descendant::*[{_NO_TEXT}]")
_AROUND = etree.XPath(f"boolean(ancestor-or-self::*[{_NO_TEXT}])")


def without_switched_off(source: bytes) -> bytes:
    """The markup without what stands between `<!--googleoff: index-->` and `<!--googleon: index-->`.

    What is never switched on again was meant to end somewhere before the end of the page, and stays.
    """
    if b"googleoff" not in source:
        return source
    kept, end, off = list[bytes](), 0, None
    for switch in _SWITCH.finditer(source):
        if switch["off"] is None and off is not None:
            kept.append(source[end:off])
            end, off = switch.end(), None
        elif switch["off"] is not None and off is None:
            off = switch.start()
    return b" ".join([*kept, source[end:]])


def is_marked(source: bytes) -> bool:
    """Whether parts of a page may be marked: most have no such thing, and needn't be looked through for it."""
    return any(map(source.__contains__, _MARKS)) or _ATTRIBUTES.search(source) is not None


def drop_ignored(root: HtmlElement) -> None:
    """Drop the elements that are to be ignored altogether, dates, tags and all."""
    _drop(_IGNORED.all(root))


def drop_unindexed(element: HtmlElement) -> int:
    """Drop what isn't to be indexed from an element whose text is about to be read, and count its parts.

    Where a part of it is marked as what is to be indexed, that is all that stays.
    """
    if _AROUND(element):
        element.clear(keep_tail=True)
        return 1
    unindexed: list[HtmlElement] = list(_INSIDE(element))  # type: ignore[arg-type]
    bodies = _BODY.all(element)
    if bodies and all(each.get("data-pagefind-body") is None for each in (element, *element.iterancestors())):
        kept = {each for body in bodies for each in (*body.iter(), *body.iterancestors())}
        unindexed += [each for each in element.iter() if each not in kept and each.getparent() in kept]
    _drop(unindexed)
    return len(unindexed)


def _drop(elements: Iterable[HtmlElement]) -> None:
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()
