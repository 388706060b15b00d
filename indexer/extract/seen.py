"""What a page shows before its text is extracted, and whether that makes it a post."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.extract.addresses.canonical import find_address
from indexer.extract.addresses.leading import leads_here
from indexer.extract.addresses.mirrored import mirrored_from
from indexer.extract.authors.cascade import find_author
from indexer.extract.dates.cascade import Dated, Dates, find_dates
from indexer.extract.dates.shown import CHANGE, shown_days
from indexer.extract.head.metadata import Metadata, read_metadata
from indexer.extract.head.sites_own import without_sites_own
from indexer.extract.markup.dom import own_text
from indexer.extract.markup.html import Markup, parse
from indexer.extract.markup.outline import Outline, outline
from indexer.extract.markup.region import Region, post_region
from indexer.extract.tags.cascade import Labels, find_labels
from indexer.extract.titles.cascade import find_title
from indexer.extract.titles.title import Title
from indexer.extract.verdict.decide import is_barely_dated, why_no_post
from indexer.extract.verdict.directives import Directives, directives_of
from indexer.extract.verdict.glance import Glance, Look
from indexer.extract.verdict.other_types import OTHER_TYPE
from indexer.extract.verdict.ruled_out import LISTING, REDIRECT, ruled_out
from indexer.extract.verdict.withheld import held_back
from indexer.sources.model import Page

from .language import find_language
from .model import ARCHIVED, GIVEN, IN_LIST, LATER_PAGE, LISTED, NO_DATE, NOINDEX, NOT_POSTS, NOTHING, Found, Given
from .profiles.hints import Hints, hints_of

FEED = "a feed saved as HTML"
NO_POST_OF_PLATFORM = "no post by what its platform calls it"
_FEED = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--[^>]*>\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b")
_FEED_WITHIN = 2_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page shows before its text is extracted: all that decides whether it is a post."""

    markup: Markup
    layout: Outline
    metadata: Metadata
    address: Found
    title: Title
    region: Region
    lang: Found | None
    dates: Dates
    hints: Hints
    asked: Directives
    why: str | None
    ruled_out: bool
    """Whether address and head alone say that it is no post."""
    barely_dated: bool
    """Whether all that dates it is what pages of the site say as well; see `is_barely_dated`."""
    withheld: str | None
    """Why it isn't to be found whatever it is; see `held_back`."""

    def labels(self, *, url: str) -> Labels:
        """Its tags and categories."""
        return self.hints.labels(find_labels(self.layout, self.metadata, self.region, url=url), self.region)

    def author(self, *, url: str) -> Found | None:
        """Its author."""
        return self.hints.author(find_author(self.layout, self.metadata, self.region, url=url))


def is_feed(page: Page) -> bool:
    """Whether the page is a feed or a sitemap under a page's name."""
    return _FEED.match(page.content[:_FEED_WITHIN]) is not None


def see(
    page: Page,
    markup: Markup | None = None,
    metadata: Metadata | None = None,
    given: Given = NOTHING,
    *,
    undated: bool = False,
) -> Seen:
    """What a page shows, and why it is no post; `markup` and `metadata` if they have been read already.

    With `undated` no date is looked for: it is known to be no post. ExtractionError where it can't be read.
    """
    markup = markup or parse(page)
    metadata = without_sites_own(metadata or read_metadata(markup), given.sites_own)
    metadata = replace(metadata, site_names=given.site_names)
    hints = hints_of(markup, metadata)
    layout = outline(markup.root)
    address = find_address(page, metadata)
    title = hints.title(find_title(layout, metadata, url=page.url))
    region = hints.region(post_region(layout, title.heading))
    links = title.heading.iter("a") if title.heading is not None else ()
    region = replace(region, leads_here=any(leads_here(link, page.url) for link in links))
    lang = find_language(metadata, own_text(region.content))
    known_lang = lang.value if lang else None
    if undated:
        dates = Dates(None, None)
    else:
        dates = hints.dates(find_dates(layout, metadata, region, url=page.url, lang=known_lang), lang=known_lang)
    if given.date is not None:
        dates = replace(dates, published=Dated(given.date, GIVEN))
    elif dates.published is None and given.listed is not None:
        dates = replace(dates, published=Dated(given.listed, LISTED))
    elif given.in_list is not None and (dates.published is None or dates.published.source.startswith(CHANGE)):
        dates = replace(dates, published=Dated(given.in_list, IN_LIST))
    elif dates.published is None and given.period is not None:
        days = shown_days(layout, region, *given.period)
        dates = replace(dates, published=next((Dated(day, ARCHIVED) for day in days), None))
    glance = Glance(
        url=page.url,
        metadata=metadata,
        body=layout.body,
        title=title.text,
        published=dates.published,
        text=layout.weight(region.content).own,
        today=given.day,
        mirrored=mirrored_from(markup.source),
        path=given.path,
    )
    why, withheld = _why(Look(glance, layout, region, given.dated, given.typed), hints, given), held_back(glance)
    if why == LATER_PAGE:
        why = withheld or why
    asked = directives_of(page, metadata, today=given.day)
    if why in {None, LATER_PAGE} and asked.noindex:
        why = NOINDEX
    off, barely = ruled_out(glance) is not None, is_barely_dated(glance)
    return Seen(markup, layout, metadata, address, title, region, lang, dates, hints, asked, why, off, barely, withheld)


def _why(look: Look, hints: Hints, given: Given) -> str | None:
    """Why a page is no post: by what it looks like, by its platform's word, by its operator's."""
    why = why_no_post(look)
    if why is None and given.beside:
        why = OTHER_TYPE
    elif why is None and hints.is_post is False and (hints.is_dated_page or not look.glance.is_dated_article):
        why = NO_POST_OF_PLATFORM
    elif (why == NO_DATE and hints.is_post) or (
        why in {NO_DATE, LISTING} and given.in_feed and ruled_out(look.glance) is None
    ):
        why = held_back(look.glance)
    if given.is_post is None or why == REDIRECT:
        return why
    return held_back(look.glance) if given.is_post else why or NOT_POSTS
