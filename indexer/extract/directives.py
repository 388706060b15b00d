"""What a page asks of those who index it, in its head or by its server."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from indexer.sources.model import Page
from indexer.sources.robots_tags import META_NAMES, asked_in_head

from .metadata import Metadata
from .written_dates import stated_date


@dataclass(frozen=True, slots=True)
class Directives:
    """What is asked: that the page isn't found at all (`noindex`), that none of its text is shown (`nosnippet`)."""

    noindex: bool = False
    nosnippet: bool = False


def directives_of(page: Page, metadata: Metadata) -> Directives:
    """The directives of a page; of several on one matter the strictest counts."""
    asked = asked_in_head(value for name in META_NAMES for value in metadata.metas.get(name, ()))
    return Directives(
        noindex=page.noindex or asked.noindex or any(map(_has_expired, asked.unavailable_after)),
        nosnippet=page.nosnippet or asked.nosnippet,
    )


def _has_expired(moment: str) -> bool:
    date = stated_date(moment)
    return date is not None and date < dt.datetime.now(dt.UTC).date()
