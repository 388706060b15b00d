"""Bytes as they came -> the content of a page, within bounds.

A file may be large because of what nobody reads in it: a framework's scripts and styles, drawings, pictures that a
notebook or a page saved as one file carries within its markup. Of a large one that is left out before anything else
sees it, in one pass that looks at no byte twice; pages of the usual size stay as they are, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search_service.engine.errors import FetchError

from .model import MAX_BYTES

MAX_FILE = 10_000_000
"""Bytes of a page as it comes, scripts, styles and pictures included."""

_TAG = re.compile(rb"<(?:(script|style|svg)(?=[\s>])|!--)", re.IGNORECASE)
_COMMENT = b"comment"
_ENDS = {
    name: re.compile(rb"</%b(?=[\s/>])[^>]{0,200}+>" % name, re.IGNORECASE) for name in (b"script", b"style", b"svg")
}
_ENDS[_COMMENT] = re.compile(rb"--!?>")
_FACTS = b"application/ld+json"
_NOTE = 1_000
"""Bytes of a comment that may tell search engines what to leave out, or where a page was saved from."""
_PICTURE = re.compile(rb"(?<=[\"'])data:[a-z]{1,20}/[^\"'<>,]{1,100}+,[^\"'<>\s]{100,}+", re.IGNORECASE)


def page_content(content: bytes, *, url: str, named: str) -> bytes:
    """The content of a page, of a large one without what nobody reads. FetchError if it is too large even so."""
    if len(content) <= MAX_BYTES:
        return content
    if len(content) > MAX_FILE:
        raise FetchError(f"{named} has more than {MAX_FILE:,} bytes", url=url)
    read = _without_unread(content)
    if len(read) > MAX_BYTES:
        raise FetchError(
            f"{named} has {len(read):,} bytes without its scripts, styles and pictures; a page may have {MAX_BYTES:,}",
            url=url,
        )
    return read


def _without_unread(content: bytes) -> bytes:
    kept: list[bytes] = []
    at = 0
    for start, end in _unread(content):
        kept.append(content[at:start])
        at = end
    kept.append(content[at:])
    return _PICTURE.sub(b"data:,", b"".join(kept))


def _unread(content: bytes) -> Iterator[tuple[int, int]]:
    """Where scripts, styles, drawings and long comments begin and end; not facts (JSON-LD), nor what has no end."""
    at, endless = 0, set[bytes]()
    while (tag := _TAG.search(content, at)) is not None:
        name = (tag[1] or _COMMENT).lower()
        # `<!-->` is a whole comment, and a drawing may end in its own tag.
        inside = content.find(b">", tag.end() - 1) + 1 if tag[1] else tag.start() + 2
        if not inside:
            return
        at = max(inside, tag.end())
        is_whole = name == b"svg" and content[inside - 2 : inside] == b"/>"
        end = None if is_whole or name in endless else _ENDS[name].search(content, inside)
        if end is not None:
            at = end.end()
            is_read = _FACTS in content[tag.start() : inside].lower() if tag[1] else at - tag.start() <= _NOTE
            if not is_read:
                yield tag.start(), at
        elif not is_whole:
            endless.add(name)
