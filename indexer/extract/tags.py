"""The tags an author gave a post, and its categories apart; never the tags of the whole site beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, takewhile
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from search_service.engine.tags import Tag, normalize_tag, tags_of

from .dom import BLOCKS, line, own_text, vocabulary, words_of
from .entry_class import entry_labels
from .head_labels import IS_ADDRESS, TAG_LABEL, captioned, keyword_metas, keywords_of, sections_of, split, stated_tags
from .metadata import Metadata
from .outline import Outline
from .region import Region, stands_apart
from .written_dates import first_date

MAX_TAGS = 50
_LONGEST_TAG = 60

_TAG_WORDS = frozenset({"tag", "tags", "taglist", "tagged", "keyword", "keywords", "labels", "hashtag", "hashtags"})
_CATEGORY_WORDS = frozenset({"category", "categories", "cat", "cats", "categorie", "section"})
TAG_STEPS = vocabulary(
    "tag tags tagged label labels topic topics keyword keywords hashtag hashtags etiqueta etiquetas etiquette"
    " schlagwort schlagworte schlagwörter schlagwoerter stichwort stichworte stichwörter thema themen tema temas temi"
    " sujet sujets mot mots motcle motscles mot-cle mots-cles aihe aiheet emne emner ämne ämnen onderwerp onderwerpen"
    " trefwoord trefwoorden argomento argomenti 标签 標籤 タグ 태그 тег теги"
)
"""Folders of addresses that hold tag pages, in the languages of the usual generators."""
_CATEGORY_STEPS = vocabulary("category categories categoria categorias categorie kategorie kategorien rubrique")
_FOREIGN_WORDS = vocabulary(
    "cloud tagcloud sidebar widget related recommended recommend similar recent popular comment comments nav menu"
    " breadcrumb breadcrumbs pagination share archives query"
)
_TEXT_BLOCKS = frozenset({"p", "li", "td", "dd", "blockquote"})
_COUNT = re.compile(r"\s*\(\d+\)$")
_LEVELS_OF_LIST = 5
_ROOM = 2
"""What a part of the page may hold of text, against that of the post, to be about the post alone."""
_LEVELS = 3
"""Elements around a link whose names may say what it is."""
_LONGEST_CAPTION = 40
"""Characters that are no links in a list of tags: "Posted in ... and tagged ..."."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The tags and categories of a post, and where the tags were found."""

    tags: tuple[Tag, ...]
    categories: tuple[Tag, ...]
    source: str | None


def find_labels(outline: Outline, metadata: Metadata, region: Region, *, url: str) -> Labels:
    """The labels of a post."""
    hosts = _hosts(outline, url)
    links = defaultdict[str | None, list[HtmlElement]](list)
    for link in _short_links(outline, region.post):
        links[_kind(link, outline, region, hosts=hosts)].append(link)
    if len(links["tag"]) > (kickers := sum(1 for _ in _above(links["tag"], region))) or kickers == 1:
        links["tag"] = [link for link in links["tag"] if link not in set(_above(links["tag"], region))]
    sections = tags_of(sections_of(metadata))
    if {tag.tag for tag in tags_of(_labels(links["tag"]))} <= {section.tag for section in sections}:
        links["category"] += links.pop("tag", [])
    categories = tags_of(_labels(links["category"])) or sections
    for source, labels in _sources(outline, metadata, region, links, hosts):
        tags = tags_of(labels)
        if tags:
            return Labels(tags[:MAX_TAGS], categories[:MAX_TAGS], source)
    return Labels((), categories[:MAX_TAGS], None)


def _sources(
    outline: Outline,
    metadata: Metadata,
    region: Region,
    links: dict[str | None, list[HtmlElement]],
    hosts: frozenset[str],
) -> Iterator[tuple[str, Iterable[str]]]:
    """Where the tags may be, the most reliable place first."""
    entry, stated = entry_labels(region), stated_tags(metadata)
    yield "rel=tag", _labels(_confirmed_lists(entry.own(links["rel=tag"]), stated))
    yield "tag links", _labels(_confirmed_lists(entry.own(links["tag"]), stated))
    yield "rel=tag below the post", _labels(entry.own(_below(outline, region, hosts)))
    yield "article:tag", split(metadata.metas.get("article:tag", ()))
    yield "twitter:data", captioned(metadata)
    yield "json-ld:keywords", keywords_of(metadata)
    yield "links to keywords", _confirmed(outline, metadata)


def _confirmed_lists(links: list[HtmlElement], stated: frozenset[str]) -> list[HtmlElement]:
    """The links but, where what the page states confirms one list of them, those in lists of which it confirms none."""
    around = {link: list(islice(link.iterancestors(), _LEVELS_OF_LIST)) for link in links}
    held = Counter(chain.from_iterable(around.values()))
    lists = defaultdict[HtmlElement | None, list[HtmlElement]](list)
    for link in links:
        lists[next((each for each in around[link] if held[each] > 1), None)].append(link)
    confirmed = [each for each in lists.values() if not stated.isdisjoint(map(normalize_tag, _labels(each)))]
    return list(chain.from_iterable(confirmed)) if confirmed and len(lists) > 1 else links


def _below(outline: Outline, region: Region, hosts: frozenset[str]) -> list[HtmlElement]:
    """The tags in the one part of the page, outside of what was taken for the post, that has such links."""
    parts = defaultdict[HtmlElement, list[HtmlElement]](list)
    for link in filter(_is_rel_tag, _short_links(outline, outline.body)):
        if region.post not in link.iterancestors() and _kind(link, outline, region, hosts=hosts) == "rel=tag":
            part = list(takewhile(lambda each: each not in region.around, link.iterancestors()))
            parts[part[-1] if part else link].append(link)
    if len(parts) != 1:
        return []
    part, links = next(iter(parts.items()))
    return [] if _is_of_page(part, outline, region) else links


def _is_of_page(part: HtmlElement, outline: Outline, region: Region) -> bool:
    """Whether a part of the page stands beside more than the post: the column of the site."""
    around = part.getparent()
    if around is None or around is outline.body:
        return True
    return outline.weight(around).own > _ROOM * outline.weight(region.content).own


def _above(links: list[HtmlElement], region: Region) -> Iterator[HtmlElement]:
    """The links above the title: where a page shows others below it, or just one, that is its section."""
    if region.heading is None:
        return
    links_left = set(links)
    for element in region.post.iter():
        if element is region.heading:
            return
        if element in links_left:
            yield element


def _short_links(outline: Outline, within: HtmlElement) -> Iterator[HtmlElement]:
    lines = (link for link in within.iter("a") if outline.is_line(link, limit=_LONGEST_TAG))
    return (link for link in lines if not (link.get("href") or "#").startswith("#"))


def _kind(link: HtmlElement, outline: Outline, region: Region, *, hosts: frozenset[str]) -> str | None:
    """What a link in a post is: "rel=tag", "tag", "category", or None."""
    if stands_apart(link, region, _FOREIGN_WORDS) or _in_running_text(link, outline):
        return None
    steps = _steps(link)
    around = _around(link, region)
    is_rel_tag = _is_rel_tag(link)
    if not steps.isdisjoint(_CATEGORY_STEPS):
        return "category"
    if is_rel_tag and not steps.isdisjoint(TAG_STEPS):
        return "rel=tag"
    if not around.isdisjoint(_CATEGORY_WORDS) and around.isdisjoint(_TAG_WORDS) and steps.isdisjoint(TAG_STEPS):
        return "category"
    if is_rel_tag:
        return "rel=tag"
    listed = not around.isdisjoint(_TAG_WORDS) or _is_announced(link, outline, region)
    addressed = not steps.isdisjoint(TAG_STEPS) and _host(link.get("href") or "") in hosts
    return "tag" if listed or addressed else None


def _confirmed(outline: Outline, metadata: Metadata) -> Iterator[str]:
    """The labels anywhere on the page, a cloud of all tags included, that its keywords name as well."""
    keywords = {normalize_tag(keyword) for keyword in split(keyword_metas(metadata))}
    if not keywords:
        return
    tag_links = (link for link in _short_links(outline, outline.body) if not _steps(link).isdisjoint(TAG_STEPS))
    yield from (label for label in _labels(tag_links) if normalize_tag(label) in keywords)


def _labels(links: Iterable[HtmlElement]) -> Iterator[str]:
    for link in links:
        label = _COUNT.sub("", line(own_text(link), limit=_LONGEST_TAG)).strip(" ,;#·•|/")
        if not TAG_LABEL.fullmatch(label) and not IS_ADDRESS.search(label) and first_date(label) is None:
            yield label


def _in_running_text(link: HtmlElement, outline: Outline) -> bool:
    block = next((each for each in link.iterancestors() if each.tag in BLOCKS), None)
    return block is not None and block.tag in _TEXT_BLOCKS and outline.weight(block).own > _LONGEST_CAPTION


def _is_rel_tag(link: HtmlElement) -> bool:
    return "tag" in (link.get("rel") or "").lower().split()


def _around(link: HtmlElement, region: Region) -> frozenset[str]:
    """The words of the names of a link and of the elements next around it."""
    outside = {region.post, *region.post.iterancestors()}
    named = takewhile(lambda each: each not in outside, islice(link.iterancestors(), _LEVELS))
    return words_of(link).union(*map(words_of, named))


def _is_announced(link: HtmlElement, outline: Outline, region: Region) -> bool:
    """Whether a link stands in a short list of links that begins with, or stands below, words like "Tags:"."""
    for element in islice(link.iterancestors(), _LEVELS):
        if element is region.post or outline.weight(element).own > _LONGEST_CAPTION:
            return False
        before = element.getprevious()
        if TAG_LABEL.match(_before_links(element)) or (
            before is not None
            and outline.is_line(before, limit=_LONGEST_CAPTION)
            and TAG_LABEL.fullmatch(own_text(before))
        ):
            return True
    return False


def _before_links(element: HtmlElement) -> str:
    """The text of an element before its first link."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == "a" or next(child.iter("a"), None) is not None:
            break
        pieces += [child.text_content()[:_LONGEST_CAPTION], child.tail or ""]
    return " ".join(" ".join(pieces).split())


def _steps(link: HtmlElement) -> frozenset[str]:
    """The steps of a link's path in lower case but for the last one, which names no kind of page."""
    return _steps_in(link.get("href") or "")


@lru_cache(maxsize=8192)
def _steps_in(address: str) -> frozenset[str]:
    try:
        path = urlsplit(address).path
    except ValueError:
        return frozenset()
    return frozenset(step.lower() for step in unquote(path).rstrip("/").split("/")[:-1])


def _hosts(outline: Outline, url: str) -> frozenset[str]:
    """The hosts that links to the site itself name: none, the page's, and the one most links of the page name.

    The last is the site's own where the page is a copy that lives elsewhere.
    """
    named = Counter(host for link in outline.of("a") if (host := _host(link.get("href") or "")))
    return frozenset({"", _host(url), *(host for host, _ in named.most_common(1))})


@lru_cache(maxsize=8192)
def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return "-"
