"""The labels that WordPress writes into the class of a post: all of its tags, and no others (`get_post_class`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from indexer.extract.markup.dom import own_text
from indexer.extract.markup.region import Region
from search_service.engine.tags import normalize_tag

_ENTRY = re.compile(r"(?:^|\s)post-\d+\s(?:.*\s)?type-post(?:\s|$)")
_TAG = re.compile(r"(?<!\S)tag-(\S+)")
_MOST = 100


@dataclass(frozen=True, slots=True)
class EntryLabels:
    """The tags in a post's class; `is_whole` where no other can be its own."""

    tags: tuple[str, ...] = ()
    is_whole: bool = False

    def own(self, links: Iterable[HtmlElement]) -> list[HtmlElement]:
        """Of links to tags those to the post's own."""
        known = {normalize_tag(tag) for tag in self.tags}
        return [link for link in links if not self.is_whole or not known.isdisjoint(_names_of(link))]


def entry_labels(region: Region) -> EntryLabels:
    """The tags in the class of the element that is the post."""
    for element in (region.content, *region.content.iterancestors()):
        names = element.get("class") or ""
        if _ENTRY.search(names):
            slugs = _TAG.findall(names)[:_MOST]
            # Where a slug isn't made of Latin letters, its number stands for it.
            spelt = tuple(slug.replace("-", " ") for slug in slugs if not slug.isdigit())
            return EntryLabels(spelt, is_whole=bool(spelt) and len(spelt) == len(slugs))
    return EntryLabels()


def _names_of(link: HtmlElement) -> set[str]:
    """The tag that a link leads to: by its label, by the last step of its address."""
    try:
        step = unquote(urlsplit(link.get("href") or "").path).rstrip("/").rpartition("/")[2]
    except ValueError:
        step = ""
    return {normalize_tag(own_text(link)), normalize_tag(step)}
