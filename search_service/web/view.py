"""What the search page shows around the hits: every control as a label and the address it leads to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..engine.model import Results, TagCount
from ..engine.tags import normalize_tag
from .address import Address, last_page

_AROUND = 2
"""Pages that are shown on each side of the current one."""
_PREPOSITIONS = {"author": "by", "lang": "in", "after": "from", "before": "until"}
_ORDERS = {"": "Best match", "-date": "Newest", "date": "Oldest"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to click, and where it leads."""

    label: str
    href: Address
    count: int | None = None
    chosen: bool = False


def filters(address: Address, labels: Mapping[str, str]) -> Iterator[Choice]:
    """The filters in force; each leads to the same search without it."""
    given = dict(address.pairs)
    if "after" in given and given["after"] == given.get("before"):
        yield Choice(f"in {given['after']}", address.without("after", "before"))
        given = {name: value for name, value in given.items() if name not in ("after", "before")}
    for name, preposition in _PREPOSITIONS.items():
        if name in given:
            yield Choice(f"{preposition} {given[name]}", address.without(name))
    for name, value in dict.fromkeys(address.pairs):
        if name in ("tag", "not_tag"):
            tags = " or ".join(labels.get(normalize_tag(part), part.strip()) for part in value.split(",") if part)
            yield Choice(f"not {tags}" if name == "not_tag" else tags, address.without_pair((name, value)))


def orders(address: Address) -> Iterator[Choice]:
    """The orders of results. Without a text there is no best match: all are equally good, and the newest come first."""
    given = dict(address.pairs)
    offered = list(_ORDERS) if given.get("q", "").strip() else list(_ORDERS)[1:]
    current = given.get("sort", "")
    if current not in offered:
        current = offered[0]
    for sort in offered:
        href = address.set(sort=sort) if sort else address.without("sort")
        yield Choice(_ORDERS[sort], href, chosen=sort == current)


def tag_facets(address: Address, results: Results) -> Iterator[Choice]:
    """Tags that narrow the results; one that all of them have, such as a chosen one, doesn't.

    None where there are alternatives: then the counts are those of one more of them, not of one more tag.
    """
    if any(len(group) > 1 for group in results.query.tags_all):
        return
    for facet in results.facets.tags if results.facets else ():
        if facet.count < results.total:
            yield Choice(facet.label, address.adding("tag", facet.tag), facet.count)


def year_facets(address: Address, results: Results) -> Iterator[Choice]:
    """Years that narrow the results or, since years are counted without it, that may take the place of a period."""
    period = {name: value for name, value in address.pairs if name in ("after", "before")}
    for facet in results.facets.years if results.facets else ():
        year = {"after": str(facet.year), "before": str(facet.year)}
        if year != period if period else facet.count < results.total:
            yield Choice(str(facet.year), address.set(**year), facet.count)


def pages(address: Address, results: Results) -> Sequence[Choice]:
    """The pages around the current one, and the first and the last; none where there is only one."""
    current, last = results.query.page, last_page(results)
    if last == 1:
        return ()
    near = range(max(1, current - _AROUND), min(last, current + _AROUND) + 1)
    return [Choice(str(page), address.set(page=page), chosen=page == current) for page in sorted({1, *near, last})]


def neighbour(address: Address, results: Results, step: int) -> Address | None:
    """The address of the next page (`step` 1) or the previous one (-1)."""
    page = results.query.page + step
    return address.set(page=page) if 1 <= page <= last_page(results) else None


def tag_index(tags: Sequence[TagCount]) -> list[Choice]:
    """Tags in alphabetical order, each leading to its posts."""
    ordered = sorted(tags, key=lambda tag: tag.label.casefold())
    return [Choice(tag.label, tag_address(tag.tag), tag.count) for tag in ordered]


def tag_address(tag: str) -> Address:
    """Where the posts with a tag are."""
    return Address((("tag", tag),))


def heading(results: Results, labels: Mapping[str, str]) -> str:
    """What was found, in a few words; without a text, for what tags."""
    count = f"{results.total:,} {'post' if results.total == 1 else 'posts'}" if results.total else "No posts"
    if results.query.text:
        return f"{count} for “{results.query.text}”"
    groups = [" or ".join(labels.get(tag, tag) for tag in sorted(group)) for group in results.query.tags_all]
    return f"{count} tagged {' and '.join(groups)}" if groups else count


def written(date: dt.date) -> str:
    """`22 March 2017`."""
    return f"{date.day} {date:%B} {date.year}"
