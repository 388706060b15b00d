"""The pages that a site is learned from, and which of those of one build are looked at closely."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from indexer.extract.addresses.mirrored import mirrored_from
from indexer.extract.dates.cascade import Dated
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.html import Markup, body_of, parse
from indexer.extract.model import MAX_BODY, NOTHING, Given
from indexer.extract.rules import RulesBySite
from indexer.extract.seen import is_feed, see
from indexer.extract.verdict.glance import Glance
from indexer.extract.verdict.ruled_out import ruled_out
from indexer.sources.model import Page
from search_service.engine.errors import ExtractionError

from .head import read_head, titles_on
from .model import SiteTemplates
from .observe import Observed
from .sample import spread
from .steps import Steps

OBSERVED = 16
"""Pages of a cluster that are looked at closely ..."""
_GLANCED_AT = 5
"""... unless none of so many is a post."""


@dataclass(frozen=True, eq=False)
class Sampled:
    """A page of the sample, parsed, and what its operator and the site's feeds say of it."""

    page: Page
    markup: Markup
    given: Given

    @cached_property
    def head(self) -> Metadata:
        """The metadata of the page."""
        return read_head(self.markup.root)

    @cached_property
    def is_ruled_out(self) -> bool:
        """Whether the page is no post by its address and its head, whatever is found on it."""
        glance = Glance(
            url=self.page.url,
            metadata=self.head,
            body=body_of(self.markup),
            title="",
            # A date and a text speak against it.
            published=Dated(self.given.day, "address"),
            text=MAX_BODY,
            today=self.given.day,
            mirrored=mirrored_from(self.markup.source),
            path=self.given.path,
        )
        return not self.given.is_post and ruled_out(glance) is not None

    def observe(self, steps: Steps) -> Observed:
        """The page as the general path sees it, without its dates if it is ruled out."""
        seen = see(self.page, self.markup, self.head, self.given, undated=self.is_ruled_out)
        return Observed(self.page, seen, steps)


def parsed(pages: Iterable[Page], rules: RulesBySite, site: SiteTemplates, today: dt.date | None) -> Iterator[Sampled]:
    """Those of the pages that can be read, without what their operator wants removed."""
    for page in pages:
        if not is_feed(page):
            with suppress(ExtractionError):  # the pass over all pages names it
                markup, own = parse(page), rules.of(page.url)
                given = own.choose(markup.root, url=page.url).given if own else NOTHING
                yield Sampled(page, markup, site.informed(given, page.url, titles_on(markup))._replace(today=today))


def observed(members: Sequence[Sampled], steps: Steps) -> list[Observed]:
    """Pages of a cluster, evenly spread: enough to tell what they have in common, fewer where none is a post.

    What addresses rule out says nothing of the others: lists of whole posts look like posts. Of those few are enough.
    """
    chosen = spread(members, OBSERVED)
    first = spread(chosen, _GLANCED_AT)
    found = [each.observe(steps) for each in first]
    if any(page.is_post for page in found) or all(page.seen.ruled_out for page in found):
        found += [each.observe(steps) for each in chosen if each not in first and not each.is_ruled_out]
    return found
