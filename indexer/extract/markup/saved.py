"""Pages that a browser or SingleFile saved: they note where they are from, and all of their links lead there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

_NOTE = re.compile(
    rb"<!--\s*(?:Page saved with SingleFile\s+url:\s*|saved from url=\(\d{4}\))(https?://[^\s<>]+)", re.IGNORECASE
)
NOTED_WITHIN = 5_000
"""Bytes of a page within which a copy notes where it is from."""
_LINKED = 3
"""Links of a saved page to where it is from: what was made from a saved page has its note, too, and other links."""


def saved_from(source: bytes) -> str | None:
    """The address that a page was saved from; None where nothing says so, or the links lead elsewhere."""
    note = _NOTE.search(source, 0, NOTED_WITHIN)
    address = note[1].decode("utf-8", "replace") if note else ""
    host = _host_of(address)
    return address if host and source.count(f"//{host}/".encode()) > _LINKED else None


def settle_links(root: HtmlElement, source: bytes) -> None:
    """Write the links of a saved page to its own site as they were before: saving made them absolute."""
    if (address := saved_from(source)) is None:
        return
    home = re.compile(rf"https?://{re.escape(_host_of(address))}(?=[/?#]|$)")
    for link in root.iter("a"):
        if (href := link.get("href")) and (own := home.match(href)):
            link.set("href", href[own.end() :] or "/")


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
