"""The dates of one page at the slots of its template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from indexer.extract.addresses.leading import LISTED
from indexer.extract.dates.in_address import date_of_body_class, dates_in_address
from indexer.extract.dates.labels import first_own_date
from indexer.extract.dates.written import stated_date
from indexer.extract.head.metadata import Metadata
from indexer.extract.language import find_language
from indexer.extract.markup.dom import own_text
from indexer.extract.markup.html import Markup, body_of

from .model import Slot, Template
from .observe import LONGEST_DATE
from .trie import Walk

LANGUAGE_SAMPLE = 500
"""Characters of the text whose script is looked at."""
_TRIED = 5
"""Elements at the path of a date that are looked at."""


@dataclass
class SlotDates:
    """The dates of the page at `url`."""

    url: str
    template: Template
    markup: Markup
    metadata: Metadata
    walk: Walk

    def first(self, slots: Iterable[Slot]) -> tuple[dt.date, str] | None:
        """The first date at these slots, and what the general path calls that place."""
        return next(((date, slot.source) for slot in slots for date in self._at(slot)), None)

    def are_of_entries(self, slots: Iterable[Slot], content: HtmlElement) -> bool:
        """Whether several dates stand in the text where the one of a post does: the page lists posts."""
        lines = ((each, slot) for slot in slots if slot.kind == "path" for each in self._lines_in(content, slot))
        return len({date for each, slot in lines if (date := self._of(each, slot))}) >= LISTED

    def _lines_in(self, content: HtmlElement, slot: Slot) -> Iterator[HtmlElement]:
        """The first elements at a slot that are in the text and no more than a line."""
        inside = (each for each in self.walk.elements.get(slot.name, ()) if content in each.iterancestors())
        return (each for each in islice(inside, _TRIED) if len(own_text(each)) <= LONGEST_DATE)

    def _at(self, slot: Slot) -> Iterator[dt.date]:
        stated: list[str | None] = []
        if slot.kind == "meta":
            stated = [self.metadata.meta(slot.name)]
        elif slot.kind == "json-ld" and self.metadata.article is not None:
            article = self.metadata.article
            stated = [article.published if slot.name == "datePublished" else article.modified]
        elif slot.kind == "address":
            yield from dates_in_address(self.url)
        elif slot.kind == "body class":
            date = date_of_body_class(body_of(self.markup))
            yield from [date] if date else []
        elif slot.kind == "path":
            elements = self.walk.elements.get(slot.name, ())[:_TRIED]
            yield from filter(None, (self._of(each, slot) for each in elements))
        yield from (date for value in stated if (date := stated_date(value)))

    def _of(self, element: HtmlElement, slot: Slot) -> dt.date | None:
        return stated_date(element.get(slot.part)) if slot.part else self._shown(element)

    def _shown(self, element: HtmlElement) -> dt.date | None:
        text, month_first = own_text(element)[:LONGEST_DATE], self.template.month_first
        return first_own_date(text, lang=self._lang, month_first=month_first)

    @cached_property
    def _lang(self) -> str | None:
        """The language of the page before its text is taken."""
        bodies = self.walk.elements.get(self.template.body or "", ())
        text = "".join(each.text_content()[:LANGUAGE_SAMPLE] for each in bodies[:1])
        lang = find_language(self.metadata, text)
        return lang.value if lang else None
