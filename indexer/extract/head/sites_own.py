"""What the head of a post states that is its whole site's, as themes write it where a post has nothing of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from .metadata import Metadata

_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_LABELS = ("article:tag", "keywords")
_FEWEST = 3
"""Pages that say that they are no articles, on which the same stands for it to be the site's."""
_MOST = 0.5
"""The share of the pages on which it is the site's whatever they are."""


def find_sites_own(heads: Sequence[tuple[str, Metadata]]) -> tuple[str, ...]:
    """The descriptions and lists of keywords of a site, by the addresses of some of its pages and their heads.

    They are those of its front page, what several lists state alike, and the description that most pages have.
    """
    everywhere = Counter(value for _, metadata in heads for value in _stated(metadata, _DESCRIPTIONS))
    others = [metadata for _, metadata in heads if metadata.is_article is False]
    of_others = Counter(value for metadata in others for value in _stated(metadata))
    found = {value for value, count in everywhere.items() if count > max(_FEWEST, _MOST * len(heads))}
    found.update(value for value, count in of_others.items() if count >= _FEWEST)
    front, metadata = min(heads, key=lambda each: len(each[0]))
    # Themes state an article on every page; what previews show of the front page tells it better.
    is_article = metadata.is_article and metadata.meta("og:type") != "website"
    if front.endswith("/") and not is_article and all(url.startswith(front) for url, _ in heads):
        found |= _stated(metadata)
    return tuple(sorted(found))


def without_sites_own(metadata: Metadata, sites_own: Collection[str]) -> Metadata:
    """The metadata of a page without what is the site's."""
    if not sites_own:
        return metadata
    wrong = {name for name in (*_DESCRIPTIONS, *_LABELS) if _key(metadata.metas.get(name, ())) in sites_own}
    article = metadata.article
    if article is not None and article.description in sites_own:
        article = replace(article, description=None)
    metas = {name: values for name, values in metadata.metas.items() if name not in wrong} if wrong else metadata.metas
    return replace(metadata, metas=metas, article=article)


def _stated(metadata: Metadata, names: Iterable[str] = (*_DESCRIPTIONS, *_LABELS)) -> set[str]:
    return {_key(values) for name in names if (values := metadata.metas.get(name))}


def _key(values: Iterable[str]) -> str:
    """A list of labels counts as a whole: a post may have one of the site's for its own."""
    return "\n".join(values)
