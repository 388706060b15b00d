"""Is this page a list of other pages? By its links, its articles, its headings and its days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from indexer.extract.addresses.keys import host_of
from indexer.extract.addresses.leading import (
    LISTED,
    goes_on_elsewhere,
    has_permalinks_of_others,
    leads_below,
    leads_elsewhere,
    lists_its_folder,
)
from indexer.extract.dates.written import DATE_ATTRIBUTES, first_date, stated_date
from indexer.extract.markup.dom import own_text, wording, words_of
from indexer.extract.markup.outline import in_furniture
from indexer.extract.markup.region import stands_apart
from indexer.extract.tags.in_head import IS_ADDRESS
from indexer.extract.tags.links import hosts_of
from indexer.extract.titles.headings import is_day

from .glance import Look
from .other_types import POST_BODY
from .ruled_out import LISTING

_TEXT_OF_ITS_OWN = 500
_MOSTLY_LINKS = 0.6
_BESIDE = frozenset(
    {"sidebar", "widget", "aside", "related", "similar", "recommended", "recent", "more", "next", "prev", "previous"}
)
"""What themes call the part of a page that lists other posts beside each one, or below it."""
_SUBTITLE = frozenset({"subtitle", "subheading", "subheadline", "standfirst", "deck", "dek"})
"""What themes call the second heading of a post."""
_CLOCK = re.compile(r"(?:\d{1,3}:)?\d{1,3}:\d\d")
"""A time of day, or where in a recording something is."""
_MAIN_HEADINGS = frozenset({"h1", "h2", "h3"})
_OF_ENTRIES = ("h1", "h2", "h3", "h4", "time")
_LONGEST_DATE = 160


def many_links(look: Look) -> str | None:
    """A list of what is in the page's folder, or a text that is mostly links; not where a date is certain.

    Those of any dated page that lead to other sites are what its author collected.
    """
    weight, published = look.outline.weight(look.region.content), look.glance.published
    if published is not None and published.is_certain:
        return None
    if lists_its_folder(look.region.content, look.glance.url):
        return LISTING
    if weight.linked <= _MOSTLY_LINKS * (weight.text - _days(look)):
        return None
    if published is None:
        return LISTING
    own = hosts_of(look.outline, look.glance.url)
    links = (link for link in look.region.content.iter("a") if host_of(link.get("href") or "") not in own)
    away = (link for link in links if not IS_ADDRESS.search(own_text(link)))  # of sources and downloads
    return LISTING if 2 * sum(look.outline.weight(link).text for link in away) <= weight.linked else None


def _days(look: Look) -> int:
    """The characters of lines that are a day and nothing else: among links each is that of what one leads to."""
    content, outline = look.region.content, look.outline
    lines = (each for each in content.iter() if outline.weight(each).elements == 1)
    days = [each for each in lines if outline.is_line(each, limit=_LONGEST_DATE) and is_day(own_text(each))]
    return sum(outline.weight(each).own for each in days) if len(days) >= LISTED else 0


def many_entries(look: Look) -> str | None:
    """Several articles, or several headings that lead to other pages, none of which is the page's own.

    What WordPress calls a single post is one, though themes of blocks list others below it in the same element, and so
    is what says of its heading alone that it is an article.
    """
    if POST_BODY.search(look.glance.body_class) or _is_stated_by_heading(look):
        return None
    in_article = look.region.heading is not None and _stands_in_article(look.region.heading)
    articles = [each for each in look.outline.of("article") if look.outline.weight(each).text]
    outermost = sum(1 for each in articles if not (_stands_in_article(each) or in_furniture(each)))
    if outermost > 1 and not in_article and not _begins_with_its_post(look):
        return LISTING
    if look.glance.is_certainly_dated or look.region.post.tag == "article":
        return None
    if _begins_with_an_entry(look) or has_permalinks_of_others(look.outline, look.region, look.glance.url):
        return LISTING
    if sum("hentry" in (each.get("class") or "").split() for each in look.outline.elements) >= LISTED:
        return LISTING
    own = [each for each in look.region.post.iter(*_OF_ENTRIES) if not stands_apart(each, look.region, _BESIDE)]
    leading = sum(1 for each in own if each.tag != "time" and leads_elsewhere(each, look.glance.url))
    shown = {own_text(each) for each in own if each.tag == "time" and not in_furniture(each)}
    dated = [text for text in shown if not _CLOCK.fullmatch(text)]
    lists = leading >= LISTED or len(dated) >= LISTED
    lists = lists or goes_on_elsewhere(look.outline, look.region, look.glance.url, beside=_BESIDE)
    if lists and not _begins_with_its_post(look):
        return LISTING
    # A date for each entry, the first of which leads elsewhere, makes a list of two.
    is_short_list = leading == len(dated) > 1 and _begins_with_an_entry(look, dates=True)
    return LISTING if is_short_list else None


def _is_stated_by_heading(look: Look) -> bool:
    """Whether JSON-LD states one article, dated and headed as the page is: magazines show others in cards around it."""
    article, heading = look.glance.metadata.article, look.region.heading
    if article is None or heading is None or not look.glance.is_dated_article:
        return False
    if leads_elsewhere(heading, look.glance.url):
        return False
    return wording(article.headline or "") == wording(own_text(heading)) != ""


def _begins_with_an_entry(look: Look, *, dates: bool = False) -> bool:
    """Whether another page's title comes below the heading, before any date or text: a list may be of one entry.

    Above a text of some length it may be that of a series. With `dates` the entry's date may come before its title.
    """
    heading = look.region.heading
    if heading is None or heading.tag != "h1" or look.outline.weight(look.region.content).own > _TEXT_OF_ITS_OWN:
        return False
    if _lists_what_is_below(heading, look):
        return True
    for element in _following(heading, look.region.post):
        if element.tag in _MAIN_HEADINGS:
            return leads_elsewhere(element, look.glance.url)
        if _shows_a_date(element, look):
            if not dates:
                return False
        elif element.tag == "p":
            return False
    return False


def _begins_with_its_post(look: Look) -> bool:
    """Whether a date and a text of some length come right after the heading: what the page lists below are others.

    The date may be shown without its year, as that of a post of this one, where the page states it with that heading.
    """
    heading = look.region.heading
    if heading is None or leads_elsewhere(heading, look.glance.url):
        return False
    stated = wording(look.glance.metadata.meta("og:title") or "") == wording(own_text(heading))
    is_dated, text = stated and look.glance.is_dated_article, 0
    is_dated = is_dated or any(_shows_a_date(each, look) for each in heading.itersiblings(preceding=True))
    for element in _following(heading, look.region.post):
        is_dated = is_dated or _shows_a_date(element, look)
        begins = element.tag in {"article", *_MAIN_HEADINGS} and _SUBTITLE.isdisjoint(words_of(element))
        if begins and (not is_dated or leads_elsewhere(element, look.glance.url)):
            return False
        if is_dated and element.tag in {"p", "br"}:
            text += look.outline.weight(element).own if element.tag == "p" else len((element.tail or "").strip())
            if text >= _TEXT_OF_ITS_OWN:
                return True
    return False


def _following(heading: HtmlElement, within: HtmlElement) -> Iterator[HtmlElement]:
    """The elements after a heading, in order."""
    inside, is_after = set(heading.iter()), False
    for element in within.iter("*"):
        is_after = is_after or element is heading
        if is_after and element not in inside:
            yield element


def _shows_a_date(element: HtmlElement, look: Look) -> bool:
    if element.tag == "time" and any(stated_date(element.get(name)) for name in DATE_ATTRIBUTES):
        return True
    return look.outline.is_line(element, limit=_LONGEST_DATE) and first_date(own_text(element)) is not None


def _stands_in_article(element: HtmlElement) -> bool:
    return next(element.iterancestors("article"), None) is not None


def _lists_what_is_below(heading: HtmlElement, look: Look) -> bool:
    """Whether a link to a page below this one comes after the heading, before any date or text."""
    for element in _following(heading, look.region.post):
        if element.tag == "a" and own_text(element):
            return leads_below(element, look.glance.url)
        if element.tag == "p" or (_shows_a_date(element, look) and next(element.iter("a"), None) is None):
            return False
    return False
