"""One page -> one document by the general path: each field by its own cascade, without knowledge of the site."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from indexer.sources.model import Page
from search_service.engine.model import Document
from search_service.engine.urls import canonical_url

from .address import find_address
from .authors import find_author
from .body import find_body, visible_body
from .dates import Dates, find_dates, guess_date
from .decide import REDIRECT, Glance, Look, ruled_out, why_no_post
from .dom import line, own_text
from .html import Markup, parse
from .language import find_language
from .metadata import Metadata, read_metadata
from .model import NOINDEX, Extraction, Found
from .outline import Outline, outline
from .region import Region, post_region
from .tags import find_labels
from .title import Title, find_title

FEED = "a feed saved as HTML"
MAX_SUMMARY = 1_000
_MAX_HEADING = 500
_MAX_HEADINGS = 200
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
    why: str | None
    ruled_out: bool
    """Whether address and head alone say that it is no post."""


def is_feed(page: Page) -> bool:
    """Whether the page is a feed or a sitemap under a page's name."""
    return _FEED.match(page.content[:_FEED_WITHIN]) is not None


def see(page: Page, markup: Markup | None = None, metadata: Metadata | None = None) -> Seen:
    """What a page shows, and why it is no post; `markup` and `metadata` if they have been read already.

    ExtractionError where it can't be read.
    """
    markup = markup or parse(page)
    metadata = metadata or read_metadata(markup)
    layout = outline(markup.root)
    address = find_address(page, metadata)
    title = find_title(layout, metadata, url=page.url)
    region = post_region(layout, title.heading)
    lang = find_language(metadata, own_text(region.content))
    dates = find_dates(layout, metadata, region, url=page.url, lang=lang.value if lang else None)
    glance = Glance(
        url=page.url,
        metadata=metadata,
        body=layout.body,
        title=title.text,
        published=dates.published,
        text=layout.weight(region.content).own,
        today=dt.datetime.now(dt.UTC).date(),
    )
    why = why_no_post(Look(glance, layout, region, title.heading))
    if why is None and page.noindex:
        why = NOINDEX
    return Seen(markup, layout, metadata, address, title, region, lang, dates, why, ruled_out(glance) is not None)


def extract(page: Page, *, single: bool = False, all_posts: bool = False, markup: Markup | None = None) -> Extraction:
    """The document of a page, whether it is a post, and if not why.

    With `single` the page is extracted in full whatever it looks like; with `all_posts` every readable page but a
    redirect or a feed is a post. The document of a page that is no post has the visible text as its body, except
    where `noindex` is all that speaks against it. `markup` is the page as parsed, if it has been.
    ExtractionError where it can't be read.
    """
    if is_feed(page):
        return Extraction(document=Document(url=page.url, title=""), is_post=False, why=FEED)
    seen = see(page, markup)
    layout, metadata, region, why = seen.layout, seen.metadata, seen.region, seen.why
    dates, lang, title, address = seen.dates, seen.lang, seen.title, seen.address
    if all_posts and why != REDIRECT:
        why = None
    if single or why in {None, NOINDEX}:
        body = find_body(seen.markup.root, layout, region, title=title.text, url=page.url)
        if dates.published is None:
            dates = replace(dates, published=guess_date(seen.markup.root, url=page.url))
    else:
        body = visible_body(region)
    labels = find_labels(layout, metadata, region, url=page.url)
    author = find_author(layout, metadata, region, url=page.url)
    document = Document(
        url=address.value,
        title=title.text,
        body=body.value,
        headings=_headings(region),
        tags=labels.tags,
        categories=labels.categories,
        date=dates.published.date if dates.published else None,
        modified=dates.modified.date if dates.modified else None,
        author=author.value if author else None,
        summary=find_summary(metadata),
        image=find_image(metadata, address.value),
        lang=lang.value if lang else None,
    )
    sources = {
        "url": address.source,
        "title": title.source,
        "body": body.source,
        "tags": labels.source,
        "date": dates.published and dates.published.source,
        "modified": dates.modified and dates.modified.source,
        "author": author and author.source,
        "lang": lang and lang.source,
    }
    return Extraction(
        document=document,
        is_post=why is None,
        why=why,
        sources={field: source for field, source in sources.items() if source},
    )


def _headings(region: Region) -> tuple[str, ...]:
    shown = (line(own_text(heading), limit=_MAX_HEADING) for heading in region.content.iter("h2", "h3", "h4"))
    return tuple(dict.fromkeys(filter(None, shown)))[:_MAX_HEADINGS]


def find_summary(metadata: Metadata) -> str | None:
    """What the page says it is about."""
    stated = metadata.meta("description", "og:description", "twitter:description")
    return line(stated, limit=MAX_SUMMARY) or None


def find_image(metadata: Metadata, url: str) -> str | None:
    """The address of the picture that stands for the page."""
    in_article = metadata.article.image if metadata.article else None
    stated = metadata.meta("og:image", "og:image:url", "twitter:image") or in_article
    return canonical_url(stated, base=url) if stated else None
