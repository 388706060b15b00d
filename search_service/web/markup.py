"""Text of the index -> HTML: the one gate against script injection. Templates escape everything else by themselves."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from markupsafe import Markup

from ..engine.model import Hit, Snippet

_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]", re.IGNORECASE)


def highlighted(snippet: Snippet) -> Markup:
    """The text, escaped, with each marked range in a `<mark>`."""
    return Markup(highlighted_html(snippet))  # noqa: S704


def highlighted_html(snippet: Snippet) -> str:
    """The same as a plain string, for answers that aren't made of templates."""
    text = snippet.text
    if not _is_special(text):
        for first, last in reversed(snippet.marks):
            text = f"{text[:first]}<mark>{text[first:last]}</mark>{text[last:]}"
        return text
    pieces, end = list[str](), 0
    for first, last in snippet.marks:
        pieces += _escaped(text[end:first]), "<mark>", _escaped(text[first:last]), "</mark>"
        end = last
    pieces.append(_escaped(text[end:]))
    return "".join(pieces)


def _escaped(text: str) -> str:
    return html.escape(text) if _is_special(text) else text


def _is_special(text: str) -> bool:
    """Whether `html.escape` changes a text. A list of posts has hundreds of pieces, most of which it doesn't."""
    return "'" in text or '"' in text or "&" in text or "<" in text or ">" in text


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
