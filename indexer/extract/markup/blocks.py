"""The text of a page block by block, each with what its markup says about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntFlag, auto
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from lxml.html import HtmlElement

from .dom import BLOCKS, SILENT, is_link, vocabulary, words_of
from .outline import Outline
from .region import Region

_NO_LETTER = re.compile(r"[\W_]+")
_ALL_LINKS = 0.9


class Kind(IntFlag):
    """What a block is, or stands in."""

    NAV = auto()
    ASIDE = auto()
    FOOTER = auto()
    HEADER = auto()
    FORM = auto()
    FIGURE = auto()
    TABLE = auto()
    LIST = auto()
    CODE = auto()
    HEADING = auto()
    HIDDEN = auto()
    SHARING = auto()
    RELATED = auto()
    AUTHOR = auto()
    COMMENTS = auto()
    OFFER = auto()
    META = auto()
    MENU = auto()
    WIDGET = auto()
    CAPTION = auto()
    CONTENTS = auto()
    NOTE = auto()


_NOTHING = Kind(0)
_OF_TAG: Mapping[str, Kind] = MappingProxyType(
    {
        "nav": Kind.NAV, "aside": Kind.ASIDE, "footer": Kind.FOOTER, "header": Kind.HEADER, "form": Kind.FORM,
        "button": Kind.FORM, "label": Kind.FORM, "figure": Kind.FIGURE, "figcaption": Kind.CAPTION, "table": Kind.TABLE,
        "ul": Kind.LIST, "ol": Kind.LIST, "dl": Kind.LIST, "pre": Kind.CODE,
        "h1": Kind.HEADING, "h2": Kind.HEADING, "h3": Kind.HEADING, "h4": Kind.HEADING,
        "h5": Kind.HEADING, "h6": Kind.HEADING, "dialog": Kind.HIDDEN, "caption": Kind.CAPTION, "address": Kind.AUTHOR,
    }
)  # fmt: skip
_TO_READ, _OF_TEXT = frozenset({"email", "read"}), frozenset({"body", "content"})
"""`email-body` and `content-read` are the text itself; elsewhere the words offer to pass it on, or to read more."""
_WORDS = (
    (
        Kind.SHARING,
        vocabulary("share sharing social socials shares sharebar like likes addtoany sharedaddy follow print email"),
    ),
    (
        Kind.RELATED,
        vocabulary(
            "related recommended recommend similar more next previous prev teaser teasers latest recent popular"
            " trending read also carousel slider promo promoted outbrain taboola crp yarpp jp relatedposts"
            " card cards pagination"
        ),
    ),
    (Kind.AUTHOR, vocabulary("author authors bio byline vcard profile avatar autor contributor")),
    (Kind.COMMENTS, vocabulary("comment comments respond disqus reply replies discussion commentlist")),
    (
        Kind.OFFER,
        vocabulary(
            "newsletter subscribe subscription signup cta ad ads advert advertisement advertising sponsor sponsored"
            " banner popup modal cookie cookies consent gdpr donate paywall offer affiliate login register disclaimer"
            " disclosure notice alert"
        ),
    ),
    (
        Kind.META,
        vocabulary(
            "meta info infos date time published posted tags tag category categories taxonomy label labels keywords"
            " breadcrumb breadcrumbs details credit credits source copyright timestamp reading"
        ),
    ),
    (Kind.MENU, vocabulary("nav menu navigation navbar topbar toolbar skip offcanvas dropdown submenu tabs")),
    (Kind.WIDGET, vocabulary("widget sidebar side rail footer aside panel module complementary")),
    (Kind.CAPTION, vocabulary("caption credit credits legend photo gallery image")),
    (Kind.NOTE, vocabulary("footnote footnotes footdef footpara endnote endnotes")),
    (Kind.CONTENTS, vocabulary("toc contents index jump anchors ez")),
    (Kind.HIDDEN, vocabulary("hidden hide invisible sr visuallyhidden screen")),
)
_CALLOUTS = vocabulary("note callout admonition tip hint warning caution important starlight")
"""What an aside is called that says something within the text."""


class Place(IntFlag):
    """Where a block stands."""

    CONTENT = auto()
    POST = auto()
    BELOW_HEADING = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two boundaries of blocks, on one line."""

    text: str
    linked: int
    """Characters that are links' text."""
    kind: Kind
    place: Place
    key: str = field(init=False)
    """The letters and digits of the text: the form in which blocks and extracted lines are compared."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", letters_of(self.text))

    @property
    def is_linked(self) -> bool:
        """Whether the text is a link, or nothing but links."""
        return self.linked > _ALL_LINKS * len(self.text)


_PLACES = MappingProxyType(
    {
        (content, post, below): Place(content * Place.CONTENT | post * Place.POST | below * Place.BELOW_HEADING)
        for content, post, below in product((False, True), repeat=3)
    }
)


def letters_of(text: str) -> str:
    """The letters and digits of `text`, in lower case."""
    return _NO_LETTER.sub("", text).lower()


def blocks_of(outline: Outline, region: Region) -> list[Block]:
    """The blocks of a page in order."""
    content, post = set(region.content.iter()), set(region.post.iter())
    order = {element: at for at, element in enumerate(outline.elements)}
    heading = order.get(region.heading, 0) if region.heading is not None else 0
    blocks, is_below = [], False
    for text, linked, element, kind in _runs(outline.body, region.around):
        # Text right below the heading may be that of what holds both.
        is_below = is_below or order.get(element, 0) >= heading
        place = _PLACES[element in content, element in post, is_below]
        blocks.append(Block(text, linked, kind, place))
    return blocks


def _runs(body: HtmlElement, around: frozenset[HtmlElement]) -> list[tuple[str, int, HtmlElement, Kind]]:
    """The runs of text, each with the characters in links, the innermost block element around it and its kind."""
    runs: list[tuple[str, int, HtmlElement, Kind]] = []
    pieces: list[str] = []
    linked = links = 0
    holders = [(body, _NOTHING)]
    stack: list[tuple[HtmlElement, Kind, bool]] = [(body, _NOTHING, False)]
    while stack:
        node, inherited, is_end = stack.pop()
        tag = node.tag
        is_silent = not isinstance(tag, str) or tag in SILENT
        if tag in BLOCKS and pieces:
            if run := " ".join("".join(pieces).split()):
                runs.append((run, min(linked, len(run)), *holders[-1]))
            pieces.clear()
            linked = 0
        if is_silent:
            text = node.tail
        elif is_end:
            if tag in BLOCKS:
                holders.pop()
            elif is_link(node):
                links -= 1
            text = None if node is body else node.tail
        else:
            # What the names of the elements around the main text say holds for all of the page: it tells nothing.
            own = _NOTHING if node in around else kind_of(node)
            kind = inherited | own if own and own != inherited else inherited
            stack.append((node, inherited, True))
            stack.extend((child, kind, False) for child in reversed(node))
            if tag in BLOCKS:
                holders.append((node, kind))
            elif is_link(node):
                links += 1
            text = node.text
        if text:
            pieces.append(text)
            linked += len(text.strip()) if links else 0
    if run := " ".join("".join(pieces).split()):
        runs.append((run, min(linked, len(run)), *holders[-1]))
    return runs


def kind_of(element: HtmlElement) -> Kind:
    """What the markup says of an element itself."""
    attributes = element.attrib
    if not attributes:
        return _OF_TAG.get(element.tag, _NOTHING)
    kind = _named(element.tag, words_of(element))
    return kind | Kind.HIDDEN if is_hidden(attributes) else kind


@lru_cache(maxsize=8192)
def _named(tag: str, names: frozenset[str]) -> Kind:
    if tag == "aside" and not names.isdisjoint(_CALLOUTS):
        tag, names = "div", names - {"aside"}
    if not names.isdisjoint(_OF_TEXT):
        names = names - _TO_READ
    kind = _OF_TAG.get(tag, _NOTHING)
    for group, words in _WORDS:
        if not names.isdisjoint(words):
            kind |= group
    return kind


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether the attributes of an element keep it from readers."""
    concealed = "display:none" in attributes.get("style", "").replace(" ", "").lower()
    return concealed or "hidden" in attributes or attributes.get("aria-hidden") == "true"
