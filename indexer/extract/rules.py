"""What the operator says of a site's pages (`[[sites]]` in postseek.toml): the last word on how they are read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from indexer.extract.dates.written import DATE_ATTRIBUTES, first_date, stated_date
from indexer.extract.markup.dom import line, outermost, own_lines, own_text
from indexer.extract.markup.html import Markup, parse
from indexer.extract.markup.selectors import Selector, SelectorError
from indexer.extract.markup.unindexed import drop_unindexed
from indexer.extract.text.sections import Heading, headings_in, sections_of
from indexer.sources.model import Page
from indexer.sources.selection import pattern_of
from search_service.engine.errors import ConfigError
from search_service.engine.tags import Tag, tags_of
from search_service.engine.urls import canonical_url
from search_service.settings import SiteRules

from .fingerprint import concerns, narrowest_first
from .model import BY_RULES, MAX_AUTHOR, MAX_BODY, MAX_TAGS, MAX_TITLE, NOTHING, WITHHELD, Cut, Extraction, Given

FIELDS = ("title", "date", "author", "body", "tags", "categories", "image", "remove")
_LONGEST_DATE = 200
_IMAGE_ATTRIBUTES = ("src", "data-src", "content", "href")


@dataclass(frozen=True)
class Chosen:
    """What a site's selectors select on one page, by field, as far as there are any; and what that says of the page."""

    fields: dict[str, object]
    removed: int
    given: Given
    headings: tuple[Heading, ...] = ()
    """Those of the body that was chosen."""


@dataclass(frozen=True)
class Rules:
    """The rules for one site, ready to be applied. ConfigError where a selector can't be read."""

    stated: SiteRules

    def __post_init__(self) -> None:
        _ = self.selectors

    @cached_property
    def selectors(self) -> dict[str, Selector]:
        """The selectors that are given, by field."""
        selectors = {}
        for name in FIELDS:
            css = getattr(self.stated, name)
            try:
                if css:
                    selectors[name] = Selector(css)
            except SelectorError as exc:
                raise ConfigError(
                    f"sites: {name} of {self.stated.address}: {exc}. Selectors are like `h1.entry-title`, "
                    "`.post > .body` or `a[rel=tag]`, several of them with commas between"
                ) from exc
        return selectors

    def _is_post(self, url: str) -> bool | None:
        """Whether the operator says that the page at `url` is a post, or that it is none."""
        path = unquote(urlsplit(url).path).lstrip("/")
        if any(glob.match(path) for glob in self._not_posts):
            return False
        return True if any(glob.match(path) for glob in self._posts) else None

    def choose(self, root: HtmlElement, *, url: str) -> Chosen:
        """What the selectors select on a page; what is to be removed from it is gone afterwards."""
        unwanted = outermost(self.selectors["remove"].all(root)) if "remove" in self.selectors else []
        dropped = [element for element in unwanted if element.getparent() is not None]
        for element in dropped:
            element.drop_tree()
        fields: dict[str, object] = {}
        for name, read in _READERS.items():
            if name in self.selectors:
                value = read(self.selectors[name].all(root), url)
                if value or name not in {"title", "body"}:  # no post can be without those
                    fields[name] = value
        date = fields.get("date")
        given = Given(self._is_post(url), date if isinstance(date, dt.date) else None)
        bodies = outermost(self.selectors["body"].all(root)) if "body" in fields else []
        return Chosen(fields, len(dropped), given, headings_in(*bodies, title=""))

    def applied(self, extraction: Extraction, chosen: Chosen) -> Extraction:
        """The extraction as the operator wants it; a text that its page wants nobody to see stays out."""
        withheld = {"body"} if WITHHELD in extraction.cut else set()
        fields = {name: value for name, value in chosen.fields.items() if name not in withheld}
        document = replace(extraction.document, **fields)  # type: ignore[arg-type]
        if "body" in fields:
            document = replace(document, sections=sections_of(document.body, chosen.headings))
        own = {name: self._named(name) for name in fields}
        cut = [Cut(f"{chosen.removed} elements", self._named("remove"))] if chosen.removed else []
        return replace(
            extraction,
            document=document,
            sources={**extraction.sources, **own},
            confidence={**extraction.confidence, **dict.fromkeys(own, 1.0)},
            cut=(*cut, *(() if "body" in own else extraction.cut)),
        )

    def _named(self, field: str) -> str:
        return f"{field} {BY_RULES}: {self.selectors[field].css}"

    @cached_property
    def _posts(self) -> list[re.Pattern[str]]:
        return list(map(pattern_of, self.stated.posts))

    @cached_property
    def _not_posts(self) -> list[re.Pattern[str]]:
        return list(map(pattern_of, self.stated.not_posts))


class RulesBySite:
    """All sites' rules. ConfigError where some can't be read."""

    def __init__(self, stated: Sequence[SiteRules] = ()) -> None:
        self._rules = [Rules(each) for each in narrowest_first(stated)]

    def of(self, url: str) -> Rules | None:
        """The rules for the page at `url`."""
        return next((rules for rules in self._rules if concerns(rules.stated, url)), None)


def by_rules(page: Page, rules: RulesBySite, read: Callable[[Page, Markup, Given], Extraction]) -> Extraction:
    """What `read` makes of a page, with the last word to its site's rules. ExtractionError where it can't be read."""
    markup = parse(page)
    own = rules.of(page.url)
    if own is None:
        return read(page, markup, NOTHING)
    chosen = own.choose(markup.root, url=page.url)
    return own.applied(read(page, markup, chosen.given), chosen)


def _texts(elements: Iterable[HtmlElement], limit: int) -> Iterator[str]:
    """The values of elements: of those of the head what they state, of others their text."""
    for element in elements:
        stated = element.get("content") if element.tag == "meta" else None
        if text := line(own_text(element) if stated is None else stated, limit=limit):
            yield text


def _title(elements: list[HtmlElement], url: str) -> str | None:
    return next(_texts(elements, MAX_TITLE), None)


def _date(elements: list[HtmlElement], url: str) -> dt.date | None:
    for element in elements:
        stated = (stated_date(element.get(name)) for name in DATE_ATTRIBUTES)
        if date := next(filter(None, stated), None) or first_date(own_text(element)[:_LONGEST_DATE]):
            return date
    return None


def _author(elements: list[HtmlElement], url: str) -> str | None:
    return "; ".join(dict.fromkeys(_texts(elements, MAX_AUTHOR)))[:MAX_AUTHOR] or None


def _body(elements: list[HtmlElement], url: str) -> str:
    lines: list[str] = []
    for element in outermost(elements):
        content = deepcopy(element)
        drop_unindexed(content)
        lines += own_lines(content)
    return "\n".join(lines)[:MAX_BODY].rstrip()


def _labels(elements: list[HtmlElement], url: str) -> tuple[Tag, ...]:
    values = (
        value for element in elements for text in _texts([element], 2_000)
        for value in (text.split(",") if element.tag == "meta" else [text])
    )  # fmt: skip
    return tags_of(values)[:MAX_TAGS]


def _image(elements: list[HtmlElement], url: str) -> str | None:
    stated = (element.get(name) for element in elements for name in _IMAGE_ATTRIBUTES)
    return next((address for each in stated if each and (address := canonical_url(each, base=url))), None)


_READERS = {
    "title": _title,
    "date": _date,
    "author": _author,
    "body": _body,
    "tags": _labels,
    "categories": _labels,
    "image": _image,
}
