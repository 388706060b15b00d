"""What a page asks of those who index it, in its head or by its server."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from indexer.extract.dates.written import stated_date
from indexer.extract.head.metadata import Metadata
from indexer.sources.feeds import published_on
from indexer.sources.model import Page
from indexer.sources.robots_tags import META_NAMES, asked_in_head


@dataclass(frozen=True, slots=True)
class Directives:
    """What is asked: that the page isn't found at all (`noindex`), that none of its text is shown (`nosnippet`).

    `last_day` is the last one on which it may be found, where there is one and it hasn't passed.
    """

    noindex: bool = False
    nosnippet: bool = False
    last_day: dt.date | None = None


def directives_of(page: Page, metadata: Metadata, *, today: dt.date) -> Directives:
    """The directives of a page as of `today`; of several on one matter the strictest counts."""
    asked = asked_in_head(value for name in META_NAMES for value in metadata.metas.get(name, ()))
    moments = (*asked.unavailable_after, *page.unavailable_after)
    # A year of two digits, as RFC 850 and 822 have it, is read as in feeds.
    stated = (stated_date(moment) or stated_date(published_on(moment)) for moment in moments)
    last_day = min((day for day in stated if day is not None and day < dt.date.max), default=None)  # which says never
    expired = last_day is not None and last_day < today
    return Directives(
        noindex=page.noindex or asked.noindex or expired,
        nosnippet=page.nosnippet or asked.nosnippet,
        last_day=None if expired else last_day,
    )
