"""One page -> one document by the general path: each field by its own cascade, without knowledge of the site."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from indexer.sources.model import Page
from search_service.engine.model import Document
from search_service.engine.urls import canonical_url

from .address import find_address
from .authors import find_author
from .body import find_body, visible_body
from .dates import find_dates, guess_date
from .decide import NOINDEX, REDIRECT, Look, why_no_post
from .dom import line, own_text
from .html import parse
from .language import find_language
from .metadata import Metadata, read_metadata
from .model import Extraction
from .outline import outline
from .region import Region, post_region
from .tags import find_labels
from .title import find_title

MAX_SUMMARY = 1_000
_MAX_HEADING = 500
_MAX_HEADINGS = 200
_FEED = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--[^>]*>\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b")
_FEED_WITHIN = 2_000


def extract(page: Page, *, single: bool = False, all_posts: bool = False) -> Extraction:
    """The document of a page, whether it is a post, and if not why.

    With `single` the page is extracted in full whatever it looks like; with `all_posts` every readable page but a
    redirect or a feed is a post. The document of a page that is no post has the visible text as its body, except
    where `noindex` is all that speaks against it. ExtractionError where the page can't be read.
    """
    if _FEED.match(page.content[:_FEED_WITHIN]):
        return Extraction(document=Document(url=page.url, title=""), is_post=False, why="a feed saved as HTML")
    markup = parse(page)
    metadata = read_metadata(markup)
    layout = outline(markup.root)
    address = find_address(page, metadata)
    title = find_title(layout, metadata, url=page.url)
    region = post_region(layout, title.heading)
    lang = find_language(metadata, own_text(region.content))
    dates = find_dates(layout, metadata, region, url=page.url, lang=lang.value if lang else None)
    why = why_no_post(Look(page.url, layout, metadata, title, region, dates, dt.datetime.now(dt.UTC).date()))
    if why is None and page.noindex:
        why = NOINDEX
    if all_posts and why != REDIRECT:
        why = None
    if single or why in {None, NOINDEX}:
        body = find_body(markup.root, layout, region, title=title.text, url=page.url)
        if dates.published is None:
            dates = replace(dates, published=guess_date(markup.root, url=page.url))
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
        summary=_summary(metadata),
        image=_image(metadata, address.value),
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


def _summary(metadata: Metadata) -> str | None:
    stated = metadata.meta("description", "og:description", "twitter:description")
    return line(stated, limit=MAX_SUMMARY) or None


def _image(metadata: Metadata, url: str) -> str | None:
    in_article = metadata.article.image if metadata.article else None
    stated = metadata.meta("og:image", "og:image:url", "twitter:image") or in_article
    return canonical_url(stated, base=url) if stated else None
