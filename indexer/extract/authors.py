"""Who wrote a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dom import line, own_text, words_of
from .metadata import Metadata
from .region import Region

MAX_AUTHOR = 200
_BY = re.compile(r"^\s*(?:written |posted |published )?(?:by|von|par|por|di|door|autor|author|作者)\b[:\s]*", re.IGNORECASE)
_AUTHOR_WORDS = frozenset({"author", "byline", "vcard", "writer"})
_ADDRESS = re.compile(r"^https?://|@\w+\.|^/")


def find_author(metadata: Metadata, region: Region) -> tuple[str, str] | None:
    """The author's name (several joined by semicolons) and where it was found."""
    for source, name in _candidates(metadata, region):
        cleaned = line(_BY.sub("", name), limit=MAX_AUTHOR).strip(" ,;|-–—")
        if cleaned and not _ADDRESS.search(cleaned) and any(letter.isalpha() for letter in cleaned):
            return cleaned, source
    return None


def _candidates(metadata: Metadata, region: Region) -> Iterator[tuple[str, str]]:
    if metadata.article and metadata.article.authors:
        yield "json-ld:author", "; ".join(dict.fromkeys(metadata.article.authors))
    for name in ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl"):
        values = [value for value in metadata.metas.get(name, ()) if not _ADDRESS.search(value)]
        if values:
            yield name, "; ".join(values)
    for link in region.post.iter("a"):
        if "author" in (link.get("rel") or "").lower().split():
            yield "rel=author", own_text(link)
    for element in region.post.iter("a", "span", "div", "p", "address"):
        if not words_of(element).isdisjoint(_AUTHOR_WORDS):
            name = own_text(element)
            if 0 < len(name) <= 60:
                yield "byline", name
