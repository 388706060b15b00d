"""The tags an author gave a post, and its categories apart; never the tags of the whole site beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, takewhile

from lxml.html import HtmlElement

from indexer.extract.addresses.keys import host_of
from indexer.extract.addresses.leading import leads_here
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.outline import Outline, in_furniture
from indexer.extract.markup.region import Region
from indexer.extract.model import MAX_TAGS
from search_service.engine.tags import Tag, normalize_tag, tags_of

from .entry_class import entry_labels
from .in_head import article_tags, captioned, keyword_metas, keywords_of, sections_of, split, stated_tags
from .links import category_crumbs, hosts_of, in_lists, is_rel_tag, kind_of, labels_in, leads_to_tag, short_links
from .lists import announced_labels, hashtags, named_labels, named_list

_FAIR_PART = 1 / 10
_LONGEST_HEAD = 160
"""Characters of what stands above a post and belongs to it."""
_ROW = 8
"""Tags of a post that services allow for, at most."""
_ROOM = 2
"""What a part of the page may hold of text, against that of the post, to be about the post alone."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The tags and categories of a post, and where the tags were found."""

    tags: tuple[Tag, ...]
    categories: tuple[Tag, ...]
    source: str | None

    def but_for(self, everywhere: frozenset[str]) -> Labels:
        """The same without a list of labels that is nothing but those that the site shows `everywhere`."""
        tags, categories = (
            () if everywhere and everywhere == {each.tag for each in labels} else labels
            for labels in (self.tags, self.categories)
        )
        return Labels(tags, categories, self.source if tags else None)


def find_labels(outline: Outline, metadata: Metadata, region: Region, *, url: str) -> Labels:
    """The labels of a post."""
    hosts = hosts_of(outline, url)
    links = defaultdict[str | None, list[HtmlElement]](list)
    for link in short_links(outline, region.post):
        kind = kind_of(link, outline, region, hosts=hosts)
        # "Permalink" stands beside the categories, and is none.
        links[None if kind and leads_here(link, url) else kind].append(link)
    links["tag"] = _without_kickers(links["tag"], region)
    sections = tags_of(sections_of(metadata, url=url))
    if {tag.tag for tag in tags_of(labels_in(links["tag"]))} <= {section.tag for section in sections}:
        links["category"] += links.pop("tag", [])
    in_post = links["category"] or _categories_above(outline, region, hosts)
    categories = tags_of(labels_in(in_post)) or sections or tags_of(labels_in(category_crumbs(outline, region)))
    for source, labels in _sources(outline, metadata, region, links, hosts):
        tags = tags_of(labels)
        if tags:
            return Labels(tags[:MAX_TAGS], categories[:MAX_TAGS], source)
    of_service = tags_of(_of_service(outline, region, url))
    return Labels(of_service, categories[:MAX_TAGS], "tag links" if of_service else None)


def _sources(
    outline: Outline,
    metadata: Metadata,
    region: Region,
    links: dict[str | None, list[HtmlElement]],
    hosts: frozenset[str],
) -> Iterator[tuple[str, Iterable[str]]]:
    """Where the tags may be, the most reliable place first."""
    entry, stated = entry_labels(region), stated_tags(metadata)
    yield "rel=tag", labels_in(_confirmed_lists(entry.own(links["rel=tag"]), stated))
    yield "tag links", labels_in(_confirmed_lists(entry.own(links["tag"]), stated))
    yield "rel=tag below the post", labels_in(entry.own(_below(outline, region, hosts)))
    yield "list of tags", _whole_list(outline, metadata, region)
    yield "article:tag", article_tags(metadata)
    yield "twitter:data", captioned(metadata)
    yield "json-ld:keywords", keywords_of(metadata)
    yield "list of tags", labels_in(entry.own(named_list(outline, region)))
    yield "labels without links", announced_labels(outline, region)
    yield "labels without links", labels_in(named_labels(region))
    yield "hashtags", hashtags(outline, region)
    yield "links to keywords", _confirmed(outline, metadata)


def _confirmed_lists(links: list[HtmlElement], stated: frozenset[str]) -> list[HtmlElement]:
    """The links but, where what the page states confirms one list of them, those in lists of which it confirms none."""
    lists = in_lists(links)
    confirmed = [each for each in lists if not stated.isdisjoint(map(normalize_tag, labels_in(each)))]
    return list(chain.from_iterable(confirmed)) if confirmed and len(lists) > 1 else links


def _whole_list(outline: Outline, metadata: Metadata, region: Region) -> list[str]:
    """The labels of a list of tags in a menu of the post, where all that the head states are among them.

    Hugo states the first six, and spells them its own way.
    """
    stated = {tag.tag for tag in tags_of(article_tags(metadata))}
    labels = list(labels_in(named_list(outline, region))) if stated else []
    return labels if stated <= set(map(normalize_tag, labels)) else []


def _below(outline: Outline, region: Region, hosts: frozenset[str]) -> list[HtmlElement]:
    """The tags in the one part of the page, outside of what was taken for the post, that has such links."""
    parts = defaultdict[HtmlElement, list[HtmlElement]](list)
    for link in filter(is_rel_tag, short_links(outline, outline.body)):
        if region.post not in link.iterancestors() and kind_of(link, outline, region, hosts=hosts) == "rel=tag":
            part = list(takewhile(lambda each: each not in region.around, link.iterancestors()))
            parts[part[-1] if part else link].append(link)
    if len(parts) != 1:
        return []
    part, links = next(iter(parts.items()))
    return [] if _is_of_page(part, outline, region) else links


def _of_service(outline: Outline, region: Region, url: str) -> list[str]:
    """The labels in a row right below the post that lead to tags elsewhere: of the service that the blog is on.

    On the page's own host such a row may be of all tags.
    """
    around = takewhile(lambda each: each is not outline.body, (region.post, *region.post.iterancestors()))
    following = (next((each for each in node.itersiblings() if outline.weight(each).text), None) for node in around)
    row = next((each for each in following if each is not None), None)
    if row is None or outline.weight(row).own or in_furniture(row):
        return []
    links = list(short_links(outline, row))
    own = {None, "", host_of(url)}
    of_service = all(leads_to_tag(link) and host_of(link.get("href") or "") not in own for link in links)
    return list(labels_in(links)) if of_service and len(links) <= _ROW else []


def _categories_above(outline: Outline, region: Region, hosts: frozenset[str]) -> list[HtmlElement]:
    """The categories in the line right above the post, marked as its labels."""
    for element in (region.post, *region.post.iterancestors()):
        if element is outline.body:
            break
        if (above := element.getprevious()) is not None:
            if above.tag == "article" or not outline.is_line(above, limit=_LONGEST_HEAD):
                break
            labels = filter(is_rel_tag, short_links(outline, above))
            return [link for link in labels if kind_of(link, outline, region, hosts=hosts) == "category"]
    return []


def _is_of_page(part: HtmlElement, outline: Outline, region: Region) -> bool:
    """Whether a part of the page stands beside more than the post: the column of the site."""
    around = part.getparent()
    if around is None or around is outline.body:
        return True
    return outline.weight(around).own > _ROOM * outline.weight(region.content).own


def _without_kickers(links: list[HtmlElement], region: Region) -> list[HtmlElement]:
    """The links but those above the title: where a page shows others below it, or just one, that is its section."""
    above = set(_above(links, region))
    are_section = len(above) == 1 or len(above) < len(links)
    return [link for link in links if link not in above] if are_section else links


def _above(links: list[HtmlElement], region: Region) -> Iterator[HtmlElement]:
    """The links above the title."""
    if region.heading is None:
        return
    links_left = set(links)
    for element in region.post.iter():
        if element is region.heading:
            return
        if element in links_left:
            yield element


def _confirmed(outline: Outline, metadata: Metadata) -> list[str]:
    """The labels anywhere on the page, a cloud of all tags included, that its keywords name as well.

    They must be a fair part of the keywords: long lists for the whole site name one or the other tag by chance.
    """
    keywords = {normalize_tag(keyword) for keyword in split(keyword_metas(metadata))}
    if not keywords:
        return []
    labels = labels_in(filter(leads_to_tag, short_links(outline, outline.body)))
    known = {tag: label for label in labels if (tag := normalize_tag(label)) in keywords}
    return list(known.values()) if len(known) >= _FAIR_PART * len(keywords) else []
