"""What learning looks at: a page as the general path sees it, with every place of it that may hold a field."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from indexer.extract.addresses.keys import placed
from indexer.extract.dates.labels import LONGEST_NOTICE, first_own_date, is_note_of_publication
from indexer.extract.dates.written import DATE_ATTRIBUTES, stated_date
from indexer.extract.markup.dom import own_text, wording
from indexer.extract.markup.outline import Outline
from indexer.extract.model import NOINDEX, Found
from indexer.extract.seen import Seen
from indexer.extract.tags.cascade import Labels
from indexer.extract.tags.links import label_of
from indexer.extract.tags.lists import unlinked
from indexer.extract.text.main_text import extracted
from indexer.sources.model import Page

from .model import Links, Slot
from .steps import Steps

LONGEST_DATE = 160
"""Characters of a text that is looked through for a date."""
LONGEST_NAME = 120
LONGEST_LABEL = 80
_YEAR = re.compile(r"\d{4}|年")
"""What may be a year, in the digits of any script and in any calendar."""
_NO_ADDRESS = ("#", "javascript:", "mailto:")


@dataclass(frozen=True, eq=False)
class Observed:
    """A page of the sample: what the general path sees of it, and the paths of its elements."""

    page: Page
    seen: Seen
    steps: Steps

    @property
    def is_post(self) -> bool:
        """Whether the general path takes the page for a post, asked not to index it or not."""
        return self.seen.why in {None, NOINDEX}

    @property
    def layout(self) -> Outline:
        """The weights of the page's elements."""
        return self.seen.layout

    @cached_property
    def paths(self) -> dict[str, list[HtmlElement]]:
        """The elements of the body by path, in document order."""
        found = defaultdict[str, list[HtmlElement]](list)
        for element, path in self.path_of.items():
            found[path].append(element)
        return found

    @cached_property
    def path_of(self) -> dict[HtmlElement, str]:
        """The path of each element of the body, in document order."""
        of = self.steps.of
        paths = {self.layout.body: ""}
        for element in self.layout.elements[1:]:
            place = paths[element.getparent()]
            paths[element] = f"{place} {of(element)}" if place else of(element)
        del paths[self.layout.body]
        return paths

    @cached_property
    def labels(self) -> Labels:
        """The tags and categories that the general path finds."""
        return self.seen.labels(url=self.page.url)

    @cached_property
    def author(self) -> Found | None:
        """The author that the general path finds."""
        return self.seen.author(url=self.page.url)

    @cached_property
    def extracted(self) -> list[str]:
        """The lines of the main text as trafilatura extracts it."""
        return extracted(self.seen.markup.root, self.page.url, self.seen.region.content, fast=True)

    @cached_property
    def dates(self) -> dict[Slot, dt.date]:
        """Every place that holds a date, with the first date there."""
        metadata = self.seen.metadata
        found: dict[Slot, dt.date] = {}
        for name, values in metadata.metas.items():
            if _YEAR.search(values[0]) and "/" not in values[0] and (date := stated_date(values[0])):
                found[Slot("meta", name)] = date
        if metadata.article:
            stated = {"datePublished": metadata.article.published, "dateModified": metadata.article.modified}
            found |= {Slot("json-ld", name): date for name, value in stated.items() if (date := stated_date(value))}
        lang = self.seen.lang.value if self.seen.lang else None
        with_years = self._with_years()
        for element in self.layout.elements[1:]:  # the body has no path: all of it may be one line
            for part in DATE_ATTRIBUTES:
                value = element.get(part)
                if value and _YEAR.search(value) and (date := stated_date(value)):
                    found.setdefault(Slot("path", self.path_of[element], part), date)
            if element in with_years and (date := self._shown_date(element, lang)):
                found.setdefault(Slot("path", self.path_of[element]), date)
        published = self.seen.dates.published
        if published is not None and published.source in {"address", "body class"}:
            found[Slot(published.source)] = published.date
        return found

    def holding(self, name: str, *, read: Callable[[str], str], among: int) -> Iterator[str]:
        """The paths where this name is what `read` reads first, but for punctuation and case, in lines `among` some.

        A byline may be one item of a list: `2 June`, `3 views`, `by Ines`.
        """
        wanted = wording(name)
        for path, elements in self.paths.items():
            lines = (each for each in elements[:among] if self.layout.is_line(each, limit=LONGEST_NAME))
            if wording(next(filter(None, (read(own_text(each)) for each in lines)), "")) == wanted:
                yield path

    @cached_property
    def links(self) -> dict[Links, list[tuple[str, str]]]:
        """The short links by path and folder, each with its label and its address; and the labels without one."""
        found = defaultdict[Links, list[tuple[str, str]]](list)
        for link in self.layout.body.iter("a"):
            href = link.get("href") or ""
            if not href or href.startswith(_NO_ADDRESS):
                continue
            label = label_of(link, limit=2 * LONGEST_LABEL)
            if 0 < len(label) <= LONGEST_LABEL and (place := placed(href, self.page.url)):
                target, folder = place
                found[Links(self.path_of[link], folder)].append((label, target))
        for element in dict.fromkeys((*unlinked(self.layout.body), *self.seen.hints.unlinked_labels())):
            label = own_text(element)
            found[Links(self.path_of[element], "")].append((label, label))
        return found

    def _with_years(self) -> set[HtmlElement]:
        """The elements whose text has a year somewhere."""
        found: set[HtmlElement] = set()
        for element in self.layout.elements:
            for text, holder in ((element.text, element), (element.tail, element.getparent())):
                if text and _YEAR.search(text):
                    while holder is not None and holder not in found:
                        found.add(holder)
                        holder = holder.getparent()
        return found

    def _shown_date(self, element: HtmlElement, lang: str | None) -> dt.date | None:
        if element.tag != "time" and not self.layout.is_line(element, limit=LONGEST_NOTICE):
            return None
        text = own_text(element)
        if (len(text) > LONGEST_DATE and not is_note_of_publication(text)) or not _YEAR.search(text):
            return None
        return first_own_date(text[:LONGEST_DATE], lang=lang)
