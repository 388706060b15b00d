"""The tags an author gave a post, and its categories apart; never the tags of the whole site beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from search_service.engine.tags import Tag, normalize_tag, tags_of

from .dom import BLOCKS, line, own_text, vocabulary, words_of
from .metadata import Metadata
from .outline import Outline
from .region import Region, stands_apart

MAX_TAGS = 50
_LONGEST_TAG = 60

_TAG_WORDS = frozenset({"tag", "tags", "taglist", "tagged", "keyword", "keywords", "labels", "hashtag", "hashtags"})
_CATEGORY_WORDS = frozenset({"category", "categories", "cat", "cats", "categorie", "section"})
_TAG_STEPS = vocabulary(
    "tag tags tagged label labels topic topics keyword keywords hashtag hashtags etiqueta etiquetas etiquette"
    " schlagwort schlagworte schlagwörter schlagwoerter stichwort stichworte stichwörter thema themen tema temas temi"
    " sujet sujets motcle motscles mot-cle mots-cles aihe aiheet emne emner ämne ämnen onderwerp onderwerpen trefwoord"
    " trefwoorden argomento argomenti 标签 標籤 タグ 태그 тег теги"
)
_TAG_LABEL = re.compile(
    r"\W*(?:(?:post |article |related )?(?:hash)?tags?|tagged(?: (?:with|as|in|under))?|labels?|keywords?|topics?"
    r"|filed under|schlag-?w[oö]rte[r]?|stichw[oö]rte[r]?|themen|mots[- ]cl[ée]s?|[ée]tiquettes|sujets|etiquetas"
    r"|etiquetado|palabras clave|temas|palavras-chave|parole chiave|argomenti|trefwoorden|onderwerpen|aiheet|asiasanat"
    r"|emner|ämnen|标签|標籤|タグ|태그|теги)"
    r"(?:\s*[:：]\s*|\s+(?=#)|\s*$)",
    re.IGNORECASE,
)
_CATEGORY_STEPS = vocabulary("category categories categoria categorias categorie kategorie kategorien rubrique")
_FOREIGN_WORDS = vocabulary(
    "cloud tagcloud sidebar widget related recommended recommend similar recent popular comment comments nav menu"
    " breadcrumb breadcrumbs pagination share archives"
)
_TEXT_BLOCKS = frozenset({"p", "li", "td", "dd", "blockquote"})
_KEYWORD_METAS = ("keywords", "news_keywords", "og:keywords")
_COUNT = re.compile(r"\s*\(\d+\)$")
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
    categories = tags_of(_labels(links["category"])) or tags_of(_sections(metadata))
    for source, labels in (
        ("rel=tag", _labels(links["rel=tag"])),
        ("tag links", _labels(links["tag"])),
        ("article:tag", _split(metadata.metas.get("article:tag", ()))),
        ("twitter:data", _captioned(metadata)),
        ("json-ld:keywords", _keywords(metadata)),
        ("links to keywords", _confirmed(outline, metadata)),
    ):
        tags = tags_of(labels)
        if tags:
            return Labels(tags[:MAX_TAGS], categories[:MAX_TAGS], source)
    return Labels((), categories[:MAX_TAGS], None)


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
    return (link for link in within.iter("a") if link.get("href") and outline.is_line(link, limit=_LONGEST_TAG))


def _kind(link: HtmlElement, outline: Outline, region: Region, *, hosts: frozenset[str]) -> str | None:
    """What a link in a post is: "rel=tag", "tag", "category", or None."""
    if stands_apart(link, region, _FOREIGN_WORDS) or _in_running_text(link, outline):
        return None
    steps = _steps(link)
    around = _around(link, region)
    is_rel_tag = "tag" in (link.get("rel") or "").lower().split()
    if not steps.isdisjoint(_CATEGORY_STEPS):
        return "category"
    if is_rel_tag and not steps.isdisjoint(_TAG_STEPS):
        return "rel=tag"
    if not around.isdisjoint(_CATEGORY_WORDS) and around.isdisjoint(_TAG_WORDS) and steps.isdisjoint(_TAG_STEPS):
        return "category"
    if is_rel_tag:
        return "rel=tag"
    listed = not around.isdisjoint(_TAG_WORDS) or _is_announced(link, outline, region)
    addressed = not steps.isdisjoint(_TAG_STEPS) and _host(link.get("href") or "") in hosts
    return "tag" if listed or addressed else None


def _confirmed(outline: Outline, metadata: Metadata) -> Iterator[str]:
    """The labels anywhere on the page, a cloud of all tags included, that its keywords name as well."""
    stated = _split(chain.from_iterable(metadata.metas.get(name, ()) for name in _KEYWORD_METAS))
    keywords = {normalize_tag(keyword) for keyword in stated}
    if not keywords:
        return
    tag_links = (link for link in _short_links(outline, outline.body) if not _steps(link).isdisjoint(_TAG_STEPS))
    yield from (label for label in _labels(tag_links) if normalize_tag(label) in keywords)


def _keywords(metadata: Metadata) -> Iterable[str]:
    """The keywords of a blog's post; those of news articles are an archivist's, or an advertiser's."""
    if metadata.article is None or "NewsArticle" in metadata.article.types:
        return ()
    return metadata.article.keywords


def _captioned(metadata: Metadata) -> Iterator[str]:
    """What a preview of the page shows below a caption like "Filed under"."""
    for number in "12":
        if _TAG_LABEL.fullmatch(metadata.meta(f"twitter:label{number}") or ""):
            yield from _split(metadata.metas.get(f"twitter:data{number}", ()))


def _sections(metadata: Metadata) -> Iterator[str]:
    yield from metadata.metas.get("article:section", ())
    if metadata.article:
        yield from metadata.article.sections


def _labels(links: Iterable[HtmlElement]) -> Iterator[str]:
    for link in links:
        label = _COUNT.sub("", line(own_text(link), limit=_LONGEST_TAG)).strip(" ,;#·•|/")
        if not _TAG_LABEL.fullmatch(label):
            yield label


def _split(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from value.split(",")


def _in_running_text(link: HtmlElement, outline: Outline) -> bool:
    block = next((each for each in link.iterancestors() if each.tag in BLOCKS), None)
    return block is not None and block.tag in _TEXT_BLOCKS and outline.weight(block).own > _LONGEST_CAPTION


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
        if _TAG_LABEL.match(_before_links(element)) or (
            before is not None
            and outline.is_line(before, limit=_LONGEST_CAPTION)
            and _TAG_LABEL.fullmatch(own_text(before))
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
    try:
        path = urlsplit(link.get("href") or "").path
    except ValueError:
        return frozenset()
    return frozenset(step.lower() for step in unquote(path).rstrip("/").split("/")[:-1])


def _hosts(outline: Outline, url: str) -> frozenset[str]:
    """The hosts that links to the site itself name: none, the page's, and the one most links of the page name.

    The last is the site's own where the page is a copy that lives elsewhere.
    """
    named = Counter(host for link in outline.of("a") if (host := _host(link.get("href") or "")))
    return frozenset({"", _host(url), *(host for host, _ in named.most_common(1))})


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return "-"
