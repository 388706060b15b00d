"""A page -> an extraction by what was learned of its site: one parse, one walk, no BeautifulSoup, no trafilatura."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from indexer.extract.addresses.keys import address_key, is_tag_page, resolved
from indexer.extract.head.metadata import Metadata
from indexer.extract.head.sites_own import without_sites_own
from indexer.extract.markup.dom import own_text, wording
from indexer.extract.markup.html import Markup, body_of
from indexer.extract.model import LATER_PAGE, NOINDEX, Extraction, Given, TagPage
from indexer.extract.page import extract
from indexer.extract.rules import RulesBySite, by_rules
from indexer.extract.seen import is_feed
from indexer.extract.verdict.later_pages import goes_on, is_numbered, later_page
from indexer.sources.model import Page

from .by_template import PageReading
from .head import read_head, titles_on
from .model import POSTS, UNSURE, SiteTemplates, Template
from .steps import Steps
from .tag_pages import name_of
from .trie import Trie, Walk

_FITS = 0.6
"""The similarity from which a page is of a template."""


class SiteReader:
    """Reads the pages of a site by its templates, as of `today`, or of the day on which it does."""

    def __init__(self, site: SiteTemplates, rules: RulesBySite | None = None, *, today: dt.date | None = None) -> None:
        self.site = site
        self.today = today
        self.rules = rules or RulesBySite()
        self._dated = site.dated
        steps = Steps(frozenset(site.names))
        wanted = {path for template in site.templates for path in _wanted(template)} | set(site.entries)
        self._trie = Trie((template.frame for template in site.templates), wanted, steps)
        self._masks = [
            (template, self._trie.bits(template.core), self._trie.bits(template.frame)) for template in site.templates
        ]

    def read(self, page: Page) -> Extraction:
        """What a page gives: by its template or, where it fits none, on its own.

        ExtractionError where it can't be read.
        """
        return extract(page) if is_feed(page) else by_rules(page, self.rules, self._read)

    def alone(self, page: Page, *, single: bool = False, all_posts: bool = False) -> Extraction:
        """What a page gives on its own, whatever its site looks like; see `extract`."""

        def read(page: Page, markup: Markup, given: Given) -> Extraction:
            given = given._replace(today=self.today)
            return extract(page, single=single, all_posts=all_posts, markup=markup, given=given)

        return extract(page) if is_feed(page) else by_rules(page, self.rules, read)

    def _read(self, page: Page, markup: Markup, given: Given) -> Extraction:
        given = self.site.informed(given, page.url, titles_on(markup))._replace(today=self.today, dated=self._dated)
        body, metadata = body_of(markup), without_sites_own(read_head(markup.root), given.sites_own)
        walk = self._trie.walk(body)
        tag_page = self._tag_page(page, walk) if is_tag_page(page.url, self.site.tag_folders) else None
        later = None
        if is_numbered(page.url):
            later = later_page(page.url, metadata, body_class=body.get("class") or "")
        extraction = self._by_template(page, markup, metadata, walk, given)
        if extraction is None:
            extraction = extract(page, markup=markup, metadata=metadata, given=given, sparing=True)
        if later is not None and (extraction.is_post or extraction.why in {LATER_PAGE, NOINDEX}):
            extraction = replace(extraction, later_page=later)
        is_first = extraction.later_page is None or not extraction.later_page.is_sure
        if is_first and (extraction.is_post or extraction.why == NOINDEX) and goes_on(markup.source, page.url):
            extraction = replace(extraction, goes_on=True)
        if tag_page is None or extraction.is_post:
            return extraction
        keys, others = tag_page
        title = extraction.document.title
        affixes = self.site.tag_titles
        is_named = title not in (*self.site.site_names, affixes.before) and wording(title) not in others
        label = affixes.strip(title) if is_named else name_of(page.url, self.site.tag_folders)
        return replace(extraction, tag_page=TagPage(label, keys))

    def _by_template(
        self, page: Page, markup: Markup, metadata: Metadata, walk: Walk, given: Given
    ) -> Extraction | None:
        template = self._template(walk)
        if template is None or template.kind == UNSURE or (given.is_post and template.kind != POSTS):
            return None
        reading = PageReading(page, template, markup, metadata, walk, self.site.menu, given)
        return reading.post() if template.kind == POSTS else reading.no_post()

    def _tag_page(self, page: Page, walk: Walk) -> tuple[tuple[int, ...], frozenset[str]]:
        """The posts that a tag page lists, and their titles."""
        links = [link for path in self.site.entries for link in walk.elements.get(path, ())]
        targets = (resolved(link.get("href") or "#", page.url) for link in links)
        keys = {address_key(target) for target in targets if target}
        return tuple(sorted(keys)), frozenset(wording(own_text(link)) for link in links)

    def _template(self, walk: Walk) -> Template | None:
        """The template that a page is most similar to, if it is similar enough (Jaccard, optional parts left out)."""
        best, most = None, _FITS
        for template, core, frame in self._masks:
            either = (core | walk.found).bit_count() + walk.strange
            similarity = (walk.found & frame).bit_count() / max(1, either)
            if similarity >= most:
                best, most = template, similarity
        return best


def _wanted(template: Template) -> Iterator[str]:
    slots = (*template.title, *template.date, *template.modified, *template.author)
    yield from (slot.name for slot in slots if slot.kind == "path")
    yield from (place.path for place in (*template.tags, *template.categories))
    yield from template.cut
    if template.body is not None:
        yield template.body
