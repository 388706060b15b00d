"""Text of the index -> HTML: the one gate against script injection. Templates escape everything else by themselves."""

from __future__ import annotations

import html
import re

from markupsafe import Markup

from ..engine.model import Snippet

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
