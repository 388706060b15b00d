"""The sections of a text: which of its lines are headings on the page, and by which id the page leads to each.

Texts come without their markup (trafilatura keeps no ids), so the headings of the page are looked up among the lines of
the text: as many as there are in the same order and, of equal lines, the later ones: a table of contents says every
heading before it comes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from indexer.extract.markup.blocks import letters_of
from indexer.extract.markup.dom import line, own_text, vocabulary, words_of
from indexer.extract.markup.outline import HEADINGS
from indexer.extract.markup.permalinks import is_sign, without_parts
from indexer.extract.model import MAX_HEADINGS
from search_service.engine.model import Section

MAX_HEADING = 500
_LONGEST_ANCHOR = 200
_SIGNS_OF_A_LINE = 40
"""Characters of a heading's line that are neither letters nor digits, beside as many as there are of those."""
_MOST_LINES = 20_000
_ALIKE = 8
"""Headings of the same text that are told apart by their order."""
_INDEXED = frozenset({"h2", "h3", "h4"})
_WRAPPERS = frozenset({"section", "div", "header", "hgroup"})
_MARKS = frozenset({"a", "span", "p", "div", "i", "svg", "path", "use"})
_WRAPPED = 2
"""Elements around a heading that may have its id."""
_PERMALINK = vocabulary("anchor anchorjs anchorlink hash headeranchor headerlink headinglink permalink")
# An id has no white space in it, and nothing else that can't be seen has business in an address.
_NO_ANCHOR = re.compile(r"[\s\x00-\x20\x7f-\x9f\ud800-\udfff]")


class Heading(NamedTuple):
    """A heading of a page: its element's name, its text without links to itself, and the id that leads to it.

    `keys` are the letters and digits by which its line is recognised, with such links and without.
    """

    tag: str
    text: str
    anchor: str | None
    keys: frozenset[str]


def headings_in(*elements: HtmlElement, title: str) -> tuple[Heading, ...]:
    """The headings inside of elements, but for the title. Of several with one id the first has it."""
    known = letters_of(title)
    found: list[Heading] = []
    seen: set[str | None] = set()
    for element, within in islice(_elements(elements), MAX_HEADINGS):
        whole = line(own_text(element), limit=MAX_HEADING)
        text = without_parts(whole, filter(_is_beside, element.iter("a", "button")))
        keys = frozenset(filter(None, map(letters_of, (whole, text))))
        if keys and known not in keys:
            anchor = next(_anchors(element, within), None)
            found.append(Heading(element.tag, text, None if anchor in seen else anchor, keys))
            seen.add(anchor)
    return tuple(found)


def indexed(headings: Iterable[Heading]) -> tuple[str, ...]:
    """The distinct texts of the headings that count in the ranking."""
    return tuple(dict.fromkeys(heading.text for heading in headings if heading.tag in _INDEXED))


def sections_of(text: str, headings: Sequence[Heading]) -> tuple[Section, ...]:
    """The sections of a text, a paragraph a line, that was taken from where these headings stand."""
    sections = []
    link = _longest_chain(text, headings)
    while link is not None:
        heading = headings[link.heading]
        at = link.line.find(heading.text)
        start = link.start + max(at, 0)
        sections.append(Section(start, start + len(heading.text if at >= 0 else link.line), heading.anchor))
        link = link.before
    return tuple(reversed(sections))


class _Link(NamedTuple):
    """A heading, by its number, that is a line of a text; where that begins, and what comes before the two."""

    heading: int
    start: int
    line: str
    before: _Link | None


def _longest_chain(text: str, headings: Sequence[Heading]) -> _Link | None:
    """The last link of the longest chain of headings that are lines of the text in the same order.

    A longest common subsequence (Hunt and Szymanski, "A fast algorithm for computing longest common subsequences",
    1977): `ends[n]` is the first heading with which a chain of n + 1 links can end, `chains[n]` is that chain.
    """
    places = defaultdict[str, list[int]](list)
    for number, heading in enumerate(headings):
        for key in heading.keys:
            if len(places[key]) < _ALIKE:
                places[key].append(number)
    longest = 2 * max(map(len, places), default=0) + _SIGNS_OF_A_LINE
    ends: list[int] = []
    chains: list[_Link] = []
    start = 0
    for written in islice(text.split("\n") if places else (), _MOST_LINES):
        # From the last one: a line is one heading, it can't be a link before itself.
        for number in reversed(places.get(letters_of(written), ())) if len(written) <= longest else ():
            length = bisect_left(ends, number)
            ends[length : length + 1] = [number]
            chains[length : length + 1] = [_Link(number, start, written, chains[length - 1] if length else None)]
        start += len(written) + 1
    return chains[-1] if chains else None


def _elements(containers: Iterable[HtmlElement]) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """Headings, each with the container that it stands in."""
    return ((element, container) for container in containers for element in container.iter(*HEADINGS))


def _is_beside(part: HtmlElement) -> bool:
    """Whether a link or a button in a heading is no part of its text: it leads there, or copies the address."""
    return part.tag == "button" or is_sign(part) or not _PERMALINK.isdisjoint(words_of(part))


def _anchors(heading: HtmlElement, within: HtmlElement) -> Iterator[str]:
    """The ids that lead to a heading, the surest first."""
    for element in _carriers(heading, within):
        for anchor in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if anchor and len(anchor) <= _LONGEST_ANCHOR and not _NO_ANCHOR.search(anchor):
                yield anchor


def _carriers(heading: HtmlElement, within: HtmlElement) -> Iterator[HtmlElement]:
    """What may have the id of a heading: itself, what is in it, a mark right before it, what it is the beginning of."""
    yield heading
    yield from heading.iter("a", "span")
    element = heading
    for _ in range(_WRAPPED):
        before, parent = element.getprevious(), element.getparent()
        if before is not None:
            if _is_mark(before) and not (before.tail or "").strip():
                yield from before.iter()
            break
        if parent is None or parent is within or parent.tag not in _WRAPPERS or (parent.text or "").strip():
            break
        yield parent
        element = parent
    # GitHub's mark stands after the heading, as the last thing in what is around the two.
    after = heading.getnext()
    if after is not None and after.tag == "a" and after.getnext() is None and _is_mark(after):
        yield after


def _is_mark(element: HtmlElement) -> bool:
    """Whether nothing of an element can be seen, so that it is there for its id."""
    if len(element) > 1 or not is_sign(element):
        return False
    return all(each.tag in _MARKS for each in element.iter())
