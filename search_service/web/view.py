"""What the search page shows around the hits: every control as a label and the address it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..engine.model import IN_NO_POST, Results, TagCount
from ..engine.tags import normalize_tag
from .address import Address, last_page
from .texts import Texts

_AROUND = 2
"""Pages that are shown on each side of the current one."""
_ORDERS = {"": "best", "-date": "newest", "date": "oldest"}
_UNMISSED = "too common to count"
"""Nobody misses "the": what doesn't count for this reason is for programs to know."""
_ALTERNATIVES = " / "
_TOGETHER = " + "
"""Signs between tags, which read the same in every language."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to click, and where it leads."""

    label: str
    href: Address
    count: int | None = None
    chosen: bool = False


def filters(address: Address, labels: Mapping[str, str], texts: Texts) -> Iterator[Choice]:
    """The filters in force; each leads to the same search without it."""
    given = dict(address.pairs)
    if "after" in given and given["after"] == given.get("before"):
        yield Choice(texts.period(given["after"].strip()), address.without("after", "before"))
        given = {name: value for name, value in given.items() if name not in ("after", "before")}
    if "author" in given:
        yield Choice(texts.say("by", name=given["author"].strip()), address.without("author"))
    if "lang" in given:
        yield Choice(texts.language(given["lang"].strip()), address.without("lang"))
    for name, key in (("after", "from"), ("before", "until")):
        if name in given:
            yield Choice(texts.say(key, name=texts.period(given[name].strip())), address.without(name))
    for name, value in dict.fromkeys(address.pairs):
        if name in ("tag", "not_tag"):
            tags = _ALTERNATIVES.join(_labelled(part, labels) for part in value.split(",") if part)
            label = texts.say("without", name=tags) if name == "not_tag" else tags
            yield Choice(label, address.without_pair((name, value)))


def orders(address: Address, texts: Texts) -> Iterator[Choice]:
    """The orders of results. Without a text there is no best match: all are equally good, and the newest come first."""
    given = dict(address.pairs)
    offered = list(_ORDERS) if given.get("q", "").strip() else list(_ORDERS)[1:]
    current = given.get("sort", "")
    if current not in offered:
        current = offered[0]
    for sort in offered:
        href = address.set(sort=sort) if sort else address.without("sort")
        yield Choice(texts.say(_ORDERS[sort]), href, chosen=sort == current)


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


def heading(results: Results, labels: Mapping[str, str], texts: Texts) -> Markup:
    """What was found, in a few words; without a text, for what tags. What isn't ours may run the other way."""
    total, query = results.total, results.query
    if query.text:
        asked = _apart(query.text)
        return texts.count("found-for", total, q=asked) if total else texts.say("none-for", q=asked)
    count = texts.count("found", total) if total else texts.say("none")
    groups = [[labels.get(tag, tag) for tag in sorted(group)] for group in query.tags_all]
    if not groups:
        return count
    named = _apart(_TOGETHER.join(map(_ALTERNATIVES.join, groups)))
    return texts.count("tagged", sum(map(len, groups)), posts=count, tags=named)


def uncounted(results: Results) -> tuple[Sequence[str], Sequence[str]]:
    """The words that no post has, and those that didn't count for other reasons."""
    missing = [word.word for word in results.dropped if word.why.startswith(IN_NO_POST)]
    others = [word.word for word in results.dropped if word.word not in missing and word.why != _UNMISSED]
    return missing, others


def _labelled(tag: str, labels: Mapping[str, str]) -> str:
    return labels.get(normalize_tag(tag), tag.strip())


def _apart(text: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(text)
