"""Addresses as a site's pages link to each other by, whatever their spelling."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from indexer.extract.markup.dom import wording
from search_service.engine.urls import canonical_url, origin

_EXTENSION = re.compile(r"(?:/index)?\.(?:html?|php|aspx?)$|/$", re.IGNORECASE)
_BELOW_FOLDER = re.compile(r"(?:\./)?(?P<up>(?:\.\./)*)(?P<rest>(?!\S*//)(?:[^.:;?#/\s][^:;?#\s]*)?)")
"""A link relative to the folder of its page: `bees.html`, `../../about/`."""
_UNCLEAN = re.compile(r"[?#]|/\.|(?<!:)//")
"""What makes an address more than steps to a page."""
_ASKED = re.compile(r"(?P<key>\w+)=[^&=]+")
_ROOT = 3
"""Steps of a URL, between slashes, that name the site: scheme, nothing, host."""


@lru_cache(maxsize=8192)
def address_key(url: str) -> int:
    """A number for a page's path that links to it agree on, however they spell it: `/a/`, `/a.html`, `/a/index.html`.

    64 bits, so that the posts of a hundred thousand tag pages fit into memory and two of a million never meet.
    """
    parts = urlsplit(url)
    path = _EXTENSION.sub("", unquote(parts.path)).rstrip("/")
    return int.from_bytes(hashlib.blake2b(f"{path}?{parts.query}".encode(), digest_size=8).digest(), "big") >> 1


def address_by_title(title: str) -> str:
    """What stands for the address of a page that a list names without a link."""
    return f"title:{wording(title)}"


@lru_cache(maxsize=8192)
def host_of(url: str) -> str | None:
    """The host that an address names, without `www.`; "" where it names none, None where it can't be read."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return None


def is_tag_page(url: str, folders: Collection[str]) -> bool:
    """Whether a page is in one of the folders, and not that folder's own page; see `tag_pages.tag_folders`."""
    if not folders:
        return False
    path = unquote(urlsplit(url).path)
    for folder in folders:
        inside = path.partition(folder[1:])[2] if folder.startswith("*") else path.removeprefix(folder)
        if inside and inside != path:
            return True
    return False


def placed(href: str, base: str) -> tuple[str, str] | None:
    """Where a link on the page at `base` leads, and the folder of that: `/tags/` of `/tags/bees/` and `/tags/#bees`.

    The second is how sites without a page for each tag link to the part of the one page that they have. Of an address
    that asks a script for one thing, that is all but the thing: `/?cat=` of `/?cat=3`.
    """
    target = resolved(href, base)
    if target is None:
        return None
    _, _, fragment = href.partition("#")
    return (f"{target}#{fragment}", _folder(target, 0)) if fragment else (target, _folder(target, 1))


@lru_cache(maxsize=8192)
def _folder(url: str, names: int) -> str:
    parts = urlsplit(url)
    if names and (asked := _ASKED.fullmatch(parts.query)):
        return f"{unquote(parts.path)}?{asked['key']}="
    steps = unquote(parts.path).rstrip("/").split("/")
    return "/".join(steps[: len(steps) - names]) + "/"


def resolved(href: str, base: str) -> str | None:
    """The canonical URL of a link on the page at `base`; the same links are on every page of a site."""
    return _resolved(href, origin(base) if href.startswith(("/", "http:", "https:")) else base)


@lru_cache(maxsize=8192)
def _resolved(href: str, base: str) -> str | None:
    # An address in full is the quicker to read; what begins with two slashes names a host of its own.
    if href.startswith("/") and not href.startswith("//"):
        return canonical_url(origin(base) + href, base=base)
    below, (*root, _) = _BELOW_FOLDER.fullmatch(href), base.split("/")
    if not (href and below) or len(root) < _ROOT or _UNCLEAN.search(base):
        return canonical_url(href, base=base)
    folders = root[: max(_ROOT, len(root) - below["up"].count("/"))]
    return canonical_url("/".join((*folders, below["rest"])), base=base)
