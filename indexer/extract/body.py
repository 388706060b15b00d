"""The text of a post (trafilatura), without what stands around it."""

from __future__ import annotations

import logging
import re

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from .dom import own_lines, own_text
from .model import Found
from .outline import Outline
from .region import Region
from .title import folded
from .written_dates import first_date

MAX_BODY = 1_000_000
"""Characters."""

_HEADER_LINES = 4
"""Lines at the start of a text among which title, date and author are looked for, to be left out."""
_LONGEST_DATE_LINE = 30
_LONGEST_PANEL = 300
_SLIGHT = 150
"""Characters of a whole post, title included, below which trafilatura takes other parts of the page for more of it."""
# The region is trusted to be the whole post where it holds at least this share of the extracted text ...
_TRUSTED = 0.8
# ... and the marks trafilatura puts before lines are no part of the page's text.
_MARK = re.compile(r"^(?:[-*|] ?)+|\|")
_SPACE = re.compile(r"\s+")


def find_body(root: HtmlElement, outline: Outline, region: Region, *, title: str, url: str) -> Found:
    """The text of the post, a paragraph a line."""
    slight = _is_slight(outline, region)
    lines = own_lines(region.post) if slight else _inside(_extracted(root, url), region)
    if not lines:
        return visible_body(region)
    lines = _without_header(_without_panels(lines, outline, region), title)
    return Found(_joined(lines), "text of the post" if slight else "trafilatura")


def visible_body(region: Region) -> Found:
    """The text that readers see where the main text of the page is; it costs next to nothing."""
    return Found(_joined(own_lines(region.content)), "text of the page")


def _joined(lines: list[str]) -> str:
    return "\n".join(lines)[:MAX_BODY].rstrip()


def _is_slight(outline: Outline, region: Region) -> bool:
    """Whether the post is known to be a picture or a sentence: looking for more would find the sidebar."""
    known = region.heading is not None and region.post is not outline.body
    return known and outline.weight(region.post).text < _SLIGHT and len(own_text(region.post)) < 2 * _SLIGHT


def _extracted(root: HtmlElement, url: str) -> list[str]:
    try:
        found = bare_extraction(root, url=url, include_comments=False, include_tables=True, with_metadata=False)
    # trafilatura documents no errors; on broken markup it lets those of lxml and of its recursion through.
    except Exception:
        logging.getLogger(__name__).debug("trafilatura failed", exc_info=True, extra={"url": url})
        return []
    text = getattr(found, "text", None) or ""
    return [line for each in text.splitlines() if (line := each.strip())]


def _inside(lines: list[str], region: Region) -> list[str]:
    """The lines without those at either end that stand outside of the post: other posts, menus, footers."""
    post = _compact(own_text(region.post))
    inside = [_compact(line) in post for line in lines]
    size = sum(map(len, lines))
    if sum(len(line) for line, within in zip(lines, inside, strict=True) if within) < _TRUSTED * max(1, size):
        return lines
    first = inside.index(True)
    last = len(inside) - inside[::-1].index(True)
    return lines[first:last]


def _without_panels(lines: list[str], outline: Outline, region: Region) -> list[str]:
    """The lines without those at the end that are nothing but links: tags, share buttons, the next post."""
    panels = {
        _compact(own_text(element))
        for element in region.post.iter("div", "ul", "nav", "footer", "section")
        if outline.is_line(element, limit=_LONGEST_PANEL) and outline.weight(element).own == 0
    }
    last = len(lines)
    while last and _compact(lines[last - 1]) in panels:
        last -= 1
    return lines[:last]


def _without_header(lines: list[str], title: str) -> list[str]:
    wanted = folded(title)
    kept = [
        line
        for line in lines[:_HEADER_LINES]
        if folded(line) != wanted and not (len(line) <= _LONGEST_DATE_LINE and first_date(line))
    ]
    return kept + lines[_HEADER_LINES:]


def _compact(text: str) -> str:
    return _SPACE.sub("", _MARK.sub("", text))
