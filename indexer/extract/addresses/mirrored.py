"""Where a page was copied from, as HTTrack notes it in each of its copies.

It has names of its own for what a script was asked for: the list at `/?cat=3` is `/index7c2d.html`, as are posts.
"""

from __future__ import annotations

import re

_NOTE = re.compile(rb"<!-- Mirrored from ([^\s<>]+) by HTTrack")
_INDEX = re.compile(r"/index\.html?$")
_WITHIN = 5_000
"""Bytes of a page within which the note is."""


def mirrored_from(source: bytes) -> str | None:
    """The address of the page that this is a copy of; None where nothing says so."""
    note = _NOTE.search(source, 0, _WITHIN)
    return _INDEX.sub("/", f"http://{note[1].decode('utf-8', 'replace')}") if note else None
