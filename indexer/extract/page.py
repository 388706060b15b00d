"""One page -> one document, by the general path: each field by its own cascade, no knowledge of the site."""

from __future__ import annotations

import datetime as dt
import re

from indexer.sources.model import Page
from search_service.engine.model import Document
from search_service.engine.urls import canonical_url

from .address import find_address
from .authors import find_author
from .body import find_body
from .dates import find_dates
from .decide import why_no_post
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
_MAX_HEADINGS = 200
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL)


def extract(page: Page, *, single: bool = False, all_posts: bool = False) -> Extraction:
    """The document of a page, whether it is a post, and if not why.

    With `single` the page is extracted in full whatever it looks like; with `all_posts` every readable page but a
    redirect or a feed is a post. ExtractionError where the page can't be read.
    """
    if _FEED.match(page.content[:2000]):
        return Extraction(document=Document(url=page.url, title=""), is_post=False, why="a feed saved as HTML")
    markup = parse(page)
    metadata = read_metadata(markup)
    layout = outline(markup.root)
    url, url_source = find_address(page, metadata)
    title = find_title(layout, metadata)
    region = post_region(layout, title.heading)
    text = own_text(region.content)
    lang = find_language(metadata, text)
    dates = find_dates(
        layout, metadata, region, url=page.url, lang=lang[0] if lang else None, root=markup.root, guess=True
    )
    why = why_no_post(markup, layout, metadata, region, dates, url=page.url, today=dt.datetime.now(dt.UTC).date())
    if all_posts and why != "a redirect":
        why = None
    labels = find_labels(layout, metadata, region)
    author = find_author(metadata, region)
    if why is None or single:
        body, body_source = find_body(markup.root, layout, region, title=title.text, url=url)
    else:
        body, body_source = text, "text of the page"
    document = Document(
        url=url,
        title=title.text,
        body=body,
        headings=_headings(region),
        tags=labels.tags,
        categories=labels.categories,
        date=dates.published.date if dates.published else None,
        modified=dates.modified.date if dates.modified else None,
        author=author[0] if author else None,
        summary=line(metadata.meta("description", "og:description", "twitter:description"), limit=MAX_SUMMARY) or None,
        image=_image(metadata, url),
        lang=lang[0] if lang else None,
    )
    sources = {
        "url": url_source,
        "title": title.source,
        "body": body_source,
        "date": dates.published.source if dates.published else None,
        "modified": dates.modified.source if dates.modified else None,
        "tags": labels.source,
        "author": author[1] if author else None,
        "lang": lang[1] if lang else None,
    }
    return Extraction(
        document=document,
        is_post=why is None,
        why=why,
        sources={name: source for name, source in sources.items() if source},
    )


def _headings(region: Region) -> tuple[str, ...]:
    shown = (line(own_text(heading), limit=500) for heading in region.content.iter("h2", "h3", "h4"))
    return tuple(dict.fromkeys(filter(None, shown)))[:_MAX_HEADINGS]


def _image(metadata: Metadata, url: str) -> str | None:
    stated = metadata.meta("og:image", "og:image:url", "twitter:image") or (
        metadata.article.image if metadata.article else None
    )
    return canonical_url(stated, base=url) if stated else None
