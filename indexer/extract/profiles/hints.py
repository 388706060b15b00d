"""A page as its platform's own themes would show it: better than a guess, worse than what the page itself states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from lxml.html import HtmlElement

from indexer.extract.authors.bylines import named_in
from indexer.extract.confidence import confidence_in
from indexer.extract.dates.cascade import Dated, Dates
from indexer.extract.dates.written import DATE_ATTRIBUTES, first_date, stated_date
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.dom import line, outermost, own_text, words_of
from indexer.extract.markup.html import Markup
from indexer.extract.markup.outline import common_ancestor
from indexer.extract.markup.region import Region
from indexer.extract.model import MAX_TAGS, MAX_TITLE, Found
from indexer.extract.tags.cascade import Labels
from indexer.extract.tags.links import label_of
from indexer.extract.titles.title import Title
from search_service.engine.tags import Tag, tags_of

from .platforms import Platform, platforms_of

_SURE = 0.8
"""The confidence in what was found elsewhere from which that stays."""
_LONGEST = 200
_FOREIGN_WORDS = frozenset({"sidebar", "widget", "cloud", "related", "recent", "menu"})
_OTHERS = frozenset({"related", "recent", "popular"})


@dataclass(frozen=True)
class Hints:
    """What the platforms that made a page know of it."""

    platforms: tuple[Platform, ...]
    root: HtmlElement

    @property
    def names(self) -> tuple[str, ...]:
        """The platforms' names."""
        return tuple(platform.name for platform in self.platforms)

    @property
    def is_post(self) -> bool | None:
        """Whether a platform marks the page as a post, or as something else."""
        verdicts = (platform.is_post(self.root) for platform in self.platforms)
        return next((verdict for verdict in verdicts if verdict is not None), None)

    @property
    def is_dated_page(self) -> bool:
        """Whether a platform marks the page as one of the site, whatever date it states."""
        return any(platform.is_dated_page(self.root) for platform in self.platforms)

    def title(self, found: Title) -> Title:
        """The title; that of the platform's heading, where nothing surer was found."""
        if not _is_sure("title", found.source):
            for source, element in self._elements("title"):
                if text := line(own_text(element), limit=MAX_TITLE):
                    return Title(text, source, element)
        return found

    def dates(self, found: Dates, *, lang: str | None) -> Dates:
        """The dates; published when the platform shows it, where nothing surer was found."""
        if found.published is None or not _is_sure("date", found.published.source):
            for source, element in self._elements("date"):
                if _is_of_others(element):
                    continue
                stated = (stated_date(element.get(name)) for name in DATE_ATTRIBUTES)
                shown = first_date(own_text(element)[:_LONGEST], lang=lang)
                if date := next(filter(None, stated), shown):
                    return replace(found, published=Dated(date, source))
        return found

    def author(self, found: Found | None) -> Found | None:
        """The author; the one that the platform names, where nothing surer was found.

        What a head names as the author of the page may be whoever the site was set up for.
        """
        if found is None or found.source == "author" or not _is_sure("author", found.source):
            for source, element in self._elements("author"):
                if name := named_in(line(own_text(element), limit=_LONGEST)):
                    return Found(name, source)
        return found

    def labels(self, found: Labels, region: Region) -> Labels:
        """The tags and categories; where a post has none, those at the platform's places for them in the post.

        A primary tag comes first, wherever the others were found.
        """
        tags, source = (found.tags, found.source) if found.tags else self._labels("tags", region)
        primary = self._labels("primary_tag", region)[0]
        tags = primary + tuple(each for each in tags if each.tag not in {tag.tag for tag in primary})
        categories = found.categories or self._labels("categories", region)[0]
        if not found.tags:  # what the platform has for tags, the page may have named as categories
            categories = tuple(each for each in categories if each not in tags)
        return Labels(tags, categories, source)

    def region(self, found: Region) -> Region:
        """The region of the post; around the platform's element for the text, where that is another part of the page.

        The heaviest text of a page is that of its sidebar where the post is a picture and a sentence.
        """
        bodies = outermost([each for _, each in self._elements("body")])
        if len(bodies) != 1 or bodies[0] in found.around.union(found.content.iter()) or _is_foreign(bodies[0]):
            return found
        (body,) = bodies
        return Region(found.heading, body, body if found.heading is None else common_ancestor(found.heading, body))

    def unwanted(self) -> list[HtmlElement]:
        """What the platform puts into a post's text that is none of it."""
        return [element for _, element in self._elements("remove") if element.getparent() is not None]

    def unlinked_labels(self) -> Iterator[HtmlElement]:
        """What stands at the platform's places for tags and categories and leads nowhere."""
        for field in ("tags", "categories"):
            yield from (each for _, each in self._elements(field) if next(each.iter("a"), None) is None)

    def _labels(self, field: str, region: Region) -> tuple[tuple[Tag, ...], str | None]:
        for platform in self.platforms:
            if field in platform.fields:
                # What stands outside of the post, or apart in it, is a list of all tags, or another post's.
                own = [each for each in platform.fields[field].all(region.post) if not _is_foreign(each, region.post)]
                if tags := tags_of(label_of(each, limit=_LONGEST) for each in own):
                    return tags[:MAX_TAGS], _source(platform, field)
        return (), None

    def _elements(self, field: str) -> Iterator[tuple[str, HtmlElement]]:
        for platform in self.platforms:
            if field in platform.fields:
                source = _source(platform, field)
                yield from ((source, element) for element in platform.fields[field].all(self.root))


def hints_of(markup: Markup, metadata: Metadata) -> Hints:
    """What the platforms that made a page know of it."""
    return Hints(platforms_of(markup, metadata), markup.root)


def _is_foreign(element: HtmlElement, inside: HtmlElement | None = None) -> bool:
    """Whether an element stands beside the post: themes call parts of their sidebars as they call the post's."""
    around = takewhile(lambda each: each is not inside, (element, *element.iterancestors()))
    return any(not _FOREIGN_WORDS.isdisjoint(words_of(each)) for each in around)


def _is_of_others(element: HtmlElement) -> bool:
    """Whether an element stands in a list of other posts beside this one."""
    around = (element, *element.iterancestors())
    return any(each.tag == "aside" or not _OTHERS.isdisjoint(words_of(each)) for each in around)


def _source(platform: Platform, field: str) -> str:
    return f"{platform.name}'s place for the {field}"


def _is_sure(field: str, source: str) -> bool:
    return confidence_in({field: source})[field] >= _SURE
