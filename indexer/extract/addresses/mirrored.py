"""Where a page was copied from, as programs that copy pages note it in each of their copies.

HTTrack has names of its own for what a script was asked for: the list at `/?cat=3` is `/index7c2d.html`, as are posts.
SingleFile and the browsers that save a page call the copy by its title.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NOTE = re.compile(rb"<!-- Mirrored from ([^\s<>]+) by HTTrack")
_SAVED = re.compile(
    rb"<!--\s*(?:Page saved with SingleFile\s+url:\s*|saved from url=\(\d{4}\))(https?://[^\s<>]+)", re.IGNORECASE
)
_INDEX = re.compile(r"/index\.html?$")
_WITHIN = 5_000
"""Bytes of a page within which the note is."""
_LINKED = 3
"""Links of a saved page to where it is from: what was made from a saved page has its note, too, and other links."""


def mirrored_from(source: bytes) -> str | None:
    """The address of the page that this is a copy of; None where nothing says so."""
    if note := _NOTE.search(source, 0, _WITHIN):
        return _INDEX.sub("/", f"http://{note[1].decode('utf-8', 'replace')}")
    saved = _SAVED.search(source, 0, _WITHIN)
    return saved[1].decode("utf-8", "replace") if saved and _leads_home(saved[1], source) else None


def _leads_home(address: bytes, source: bytes) -> bool:
    """Whether a saved page's links lead to the site that it is said to be from: saving makes them absolute."""
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return False
    return source.count(b"//" + host + b"/") > _LINKED
