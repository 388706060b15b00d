"""Text of the index -> HTML: the one gate against script injection. Templates escape everything else by themselves."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from markupsafe import Markup

from ..engine.model import Hit, Snippet

_SPECIAL = re.compile("[&<>\"']")
"""What `html.escape` escapes."""
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]", re.IGNORECASE)


def highlighted(snippet: Snippet) -> Markup:
    """The text, escaped, with each marked range in a `<mark>`."""
    text, end = snippet.text, 0
    escaped = html.escape if _SPECIAL.search(text) else str  # a list of posts has hundreds of pieces
    pieces: list[str] = []
    for first, last in snippet.marks:
        pieces += escaped(text[end:first]), "<mark>", escaped(text[first:last]), "</mark>"
        end = last
    pieces.append(escaped(text[end:]))
    return Markup("".join(pieces))  # noqa: S704


def web_address(url: str | None) -> str | None:
    """`url` if it is an http(s) address, which may become a link or an image; else None."""
    return url if url and _WEB_ADDRESS.match(url) else None


def section_address(hit: Hit) -> str | None:
    """The address of the section that a hit's snippet stands in; None where it is in none, or the id isn't known.

    All but letters and digits is percent-encoded, colons too: an id can't become a directive such as `:~:text=`.
    """
    url = web_address(hit.url)
    if url is None or hit.section is None or not hit.section.anchor:
        return None
    return f"{url}#{quote(hit.section.anchor, safe='', errors='replace')}"
