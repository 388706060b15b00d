"""One page -> one document by the general path: each field by its own cascade, without knowledge of the site."""

from __future__ import annotations

from dataclasses import replace

from indexer.extract.dates.cascade import guess_date
from indexer.extract.head.metadata import Metadata, find_image, find_summary
from indexer.extract.markup.html import Markup
from indexer.extract.markup.outline import outline
from indexer.extract.markup.region import post_region
from indexer.extract.markup.unindexed import drop_unindexed
from indexer.extract.text.body import find_body, visible_body
from indexer.extract.text.sections import headings_in, indexed, sections_of
from indexer.extract.verdict.directives import Directives
from indexer.extract.verdict.ruled_out import REDIRECT
from indexer.sources.model import Page
from search_service.engine.model import Document

from .confidence import confidence_in
from .model import LATER_PAGE, NOINDEX, NOTHING, WITHHELD, Cut, Extraction, Found, Given
from .seen import FEED, Seen, is_feed, see


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
    labels = seen.labels(url=page.url).but_for(given.everywhere)
    author = seen.author(url=page.url)
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
        summary=find_summary(metadata, title=seen.title.text),
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


def _body(seen: Seen, *, url: str, whole: bool) -> tuple[Found, tuple[Cut, ...]]:
    """The text of the post, and what was dropped from the page before it was read; the tree is spent.

    With `whole` what is marked as not to be indexed is read as well.
    """
    root, layout, region = seen.markup.root, seen.layout, seen.region
    cut = []
    unwanted = [each for each in seen.hints.unwanted() if each not in region.frame]  # trafilatura looks everywhere
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
