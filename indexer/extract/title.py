"""The title of a post: the heading that the head of the page confirms, without the site's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from search_service.engine.urls import canonical_url

from .dom import line, own_text, words_of
from .metadata import Metadata
from .outline import HEADINGS, Outline

MAX_TITLE = 500

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/~]+\s+|\s*[|｜»«]\s*|\s+::\s+|:\s+| [-–—]+|[-–—]+ ")
_BEFORE_SITE_NAMES = frozenset({"|", "-", "–", "—", "·", "•", "»", "«", "::"})
_NOT_A_WORD = re.compile(r"[\W_]+")
_PART = 0.15
"""The share of the page's title that an element must be which is no heading: it may be any box with a title."""
_TITLE_WORDS = frozenset({"title", "headline", "heading"})


Headings = Sequence[tuple[HtmlElement, str]]


@dataclass(frozen=True, slots=True)
class Title:
    """A title, where it was found, and the heading of the page that shows it."""

    text: str
    source: str
    heading: HtmlElement | None = None


def find_title(outline: Outline, metadata: Metadata, *, url: str) -> Title:
    """The page's title; "" where it has none."""
    sites = {folded(name) for name in (metadata.meta("og:site_name"), metadata.meta("application-name")) if name}
    headings = [
        (element, shown)
        for element, shown in _headings(outline)
        if folded(shown) not in sites | {""} and not _links_home(element, url)
    ]
    return (
        _same_as_stated(headings, metadata)
        or _below_kicker(headings, metadata)
        or _part_of_title(headings, metadata)
        or _only_heading(headings)
        or _stated_alone(metadata)
        or Title("", "nothing")
    )


def _same_as_stated(headings: Headings, metadata: Metadata) -> Title | None:
    for source, text in _stated(metadata):
        wanted = folded(text)
        for element, shown in headings:
            if folded(shown) == wanted:
                return Title(shown, f"{element.tag} = {source}", element)
    return None


def _below_kicker(headings: Headings, metadata: Metadata) -> Title | None:
    """The title that the page states, where its main heading holds a kicker above it as an element of its own."""
    stated = [*_stated(metadata), ("title", without_site_name(metadata.title or "", metadata))]
    for element, shown in headings:
        if element.tag != "h1":
            continue
        whole = folded(shown)
        parts = {folded(own_text(part)) for part in element.iterdescendants("span", "div", "p")}
        for source, text in stated:
            wanted = folded(text)
            kicker = whole.removesuffix(wanted).strip()
            if len(whole) / 2 < len(wanted) < len(whole) and kicker != whole and parts & {kicker, wanted}:
                return Title(text, f"{source} in h1", element)
    return None


def _part_of_title(headings: Headings, metadata: Metadata) -> Title | None:
    """The longest heading that begins or ends the page's <title>, a main heading before others."""
    whole = folded(metadata.title or "")
    parts = [
        (element, shown)
        for element, shown in headings
        if _is_edge(part := folded(shown), whole) and (element.tag in HEADINGS or len(part) >= _PART * len(whole))
    ]
    if not parts:
        return None
    element, shown = max(parts, key=lambda each: (each[0].tag == "h1", len(each[1])))
    return Title(shown, f"{element.tag} in title", element)


def _only_heading(headings: Headings) -> Title | None:
    main = [(element, shown) for element, shown in headings if element.tag == "h1"]
    return Title(main[0][1], "h1", main[0][0]) if len(main) == 1 else None


def _stated_alone(metadata: Metadata) -> Title | None:
    stated = [*_stated(metadata), ("title", metadata.title or "")]
    return next((Title(bare, source) for source, text in stated if (bare := without_site_name(text, metadata))), None)


def folded(text: str) -> str:
    """The form in which titles are compared: letters and digits only, NFKC, case folded."""
    return " ".join(_NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


def without_site_name(title: str, metadata: Metadata) -> str:
    """`A post` for `A post | The site`."""
    title = line(title, limit=MAX_TITLE)
    site = metadata.meta("og:site_name", "application-name")
    if site:
        name = folded(site)
        for cut in _SEPARATOR.finditer(title):
            if folded(title[cut.end() :]) == name and title[: cut.start()].strip():
                return title[: cut.start()].strip()
            if folded(title[: cut.start()]) == name and title[cut.end() :].strip():
                return title[cut.end() :].strip()
        return title
    cuts = [cut for cut in _SEPARATOR.finditer(title) if cut.group().strip() in _BEFORE_SITE_NAMES]
    return title[: cuts[-1].start()].strip() or title if cuts else title


def _stated(metadata: Metadata) -> list[tuple[str, str]]:
    found = [
        ("og:title", metadata.meta("og:title")),
        ("json-ld:headline", metadata.article.headline if metadata.article else None),
        ("twitter:title", metadata.meta("twitter:title")),
    ]
    return [(source, line(text, limit=MAX_TITLE)) for source, text in found if text]


def _headings(outline: Outline) -> Iterator[tuple[HtmlElement, str]]:
    """What may show the title: the headings, then other elements that are called a title."""
    for element in chain(outline.of("h1"), outline.of("h2", "h3"), outline.of("div", "span", "p", "a")):
        named = element.tag in HEADINGS or not _TITLE_WORDS.isdisjoint(words_of(element))
        if named and outline.is_line(element, limit=MAX_TITLE):
            yield element, _shown(element)


def _shown(heading: HtmlElement) -> str:
    text = line(own_text(heading), limit=MAX_TITLE)
    # Documentation generators append a link to the heading itself.
    return text.rstrip("¶#§🔗 ") if next(heading.iter("a"), None) is not None else text


def _is_edge(part: str, whole: str) -> bool:
    return whole == part or whole.startswith(part + " ") or whole.endswith(" " + part)


def _links_home(heading: HtmlElement, url: str) -> bool:
    """Whether a heading is the site's name: a link to a directory above the page."""
    here = urlsplit(url).path
    for link in (*heading.iter("a"), *heading.iterancestors("a")):
        target = canonical_url(link.get("href") or "", base=url)
        there = urlsplit(target).path if target and link.get("href") else None
        if there and there.endswith("/") and here != there and here.startswith(there):
            return True
    return False
