"""Where a directory of built HTML is published: worked out from what its files say about themselves."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from search_service.engine.errors import ConfigError
from search_service.engine.urls import canonical_url, origin

from .feeds import read_feed
from .markup import start_tags
from .sitemap import read_sitemap

GUESS = "https://site.invalid/"
"""Stands in where nothing tells. `.invalid` belongs to nobody (RFC 2606), so that no link leads to a stranger."""

_SAMPLED_PAGES = 60
_HEAD = 128 * 1024
_FEWEST_OF_A_BLOG = 2
"""Pages that have to agree on where a folder is published for it to be a blog of its own."""
_NAMED_BLOGS = 3
_LISTED = 200
_MAX_LISTING = 5_000_000
_SITEMAPS = ("sitemap.xml", "sitemap-0.xml", "post-sitemap.xml", "sitemap_index.xml")
_FEEDS = ("atom.xml", "feed.xml", "rss.xml", "index.xml", "feed/index.xml", "feed.atom", "blog/index.xml", "feed.json")


def find_base_url(root: Path, paths: Sequence[str]) -> str | None:
    """The address that `root` is published at, with a final slash; None where nothing tells.

    `paths` are the pages below `root`. Canonical links and `og:url` count most, then sitemap, feed and CNAME file. A
    witness must agree with the page's own place: the address that `2017/post.html` names ends in `2017/post`.
    ConfigError where folders below `root` are blogs of their own: one address for all would be wrong for most.
    """
    files = frozenset(paths)
    named = list(_named_by_pages(root, paths))
    blogs = _blogs_below(named)
    if blogs:
        published = ", ".join(f"{folder} at {base}" for folder, base in blogs[:_NAMED_BLOGS])
        raise ConfigError(
            f"{root} holds several blogs ({published}): give each folder as a SOURCE of its own, or say with --base-url"
            " where all of it is published"
        )
    listed = [url for names in (_SITEMAPS, _FEEDS) for url in _listed(root, names)]
    return (
        _elected(base for path, url in named for base in _bases(url, path))
        or _elected(base for url in listed for base in _placed(url, files))
        or _elected(f"{origin(url)}/" for _, url in named)
        or _elected(f"{origin(url)}/" for url in listed)
        or _cname(root)
    )


def canonical_link(content: bytes) -> str | None:
    """The public address that a page's canonical link, else its `og:url`, names."""
    og_url = None
    content = content[:_HEAD]
    # The pages of many sites name none, and would be looked through to their ends for it.
    if not any(name in content.lower() for name in (b"canonical", b"og:url")):
        return None
    for tag in start_tags(content, ("link", "meta")):
        get = tag.attributes.get
        if tag.name == "link" and "canonical" in get("rel", "").lower().split():
            url = _public(get("href", ""))
            if url:
                return url
        if tag.name == "meta" and "og:url" in (get("property"), get("name")):
            og_url = og_url or _public(get("content", ""))
    return og_url


def page_url(base_url: str, path: str | bytes) -> str | None:
    """The canonical URL of the file at `path` below `base_url`; None where it would be too long to be one."""
    return canonical_url(base_url + quote(path, safe="/"))


def _elected(votes: Iterable[str]) -> str | None:
    """The base with most votes; of equals https, then the shortest."""
    count = Counter(votes)
    return min(count, key=lambda base: (-count[base], not base.startswith("https:"), len(base), base), default=None)


def _named_by_pages(root: Path, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    # Evenly spread: the first pages in order are often all tag pages, or the drafts of one year.
    step = max(1, len(paths) // _SAMPLED_PAGES)
    for path in islice(paths, 0, None, step):
        url = canonical_link(_head(root / path, _HEAD))
        if url is not None:
            yield path, url


def _blogs_below(named: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Folders with their addresses where the pages are those of blogs on different hosts, each in a folder.

    A folder of posts that first came out elsewhere makes no blog: it takes two, with most of the pages.
    """
    below: Counter[tuple[str, str]] = Counter()
    for path, url in named:
        if not any(_bases(url, path)):
            below.update(islice(_below(url, path), 1))
    blogs = [blog for blog, pages in below.most_common() if pages >= _FEWEST_OF_A_BLOG]
    hosts, folders = {urlsplit(base).hostname for _, base in blogs}, {folder for folder, _ in blogs}
    is_most = 2 * sum(below[blog] for blog in blogs) > len(named)
    return blogs if len(hosts) > 1 and len(folders) > 1 and is_most else []


def _below(url: str, path: str) -> Iterator[tuple[str, str]]:
    """The folders at which an address and a page's place part, the highest first, with what is left of the address."""
    parts = path.split("/")
    # The name of a file that stands for its folder agrees with every address.
    named = len(parts) - parts[-1].startswith("index.")
    for cut in range(1, named):
        for base in _bases(url, "/".join(parts[cut:])):
            yield "/".join(parts[:cut]), base


def _listed(root: Path, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        content = _head(root / name, _MAX_LISTING)
        listing = read_sitemap(content) or read_feed(content)
        if listing is not None:
            yield from filter(None, map(_public, listing.urls[:_LISTED]))


def _bases(url: str, path: str) -> Iterator[str]:
    """What is left of `url` without the place of `path`: one base, or none where they disagree."""
    address = unquote(urlsplit(url).path)
    for suffix in _spellings(path):
        if address.endswith(f"/{suffix}"):
            yield f"{origin(url)}{quote(address.removesuffix(suffix), safe='/')}"
            return


def _placed(url: str, files: frozenset[str]) -> Iterator[str]:
    """What is left of `url` without the place of the file that it is; none where no file fits."""
    parts = PurePosixPath(unquote(urlsplit(url).path)).parts[1:]
    for cut in range(len(parts)):
        place = "/".join(parts[cut:])
        if not files.isdisjoint((place, f"{place}.html", f"{place}.htm", f"{place}/index.html")):
            yield f"{origin(url)}/" + "".join(f"{quote(part)}/" for part in parts[:cut])
            return


def _spellings(path: str) -> Iterator[str]:
    """The ways in which a page's place may end its address, the most telling first."""
    stem, _, _ = path.rpartition(".")
    yield path
    if stem == "index":
        yield ""
    elif stem.endswith("/index"):
        yield stem.removesuffix("index")
        yield stem.removesuffix("/index")
    else:
        yield stem
        yield f"{stem}/"


def _public(address: str) -> str | None:
    """`address` if it is absolute and of the public web: a build made for a preview names `localhost`."""
    url = canonical_url(address)
    if url is None:
        return None
    host = urlsplit(url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return url if "." in host and not host.endswith(".localhost") else None
    return None


def _cname(root: Path) -> str | None:
    words = _head(root / "CNAME", 1024).decode("utf-8", "replace").split()
    return _public(f"https://{words[0]}/") if words else None


def _head(path: Path, size: int) -> bytes:
    """The first bytes of a regular file; none where there is no such file."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""
