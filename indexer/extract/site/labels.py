"""Where the posts of a template print their tags and categories, and which links only look like it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from indexer.extract.addresses.keys import address_key, host_of
from indexer.extract.addresses.words import CATEGORY_STEPS, TAG_STEPS
from indexer.extract.tags.cascade import Labels
from search_service.engine.tags import normalize_tag

from .head import STATED_SECTIONS, stated_labels
from .model import Links, Slot
from .observe import Observed
from .sample import spread

_AGREEMENT = 0.75
"""The share of the labels at a place that the general path must have taken for labels of that kind."""
_CONFIRMED = 0.4
"""The share of the keywords in the head that must be tags: a cloud that names only the biggest confirms no others."""
SURE = 0.85
"""The share of all labels that the places must hold together, for a template to be read without the general path."""
_WORTHWHILE = 0.1
"""The share of all labels that a slot of the head must add to those at links."""
_LEAST_COVERED = 0.02
"""The share of the labels that a further place must add."""
_CLOUD = 0.6
"""Links that are on this share of the pages are the site's, not the post's."""
STRAY = 0.05
"""The share of the pages up to which what was taken for labels is a mistake."""
_ON_PAGES = 0.3
_MOST_TAGS = 12
_MOST_CATEGORIES = 2
"""Labels that a post has on average, at most, where there are only addresses to go by."""
_FILED = 0.6
"""The share of the posts that must have a category there: on cards of others it is of these."""
MENU = re.compile(r"(?:^| )nav\b|[.#](?:nav|navbar|navigation|menu)\b")
"""In the path of a link in a menu."""
IN_MENU = 0.5
"""The share of the site's pages that must link a page by a name for it to be that of the menu."""
_TO_FRONT_PAGE = 3
"""Slashes in the address of a front page."""
MENU_PAGES = 16
"""Pages that are asked for their menu."""
_FEW = 4
_FEWEST = 3
_SEVERAL = 5

_AT_LINKS = frozenset({"rel=tag", "tag links", "rel=tag below the post"})
"""Sources of tags that are links of the page."""
_LISTED = Slot("meta", "article:tag")
_STATED = (_LISTED, Slot("json-ld", "keywords"), Slot("meta", "keywords"))


@dataclass(frozen=True, slots=True)
class Places:
    """Where labels of one kind are: links, else a slot of the head. `covered` is the share of them that is there."""

    links: tuple[Links, ...]
    stated: Slot | None
    covered: float


def tag_places(pages: Sequence[Observed]) -> Places:
    """Where the tags are: where the general path finds them, else at links that lead to tag pages."""
    if sum(bool(page.labels.tags) and not _is_weak(page.labels) for page in pages) <= STRAY * len(pages):
        addressed = _addressed(pages, TAG_STEPS, share=_ON_PAGES, most=_MOST_TAGS)
        if addressed:
            return Places(tuple(addressed), None, 1.0)
    clouds = _clouds(pages)
    return _places(pages, {page: _own_tags(page, clouds) for page in pages}, _STATED)


def category_places(pages: Sequence[Observed], tags: Places) -> Places:
    """Where the categories are; some themes print them, with the date, in a column beside the post.

    Nikola keeps the pages of `tags` in a folder of categories.
    """
    if sum(bool(page.labels.categories) for page in pages) <= STRAY * len(pages):
        addressed = _addressed(pages, CATEGORY_STEPS, share=_FILED, most=_MOST_CATEGORIES)
        if addressed and not {place.folder for place in addressed} & {place.folder for place in tags.links}:
            return Places(tuple(addressed), None, 1.0)
    return _places(pages, {page: {tag.tag for tag in page.labels.categories} for page in pages}, STATED_SECTIONS)


def _own_tags(page: Observed, clouds: Set[Links]) -> set[str]:
    """The tags that the general path finds, without those that only clouds link: the site's popular ones.

    Where the head lists the post's own, others are those of posts on cards below it, unless all are at one place: Hugo
    states the first six.
    """
    tags = {tag.tag for tag in page.labels.tags}
    listed = {normalize_tag(label) for label in stated_labels(_LISTED, page.seen.metadata, url=page.page.url)}
    if not listed < tags or all(_at(page, (place,)) != tags for place in page.links):
        tags = tags & listed or tags
    if page.labels.source not in _AT_LINKS:
        return tags
    return tags - (_at(page, clouds) - _at(page, page.links.keys() - clouds))


def _places(pages: Sequence[Observed], wanted: Mapping[Observed, set[str]], stated: Iterable[Slot]) -> Places:
    total = sum(map(len, wanted.values()))
    if sum(map(bool, wanted.values())) <= STRAY * len(pages):
        return Places((), None, 1.0)
    links = _linked(pages, wanted)
    found = {page: _at(page, links) for page in pages}
    covered = _covered(found, wanted)
    best = Places(tuple(links), None, covered / total)
    least = covered + (_WORTHWHILE if covered >= SURE * total else _LEAST_COVERED) * total
    for slot in stated:
        at_slot = {
            page: {normalize_tag(label) for label in stated_labels(slot, page.seen.metadata, url=page.page.url)}
            for page in pages
        }
        agreement = _CONFIRMED if slot.name == "keywords" and slot.kind == "meta" else _AGREEMENT
        # The head alone, or where there are no links.
        for with_links in ((), tuple(links)):
            at_links = {page: _at(page, with_links) for page in pages}
            right = _covered({page: at_links[page] or at_slot[page] for page in pages}, wanted)
            held = sum(len(names - {""}) for page, names in at_slot.items() if not at_links[page])
            if right > least and right - _covered(at_links, wanted) >= agreement * held:
                best, least = Places(with_links, slot, right / total), right
    return best


def _linked(pages: Sequence[Observed], wanted: Mapping[Observed, set[str]]) -> list[Links]:
    """The places of links that hold the wanted labels, and hardly any others."""
    held: dict[Links, int] = defaultdict(int)
    right: dict[Links, int] = defaultdict(int)
    # On a page without any label that the general path knows it may have overlooked them all.
    labelled = [page for page in pages if wanted[page]]
    for page in labelled:
        for place, links in page.links.items():
            names = {normalize_tag(label) for label, _ in links}
            held[place] += len(names)
            right[place] += len(names & wanted[page])
    clouds = _clouds(pages)
    total = sum(map(len, wanted.values()))
    least = min(2, total)  # one may agree by chance
    agreeing = [place for place, count in right.items() if count >= max(least, _AGREEMENT * held[place])]
    agreeing = [place for place in agreeing if not _is_phrase(labelled, place)]
    chosen: list[Links] = []
    covered = 0
    for place in sorted(set(agreeing) - clouds, key=lambda place: (-right[place], place.path, place.folder)):
        now = _covered({page: _at(page, [*chosen, place]) for page in pages}, wanted)
        if now - covered > _LEAST_COVERED * total:
            chosen.append(place)
            covered = now
    return chosen


def _is_phrase(pages: Sequence[Observed], place: Links) -> bool:
    """Whether a place has one text that leads to several pages, or to another site: "Read more" is no label."""
    links = [link for page in pages for link in page.links.get(place, ())]
    if not place.folder or len({label for label, _ in links}) > 1:
        return False
    # The host that most links name is the site's own where this is a copy that lives elsewhere.
    named = Counter(host_of(target) for page in pages for at in page.links.values() for _, target in at)
    own = {named.most_common(1)[0][0], *(host_of(page.page.url) for page in pages)}
    return len({target for _, target in links}) > 1 or own.isdisjoint(host_of(target) for _, target in links)


def _is_weak(labels: Labels) -> bool:
    """Whether the tags are a guess: keywords of the head that links confirm, wherever those are."""
    return labels.source == "links to keywords"


def _addressed(pages: Sequence[Observed], steps: Set[str], *, share: float, most: float) -> list[Links]:
    """The places outside of any list of all labels whose links lead to the pages of some, in folders called so."""
    clouds = _clouds(pages)
    found: dict[Links, list[int]] = defaultdict(list)
    for page in pages:
        for place, links in page.links.items():
            if place.folder.rstrip("/").rpartition("/")[2].lower() in steps and place not in clouds:
                found[place].append(len(links))
    return [
        place
        for place, counts in found.items()
        if len(counts) >= share * len(pages) and sum(counts) <= most * len(counts)
    ]


def _clouds(pages: Sequence[Observed]) -> set[Links]:
    """The places that link the same on most pages: several links, or just one in a menu.

    Elsewhere one may be the label that all posts have.
    """
    if len(pages) < _FEW:
        return set()
    sets: dict[Links, list[frozenset[str]]] = defaultdict(list)
    for page in pages:
        for place, links in page.links.items():
            sets[place].append(frozenset(target for _, target in links))
    return {
        place
        for place, each in sets.items()
        if len(each) >= _CLOUD * len(pages)
        and max(map(each.count, set(each))) >= _CLOUD * len(pages)
        and (len(max(each, key=each.count)) > 1 or MENU.search(place.path))
    }


def _at(page: Observed, places: Iterable[Links]) -> set[str]:
    return {normalize_tag(label) for place in places for label, _ in page.links.get(place, ())}


def _covered(found: Mapping[Observed, set[str]], wanted: Mapping[Observed, set[str]]) -> int:
    return sum(len(found[page] & names) for page, names in wanted.items())


def menu_names(pages: Sequence[Observed]) -> dict[int, str]:
    """The names by which most pages of the site link other pages, by `address_key` of those.

    A post may call its category `The kitchen of our notebook`; visitors know it as the `Kitchen` of the menu.
    """
    count = Counter[tuple[int, str]]()
    asked = spread(pages, MENU_PAGES)
    for page in asked:
        # Without the front page, which links of all kinds lead to.
        linked = {named for links in page.links.values() for named in links if named[1].count("/") > _TO_FRONT_PAGE}
        count.update({(address_key(target), label) for label, target in linked})
    # Of names that are as common the shortest, whatever order they were met in.
    ordered = sorted(count.items(), key=lambda each: (-each[1], len(each[0][1]), each[0][1]))
    common = [named for named, pages_with in ordered if pages_with > IN_MENU * len(asked)]
    return dict(reversed(common))


def labels_of_all(posts: Sequence[Observed], menu: Mapping[int, str]) -> frozenset[str]:
    """The labels that nearly all posts have, and the same ones, where they are several and the menu links them, too."""
    linked = set(map(normalize_tag, menu.values()))
    for kind in ([page.labels.tags for page in posts], [page.labels.categories for page in posts]):
        lists = Counter(frozenset(each.tag for each in labels) for labels in kind)
        labels, shown = lists.most_common(1)[0] if lists else (frozenset[str](), 0)
        if len(labels) >= _SEVERAL and shown >= max(_FEWEST, _CLOUD * len(posts)) and labels <= linked:
            return labels
    return frozenset()
