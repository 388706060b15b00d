"""The text of a post (trafilatura), without what stands around it."""

from __future__ import annotations

import logging

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from .dom import own_text
from .outline import Outline
from .region import Region
from .title import folded

MAX_BODY = 1_000_000


def find_body(root: HtmlElement, outline: Outline, region: Region, *, title: str, url: str) -> tuple[str, str]:
    """The text of the post, a paragraph a line, and where it comes from."""
    try:
        found = bare_extraction(root, url=url, include_comments=False, include_tables=True, with_metadata=False)
    # trafilatura documents no errors; on broken markup it lets those of lxml and its recursion through.
    except Exception:
        logging.getLogger(__name__).debug("trafilatura failed", exc_info=True, extra={"url": url})
        found = None
    text = found.text if found is not None else None
    if text:
        return _trimmed(text, title)[:MAX_BODY], "trafilatura"
    return own_text(region.content)[:MAX_BODY], "text of the page"


def _trimmed(text: str, title: str) -> str:
    lines = text.splitlines()
    if lines and folded(lines[0].lstrip("# ")) == folded(title):
        del lines[0]
    return "\n".join(line.strip() for line in lines if line.strip())
