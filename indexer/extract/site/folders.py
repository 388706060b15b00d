"""What sites keep beside their posts: generators of academic sites file talks and papers as they do posts."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from indexer.extract.address_words import POST_STEPS
from indexer.extract.dom import vocabulary

_OF_OTHERS = vocabulary(
    "talk talks event events publication publications project projects slides course courses people"
)
_LONGEST_LANGUAGE = len("zh-hant")


def is_filed_as_post(url: str) -> bool:
    """Whether a page is in a folder that is called one of posts."""
    return not POST_STEPS.isdisjoint(_folders(url))


def is_filed_as_other(url: str) -> bool:
    """Whether a page is in a folder of something else, at the root of the site or of one of its languages."""
    *above, folder = _folders(url) or [""]
    at_root = not above or (len(above) == 1 and len(above[0]) <= _LONGEST_LANGUAGE and POST_STEPS.isdisjoint(above))
    return folder in _OF_OTHERS and at_root


def _folders(url: str) -> list[str]:
    path = unquote(urlsplit(url).path).lower().removesuffix("index.html")
    return path.strip("/").split("/")[:-1]
