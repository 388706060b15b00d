"""Lists of posts: on which day those that they link were published, as far as they say so beside the links.

Some blogs print no date with a post: it stands in the archive, in the row or the card that leads to it. Where a script
takes visitors there, a card has no link, but the title that the post has.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain, islice

from lxml.html import HtmlElement

from search_service.engine.errors import ExtractionError
from search_service.engine.urls import origin

from .extract.addresses.keys import address_by_title, resolved
from .extract.authors.signatures import is_signature, links_to_authors
from .extract.dates.labels import own_dates
from .extract.dates.written import stated_date
from .extract.markup.dom import outermost, own_text, words_of
from .extract.markup.html import body_of, parse
from .extract.markup.outline import HEADINGS, in_furniture
from .extract.tags.links import is_rel_tag, leads_to_label
from .sources import Page

_FEWEST = 3
"""Items with a day that make a list: what stands alone beside a link may be the day of anything."""
_LONGEST_LINE = 160
_ITEM_LEVELS = 4
"""Elements, each in the next, in which a day and the title of its post stand together."""
_ITS_OWN_AND_ANOTHER = 2

Targets = Mapping[HtmlElement, set[str]]
Titles = Mapping[HtmlElement, list[HtmlElement]]


def days_on(page: Page, period: str) -> Iterator[tuple[str, str]]:
    """The addresses that a page links to, each with the one day, as ISO 8601 has it, in the same item of a list.

    Pages that items name without a link go by their titles (see `address_by_title`). Where the page is that of a
    `period`, as ISO 8601 has years and months, the days are of that one.
    """
    with suppress(ExtractionError):
        yield from _days_on(body_of(parse(page)), page.url, period)


def _days_on(body: HtmlElement, url: str, period: str) -> Iterator[tuple[str, str]]:
    targets, lang = _targets(body, url), body.getroottree().getroot().get("lang")
    titles = _titles(body)
    linked, named = defaultdict[str, set[dt.date]](set), defaultdict[str, set[dt.date]](set)
    for element in body.iter("*"):
        day = _day(element, lang)
        if not day or in_furniture(_as_it_counts(element)):
            continue
        if target := _beside(element, targets):
            linked[target].add(day)
        if title := _named_beside(element, targets, titles):
            named[title].add(day)
    for days in (linked, named):
        certain = [(target, day.isoformat()) for target, (day, *others) in days.items() if not others]
        own = [(target, day) for target, day in certain if day.startswith(period)]
        if period or len(own) >= _FEWEST:
            yield from own


def _targets(body: HtmlElement, url: str) -> Targets:
    """For every element the pages of the site that its links lead to, up to two; not those of tags and authors."""
    targets = defaultdict[HtmlElement, set[str]](set)
    for link in body.iter("a"):
        target = resolved(link.get("href") or "#", url)
        if target is None or target == url or origin(target) != origin(url) or _is_label(link):
            continue
        for element in chain((link,), link.iterancestors()):
            known = targets[element]
            if len(known) > 1 or target in known:
                break  # and so do all around it
            known.add(target)
    return targets


def _is_label(link: HtmlElement) -> bool:
    return is_rel_tag(link) or leads_to_label(link) or is_signature(link) or any(links_to_authors((link,)))


def _day(element: HtmlElement, lang: str | None) -> dt.date | None:
    """The one day that an element itself shows."""
    if element.tag == "time" and (stated := stated_date(element.get("datetime"))):
        return stated
    texts = (element.text, *(child.tail for child in element))
    text = " ".join(filter(None, texts)).strip() if isinstance(element.tag, str) else ""
    days = own_dates(text, lang=lang) if len(text) <= _LONGEST_LINE else []
    return days[0] if len(days) == 1 else None


def _as_it_counts(element: HtmlElement) -> HtmlElement:
    """The article in whose footer an element stands, which tells of that article, else the element."""
    footer = next(element.iterancestors("footer", "article"), None)
    article = next(footer.iterancestors("article"), None) if footer is not None and footer.tag == "footer" else None
    return element if article is None else article


def _named_beside(element: HtmlElement, targets: Targets, titles: Titles) -> str | None:
    """The page that an item with a day, but without links, is about: that of the only title in it."""
    for around in islice(chain((element,), element.iterancestors()), _ITEM_LEVELS):
        if around in targets:
            return None
        if found := [each for each in titles.get(around, ()) if each is not element]:
            text = own_text(found[0])
            return address_by_title(text) if len(found) == 1 and len(text) <= _LONGEST_LINE else None
    return None


def _titles(body: HtmlElement) -> Titles:
    """For every element the first few of what is a title in it, though not in another one."""
    titles = defaultdict[HtmlElement, list[HtmlElement]](list)
    for title in outermost(list(filter(_is_title, body.iter("*")))):
        for element in chain((title,), title.iterancestors()):
            known = titles[element]
            if len(known) > _ITS_OWN_AND_ANOTHER:
                break  # and so do all around it
            known.append(title)
    return titles


def _is_title(element: HtmlElement) -> bool:
    return element.tag in HEADINGS or "title" in words_of(element)


def _beside(element: HtmlElement, targets: Targets) -> str | None:
    """The page that an item with a day is about: the only one that it links, or that of the heading right above."""
    below = element
    for around in chain((element,), element.iterancestors()):
        found = targets.get(around, ())
        if len(found) == 1:
            return next(iter(found))
        if found:
            before, behind = below.getprevious(), below.getnext()
            headings = [each for each in (before, behind) if each is not None and each.tag in HEADINGS]
            above = targets.get(before, set()) if headings == [before] else set()
            return next(iter(above)) if len(above) == 1 else None
        below = around
    return None
