"""The elements of a page that may show its title: what they show of it, and which of them lead to the site instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain, takewhile

from lxml.html import HtmlElement

from indexer.extract.addresses.leading import leads_up
from indexer.extract.authors.bylines import signed_in, starts_as_byline
from indexer.extract.dates.written import abbreviated_date, first_date
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.dom import line, own_text, vocabulary, wording, words_of
from indexer.extract.markup.outline import HEADINGS, TITLE_WORDS, Outline, in_dialog
from indexer.extract.markup.permalinks import without_permalinks
from indexer.extract.model import MAX_TITLE
from indexer.extract.tags.links import is_rel_tag, leads_to_label

_KICKER_WORDS = vocabulary(
    "kicker overline topline roofline dachzeile spitzmarke eyebrow supertitle pretitle prefix label subline category"
)
_SIGNS = frozenset({"Sm", "So", "Mn", "Cf"})
"""Arrows, stars, pictures, and what tells of these how they are shown."""
_CONTENTS_WORDS = frozenset({"toc", "contents"})
_SMALLER = frozenset({"small", "span"})
_LONGEST_DATE_LINE = 40
_WORDS_OF_DAY = 2
"""The day of the week, and the month."""
_OF_POST = frozenset({"article", "main"})
_SIDEBAR_WORDS = frozenset({"sidebar", "widget"})
_BOX_WORDS = vocabulary("sidebar sidebars widget widgets block blocks module modules footer foot")
_SIDE_BAR = frozenset({"side", "bar"})
"""The words of `sideBar` and of `side-bar`."""
_MENU_WORDS = vocabulary("nav navigation navbar menu submenu breadcrumb breadcrumbs")


def possible_headings(outline: Outline, metadata: Metadata) -> Iterator[tuple[HtmlElement, str]]:
    """What may show the title: the headings, then other elements that are called one.

    Those of menus, dialogs and tables of contents are none.
    """
    for element in chain(outline.of("h1"), outline.of("h2", "h3"), outline.of("div", "header", "span", "p", "a")):
        if not outline.is_line(element, limit=MAX_TITLE):
            continue
        words = words_of(element)
        if (
            (element.tag in HEADINGS or not TITLE_WORDS.isdisjoint(words))
            and (element.tag == "h1" or _MENU_WORDS.isdisjoint(words))
            and _CONTENTS_WORDS.isdisjoint(words)
            and not in_dialog(element)
            and (element.tag in HEADINGS or not _is_of_labels(element))
        ):
            yield element, _shown(element, metadata)


def in_sidebar(heading: HtmlElement, outline: Outline) -> bool:
    """Whether a heading stands in what is called a sidebar; what holds most of the text isn't one, but has one."""
    half = outline.weight(outline.body).own / 2
    around = (each for each in heading.iterancestors() if outline.weight(each).own < half)
    return any(not _SIDEBAR_WORDS.isdisjoint(words) or words >= _SIDE_BAR for words in map(words_of, around))


def in_masthead(heading: HtmlElement) -> bool:
    """Whether a heading stands in the header of the site, which holds its menu as well."""
    around = takewhile(lambda each: each.tag not in _OF_POST, heading.iterancestors())
    return any(each.tag == "header" and next(each.iter("nav"), None) is not None for each in around)


def is_of_box_below(heading: HtmlElement, outline: Outline) -> bool:
    """Whether a heading stands behind the text of the page, in a box called one, or where that of the post is empty."""
    text, is_empty = outline.main_text(), False
    for element in outline.elements:
        if element is heading:
            return False
        is_empty = is_empty or (element.tag in HEADINGS and not len(element) and not (element.text or "").strip())
        if element is text:
            return text not in heading.iterancestors() and (is_empty or _in_box(heading))
    return False


def is_day(text: str) -> bool:
    """Whether a heading says on which day what follows was written, and nothing else: `Monday, June 3, 2019`."""
    words = sum(word.isalpha() for word in wording(text).split())
    is_short = words <= _WORDS_OF_DAY and len(text) <= _LONGEST_DATE_LINE
    return is_short and (first_date(text) or abbreviated_date(text)) is not None


def _is_of_labels(element: HtmlElement) -> bool:
    """Whether an element is nothing but links to tags or categories."""
    links = [element] if element.tag == "a" else list(element.iter("a"))
    labels = [own_text(link) for link in links if is_rel_tag(link) or leads_to_label(link)]
    return bool(labels) and wording(own_text(element)) == wording(" ".join(labels))


def heading_text(heading: HtmlElement, metadata: Metadata) -> str:
    """The text of a heading without its links to itself, and without what stands smaller behind the title.

    That is a date, a byline, or whatever the page doesn't state as a part of its title.
    """
    shown = without_permalinks(heading, line(own_text(heading), limit=MAX_TITLE))
    text = _without_signs(shown, metadata.title or "")
    last = heading[-1] if len(heading) else None
    if last is None or last.tag not in _SMALLER or (last.tail or "").strip():
        return text
    behind = line(own_text(last), limit=MAX_TITLE)
    title, stated = text.removesuffix(behind).strip(), wording(metadata.title or "")
    if not behind or title in {"", text} or is_edge(wording(text), stated):
        return text
    is_dated = len(behind) <= _LONGEST_DATE_LINE and first_date(behind) is not None
    is_byline = starts_as_byline(behind) and signed_in(behind)
    return title if is_dated or is_byline or is_edge(wording(title), stated) else text


def _without_signs(text: str, stated: str) -> str:
    """A title without signs at its ends that the page states it without: `Keeping bees →` leads to another site."""
    if wording(text) not in wording(stated):
        return text
    words = text.split(" ")
    inside = [at for at, word in enumerate(words) if word in stated or not all(map(_is_sign, word))]
    return " ".join(words[inside[0] : inside[-1] + 1]) if inside else text


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter) in _SIGNS


def is_edge(part: str, whole: str) -> bool:
    """Whether the words of `whole` begin or end with those of `part`."""
    return whole == part or whole.startswith(part + " ") or whole.endswith(" " + part)


def _shown(heading: HtmlElement, metadata: Metadata) -> str:
    text = heading_text(heading, metadata)
    kicker = next((line(own_text(each), limit=MAX_TITLE) for each in heading.iterdescendants() if _is_kicker(each)), "")
    rest = text.removeprefix(kicker).strip(" :|-–—/") if kicker else ""
    return rest if len(kicker) + len(rest) <= len(text) and len(rest) > len(kicker) else text


def _is_kicker(element: HtmlElement) -> bool:
    """Whether a part of a heading is the line above the title: the section, the series, the place."""
    return element.tag == "small" or not _KICKER_WORDS.isdisjoint(words_of(element))


def links_home(heading: HtmlElement, url: str) -> bool:
    """Whether a heading is the site's name: a link to a directory above the page."""
    return any(leads_up(link, url) for link in (*heading.iter("a"), *heading.iterancestors("a")))


def _in_box(heading: HtmlElement) -> bool:
    """Whether a heading stands in a box of the site's, as systems call those around the posts."""
    return any(not _BOX_WORDS.isdisjoint(words_of(each)) for each in heading.iterancestors())
