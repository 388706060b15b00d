"""Where a page was copied from, as programs that copy pages note it in each of their copies.

HTTrack has names of its own for what a script was asked for: the list at `/?cat=3` is `/index7c2d.html`, as are posts.
SingleFile and the browsers that save a page call the copy by its title.
"""

from __future__ import annotations

import re

from indexer.extract.markup.saved import NOTED_WITHIN, saved_from

_NOTE = re.compile(rb"<!-- Mirrored from ([^\s<>]+) by HTTrack")
_INDEX = re.compile(r"/index\.html?$")


def mirrored_from(source: bytes) -> str | None:
    """The address of the page that this is a copy of; None where nothing says so."""
    note = _NOTE.search(source, 0, NOTED_WITHIN)
    return _INDEX.sub("/", f"http://{note[1].decode('utf-8', 'replace')}") if note else saved_from(source)
