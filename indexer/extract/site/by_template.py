"""A page that fits a template -> an extraction: what stands where the template says that each field does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.extract.addresses.canonical import find_address
from indexer.extract.addresses.keys import address_key, placed
from indexer.extract.addresses.mirrored import mirrored_from
from indexer.extract.authors.bylines import named_in
from indexer.extract.authors.signatures import names_shown
from indexer.extract.confidence import confidence_in
from indexer.extract.dates.cascade import Dated
from indexer.extract.head.metadata import Metadata, find_image, find_summary
from indexer.extract.language import find_language
from indexer.extract.markup.dom import line, own_text
from indexer.extract.markup.html import Markup, body_of
from indexer.extract.markup.permalinks import without_permalinks
from indexer.extract.markup.unindexed import drop_unindexed
from indexer.extract.model import (
    GIVEN,
    IN_LIST,
    LATER_PAGE,
    LISTED,
    MAX_AUTHOR,
    MAX_TAGS,
    MAX_TITLE,
    NO_DATE,
    NOINDEX,
    NOT_POSTS,
    Cut,
    Extraction,
    Given,
)
from indexer.extract.page import without_excerpt
from indexer.extract.profiles.platforms import is_none_of_platform
from indexer.extract.seen import NO_POST_OF_PLATFORM, see
from indexer.extract.site_name import site_names, without_site_name
from indexer.extract.tags.links import is_rel_tag, label_of
from indexer.extract.text.sections import headings_in, indexed, sections_of
from indexer.extract.titles.headings import heading_text
from indexer.extract.verdict.directives import Directives, directives_of
from indexer.extract.verdict.glance import Glance
from indexer.extract.verdict.other_types import OTHER_TYPE
from indexer.extract.verdict.ruled_out import ruled_out
from indexer.extract.verdict.withheld import held_back
from indexer.sources.model import Page
from search_service.engine.model import Document
from search_service.engine.tags import Tag, tags_of

from .content import shows_something, take_content
from .head import stated_labels
from .model import BYLINE, Links, Slot, Template, last_step
from .observe import LONGEST_LABEL
from .slot_dates import LANGUAGE_SAMPLE, SlotDates
from .trie import Walk


@dataclass
class PageReading:
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
        title = self._text(template.title, limit=MAX_TITLE) or self._untitled()
        date = self._published()
        bodies = self.walk.elements.get(template.body or "", ())
        content = bodies[0] if len(bodies) == 1 else None  # with several it lists posts
        if title is None or content is None or (template.dated and date is None) or not shows_something(content):
            return None
        if self._dates.are_of_entries(template.date, content):
            return None
        labels = self._labels(template.tags, template.stated_tags, {})
        categories = self._labels(template.categories, template.stated_categories, self.menu)
        author = self._text(template.author, limit=MAX_AUTHOR)
        modified = self._dates.first(template.modified)
        headings = headings_in(content, title=title[0])
        # Before the text is taken, which spends the tree: a form for a password is part of it.
        why = self._why(title[0], Dated(*date) if date else None, len(content.text_content()))
        unindexed = drop_unindexed(content) if self.markup.is_marked else 0
        text, cut = take_content(
            content, template, self.walk.elements, url=self.page.url, title=title[0], date=date[0] if date else None
        )
        if unindexed:
            cut.append(Cut(f"{unindexed} elements", "marked as not to be indexed"))
        lang = find_language(self.metadata, f"{title[0]}\n{text}"[:LANGUAGE_SAMPLE])
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
                summary=find_summary(self.metadata, title=title[0]),
                image=find_image(self.metadata, address.value),
                lang=lang.value if lang else None,
            ),
            is_post=why is None,
            why=why,
            sources=sources,
            confidence=confidence_in(sources) | {field: template.confidence[field] for field in learned},
            template=template.name,
            cut=tuple(cut),
            last_day=self._asked.last_day,
        )
        return without_excerpt(extraction, self._asked)

    def no_post(self) -> Extraction | None:
        """A page of a template of no posts; None where it says that it is one after all."""
        title = self._text(self.template.title, limit=MAX_TITLE)
        shown = title[0] if title else self._stated_title()
        article = self.metadata.article
        why = self._why(shown, None, 0)
        if why is None and article is not None and article.published and self.given.is_post is None:
            return None
        archived = self.given.period or self.given.in_list
        vouched = self.given.in_feed or (archived and self.template.why == NO_DATE)
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
            today=self.given.day,
            mirrored=mirrored_from(self.markup.source),
            path=self.given.path,
        )
        why = None if self.given.is_post else ruled_out(glance) or self._why_by_kind(glance)
        if why in {None, LATER_PAGE}:
            why = held_back(glance) or why
        if why is None and self.given.is_post is False:
            why = NOT_POSTS
        return NOINDEX if why in {None, LATER_PAGE} and self._asked.noindex else why

    def _why_by_kind(self, glance: Glance) -> str | None:
        """Why a page in the frame of the posts is none, by what it or its platform says that it is."""
        if self.given.beside or (self.given.typed and self.metadata.is_article is False):
            return OTHER_TYPE
        is_none = not glance.is_dated_article and is_none_of_platform(self.markup.root, self.metadata)
        return NO_POST_OF_PLATFORM if is_none else None

    @cached_property
    def _asked(self) -> Directives:
        return directives_of(self.page, self.metadata, today=self.given.day)

    def _text(self, slots: Iterable[Slot], *, limit: int) -> tuple[str, str] | None:
        for slot in slots:
            for text in self._texts(slot):
                if value := line(text, limit=limit):
                    return value, str(slot)
        return None

    def _stated_title(self) -> str:
        """What the head calls a page that has no heading, without the name of the site."""
        metadata = replace(self.metadata, site_names=self.given.site_names)
        return without_site_name(metadata.title or "", metadata, site_names(metadata, url=self.page.url))

    def _untitled(self) -> tuple[str, str] | None:
        """What the general path takes for the title of a post, as it finds, whose heading is there and empty."""
        if not any(self.walk.elements.get(slot.name) for slot in self.template.title if slot.kind == "path"):
            return None
        seen = see(self.page, self.markup, self.metadata, self.given)
        # Without a heading it may see no date; the template knows where that is.
        return (seen.title.text, seen.title.source) if seen.why in {None, NOINDEX, NO_DATE} else None

    def _texts(self, slot: Slot) -> Iterator[str | None]:
        if slot.kind == "path":
            elements = self.walk.elements.get(slot.name, ())
            if slot in self.template.title:
                yield from (heading_text(each, self.metadata) for each in elements)
            else:
                shown = names_shown if slot in self.template.author else own_text
                texts = (without_permalinks(each, shown(each)) for each in elements)
                yield from map(named_in, texts) if slot.part == BYLINE else texts
        elif slot.kind == "meta":
            yield self.metadata.meta(slot.name)
        elif self.metadata.article is not None:
            article = self.metadata.article
            yield article.headline if slot.name == "headline" else "; ".join(dict.fromkeys(article.authors))

    def _published(self) -> tuple[dt.date, str] | None:
        if self.given.date:
            return self.given.date, GIVEN
        listed = (self.given.listed, LISTED) if self.given.listed else None
        # Where posts show their dates, a page that only a list dates is none.
        in_list = (self.given.in_list, IN_LIST) if self.given.in_list and not self.template.dated else None
        return self._dates.first(self.template.date) or listed or in_list

    @cached_property
    def _dates(self) -> SlotDates:
        return SlotDates(self.page.url, self.template, self.markup, self.metadata, self.walk)

    def _labels(
        self, places: Iterable[Links], stated: Slot | None, names: Mapping[int, str]
    ) -> tuple[tuple[Tag, ...], str | None]:
        """The labels at these places, else those that the head states; by their `names`, where they have any."""
        labels: list[str] = []
        for place in places:
            for link in self.walk.elements.get(place.path, ()):
                target, folder = placed(link.get("href") or "#", self.page.url) or ("", "")
                label = label_of(link, limit=2 * LONGEST_LABEL)
                is_listed = not place.folder or place.holds(folder, marked=is_rel_tag(link))
                if target and 0 < len(label) <= LONGEST_LABEL and is_listed:
                    labels.append(names.get(address_key(target), label) if names and "#" not in target else label)
        if labels or stated is None:
            return tags_of(labels)[:MAX_TAGS], "tag links" if labels else None
        return tags_of(stated_labels(stated, self.metadata, url=self.page.url))[:MAX_TAGS], str(stated)
