"""Tables of contents: lists of links to the headings of a page, which say nothing that these don't."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import islice

from lxml.html import HtmlElement

from .dom import own_text, wording
from .outline import HEADINGS

_TO_A_PLACE = re.compile(rb"href=[\"']?#\w")
_LISTS = ("ul", "ol")
_NUMBER = re.compile(r"^[\divxIVX]+(?:[.\d]*[.)])?\s+")
"""What a table may number its lines by, where the headings have no numbers."""
_MOST = 500
"""Links in a table."""
_BOXES = frozenset({"details", "div", "nav", "aside", "section"})
_CAPTIONS = frozenset({"p", "div", "span", "strong", "b", *HEADINGS})
_LEVELS = 3
_LONGEST = 60
_NAMES = frozenset(
    wording(name)
    for name in (
        "contents", "table of contents", "toc", "in this article", "in this post", "on this page", "index", "inhalt",
        "inhaltsverzeichnis", "sommaire", "table des matières", "índice", "indice", "contenido", "contenidos",
        "tabla de contenido", "tabla de contenidos", "conteúdo", "sumário", "содержание", "оглавление", "зміст",
        "spis treści", "inhoud", "inhoudsopgave", "innehåll", "indhold", "innhold", "sisällys", "sisällysluettelo",
        "tartalom", "tartalomjegyzék", "obsah", "içindekiler", "cuprins", "съдържание", "περιεχόμενα", "mục lục",
        "daftar isi", "สารบัญ", "目录", "目錄", "目次", "文章目录", "차례", "목차", "المحتويات", "תוכן עניינים",
    )
)  # fmt: skip
"""What stands above them."""


def drop_contents(root: HtmlElement, source: bytes) -> None:
    """Drop the tables of contents of a page, with what announces them."""
    if _TO_A_PLACE.search(source) is None:
        return
    lists = [each for each in root.iter(*_LISTS) if _begins_within(each)]
    if not lists:
        return
    headings = {wording(own_text(each)) for each in root.iter(*HEADINGS)}
    for element in lists:
        if any(each.tag == "body" for each in element.iterancestors()) and _is_contents(element, headings):
            box = _box_of(element)
            above = box.getprevious()
            caption = above if above is not None and above.tag in _CAPTIONS and _is_name(own_text(above)) else None
            is_named = caption is not None or own_text(box) != own_text(element)
            if is_named or next(islice(element.iter("a"), 1, None), None) is not None:
                box.drop_tree()
                if caption is not None:
                    caption.drop_tree()


def _begins_within(element: HtmlElement) -> bool:
    """Whether the first link of a list leads to a place on the page."""
    link = next(element.iter("a"), None)
    return link is not None and (link.get("href") or "").startswith("#")


def _is_contents(element: HtmlElement, headings: Set[str]) -> bool:
    """Whether a list holds nothing but links to places on the page, each of them called as a heading is."""
    links = list(islice(element.iter("a"), _MOST + 1))
    if len(links) > _MOST or not all((link.get("href") or "").startswith("#") for link in links):
        return False
    return all(_names_of(link) & headings for link in links) and sum(map(_letters, links)) == _letters(element)


def _names_of(link: HtmlElement) -> Set[str]:
    text = own_text(link)
    return {wording(text), wording(_NUMBER.sub("", text))} - {""}


def _letters(element: HtmlElement) -> int:
    return sum(map(str.isalpha, "".join(element.itertext())))


def _box_of(element: HtmlElement) -> HtmlElement:
    """The outermost of the next few elements that hold a table of contents with its name, and nothing else.

    What can be unfolded is called as its maker likes.
    """
    box, around, inside = element, element.getparent(), own_text(element)
    for _ in range(_LEVELS):
        if around is None or around.tag not in _BOXES:
            break
        beside = own_text(around).replace(inside, "", 1).strip()
        if beside and not _is_name(beside) and (around.tag != "details" or len(beside) > _LONGEST):
            break
        box, around = around, around.getparent()
    return box


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST and wording(text) in _NAMES
