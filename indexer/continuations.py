"""Posts that go on over several pages: the text of the later ones is found at the address of the first.

The pages of a post come in any order, and wait in the spool for each other; kept in memory is where they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

from search_service.engine.model import Document, Section

from .extract.addresses.keys import address_key
from .extract.model import LATER_PAGE, MAX_BODY, MAX_HEADINGS, NOINDEX, Extraction
from .spool import Spool

MAX_PAGES = 50
"""Later pages of one post whose text counts."""
_LONG = 60
"""Characters of a line that nobody writes twice but on purpose: the summary above each page."""

_NO_LETTER = re.compile(r"[\W_]+")
_NUMBER_OF_PAGE = re.compile(
    r" (?:(?:page|seite|pagina|página|p) )?(?P<number>\d+)(?: (?:(?:of|von|de|di|sur) )?\d+)?$"
)


class _Later(NamedTuple):
    """A later page, as it was met: its place in the spool, and what says that it is one (see `LaterPage`)."""

    place: int
    is_sure: bool
    follows: bool
    likeness: int | None


@dataclass(frozen=True, slots=True)
class Continuations:
    """The posts that go on, and the pages on which they do, as far as they have been met."""

    _firsts: dict[int, str] = field(default_factory=dict)
    """The addresses of first pages by `address_key`, those that they state for themselves included."""
    _likeness: dict[int, int | None] = field(default_factory=dict)
    """By the same, what those pages are called and dated."""
    _later: defaultdict[int, dict[int, _Later]] = field(default_factory=lambda: defaultdict(dict))
    """By that of the first page, the later ones by their numbers."""

    def meet(self, url: str, extraction: Extraction, place: int) -> None:
        """Note a page that waits at a place of the spool."""
        document = extraction.document
        if extraction.goes_on:
            own, stated = address_key(url), address_key(document.url)
            self._firsts[own] = url
            self._firsts.setdefault(stated, url)
            self._likeness[own] = _likeness_of(document)
            self._likeness.setdefault(stated, self._likeness[own])
        later = extraction.later_page
        if later is not None:
            met = _Later(place, later.is_sure, later.follows, _likeness_of(document, later.number))
            self._later[address_key(later.first)].setdefault(later.number, met)

    def first_of(self, extraction: Extraction) -> str | None:
        """The address of the first page of the post that a page continues; None where it continues none."""
        later = extraction.later_page
        if later is None:
            return None
        key = address_key(later.first)
        return self._firsts.get(key) if later.number in dict(self._chain(key)) else None

    def whole(self, url: str, extraction: Extraction, spool: Spool) -> Extraction:
        """A post with the text of its later pages, in order.

        Left out are those that ask not to be indexed where the first doesn't, and what they repeat of the first.
        """
        document = extraction.document
        keys = dict.fromkeys((address_key(url), address_key(document.url)))
        places = [place for key in keys for _, place in self._chain(key)]
        if not extraction.goes_on or not places:
            return extraction
        body, headings, sections, pages = document.body, list(document.headings), list(document.sections), 1
        for place in places[:MAX_PAGES]:
            later = spool.at(place)
            may_be_found = later.why != NOINDEX or extraction.why == NOINDEX
            new = _what_is_new(later.document.body, document.body) if may_be_found else []
            text = "\n".join(line for _, line in new)
            if text and len(body) + len(text) < MAX_BODY:
                if sections:
                    sections.append(Section(len(body), len(body)))  # ends what is below a heading of the pages before
                moved = list(_moved(later.document.sections, new, to=len(body) + 1))
                sections += moved if len(sections) + len(moved) <= MAX_HEADINGS else ()
                body, pages = f"{body}\n{text}", pages + 1
                headings += later.document.headings
        headings = list(dict.fromkeys(headings))[:MAX_HEADINGS]
        document = replace(document, body=body, headings=tuple(headings), sections=tuple(sections))
        source = f"{extraction.sources.get('body', '')} of {pages} pages".strip()
        return replace(extraction, document=document, sources={**extraction.sources, "body": source})

    def _chain(self, key: int) -> Iterator[tuple[int, int]]:
        """Numbers and places of the later pages of a post, in order."""
        last = 1
        for number, later in sorted(self._later.get(key, {}).items()):
            is_alike = later.likeness is not None and later.likeness == self._likeness.get(key)
            if later.is_sure or (number == last + 1 and (is_alike or (later.follows and last > 1))):
                yield number, later.place
                last = number


def as_later_page(extraction: Extraction) -> Extraction:
    """The extraction of a page that continues a post, and is none of its own."""
    return replace(extraction, is_post=False, why=LATER_PAGE) if extraction.is_post else extraction


def _likeness_of(document: Document, number: int = 0) -> int | None:
    """A number that pages have in common which are dated and called alike, but for their `number` in the title."""
    title = _NO_LETTER.sub(" ", document.title.casefold()).strip()
    numbered = _NUMBER_OF_PAGE.search(title)
    if numbered and int(numbered["number"]) == number:
        title = title[: numbered.start()]
    return hash((title, document.date)) if title and document.date else None


def _what_is_new(text: str, first: str) -> list[tuple[int, str]]:
    """The lines of a text, with where each starts, without what it repeats of the first page: long lines, and those
    with which both begin and end.

    Nothing where it is that page's text once more.
    """
    known = first.split("\n")
    met = set(known)
    written = text.split("\n")
    starts = accumulate((len(line) + 1 for line in written), initial=0)
    new = [(start, line) for start, line in zip(starts, written, strict=False) if len(line) < _LONG or line not in met]
    lines = [line for _, line in new]
    if met.issuperset(lines):
        return []
    new = new[_common(lines, known) :]
    end = _common([line for _, line in reversed(new)], known[::-1])
    return new[: len(new) - end]


def _moved(sections: Sequence[Section], lines: Iterable[tuple[int, str]], *, to: int) -> Iterator[Section]:
    """The sections of a text in the place where these lines of it begin.

    They lose their anchors: the address of the post isn't that of their page.
    """
    for start, line in lines:
        for number in range(bisect_left(sections, (start,)), bisect_left(sections, (start + len(line) + 1,))):
            section = sections[number]
            yield Section(to + section.start - start, to + section.end - start)
        to += len(line) + 1


def _common(some: list[str], others: list[str]) -> int:
    """The number of lines with which both begin."""
    pairs = zip(some, others, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(some), len(others)))
