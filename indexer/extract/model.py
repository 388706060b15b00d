"""What reading a page gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from search_service.engine.model import Document

EXTRACTOR_VERSION = 1
"""Kept with every page in the index's state: pages read by another version are read again."""


class Found(NamedTuple):
    """A value and where on the page it was found, in words for people: `rel=canonical`, `byline`."""

    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A page as a document, whether it is a post, and if not why.

    `sources` tells for each field of the document where it was found (`json-ld:datePublished`, `rel=tag`, ...).
    """

    document: Document
    is_post: bool
    why: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
