"""Posts that go on over several pages: the text of the later ones is found at the address of the first.

The pages of a post come in any order, and wait in the spool for each other; kept in memory is where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .extract.model import LATER_PAGE, MAX_BODY, MAX_HEADINGS, NOINDEX, Extraction
from .extract.site.addresses import address_key
from .spool import Spool

MAX_PAGES = 50
"""Later pages of one post whose text counts."""
_LONG = 60
"""Characters of a line that nobody writes twice but on purpose: the summary above each page."""


@dataclass(frozen=True, slots=True)
class Continuations:
    """The posts that go on, and the pages on which they do, as far as they have been met."""

    _firsts: dict[int, str] = field(default_factory=dict)
    """The addresses of first pages by `address_key`, those that they state for themselves included."""
    _later: defaultdict[int, dict[int, tuple[int, bool]]] = field(default_factory=lambda: defaultdict(dict))
    """By that of the first page, the number of each later one with its place in the spool, and whether it is sure."""

    def meet(self, url: str, extraction: Extraction, place: int) -> None:
        """Note a page that waits at a place of the spool."""
        if extraction.goes_on:
            self._firsts[address_key(url)] = url
            self._firsts.setdefault(address_key(extraction.document.url), url)
        later = extraction.later_page
        if later is not None:
            self._later[address_key(later.first)].setdefault(later.number, (place, later.is_sure))

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
        body, headings, pages = document.body, list(document.headings), 1
        for place in places[:MAX_PAGES]:
            later = spool.at(place)
            may_be_found = later.why != NOINDEX or extraction.why == NOINDEX
            text = _what_is_new(later.document.body, document.body) if may_be_found else ""
            if text and len(body) + len(text) < MAX_BODY:
                body, pages = f"{body}\n{text}", pages + 1
                headings += later.document.headings
        headings = list(dict.fromkeys(headings))[:MAX_HEADINGS]
        document = replace(document, body=body, headings=tuple(headings))
        source = f"{extraction.sources.get('body', '')} of {pages} pages".strip()
        return replace(extraction, document=document, sources={**extraction.sources, "body": source})

    def _chain(self, key: int) -> Iterator[tuple[int, int]]:
        """Numbers and places of the later pages of a post, in order."""
        last = 0
        for number, (place, is_sure) in sorted(self._later.get(key, {}).items()):
            if is_sure or number == last + 1:
                yield number, place
                last = number


def as_later_page(extraction: Extraction) -> Extraction:
    """The extraction of a page that continues a post, and is none of its own."""
    return replace(extraction, is_post=False, why=LATER_PAGE) if extraction.is_post else extraction


def _what_is_new(text: str, first: str) -> str:
    """A text without what it repeats of the first page: long lines, and those with which both begin and end.

    "" where it is that page's text once more.
    """
    known = first.splitlines()
    met = set(known)
    lines = [line for line in text.splitlines() if len(line) < _LONG or line not in met]
    if met.issuperset(lines):
        return ""
    lines = lines[_common(lines, known) :]
    end = _common(lines[::-1], known[::-1])
    return "\n".join(lines[: len(lines) - end])


def _common(some: list[str], others: list[str]) -> int:
    """The number of lines with which both begin."""
    pairs = zip(some, others, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(some), len(others)))
