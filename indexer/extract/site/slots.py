"""Where the pages of a template keep a field: the slots that agree best with what the general path finds.

The general path judges each page on its own and errs on some. A slot is right or wrong on all pages alike, so the
slot that agrees with most of its judgements is righter than they are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from indexer.extract.authors.bylines import named_in
from indexer.extract.dates.written import month_is_first
from indexer.extract.markup.dom import line, own_text, wording
from indexer.extract.model import IN_LIST, MAX_TITLE
from indexer.extract.titles.headings import heading_text

from .model import BYLINE, Slot
from .observe import Observed
from .sample import spread

_AGREEMENT = 0.8
"""The share of the pages with a slot on which it must hold what the general path found."""
_MAX_SLOTS = 4
_LEAST_COVERED = 0.02
"""The share of the pages that a further slot must add."""
_VARIED = 0.5
"""The share of a title's values that must differ: what all pages say is no page's title."""
_NAMED = 0.5
"""The share of the pages with a slot on which the general path must have found an author, there or elsewhere."""
_STRAY = 0.2
"""The share of the dates that may be written otherwise than the others by mistake."""
_ASKED_FOR_AUTHOR = 10
"""Pages that are searched for their authors, which costs most of all fields and is alike on most."""
_FIRST_LINES = 6
"""Items of a list among which the byline is."""
_FEW = 4

# Of slots that agree alike the cheapest to read, and the least likely to change with the design, comes first.
_ORDER = {"address": 0, "body class": 0, "meta": 1, "json-ld": 2, "path": 3}

_OF_SITE = re.compile(r"footer|colophon|copyright|sidebar", re.IGNORECASE)
"""Places of what the site says of itself, an owner's name as it is written there."""
_OWNED = re.compile(r"\W*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
"""What begins the line of a copyright: it names the owner of the site, beside all posts alike."""
_CHANGED = re.compile(r"modif|updat|edit|chang|revis|comment|related", re.IGNORECASE)

_Value = TypeVar("_Value", bound=Hashable)


def title_slots(pages: Sequence[Observed]) -> tuple[tuple[Slot, ...], float]:
    """The slots of the title, and the share of the pages on which they hold it."""
    wanted = {page: wording(page.seen.title.text) for page in pages if page.seen.title.text}
    headings = Counter(
        page.path_of[page.seen.title.heading] for page in wanted if page.seen.title.heading in page.path_of
    )
    found: dict[Slot, dict[Observed, str]] = {}
    adorned = set[Slot]()
    for path, _ in headings.most_common(_MAX_SLOTS):
        shown = {page: _first_title(page, path) for page in pages if path in page.paths}
        found[Slot("path", path)] = {page: wording(text) for page, text in shown.items() if text}
        if not any(_shows_just(page.seen.title.text, page, path) for page in shown):
            adorned.add(Slot("path", path))
    for name in ("og:title", "twitter:title"):
        found[Slot("meta", name)] = {page: wording(page.seen.metadata.meta(name) or "") for page in pages}
    found[Slot("json-ld", "headline")] = {
        page: wording((page.seen.metadata.article and page.seen.metadata.article.headline) or "") for page in pages
    }
    varied = {
        slot: values
        for slot, values in found.items()
        if len(values) < _FEW or len(set(values.values())) > _VARIED * len(values)
    }
    # A heading over a head that says something else about itself: visitors see the heading. Not one to which the
    # theme adds a mark.
    return _best(varied, wanted, order=lambda slot: slot.kind != "path" or slot in adorned)


def date_slots(pages: Sequence[Observed]) -> tuple[tuple[Slot, ...], float]:
    """The slots of the date of publication, and the share of the pages on which they hold it."""
    published = [(page, page.seen.dates.published) for page in pages if page.seen.dates.published]
    wanted = {page: found.date for page, found in published}
    listed = [page for page, found in published if found.source == IN_LIST]
    # The day that a list tells may be shown, far from the title; on many posts, not all, so is one of a last change.
    found = {
        slot: held
        for slot, held in _dates_by_slot(pages).items()
        if all(held.get(page, wanted[page]) == wanted[page] for page in listed)
    }
    return _best(found, wanted)


def month_first(pages: Sequence[Observed], dates: Iterable[Slot]) -> bool | None:
    """Whether the dates at these slots have their months before their days, `03/17/2017`.

    None where none tells, and where they differ: a site in two languages writes them as each does.
    """
    paths = [slot.name for slot in dates if slot.kind == "path" and not slot.part]
    verdicts = Counter(month_is_first(_first_text(page, path)) for page in pages for path in paths)
    fewer, more = sorted((verdicts[True], verdicts[False]))
    return verdicts[True] > verdicts[False] if more and fewer <= _STRAY * more else None


def modified_slots(pages: Sequence[Observed]) -> tuple[Slot, ...]:
    """The slots of the date of the last change."""
    wanted = {page: page.seen.dates.modified.date for page in pages if page.seen.dates.modified}
    return _best(_dates_by_slot(pages), wanted)[0]


def author_slots(pages: Sequence[Observed]) -> tuple[Slot, ...]:
    """The slots of the author's name; where no place holds it alone, of a line that names the author."""
    asked = spread(pages, _ASKED_FOR_AUTHOR)
    return _author_slots(asked, part="") or _author_slots(asked, part=BYLINE)


def _author_slots(pages: Sequence[Observed], *, part: str) -> tuple[Slot, ...]:
    wanted = {page: wording(page.author.value) for page in pages if page.author}
    found: dict[Slot, dict[Observed, str]] = {}
    read = named_in if part else str
    for page, name in list(wanted.items())[: 2 * _FEW]:
        assert page.author is not None
        for path in page.holding(page.author.value, read=read, among=_FIRST_LINES if part else 1):
            if not _OWNED.match(_first_text(page, path)):
                found.setdefault(Slot("path", path, part), {})
        for meta, values in page.seen.metadata.metas.items():
            if wording(values[0]) == name:
                found.setdefault(Slot("meta", meta), {})
    for slot in found:
        texts = {
            page: _first_read(page, slot.name, read) if slot.kind == "path" else page.seen.metadata.meta(slot.name)
            for page in pages
        }
        found[slot] = {page: wording(text) for page, text in texts.items() if text}
    found[Slot("json-ld", "author")] = {
        page: wording("; ".join(page.seen.metadata.article.authors))
        for page in pages
        if page.seen.metadata.article and page.seen.metadata.article.authors
    }
    # What is a name on a page or two, as a title may be, is none on the others.
    known = {slot: held for slot, held in found.items() if len(held.keys() & wanted.keys()) >= _NAMED * len(held)}
    return _best(known, wanted, order=lambda slot: _OF_SITE.search(slot.name) is not None)[0]


def _dates_by_slot(pages: Iterable[Observed]) -> dict[Slot, dict[Observed, dt.date]]:
    found: dict[Slot, dict[Observed, dt.date]] = {}
    for page in pages:
        for slot, date in page.dates.items():
            found.setdefault(slot, {})[page] = date
    return found


def _best(
    found: Mapping[Slot, Mapping[Observed, _Value]],
    wanted: Mapping[Observed, _Value],
    *,
    order: Callable[[Slot], bool] = lambda slot: False,
) -> tuple[tuple[Slot, ...], float]:
    """The slots that together hold what is wanted, the best first, and the share of the pages where they do."""
    right = {
        slot: {page for page, value in values.items() if wanted.get(page) == value} for slot, values in found.items()
    }
    sure = {
        slot: pages
        for slot, pages in right.items()
        if pages and len(pages) >= _AGREEMENT * sum(page in wanted for page in found[slot])
    }
    chosen: list[Slot] = []
    covered: set[Observed] = set()
    while len(chosen) < _MAX_SLOTS and sure:
        best = max(
            sure,
            key=lambda slot: (
                len(sure[slot] - covered),
                not order(slot),
                not _CHANGED.search(slot.name),
                -_ORDER[slot.kind],
                bool(slot.part),
                -len(slot.name),
            ),
        )
        if len(sure[best] - covered) <= _LEAST_COVERED * len(wanted):
            break
        chosen.append(best)
        covered |= sure.pop(best)
    return tuple(chosen), len(covered) / max(1, len(wanted))


def _shows_just(title: str, page: Observed, path: str) -> bool:
    return any(heading_text(each, page.seen.metadata) == title for each in page.paths.get(path, ()))


def _first_title(page: Observed, path: str) -> str:
    return next(filter(None, (heading_text(each, page.seen.metadata) for each in page.paths.get(path, ()))), "")


def _first_text(page: Observed, path: str) -> str:
    return _first_read(page, path, str)


def _first_read(page: Observed, path: str, read: Callable[[str], str]) -> str:
    """The first of the texts at a path of which `read` makes anything."""
    texts = (line(own_text(element), limit=MAX_TITLE) for element in page.paths.get(path, ()))
    return next(filter(None, map(read, texts)), "")
