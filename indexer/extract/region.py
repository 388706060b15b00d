"""The part of a page that is the post: its heading, its text, and what belongs to both."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from .dom import words_of
from .outline import Outline, common_ancestor

_CONTAINERS = frozenset({"article", "main"})
_SEMANTIC = frozenset({"hentry", "blogposting"})
# A post's frame may hold this much more text than its main text: byline, tags, a note on the author.
_SURROUNDINGS = 1.4
_SURROUNDINGS_AT_LEAST = 400


@dataclass(frozen=True, slots=True)
class Region:
    """`content` holds the text, `post` that and the heading, date and tags around it."""

    heading: HtmlElement | None
    content: HtmlElement
    post: HtmlElement


def post_region(outline: Outline, heading: HtmlElement | None) -> Region:
    """The region of the post whose heading this is; of the heaviest text where there is no heading."""
    content = outline.main_text(_article(outline, heading))
    post = content if heading is None else common_ancestor(heading, content)
    room = max(outline.weight(post).text * _SURROUNDINGS, outline.weight(post).text + _SURROUNDINGS_AT_LEAST)
    for ancestor in post.iterancestors():
        if post.tag == "article" or ancestor is outline.body or ancestor.getparent() is None:
            break
        if outline.weight(ancestor).text > room or _holds_other_articles(ancestor, post):
            break
        post = ancestor
    return Region(heading, content, post)


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
    return outline.weight(element).own >= 0.4 * outline.weight(outline.body).own


def _holds_other_articles(ancestor: HtmlElement, post: HtmlElement) -> bool:
    return any(other is not post and other not in set(post.iterancestors()) and post not in set(other.iterancestors())
               and other not in set(post.iter()) for other in ancestor.iter("article"))
