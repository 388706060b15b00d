"""What reading a page gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from search_service.engine.model import Document

EXTRACTOR_VERSION = 2
"""Kept with every page in the index's state: pages read by another version are read again."""

NOINDEX = "noindex"
"""Why a page is no post where its own request is all that speaks against it: it is extracted in full all the same."""


class Found(NamedTuple):
    """A value and where on the page it was found, in words for people: `rel=canonical`, `byline`."""

    value: str
    source: str


class TagPage(NamedTuple):
    """What a tag page says: that these posts (numbers of their addresses, see `site.tag_pages`) have this tag."""

    label: str
    posts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A page as a document, whether it is a post, and if not why.

    `sources` tells for each field of the document where it was found (`json-ld:datePublished`, `rel=tag`, ...), and
    under `cut` what was left out of the body. `template` is that of the site's templates which the page was read by,
    None where it was read on its own. `tag_page` is given where the site's posts have their tags from its tag pages.
    """

    document: Document
    is_post: bool
    why: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    template: str | None = None
    tag_page: TagPage | None = None
    marked: str = ""
    """The page with what was taken from it marked, where that was asked for (see `marked`)."""
