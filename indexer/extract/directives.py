"""What a page asks of those who index it, in its head or by its server."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from indexer.sources.model import Page

from .metadata import Metadata
from .written_dates import stated_date

_ADDRESSED = ("robots", "postseek")
"""Names of robots meta elements that are meant for this indexer; `googlebot` is meant for another one."""
_EXPIRY = re.compile(r"unavailable_after\s*:\s*(.+)")
_NO_EXCERPT = re.compile(r"nosnippet|max-snippet\s*:\s*0")


@dataclass(frozen=True, slots=True)
class Directives:
    """What is asked: that the page isn't found at all (`noindex`), that none of its text is shown (`nosnippet`)."""

    noindex: bool = False
    nosnippet: bool = False


def directives_of(page: Page, metadata: Metadata) -> Directives:
    """The directives of a page; of several on one matter the strictest counts."""
    stated = [value.lower() for name in _ADDRESSED for value in metadata.metas.get(name, ())]
    words = {word.strip() for value in stated for word in value.split(",")}
    return Directives(
        noindex=page.noindex or not words.isdisjoint(("noindex", "none")) or any(map(_has_expired, stated)),
        nosnippet=page.nosnippet or any(_NO_EXCERPT.fullmatch(word) for word in words),
    )


def _has_expired(stated: str) -> bool:
    match = _EXPIRY.search(stated)
    date = stated_date(match[1]) if match else None
    return date is not None and date < dt.datetime.now(dt.UTC).date()
