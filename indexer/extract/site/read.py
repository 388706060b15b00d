"""A page -> an extraction by what was learned of its site: one parse, one walk, no BeautifulSoup, no trafilatura."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from indexer.extract.address import find_address
from indexer.extract.address_dates import date_of_body_class, dates_in_address
from indexer.extract.confidence import confidence_in
from indexer.extract.dates import Dated
from indexer.extract.decide import Glance, held_back, ruled_out
from indexer.extract.directives import directives_of
from indexer.extract.dom import line, own_text
from indexer.extract.html import Markup, body_of
from indexer.extract.language import find_language
from indexer.extract.later_pages import goes_on, is_numbered, later_page
from indexer.extract.metadata import Metadata
from indexer.extract.model import (
    GIVEN,
    LATER_PAGE,
    LISTED,
    NO_DATE,
    NOINDEX,
    NOT_POSTS,
    Cut,
    Extraction,
    Given,
    TagPage,
)
from indexer.extract.page import extract, find_image, find_summary, is_feed, without_excerpt
from indexer.extract.rules import RulesBySite, by_rules
from indexer.extract.sections import headings_in, indexed, sections_of
from indexer.extract.tags import MAX_TAGS
from indexer.extract.unindexed import drop_unindexed
from indexer.extract.written_dates import first_date, stated_date
from indexer.sources.model import Page
from search_service.engine.model import Document
from search_service.engine.tags import Tag, tags_of

from .addresses import address_key, folder_of, is_tag_page, resolved
from .content import shows_something, take_content
from .head import read_head, stated_labels
from .model import POSTS, UNSURE, Links, SiteTemplates, Slot, Template, last_step
from .observe import LONGEST_DATE, LONGEST_LABEL
from .steps import Steps
from .trie import Trie, Walk

_FITS = 0.6
"""The similarity from which a page is of a template."""
_LANGUAGE_SAMPLE = 500
"""Characters of the text whose script is looked at."""
_MAX_TITLE = 500
_MAX_AUTHOR = 200
_TRIED = 5
"""Elements at the path of a date that are looked at."""
_COUNT = re.compile(r"\s*\(\d+\)$")


class SiteReader:
    """Reads the pages of a site by its templates, as of `today`, or of the day on which it does."""

    def __init__(self, site: SiteTemplates, rules: RulesBySite | None = None, *, today: dt.date | None = None) -> None:
        self.site = site
        self.today = today
        self.rules = rules or RulesBySite()
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
        given = self.site.informed(given, page.url)._replace(today=self.today)
        body, metadata = body_of(markup), read_head(markup.root)
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
        label = self.site.tag_titles.strip(extraction.document.title)
        return replace(extraction, tag_page=TagPage(label, tag_page))

    def _by_template(
        self, page: Page, markup: Markup, metadata: Metadata, walk: Walk, given: Given
    ) -> Extraction | None:
        template = self._template(walk)
        if template is None or template.kind == UNSURE or (given.is_post and template.kind != POSTS):
            return None
        reading = _Reading(page, template, markup, metadata, walk, self.site.menu, given)
        return reading.post() if template.kind == POSTS else reading.no_post()

    def _tag_page(self, page: Page, walk: Walk) -> tuple[int, ...]:
        """The posts that a tag page lists."""
        links = (link for path in self.site.entries for link in walk.elements.get(path, ()))
        targets = (resolved(link.get("href") or "#", page.url) for link in links)
        return tuple(sorted({address_key(target) for target in targets if target}))

    def _template(self, walk: Walk) -> Template | None:
        """The template that a page is most similar to, if it is similar enough (Jaccard, optional parts left out)."""
        best, most = None, _FITS
        for template, core, frame in self._masks:
            either = (core | walk.found).bit_count() + walk.strange
            similarity = (walk.found & frame).bit_count() / max(1, either)
            if similarity >= most:
                best, most = template, similarity
        return best


@dataclass(slots=True)
class _Reading:
    """One page with the template that it fits."""

    page: Page
    template: Template
    markup: Markup
    metadata: Metadata
    walk: Walk
    menu: Mapping[int, str]
    given: Given

    def post(self) -> Extraction | None:
        """The post; None where the page lacks what the template's posts have."""
        template = self.template
        title = self._text(template.title, limit=_MAX_TITLE)
        date = self._published()
        content = next(iter(self.walk.elements.get(template.body or "", ())), None)
        if title is None or content is None or (template.dated and date is None) or not shows_something(content):
            return None
        labels = self._labels(template.tags, template.stated_tags, {})
        categories = self._labels(template.categories, template.stated_categories, self.menu)
        author = self._text(template.author, limit=_MAX_AUTHOR)
        modified = self._date(template.modified)
        headings = headings_in(content, title=title[0])
        # Before the text is taken, which spends the tree: a form for a password is part of it.
        why = self._why(title[0], Dated(*date) if date else None, len(content.text_content()))
        unindexed = drop_unindexed(content) if self.markup.is_marked else 0
        text, cut = take_content(content, template, self.walk.elements, url=self.page.url)
        if unindexed:
            cut.append(Cut(f"{unindexed} elements", "marked as not to be indexed"))
        lang = find_language(self.metadata, text[:_LANGUAGE_SAMPLE])
        address = find_address(self.page, self.metadata)
        found = {
            "url": address.source,
            "title": title[1],
            "body": last_step(template.body or ""),
            "date": date[1] if date else None,
            "modified": modified[1] if modified else None,
            "author": author[1] if author else None,
            "tags": labels[1],
            "lang": lang.source if lang else None,
        }
        sources = {field: source for field, source in found.items() if source}
        learned = sources.keys() & template.confidence.keys()
        extraction = Extraction(
            document=Document(
                url=address.value,
                title=title[0],
                body=text,
                headings=indexed(headings),
                sections=sections_of(text, headings),
                tags=labels[0],
                categories=categories[0],
                date=date[0] if date else None,
                modified=modified[0] if modified else None,
                author=author[0] if author else None,
                summary=find_summary(self.metadata),
                image=find_image(self.metadata, address.value),
                lang=lang.value if lang else None,
            ),
            is_post=why is None,
            why=why,
            sources=sources,
            confidence=confidence_in(sources) | {field: template.confidence[field] for field in learned},
            template=template.name,
            cut=tuple(cut),
        )
        return without_excerpt(extraction, directives_of(self.page, self.metadata))

    def no_post(self) -> Extraction | None:
        """A page of a template of no posts; None where it says that it is one after all."""
        title = self._text(self.template.title, limit=_MAX_TITLE)
        shown = title[0] if title else self.metadata.title or ""
        article = self.metadata.article
        why = self._why(shown, None, 0)
        if why is None and article is not None and article.published and self.given.is_post is None:
            return None
        vouched = self.given.in_feed or (self.given.period and self.template.why == NO_DATE)
        if why == LATER_PAGE or (why is None and vouched):
            return None  # its text is wanted
        address = find_address(self.page, self.metadata)
        return Extraction(
            document=Document(url=address.value, title=shown),
            is_post=False,
            why=why if why not in {None, NOINDEX, NOT_POSTS} else self.template.why,
            sources={"url": address.source},
            template=self.template.name,
        )

    def _why(self, title: str, published: Dated | None, size: int) -> str | None:
        glance = Glance(
            url=self.page.url,
            metadata=self.metadata,
            body=body_of(self.markup),
            title=title,
            published=published,
            text=size,
            today=self.given.today or dt.datetime.now(dt.UTC).date(),
        )
        why = None if self.given.is_post else ruled_out(glance)
        if why in {None, LATER_PAGE}:
            why = held_back(glance) or why
        if why is None and self.given.is_post is False:
            why = NOT_POSTS
        asks_not_to_be_found = why in {None, LATER_PAGE} and directives_of(self.page, self.metadata).noindex
        return NOINDEX if asks_not_to_be_found else why

    def _text(self, slots: Iterable[Slot], *, limit: int) -> tuple[str, str] | None:
        for slot in slots:
            for text in self._texts(slot):
                if value := line(text, limit=limit):
                    return value.rstrip("¶#§🔗 ") or value, str(slot)
        return None

    def _texts(self, slot: Slot) -> Iterator[str | None]:
        if slot.kind == "path":
            yield from (own_text(element) for element in self.walk.elements.get(slot.name, ()))
        elif slot.kind == "meta":
            yield self.metadata.meta(slot.name)
        elif self.metadata.article is not None:
            article = self.metadata.article
            yield article.headline if slot.name == "headline" else "; ".join(dict.fromkeys(article.authors))

    def _published(self) -> tuple[dt.date, str] | None:
        if self.given.date:
            return self.given.date, GIVEN
        listed = (self.given.listed, LISTED) if self.given.listed else None
        return self._date(self.template.date) or listed

    def _date(self, slots: Iterable[Slot]) -> tuple[dt.date, str] | None:
        return next(((date, slot.source) for slot in slots for date in self._dates(slot)), None)

    def _dates(self, slot: Slot) -> Iterator[dt.date]:
        stated: list[str | None] = []
        if slot.kind == "meta":
            stated = [self.metadata.meta(slot.name)]
        elif slot.kind == "json-ld" and self.metadata.article is not None:
            article = self.metadata.article
            stated = [article.published if slot.name == "datePublished" else article.modified]
        elif slot.kind == "address":
            yield from dates_in_address(self.page.url)
        elif slot.kind == "body class":
            date = date_of_body_class(body_of(self.markup))
            yield from [date] if date else []
        elif slot.kind == "path":
            for element in self.walk.elements.get(slot.name, ())[:_TRIED]:
                text = None if slot.part else own_text(element)
                found = stated_date(element.get(slot.part)) if slot.part else first_date((text or "")[:LONGEST_DATE])
                yield from [found] if found else []
        yield from (date for value in stated if (date := stated_date(value)))

    def _labels(
        self, places: Iterable[Links], stated: Slot | None, names: Mapping[int, str]
    ) -> tuple[tuple[Tag, ...], str | None]:
        """The labels at these places, else those that the head states; by their `names`, where they have any."""
        labels: list[str] = []
        for place in places:
            for link in self.walk.elements.get(place.path, ()):
                target = resolved(link.get("href") or "#", self.page.url)
                label = line(own_text(link), limit=2 * LONGEST_LABEL)
                if target and len(label) <= LONGEST_LABEL and folder_of(target) == place.folder:
                    name = names.get(address_key(target), label) if names else label
                    labels.append(_COUNT.sub("", name).strip(" ,;#·•|/"))
        if labels or stated is None:
            return tags_of(labels)[:MAX_TAGS], "tag links" if labels else None
        return tags_of(stated_labels(stated, self.metadata))[:MAX_TAGS], str(stated)


def _wanted(template: Template) -> Iterator[str]:
    slots = (*template.title, *template.date, *template.modified, *template.author)
    yield from (slot.name for slot in slots if slot.kind == "path")
    yield from (place.path for place in (*template.tags, *template.categories))
    yield from template.cut
    if template.body is not None:
        yield template.body
