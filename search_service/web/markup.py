"""Text of the index -> HTML: the one gate against script injection. Templates escape everything else by themselves."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from ..engine.model import Snippet

_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]", re.IGNORECASE)


def highlighted(snippet: Snippet) -> Markup:
    """The text, escaped, with each marked range in a `<mark>`."""
    pieces: list[Markup] = []
    end = 0
    for first, last in snippet.marks:
        pieces += escape(snippet.text[end:first]), Markup("<mark>"), escape(snippet.text[first:last]), Markup("</mark>")
        end = last
    return Markup("").join([*pieces, escape(snippet.text[end:])])


def web_address(url: str | None) -> str | None:
    """`url` if it is an http(s) address, which may become a link or an image; else None."""
    return url if url and _WEB_ADDRESS.match(url) else None
