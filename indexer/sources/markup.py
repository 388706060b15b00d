"""HTML bytes -> the few tags that tell where a page is and what it links to.

Not a parse: one linear scan for start tags, with every step bounded, so that two megabytes of `<a <a <a` cost no more
than two megabytes of prose. What stands in comments, scripts and styles is skipped, as browsers do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

MAX_ATTRIBUTES = 8192
"""Characters of one tag's attributes that are read."""

# `<` ends every repetition and none gives anything back, so no stretch of text is looked at twice.
_START = re.compile(
    r"""<(?:
        (?P<comment>!--)
      | (?P<raw>script|style)\b
      | (?P<name>a|area|base|link|meta)(?P<attributes>\s(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*+)>
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]{1,64})\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?""",
)
_END = {
    "comment": re.compile("-->"),
    "script": re.compile("</script", re.IGNORECASE),
    "style": re.compile("</style", re.IGNORECASE),
}


NAMES = frozenset({"a", "area", "base", "link", "meta"})


class StartTag(NamedTuple):
    """A start tag: lowercase name, attributes by lowercase name with their values unescaped."""

    name: str
    attributes: Mapping[str, str]


def start_tags(content: bytes, names: Container[str] = NAMES) -> Iterator[StartTag]:
    """The `a`, `area`, `base`, `link` and `meta` tags of a page in order, as far as their `names` are wanted.

    Bytes are read as UTF-8 whatever the page says: markup and addresses are ASCII in every encoding that matters.
    """
    text = content.decode("utf-8", "replace")
    at = 0
    while start := _START.search(text, at):
        at = start.end()
        if start["name"]:
            name = start["name"].lower()
            if name in names:
                yield StartTag(name, _attributes(start["attributes"]))
            continue
        end = _END[start["raw"].lower() if start["raw"] else "comment"].search(text, at)
        if end is None:
            return
        at = end.end()


def _attributes(text: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:MAX_ATTRIBUTES]):
        name, *values = match.groups()
        attributes.setdefault(name.lower(), html.unescape(next((v for v in values if v is not None), "")))
    return attributes
