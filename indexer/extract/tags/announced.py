"""As what the links of a post are announced: by the words before them, like "Tags:", or by a picture that says so."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from indexer.extract.markup import icons
from indexer.extract.markup.dom import own_text
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region

from .in_head import CATEGORY_LABEL, TAG_LABEL

AMBIGUOUS = re.compile("topic|label|filed|them|tema|sujet|argoment|onderwerp|aihe|emne|ämne", re.IGNORECASE)
"""What may as well be a heading of the text, where no links follow it."""
LONGEST_CAPTION = 40
"""Characters that are no links in a list of tags: "Posted in ... and tagged ..."."""
_CAPTIONS = frozenset({"b", "strong", "span", "em", "i", "small"})
_LONGEST_ROW = 30
"""Links of one post's tags in a row."""
_LEVELS = 3
"""Elements around a link before which its caption may stand."""
_PARTS = re.compile(r"[|·•–—]")
_MARKS = " \t\r\n\xa0,;|/·•#"
_COLONS = frozenset({":", "："})


def announced(link: HtmlElement, outline: Outline, region: Region) -> str | None:
    """As what a link is announced: whether its short list begins with, or stands below, words like "Tags:" or a picture
    that says so.

    On a line with other things, the list is what follows these words: `2 June 2019 | by Ines | Tags: bees, wax`.
    """
    if kind := announced_in_row(link):
        return kind
    for element in islice(link.iterancestors(), _LEVELS):
        if element is region.post or outline.weight(element).own > LONGEST_CAPTION:
            return None
        before = element.getprevious()
        is_line = before is not None and outline.is_line(before, limit=LONGEST_CAPTION)
        above = own_text(before) if before is not None and is_line else ""
        kind = _caption_of(_before_links(element), begins=True) or _caption_of(above)
        if kind := kind or icons.labels_announced_by(before):
            return kind
    return None


def _caption_of(text: str, *, begins: bool = False) -> str | None:
    """What a caption announces: "tag", "category", or nothing."""
    for kind, caption in (("tag", TAG_LABEL), ("category", CATEGORY_LABEL)):
        if text and (caption.match if begins else caption.fullmatch)(text):
            return kind
    return None


def announced_in_row(link: HtmlElement) -> str | None:
    """What stands before a link announces, other links and the marks between them left out."""
    node = link
    for _ in range(_LONGEST_ROW):
        parent, before = node.getparent(), node.getprevious()
        between = (before.tail if before is not None else parent.text if parent is not None else None) or ""
        if between.strip(_MARKS):
            return _caption_of(_PARTS.split(between)[-1].strip())
        if before is None or before.tag != "a":
            caption = own_text(before) if before is not None and before.tag in _CAPTIONS else ""
            return _caption_of(caption) or icons.labels_announced_by(before)
        node = before
    return None


def after_caption(caption: HtmlElement) -> HtmlElement | None:
    """What comes after a caption, or after the boxes that hold nothing else: `<div><span>Tags</span></div><div>`."""
    element, text = caption, own_text(caption)
    for _ in range(_LEVELS):
        parent = element.getparent()
        if element.getnext() is not None or parent is None or own_text(parent) != text:
            break
        element = parent
    return element.getnext()


def caption_before(element: HtmlElement) -> bool:
    """Whether what is right before an element, be it wrapped, says "Tags" and no more."""
    before = element.getprevious()
    if before is None:
        return False
    text = " ".join("".join(islice(before.itertext(), _LEVELS)).split())
    return TAG_LABEL.fullmatch(text) is not None and not AMBIGUOUS.search(text) and own_text(before) == text


def is_caption(link: HtmlElement) -> bool:
    """Whether a link is what announces those behind it, whatever it is called: `<a>Thema</a>: <a>Bienen</a>`."""
    behind = link.getnext()
    return behind is not None and behind.tag == "a" and (link.tail or "").strip() in _COLONS


def _before_links(element: HtmlElement) -> str:
    """The text of an element before its first link."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == "a" or next(child.iter("a"), None) is not None:
            break
        pieces += [child.text_content()[:LONGEST_CAPTION], child.tail or ""]
    return " ".join(" ".join(pieces).split())
