"""What a page asks of robots: the directives of robots meta elements in its head, and of X-Robots-Tag by its server.

https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

META_NAMES = ("robots", "postseek")
"""Names of meta elements that are meant for this indexer; `googlebot` is meant for another one."""

_AGENTS = frozenset({"", "*", "postseek"})
"""What stands before directives of X-Robots-Tag that are."""
_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
"""What has a value behind a colon; any other name before one is a robot's."""
# No directive begins with a number: `Wed, 03 Dec 2025` and `December 3, 2025` are parts of one.
_COMMA = re.compile(r",(?!\s*(?:[a-z]{3,9}\.?\s+)?\d+(?!\w))")
_LONGEST = 10_000
_MOST_MOMENTS = 10
_LONGEST_MOMENT = 80


@dataclass(frozen=True, slots=True)
class RobotsTags:
    """What is asked: that a page isn't found (`noindex`), none of its text shown, none of its links followed.

    `unavailable_after` are the moments, as written, from which on it isn't to be found.
    """

    noindex: bool = False
    nosnippet: bool = False
    nofollow: bool = False
    unavailable_after: tuple[str, ...] = ()

    @property
    def restricts(self) -> bool:
        """Whether the page or its text is to stay out of an index, now or one day."""
        return self.noindex or self.nosnippet or bool(self.unavailable_after)


def asked_in_head(contents: Iterable[str]) -> RobotsTags:
    """What the contents of robots meta elements ask together; of several on one matter the strictest counts."""
    return _asked(directive for content in contents for directive in _COMMA.split(content[:_LONGEST].lower()))


def asked_by_server(fields: Iterable[str]) -> RobotsTags:
    """What X-Robots-Tag asks of all robots, and of this one; each of its `fields` may name others."""
    return _asked(directive for field in fields for directive in _addressed(field.lower()))


def _addressed(field: str) -> Iterator[str]:
    """The directives of a field that are meant for this indexer: `googlebot: noindex, nofollow` has none."""
    agent = ""
    for directive in _COMMA.split(field):
        before, colon, behind = directive.partition(":")
        if colon and _last_word(before) not in _VALUED:
            agent, directive = before.strip(), behind
        if agent in _AGENTS:
            yield directive


def _asked(directives: Iterable[str]) -> RobotsTags:
    words: set[str] = set()
    moments: list[str] = []
    for directive in directives:
        before, _, behind = directive.partition(":")
        name = _last_word(before)
        words.update(before.split())  # some leave the commas out
        if name == "unavailable_after":
            moments.append(behind.strip()[:_LONGEST_MOMENT])
            continue
        value, *others = behind.split() or [""]
        words.update(others)
        if name == "max-snippet" and value == "0":
            words.add("nosnippet")
    return RobotsTags(
        noindex=not words.isdisjoint(("noindex", "none")),
        nosnippet="nosnippet" in words,
        nofollow=not words.isdisjoint(("nofollow", "none")),
        unavailable_after=tuple(moments[:_MOST_MOMENTS]),
    )


def _last_word(text: str) -> str:
    return next(reversed(text.split()), "")
