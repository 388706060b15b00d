"""The part of a page that is the post: its heading, its text, and what belongs to both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from lxml.html import HtmlElement

from .dom import own_lines, own_text, words_of
from .outline import HEADINGS, Outline, common_ancestor, is_aside_of_post

_CONTAINERS = frozenset({"article", "main"})
_APART = frozenset({"aside", "nav"})
_ANY_WIDGET = frozenset({"widget"})
# Elementor; the grid of HubSpot.
_PAGE_BUILDER = re.compile(r"elementor|widget-span")
_SEMANTIC = frozenset({"hentry", "blogposting"})
# A post's frame may hold this much more text than its main text: byline, tags, a note on the author.
_SURROUNDINGS = 1.4
_SURROUNDINGS_AT_LEAST = 400
_SUBSTANTIAL = 0.4
"""The share of the page's text that an element has which is taken for the article."""
_PICTURES = ("img", "video", "iframe")
_CAPTION = 40
"""Characters beside a title and a picture that are no text."""
_AFTER_HEADING = 60
_BEFORE_HEADING = 40
"""Elements among which the byline is looked for."""
_LEVELS_ABOVE = 4
"""Elements, one in the other, that may begin where a post does."""
_BLOCKS_ABOVE = frozenset({"div", "p", "header", "time", "span"})
_LINE_ABOVE = 120
"""Characters of what names date and author above a text."""
_PARAGRAPH = 160
_PARAGRAPHS = 2
"""Paragraphs of so many characters after which the text has begun and no byline comes any more."""


@dataclass(frozen=True, slots=True)
class Region:
    """`content` holds the text, `post` that and the heading, date and tags around it."""

    heading: HtmlElement | None
    content: HtmlElement
    post: HtmlElement
    leads_here: bool = False
    """Whether the heading leads to this page, as many of old do that show a post alone as they do on lists."""
    around: frozenset[HtmlElement] = field(init=False, repr=False, compare=False)
    """The content and all that holds it, up to the whole page."""
    frame: frozenset[HtmlElement] = field(init=False, repr=False, compare=False)
    """That and all that holds the heading."""
    _apart: dict[tuple[frozenset[str], HtmlElement], bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        around = frozenset((self.content, *self.content.iterancestors()))
        object.__setattr__(self, "around", around)
        object.__setattr__(
            self, "frame", around if self.heading is None else around.union(self.heading.iterancestors())
        )


def post_region(outline: Outline, heading: HtmlElement | None) -> Region:
    """The region of the post whose heading this is; of the heaviest text where there is no heading."""
    content = outline.main_text(_article(outline, heading))
    if heading is not None and (picture := _picture_in(outline, content, heading)) is not None:
        content = picture
    post = content if heading is None else common_ancestor(heading, content)
    room = max(outline.weight(post).text * _SURROUNDINGS, outline.weight(post).text + _SURROUNDINGS_AT_LEAST)
    for ancestor in post.iterancestors():
        if post.tag == "article" or ancestor is outline.body or ancestor.getparent() is None:
            break
        if outline.weight(ancestor).text > room or _brings_headings(ancestor, post):
            break
        post = ancestor
    return Region(heading, content, post)


def _picture_in(outline: Outline, content: HtmlElement, heading: HtmlElement) -> HtmlElement | None:
    """The box of a title and nothing but a picture, in what holds whole columns beside or below it, too.

    That is so where whatever comes next begins with a heading of the same order.
    """
    around = list(heading.iterancestors())
    if content not in around or any(each.tag in _CONTAINERS for each in around):
        return None
    inside = around[: around.index(content)]
    box = next((each for each in inside if next(each.iter(*_PICTURES), None) is not None), None)
    if box is None or outline.weight(box).own - outline.weight(heading).own > _CAPTION:
        return None
    for element in inside[inside.index(box) :]:
        below = next((each for each in element.itersiblings() if outline.weight(each).text), None)
        if below is not None:
            first = next(below.iter(*HEADINGS), None)
            begins = first is not None and own_lines(below)[:1] == [own_text(first)] and first.tag <= heading.tag
            return box if begins and element is inside[-1] else None
    return None


def byline_of(outline: Outline, region: Region) -> Iterator[HtmlElement]:
    """The elements around the heading of a post, those after it first: where its date and author are named.

    Those of a note without a heading are named right above its text; there are none around one that was taken out of
    the page as what its platform puts into posts.
    """
    if region.heading is None:
        above = (each.iter() for each in region.content.itersiblings(preceding=True) if each.tag in _BLOCKS_ABOVE)
        lines = (each for each in chain.from_iterable(above) if outline.weight(each).text <= _LINE_ABOVE)
        yield from islice(lines, _BEFORE_HEADING)
        return
    elements = list(region.post.iter())
    if region.heading not in elements:
        return
    inside = set(region.heading.iter())
    at = elements.index(region.heading)
    after = (element for element in elements[at + 1 :] if element not in inside)
    paragraphs = 0
    for element in islice(after, _AFTER_HEADING):
        if element.tag == "p" and outline.weight(element).own > _PARAGRAPH:
            paragraphs += 1
            if paragraphs == _PARAGRAPHS:
                break
        yield element
    yield from reversed(elements[max(0, at - _BEFORE_HEADING) : at])


def above_post(outline: Outline, region: Region) -> HtmlElement | None:
    """What stands right above the post: a byline, or the day that blogs of old head all posts of it by.

    Not above one of a listing, whose heading leads to the post. Boxes without a text, for advertisements, don't count.
    """
    heading = region.heading
    if heading is None:
        return None
    if not region.leads_here and next(chain(heading.iter("a"), heading.iterancestors("a")), None) is not None:
        return None
    around = islice(chain((region.post,), region.post.iterancestors()), _LEVELS_ABOVE)
    above = (before for each in around for before in each.itersiblings(preceding=True))
    return next((each for each in above if outline.weight(each).text), None)


def stands_apart(element: HtmlElement, region: Region, names: frozenset[str]) -> bool:
    """Whether `element` is, or stands in, an aside, a menu, or what is called by one of `names`.

    What holds the text of the post as well doesn't count, whatever it is called. Verdicts are kept with the region.
    """
    path, verdict = list[HtmlElement](), False
    node: HtmlElement | None = element
    while node is not None and node not in region.around:
        known = region._apart.get((names, node))
        if known is not None:
            verdict = known
            break
        path.append(node)
        is_apart = node.tag in _APART and not is_aside_of_post(node)
        if is_apart or not names.isdisjoint(part_names(node)):
            verdict = True
            break
        node = node.getparent()
    region._apart.update(((names, each), verdict) for each in path)
    return verdict


def part_names(element: HtmlElement) -> frozenset[str]:
    """The words of an element's names, but for those that page builders give every part of a page: "widget"."""
    is_built = _PAGE_BUILDER.search(element.get("class") or "") is not None
    return words_of(element) - _ANY_WIDGET if is_built else words_of(element)


def _article(outline: Outline, heading: HtmlElement | None) -> HtmlElement | None:
    """The element that the markup itself names as the article of this heading."""
    if heading is not None:
        for ancestor in heading.iterancestors():
            if (ancestor.tag in _CONTAINERS or _is_entry(ancestor)) and _substantial(outline, ancestor):
                return ancestor
    articles = [element for element in outline.of("article") if _substantial(outline, element)]
    return articles[0] if len(articles) == 1 else None


def _is_entry(element: HtmlElement) -> bool:
    return "BlogPosting" in (element.get("itemtype") or "") or not _SEMANTIC.isdisjoint(words_of(element))


def _substantial(outline: Outline, element: HtmlElement) -> bool:
    return outline.weight(element).own >= _SUBSTANTIAL * outline.weight(outline.body).own


def _brings_headings(ancestor: HtmlElement, post: HtmlElement) -> bool:
    """Whether `ancestor` holds a heading, and so another part of the page, that `post` doesn't."""
    return sum(1 for _ in ancestor.iter(*HEADINGS)) > sum(1 for _ in post.iter(*HEADINGS))
