"""The title of a post: the heading that the head of the page confirms, without the site's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from .dom import line, own_text, words_of
from .metadata import Metadata
from .outline import Outline

MAX_TITLE = 500

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/~]+\s+|\s*[|｜»«]\s*|\s+::\s+|:\s+| [-–—]+|[-–—]+ ")
_NOT_A_WORD = re.compile(r"[\W_]+")
_TITLE_WORDS = frozenset({"title", "headline", "heading"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title, where it was found, and the heading of the page that shows it."""

    text: str
    source: str
    heading: HtmlElement | None = None


def find_title(outline: Outline, metadata: Metadata) -> Title:
    """The page's title; "" where it has none."""
    stated = _stated(metadata)
    headings = list(_headings(outline))
    named = {folded(name) for name in (metadata.meta("og:site_name"), metadata.meta("application-name")) if name}
    for source, text in stated:
        wanted = folded(text)
        for heading, shown in headings:
            if folded(shown) == wanted and wanted not in named:
                return Title(shown, f"{heading.tag} = {source}", heading)
    if metadata.title:
        whole = folded(metadata.title)
        confirmed = [
            (heading, shown)
            for heading, shown in headings
            if len(folded(shown)) > 1 and _is_edge(folded(shown), whole) and folded(shown) not in named
        ]
        if confirmed:
            heading, shown = max(confirmed, key=lambda each: (each[0].tag == "h1", len(each[1])))
            return Title(shown, f"{heading.tag} in title", heading)
    first = [(heading, shown) for heading, shown in headings if heading.tag == "h1" and folded(shown) not in named]
    if len(first) == 1 and not _links_home(first[0][0]):
        return Title(first[0][1], "h1", first[0][0])
    for source, text in stated:
        bare = without_site_name(text, metadata)
        if bare:
            return Title(bare, source)
    if metadata.title:
        return Title(without_site_name(metadata.title, metadata), "title")
    if headings:
        return Title(headings[0][1], headings[0][0].tag, headings[0][0])
    return Title("", "nothing")


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
    cuts = [cut for cut in _SEPARATOR.finditer(title) if cut.group().strip() in {"|", "-", "–", "—", "·", "•", "»", "«", "::"}]
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
    for tags in (("h1",), ("h2", "h3")):
        for heading in outline.of(*tags):
            shown = line(own_text(heading), limit=MAX_TITLE)
            if shown:
                yield heading, shown
    for element in outline.of("div", "span", "p", "a"):
        if len(element) < 3 and not _TITLE_WORDS.isdisjoint(words_of(element)):
            shown = line(own_text(element), limit=MAX_TITLE)
            if shown:
                yield element, shown


def _is_edge(part: str, whole: str) -> bool:
    return whole == part or whole.startswith(part + " ") or whole.endswith(" " + part)


def _links_home(heading: HtmlElement) -> bool:
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any((link.get("href") or "").rstrip("/").count("/") in (0, 2) for link in links)
