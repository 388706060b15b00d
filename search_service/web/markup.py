"""Text of the index -> HTML: the one gate against script injection. Templates escape everything else by themselves."""

from __future__ import annotations

import html
import re

from markupsafe import Markup

from ..engine.model import Snippet

_NUL = "\0"
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]", re.IGNORECASE)


def highlighted(snippet: Snippet) -> Markup:
    """The text, escaped, with each marked range in a `<mark>`."""
    text, end = snippet.text, 0
    pieces: list[str] = []
    for first, last in snippet.marks:
        pieces += text[end:first], text[first:last]
        end = last
    pieces.append(text[end:])
    # One call for all pieces, of which a list of posts has hundreds.
    escaped = [html.escape(piece) for piece in pieces] if _NUL in text else html.escape(_NUL.join(pieces)).split(_NUL)
    plain, *rest = escaped
    marked = [f"<mark>{match}</mark>{after}" for match, after in zip(rest[::2], rest[1::2], strict=True)]
    return Markup("".join([plain, *marked]))  # noqa: S704


def web_address(url: str | None) -> str | None:
    """`url` if it is an http(s) address, which may become a link or an image; else None."""
    return url if url and _WEB_ADDRESS.match(url) else None
