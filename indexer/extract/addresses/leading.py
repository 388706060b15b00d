"""Links that lead to other pages of the site, as those of a list of posts do."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain, islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from indexer.extract.dates.in_address import filed_in
from indexer.extract.markup.dom import own_text
from indexer.extract.markup.outline import HEADINGS, Outline
from indexer.extract.markup.region import Region, stands_apart
from search_service.engine.urls import origin

from .canonical import OWN_FOLDER
from .keys import address_key, resolved

LISTED = 3
"""So many dates, or headings that lead to other pages, make a listing."""
_PERMALINK = re.compile(
    r"\W*(?:perma-?link|permanent link|permalien|lien permanent|enlace permanente|link permanente|dauerlink)\b",
    re.IGNORECASE,
)
_LONGEST_LINK = 60
_MOST_PARTS = 7
"""Pages below a page that may be the parts of one post."""
_PAGE = re.compile(r"[^.?#]+(?:\.html?)?")
"""The rest of an address that is a page's, not a picture's."""
_ASKS_FOR_PAGE = re.compile(r"(?:p|id|page_id|post|entry|article)=\d+", re.IGNORECASE)
"""What asks a script for one page of many: `/?p=12`."""
_TEXTS = frozenset({"p", "li", "td", "dd", "blockquote"})


def leads_elsewhere(heading: HtmlElement, url: str) -> bool:
    """Whether a heading is the link of another page of the site."""
    link = next(chain(heading.iter("a"), heading.iterancestors("a")), None)
    target = resolved(link.get("href") or "#", url) if link is not None else None
    return target is not None and address_key(target) != address_key(url) and origin(target) == origin(url)


def leads_here(link: HtmlElement, url: str) -> bool:
    """Whether a link leads to the page that it is on."""
    target = resolved(link.get("href") or "#", url)
    return target is not None and address_key(target) == address_key(url)


def leads_below(link: HtmlElement, url: str) -> bool:
    """Whether a link leads to a page in the folder of this one."""
    target = resolved(link.get("href") or "#", url)
    folder = url.removesuffix("index.html").rstrip("/") + "/"
    inside = target.removeprefix(folder) if target is not None and target.startswith(folder) else ""
    return _PAGE.fullmatch(inside) is not None


def lists_its_folder(content: HtmlElement, url: str) -> bool:
    """Whether most items of lists lead to pages in the folder of this one, too many for the parts of a post."""
    links = [link for item in content.iter("li") if (link := next(item.iter("a"), None)) is not None]
    below = {link.get("href") for link in links if leads_below(link, url)}
    return len(below) > _MOST_PARTS and 2 * len(below) > len(links)


def has_permalinks_of_others(outline: Outline, region: Region, url: str) -> bool:
    """Whether several links that are called permanent lead to different pages, as those of the posts of a list do."""
    links = (link for link in region.post.iter("a") if outline.is_line(link, limit=_LONGEST_LINK))
    named = (link for link in links if _PERMALINK.match(own_text(link)) and leads_elsewhere(link, url))
    return len({link.get("href") for link in named}) > 1


def goes_on_elsewhere(outline: Outline, region: Region, url: str, *, beside: frozenset[str]) -> bool:
    """Whether links of one text, "Continue reading", lead to several pages, and no heading is the title of this one."""
    if region.heading is not None or len(list(islice(region.post.iter(*HEADINGS), LISTED))) < LISTED:
        return False
    led = defaultdict[str, set[str]](set)
    for link in region.post.iter("a"):
        own = outline.is_line(link, limit=_LONGEST_LINK) and not _is_in_text(link, outline)
        if own and leads_elsewhere(link, url) and not stands_apart(link, region, beside):
            led[own_text(link)].add(link.get("href") or "")
    return any(len(pages) >= LISTED for text, pages in led.items() if text)


def _is_in_text(link: HtmlElement, outline: Outline) -> bool:
    """Whether a link is a word of a sentence: "I wrote about it here"."""
    return any(each.tag in _TEXTS and outline.weight(each).own for each in islice(link.iterancestors(), 2))


def leads_up(link: HtmlElement, url: str) -> bool:
    """Whether a link leads to a directory above the page, as those to the front page do, and asks for no page there.

    Copies of blogs have `./` for a post's own address: where that is the folder of a month, it's no front page's.
    """
    href = link.get("href")
    if href in OWN_FOLDER and filed_in(url) is not None:
        return False
    target = resolved(href, url) if href else None
    if target is not None and any(map(_ASKS_FOR_PAGE.fullmatch, urlsplit(target).query.split("&"))):
        return False
    here, there = (unquote(urlsplit(each or "").path) for each in (url, target))
    # A page under `/bees/index.html` calls itself `/bees` as well.
    is_other = address_key(there) != address_key(here)
    return target is not None and is_other and here.startswith(f"{there.removesuffix('/')}/")
