"""The text of an element, a line for every block and every line of code, with the work left to libxml2."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

from indexer.extract.markup.dom import BLOCKS, own_text
from indexer.extract.markup.outline import HEADINGS

QUOTED = frozenset({"pre", "code", "table", "figure", "blockquote"})
PROTECTED = QUOTED | frozenset(HEADINGS)
"""Elements that are never cut out of a text, nor anything inside: what repeats in there is quoted, not boilerplate."""
_ABOVE = 4
_BELOW = 4
_LONGEST_COUNTER = 40
_SHORTEST_NAME = 4
_FIGURES = re.compile(r"\d+")
_COUNTER = re.compile(
    r"[\W\d]*(?:(?:page ?|post )?(?:views?|visits?|visitors|hits|reads|comments?|responses?|replies|likes?"
    r"|shares?)|claps|last (?:updated?|modified|edited|changed)|updated|modified|zuletzt (?:geändert|aktualisiert)"
    r"|aufrufe|kommentare?|derni[eè]re (?:mise à jour|modification)|(?:última|ultima) (?:actualización|atualização"
    r"|modifica)|visitas|vues|visualiz|leituras|lecturas|comentários?|comentarios?|commenti|commentaires?|просмотр"
    r"|комментари|обновлено|最后(?:更新|修改)|最後更新|更新(?:日期|日|时间|時間|于|於)|(?:文章)?阅读|閱讀|浏览|瀏覽|访问|評論|评论|閲覧|조회|댓글)",
    re.IGNORECASE,
)
"""What begins a line below a text that counts its visitors, or tells when it was changed."""
_BREAK = "\u2028"  # LINE SEPARATOR: what it would mean on a page itself
_BLOCKS = tuple(sorted(BLOCKS))
_SILENT = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button", "form", "nav",
)  # fmt: skip


def take_lines(element: HtmlElement) -> list[str]:
    """The lines of text that a reader sees in `element`. The element is spent: what isn't text is gone from it."""
    for silent in list(element.iter(*_SILENT)):
        if silent is not element and silent.getparent() is not None and not _is_heading(silent):
            silent.drop_tree()
    for code in element.iter("pre"):
        _keep_lines(code)
    for block in element.iter(*_BLOCKS):
        block.text = _BREAK + (block.text or "")
        block.tail = _BREAK + (block.tail or "")
    return _lines(element)


def _is_heading(element: HtmlElement) -> bool:
    """Whether an element is a button that a heading holds alone: readers press a question to unfold its answer."""
    parent = element.getparent()
    if element.tag != "button" or parent is None or parent.tag not in HEADINGS:
        return False
    return bool(text := own_text(element)) and text == own_text(parent)


def protected_lines(element: HtmlElement, tags: frozenset[str]) -> set[str]:
    """The lines in an element whose lines were taken that stand in an element of one of these tags."""
    found: set[str] = set()
    outer: set[HtmlElement] = set()
    for protected in element.iter(*tags):
        # The lines of a block are among those of the block around it.
        if protected.tag not in BLOCKS or outer.isdisjoint(protected.iterancestors()):
            found.update(_lines(protected))
            outer.add(protected)
    return found


def comparable(lines: list[str], *names: str) -> list[str]:
    """The lines as they are compared with those of other posts: 0 for every number in the first few, and in those among
    the last that count something or name the post, whose `names` are as good as any other's.

    What stands above all texts may count their words, or tell their day; further down it may number their parts.
    """
    below = max(_ABOVE, len(lines) - _BELOW)
    first = [_FIGURES.sub("0", line) for line in lines[:_ABOVE]]
    return [*first, *lines[_ABOVE:below], *(_as_of_any_post(line, names) for line in lines[below:])]


def _as_of_any_post(line: str, names: Iterable[str]) -> str:
    unnamed = line
    for name in names:
        if len(name) >= _SHORTEST_NAME:
            unnamed = unnamed.replace(name, _BREAK)
    counts = len(line) <= _LONGEST_COUNTER and _COUNTER.match(line) is not None
    return _FIGURES.sub("0", unnamed) if counts or unnamed != line else line


def _keep_lines(code: HtmlElement) -> None:
    """Break the text of an element of code where its source is broken."""
    for each in code.iter():
        # Setting a text costs more than looking at it, and most spans of coloured code have no line's end.
        if each.text and "\n" in each.text:
            each.text = each.text.replace("\n", _BREAK)
        if each is not code and each.tail and "\n" in each.tail:
            each.tail = each.tail.replace("\n", _BREAK)


def _lines(element: HtmlElement) -> list[str]:
    text = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return [line for each in text.split(_BREAK) if (line := " ".join(each.split()))]
