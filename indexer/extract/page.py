"""One page -> one document by the general path: each field by its own cascade, without knowledge of the site."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.sources.model import Page
from search_service.engine.model import Document
from search_service.engine.urls import canonical_url

from .address import find_address
from .authors import find_author
from .body import find_body, visible_body
from .confidence import confidence_in
from .dates import Dated, Dates, find_dates, guess_date
from .decide import Look, why_no_post
from .directives import Directives, directives_of
from .dom import line, own_text
from .glance import Glance
from .html import Markup, parse
from .language import find_language
from .metadata import Metadata, read_metadata
from .model import (
    ARCHIVED,
    GIVEN,
    LATER_PAGE,
    LISTED,
    NO_DATE,
    NOINDEX,
    NOT_POSTS,
    NOTHING,
    WITHHELD,
    Cut,
    Extraction,
    Found,
    Given,
)
from .outline import Outline, outline
from .profiles.hints import Hints, hints_of
from .region import Region, post_region
from .ruled_out import LISTING, REDIRECT, ruled_out
from .sections import headings_in, indexed, sections_of
from .shown_dates import shown_days
from .tags import Labels, find_labels
from .title import Title, find_title
from .unindexed import drop_unindexed
from .withheld import held_back

FEED = "a feed saved as HTML"
NO_POST_OF_PLATFORM = "no post by what its platform calls it"
MAX_SUMMARY = 1_000
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


def see(page: Page, markup: Markup | None = None, metadata: Metadata | None = None, given: Given = NOTHING) -> Seen:
    """What a page shows, and why it is no post; `markup` and `metadata` if they have been read already.

    ExtractionError where it can't be read.
    """
    markup = markup or parse(page)
    metadata = metadata or read_metadata(markup)
    hints = hints_of(markup, metadata)
    layout = outline(markup.root)
    address = find_address(page, metadata)
    title = hints.title(find_title(layout, metadata, url=page.url))
    region = hints.region(post_region(layout, title.heading))
    lang = find_language(metadata, own_text(region.content))
    known_lang = lang.value if lang else None
    dates = hints.dates(find_dates(layout, metadata, region, url=page.url, lang=known_lang), lang=known_lang)
    if given.date is not None:
        dates = replace(dates, published=Dated(given.date, GIVEN))
    elif dates.published is None and given.listed is not None:
        dates = replace(dates, published=Dated(given.listed, LISTED))
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
    )
    why, withheld = _why(Look(glance, layout, region, title.heading, given.dated), hints, given), held_back(glance)
    if why == LATER_PAGE:
        why = withheld or why
    asked = directives_of(page, metadata, today=given.day)
    if why in {None, LATER_PAGE} and asked.noindex:
        why = NOINDEX
    off = ruled_out(glance) is not None
    return Seen(markup, layout, metadata, address, title, region, lang, dates, hints, asked, why, off, withheld)


def extract(
    page: Page,
    *,
    single: bool = False,
    all_posts: bool = False,
    markup: Markup | None = None,
    metadata: Metadata | None = None,
    given: Given = NOTHING,
    sparing: bool = False,
) -> Extraction:
    """The document of a page, whether it is a post, and if not why.

    With `single` the page is extracted in full whatever it looks like; with `all_posts` every readable page is a post
    but redirects, feeds and what is held back. The document of a page that is no post has the visible text as its
    body, or, with `sparing`, nothing but title and date, except where `noindex` is all that speaks against it.
    `markup` and `metadata` are what has been read already. ExtractionError where it can't be read.
    """
    if is_feed(page):
        return Extraction(document=Document(url=page.url, title=""), is_post=False, why=FEED)
    seen = see(page, markup, metadata, given)
    metadata, why, dates, lang = seen.metadata, seen.why, seen.dates, seen.lang
    if all_posts and why != REDIRECT:
        why = seen.withheld
    if sparing and why not in {None, NOINDEX, LATER_PAGE}:
        return _no_post(seen, why)
    labels, author = seen.labels(url=page.url), seen.author(url=page.url)
    headings = headings_in(seen.region.content, title=seen.title.text)
    cut: tuple[Cut, ...] = ()
    if single or why in {None, NOINDEX, LATER_PAGE}:
        body, cut = _body(seen, url=page.url, whole=single)
        if dates.published is None and not seen.layout.is_crowded:
            dates = replace(dates, published=guess_date(seen.markup.root, url=page.url))
    else:
        body = visible_body(seen.region)
    document = Document(
        url=seen.address.value,
        title=seen.title.text,
        body=body.value,
        headings=indexed(headings),
        sections=sections_of(body.value, headings),
        tags=labels.tags,
        categories=labels.categories,
        date=dates.published.date if dates.published else None,
        modified=dates.modified.date if dates.modified else None,
        author=author.value if author else None,
        summary=find_summary(metadata),
        image=find_image(metadata, seen.address.value),
        lang=lang.value if lang else None,
    )
    found = {
        "url": seen.address.source,
        "title": seen.title.source,
        "body": body.source,
        "tags": labels.source,
        "date": dates.published and dates.published.source,
        "modified": dates.modified and dates.modified.source,
        "author": author and author.source,
        "lang": lang and lang.source,
    }
    sources = {field: source for field, source in found.items() if source}
    extraction = Extraction(
        document=document,
        is_post=why is None,
        why=why,
        sources=sources,
        confidence=confidence_in(sources),
        profiles=seen.hints.names,
        cut=cut,
        last_day=seen.asked.last_day,
    )
    return extraction if single else without_excerpt(extraction, seen.asked)


def _no_post(seen: Seen, why: str | None) -> Extraction:
    """What is told of a page that is no post, where nobody asks for more."""
    published = seen.dates.published
    sources = {"url": seen.address.source, "title": seen.title.source, "date": published and published.source}
    return Extraction(
        document=Document(url=seen.address.value, title=seen.title.text, date=published.date if published else None),
        is_post=False,
        why=why,
        sources={field: source for field, source in sources.items() if source},
        profiles=seen.hints.names,
    )


def without_excerpt(extraction: Extraction, directives: Directives) -> Extraction:
    """The extraction without the text of a page that asks for none to be shown: what is found is shown."""
    if not directives.nosnippet:
        return extraction
    document = replace(extraction.document, body="", headings=(), sections=(), summary=None)
    return replace(extraction, document=document, cut=(WITHHELD,))


def _why(look: Look, hints: Hints, given: Given) -> str | None:
    """Why a page is no post: by what it looks like, by its platform's word, by its operator's."""
    why = why_no_post(look)
    if why is None and hints.is_post is False and not look.glance.is_dated_article:
        why = NO_POST_OF_PLATFORM
    elif (why == NO_DATE and hints.is_post) or (
        why in {NO_DATE, LISTING} and given.in_feed and ruled_out(look.glance) is None
    ):
        why = held_back(look.glance)
    if given.is_post is None or why == REDIRECT:
        return why
    return held_back(look.glance) if given.is_post else why or NOT_POSTS


def _body(seen: Seen, *, url: str, whole: bool) -> tuple[Found, tuple[Cut, ...]]:
    """The text of the post, and what was dropped from the page before it was read; the tree is spent.

    With `whole` what is marked as not to be indexed is read as well.
    """
    root, layout, region = seen.markup.root, seen.layout, seen.region
    cut = []
    needed = region.around if region.heading is None else region.around.union(region.heading.iterancestors())
    unwanted = [each for each in seen.hints.unwanted() if region.post in each.iterancestors() and each not in needed]
    for element in unwanted:
        element.drop_tree()
    if unwanted:
        cut.append(Cut(f"{len(unwanted)} elements", f"what {' and '.join(seen.hints.names)} puts into posts"))
    if seen.markup.is_marked and not whole and (unindexed := drop_unindexed(root)):
        cut.append(Cut(f"{unindexed} elements", "marked as not to be indexed"))
        layout = outline(root)
        heading = seen.title.heading
        in_page = heading is not None and root in heading.iterancestors()
        region = seen.hints.region(post_region(layout, heading if in_page else None))
    return find_body(root, layout, region, title=seen.title.text, url=url), tuple(cut)


def find_summary(metadata: Metadata) -> str | None:
    """What the page says it is about."""
    in_article = metadata.article.description if metadata.article else None
    stated = metadata.meta("description", "og:description", "twitter:description") or in_article
    return line(stated, limit=MAX_SUMMARY) or None


def find_image(metadata: Metadata, url: str) -> str | None:
    """The address of the picture that stands for the page."""
    in_article = metadata.article.image if metadata.article else None
    stated = metadata.meta("og:image", "og:image:url", "twitter:image") or in_article
    return canonical_url(stated, base=url) if stated else None
