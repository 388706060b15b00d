"""Who wrote a post."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import chain, islice

from lxml.html import HtmlElement

from indexer.extract.addresses.leading import leads_up
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.dom import line, own_text, wording
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region, above_post, byline_of, stands_apart
from indexer.extract.model import MAX_AUTHOR, Found
from indexer.extract.site_name import site_names, squeezed

from .bylines import is_full_name, is_label, named_in, starts_as_byline
from .signatures import (
    LONGEST_BYLINE,
    announced,
    beside_dates,
    beside_icons,
    beside_portraits,
    introduced,
    is_others,
    is_signature,
    lines_of,
    lines_of_page,
    links_to_authors,
    marked_up,
    signed_by,
)

_METAS = (
    "article:author",
    "og:article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "citation_author",
    "dcterms.creator",
    "dc.creator",
    "creator",
)
_FOREIGN_WORDS = frozenset(
    {"comment", "comments", "related", "sidebar", "widget", "avatar", "bio", "prev", "previous", "next", "prenext"}
)
_ADDRESS = re.compile(r"://|^/|@")
_POSTAL = re.compile(r"[\s,;(<]*\S+@\S+\.\S+$")
_NOBODY = frozenset(
    {
        "admin", "administrator", "author", "by", "unknown", "editor", "webmaster", "user", "guest", "staff",
        "no author", "guest author", "guest post", "anonymous",
    }
)  # fmt: skip
_UNSET = frozenset(
    {
        "the unknown author", "unknown author", "your name", "your name here", "author name", "firstname lastname",
        "username", "user name",
    }
)  # fmt: skip
"""What generators and themes have for a name until somebody writes one."""
# What a publishing system calls its users, or a placeholder that nobody filled in.
_NO_PERSON = re.compile(r"[a-z0-9_.-]+|www\..*|.*\.(?:com|de|org|net)", re.ASCII)
_HANDLE = re.compile(r"[A-Z]?[a-z]+(?:[A-Z0-9]\w*)+")
_AND = re.compile(r"\s*[,;&/]|\s+(?:and|und|et|y|e|og|och|en)\s")
_SITE_IN_TITLE = re.compile(r"\s[|–—·•-]\s")
_OTHERS_READ = 40
"""Other names on the page that a doubtful one is compared with."""
_WORDS_OF_NAME = 2


def find_author(outline: Outline, metadata: Metadata, region: Region, *, url: str) -> Found | None:
    """The author's name (several joined by semicolons) and where it was found."""
    sites = site_names(metadata, url=url) | {squeezed(part) for part in _SITE_IN_TITLE.split(metadata.title or "")[1:]}
    names_site = partial(_names_site, sites=sites, url=url)
    programs = {squeezed(name) for name in metadata.metas.get("generator", ())}
    last_resort: Found | None = None
    candidates = _candidates(outline, metadata, region, names_site)
    for source, text in candidates:
        name = _bare(text)
        if not any(letter.isalpha() for letter in name) or _ADDRESS.search(name) or squeezed(name) in programs:
            continue
        if wording(name) in _UNSET:
            continue
        if wording(name) in _NOBODY or squeezed(name) in sites or _NO_PERSON.fullmatch(name):
            last_resort = last_resort or Found(name, source)
        elif _HANDLE.fullmatch(name) and (full := _full_name(candidates)):
            return full
        else:
            return Found(_as_confirmed(name, candidates), source)
    return last_resort or next(
        (Found(name, source) for source, name in _guesses(outline, region, names_site) if name), None
    )


def _bare(text: str) -> str:
    """A name without the electronic address behind it."""
    return _POSTAL.sub("", line(text, limit=MAX_AUTHOR)).strip(" ,;:|-–—•·")


def _full_name(candidates: Iterable[tuple[str, str]]) -> Found | None:
    return next((Found(text, source) for source, text in candidates if is_full_name(text)), None)


def _as_confirmed(name: str, others: Iterable[tuple[str, str]]) -> str:
    """The name, or as another place of the page has it: in full where it is a first name, without a job or a firm."""
    words = wording(name)
    size = words.count(" ") + 1
    if ";" in name or (size == _WORDS_OF_NAME and is_full_name(name)):
        return name
    for _, text in islice(others, _OTHERS_READ):
        is_fuller = size == 1 and wording(text).startswith(f"{words} ")
        is_bare = size > _WORDS_OF_NAME and name.startswith(f"{text} ") and not _AND.match(name, len(text))
        if (is_fuller or is_bare) and is_full_name(text):
            return text
    return name


def _candidates(
    outline: Outline, metadata: Metadata, region: Region, names_site: Callable[[HtmlElement], bool]
) -> Iterator[tuple[str, str]]:
    """The names that a page marks or announces as the author's, the most reliable first."""
    if metadata.article:
        yield "json-ld:author", _joined(metadata.article.authors)
    yield from ((name, _joined(metadata.metas.get(name, ()))) for name in _METAS)
    own = [each for each in lines_of(outline, region.post) if not stands_apart(each, region, _FOREIGN_WORDS)]
    near = set(byline_of(outline, region))
    byline = [each for each in own if each in near]
    yield "rel=author", _joined(signed_by(each) for each in own if is_signature(each))
    yield from (("byline", name) for name in chain(marked_up(byline), announced(byline)))
    above = above_post(outline, region)
    if above is not None and outline.is_line(above, limit=LONGEST_BYLINE) and not is_others(above):
        yield from (("byline", name) for name in links_to_authors(above.iter("a")) if is_full_name(name))
    # Often the account that the page was published with.
    yield "author", _joined(metadata.metas.get("author", ()))
    yield from (("twitter:data", name) for name in metadata.captioned(is_label))
    yield "json-ld:Person", _only(each.headline or "" for each in metadata.statements if "Person" in each.types)
    yield from (("author in the post", name) for name in chain(marked_up(own), announced(own)))
    signed = (each for each in outline.of("a") if is_signature(each) and not is_others(each))
    yield "rel=author on the page", _joined(signed_by(each) for each in signed if not names_site(each))


def _names_site(link: HtmlElement, *, sites: Collection[str], url: str) -> bool:
    """Whether what is marked as the author's name is that of the site, as Jekyll's themes mark it."""
    return is_signature(link) and (leads_up(link, url) or squeezed(own_text(link)) in sites)


def _guesses(outline: Outline, region: Region, names_site: Callable[[HtmlElement], bool]) -> Iterator[tuple[str, str]]:
    """The names that nothing but their company makes the author's, and those outside of the post."""
    heading = wording(own_text(region.heading)) if region.heading is not None else ""

    def untitled(names: Iterable[str]) -> Iterator[str]:
        """The names that aren't in the title, which describes the pictures of many posts."""
        return (name for name in names if wording(name) not in heading)

    near = lines_of(outline, region.post)
    yield "introduction", _only(introduced(near))
    byline = [each for each in byline_of(outline, region) if outline.is_line(each, limit=LONGEST_BYLINE)]
    own = [each for each in byline if not stands_apart(each, region, _FOREIGN_WORDS)]
    yield "picture of a person", _only(untitled(beside_icons(own)))
    yield "portrait", _only(untitled(beside_portraits(near, region.post)))
    page = [each for each in lines_of_page(outline) if not names_site(each)]
    yield from (("author on the page", name) for name in chain(announced(page), marked_up(page)) if is_full_name(name))
    yield "portrait", _only(untitled(beside_portraits(page, outline.body)))
    # All of a short post is a line, with who commented on it.
    beside = beside_dates(each for each in own if each not in region.frame)
    yield from (("beside the date", name) for name in untitled(beside))
    yield "author's page", _only(name for name in links_to_authors(page) if is_full_name(name))


def _only(names: Iterable[str]) -> str:
    """The one name that all of these are; "" where there are several."""
    distinct = {wording(name): name for name in names if name}
    return next(iter(distinct.values())) if len(distinct) == 1 else ""


def _joined(names: Iterable[str]) -> str:
    """Several authors as one value, each without what a template puts around a name."""
    bare = (named_in(name) if starts_as_byline(name) else name for name in names if "://" not in name)
    found = list(dict.fromkeys(filter(None, bare)))
    # "Ines Robledo; More about Ines Robledo"
    return "; ".join(name for name in found if not any(other != name and other in name for other in found))
