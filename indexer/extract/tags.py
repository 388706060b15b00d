"""The tags an author gave a post, and its categories apart; never the tags of the whole site beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from search_service.engine.tags import Tag, tags_of

from .dom import line, own_text, words_of
from .metadata import Metadata
from .outline import Outline
from .region import Region

MAX_TAGS = 50
_LONGEST_TAG = 60

_TAG_WORDS = frozenset({"tag", "tags", "taglist", "keyword", "keywords", "label", "labels", "topics", "hashtag", "hashtags"})
_CATEGORY_WORDS = frozenset({"category", "categories", "cat", "cats", "categorie", "section"})
_TAG_STEPS = frozenset(
    "tag tags tagged label labels topic topics keyword keywords hashtag hashtags etiqueta etiquetas etiquette"
    " schlagwort schlagworte stichwort 标签 標籤 タグ 태그 тег теги".split()
)
_CATEGORY_STEPS = frozenset("category categories cat categoria categorias categorie kategorie kategorien rubrique".split())
_FOREIGN_WORDS = frozenset(
    "cloud tagcloud sidebar widget related recommended recommend similar recent popular comment comments nav menu"
    " breadcrumb breadcrumbs pagination share footer archive archives".split()
)
_FOREIGN_TAGS = frozenset({"aside", "nav"})
_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Labels:
    """The tags and categories of a post, and where the tags were found."""

    tags: tuple[Tag, ...]
    categories: tuple[Tag, ...]
    source: str | None


def find_labels(outline: Outline, metadata: Metadata, region: Region) -> Labels:
    """The labels of a post."""
    links = [link for link in region.post.iter("a") if link.get("href") and not _is_foreign(link, region)]
    kinds = {link: _kind(link, region) for link in links}
    categories = tags_of(_labels(link for link, kind in kinds.items() if kind == "category"))
    if not categories:
        categories = tags_of(_sections(metadata))
    for source, labels in (
        ("rel=tag", _labels(link for link, kind in kinds.items() if kind == "rel=tag")),
        ("tag links", _labels(link for link, kind in kinds.items() if kind in ("tag list", "tag address"))),
        ("article:tag", metadata.metas.get("article:tag", ())),
        ("json-ld:keywords", metadata.article.keywords if metadata.article else ()),
    ):
        tags = tags_of(labels)
        if tags:
            return Labels(tags[:MAX_TAGS], categories[:MAX_TAGS], source)
    return Labels((), categories[:MAX_TAGS], None)


def _kind(link: HtmlElement, region: Region) -> str | None:
    steps = frozenset(step.lower() for step in unquote(urlsplit_path(link.get("href") or "")).split("/")[:-1])
    around = _around(link, region)
    if not steps.isdisjoint(_CATEGORY_STEPS):
        return "category"
    rel = (link.get("rel") or "").lower().split()
    if not steps.isdisjoint(_TAG_STEPS):
        return "rel=tag" if "tag" in rel else "tag address"
    if not around.isdisjoint(_CATEGORY_WORDS) and around.isdisjoint(_TAG_WORDS):
        return "category"
    if "tag" in rel:
        return "rel=tag"
    return "tag list" if not around.isdisjoint(_TAG_WORDS) else None


def urlsplit_path(href: str) -> str:
    """The path of an address, "" where it is none; its last step never names a kind of page."""
    try:
        return urlsplit(href).path.rstrip("/")
    except ValueError:
        return ""


def _around(link: HtmlElement, region: Region) -> frozenset[str]:
    words = words_of(link)
    for level, ancestor in enumerate(link.iterancestors()):
        if ancestor is region.post or level == _LEVELS:
            break
        words |= words_of(ancestor)
    return words


def _is_foreign(link: HtmlElement, region: Region) -> bool:
    for ancestor in link.iterancestors():
        if ancestor is region.post:
            return False
        if ancestor.tag in _FOREIGN_TAGS or not words_of(ancestor).isdisjoint(_FOREIGN_WORDS):
            return True
    return False


def _labels(links: Iterable[HtmlElement]) -> Iterator[str]:
    for link in links:
        label = re.sub(r"\s*\(\d+\)$", "", line(own_text(link), limit=200)).strip(" ,;#·•|")
        if 0 < len(label) <= _LONGEST_TAG:
            yield label


def _sections(metadata: Metadata) -> Iterator[str]:
    yield from metadata.metas.get("article:section", ())
    if metadata.article:
        yield from metadata.article.sections
