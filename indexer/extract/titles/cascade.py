"""The title of a post: the heading that the head of the page confirms, without the site's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from indexer.extract.addresses.leading import leads_up
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.dom import line, own_text, wording, words_of
from indexer.extract.markup.outline import HEADINGS, Outline, in_furniture
from indexer.extract.model import MAX_TITLE
from indexer.extract.site_name import SEPARATOR, site_names, squeezed, stated_names, without_own_name, without_site_name
from indexer.extract.text.furniture import announces_others

from .elsewhere import behind_linked_name, named_as_page, shown_anywhere
from .headings import in_masthead, in_sidebar, is_day, is_edge, is_of_box_below, links_home, possible_headings
from .stated import Headings, says_the_same, stated_bare, stated_by_head, stated_of_the_post
from .title import Title

_STROKES = frozenset({"|", "｜"})
_PART = 0.15
"""The share of the page's title that an element must be which is no heading: it may be any box with a title."""
_SITE_WORDS = frozenset({"logo", "site", "brand", "branding", "sitename"})


def find_title(outline: Outline, metadata: Metadata, *, url: str) -> Title:
    """The page's title; "" where it has none."""
    metadata = _with_name_at_top(outline, metadata, url)
    names = site_names(metadata, url=url)
    whole = wording(metadata.title or "")
    # Some themes link the title of a post to the front page, as they do the site's name.
    at_home = {squeezed(text) for _, text in stated_bare(metadata, names)} - names if stated_names(metadata) else set()
    shown_here = [
        (element, shown)
        for element, shown in possible_headings(outline, metadata)
        if squeezed(shown) in at_home or not links_home(element, url)
    ]
    # Some pages name themselves where the site's name belongs.
    own = _named_throughout(shown_here, metadata)
    sites = {
        name
        for name in map(wording, stated_names(metadata))
        if name != own and not (whole.startswith(name) and len(whole) / 2 < len(name) < len(whole))
    }.union(map(wording, metadata.site_names))
    headings = [(element, shown) for element, shown in shown_here if wording(shown) not in sites | {""}]
    confirmed = (
        _same_as_stated(headings, metadata)
        or _below_kicker(headings, metadata, names)
        or _part_of_title(headings, metadata, outline)
    )
    found = (
        (_main_instead(confirmed, headings, metadata, names) if confirmed else None)
        or confirmed
        or named_as_page(outline, url)
        or _only_heading(headings, [text for _, text in stated_bare(metadata, names)])
        or _only_outside(headings, outline)
        or _first_below_name(headings, outline, metadata, names, url)
        or behind_linked_name(outline, metadata, url)
        or shown_anywhere(outline, stated := stated_of_the_post(shown_here, metadata, names))
        or next((Title(text, source) for source, text in stated), None)
        or Title("", "nothing")
    )
    return replace(found, text=without_own_name(found.text, metadata))


def _with_name_at_top(outline: Outline, metadata: Metadata, url: str) -> Metadata:
    """The metadata with the site's name and its motto where the title ends with both and nothing states either.

    The name is then what a heading says that links to the front page: `A post · The Mill - Notes from the valley`. So
    it is where the title begins or ends with that, and the head states it for the title of a post that has none.
    """
    if metadata.title is None or stated_names(metadata):
        return metadata
    title = line(metadata.title, limit=MAX_TITLE)
    tops = {wording(own_text(each)) for each in outline.of("h1", "h2", "h3") if links_home(each, url)} - {""}
    cuts = list(SEPARATOR.finditer(title))
    for cut, end in pairwise(cuts):
        if wording(title[cut.end() : end.start()]) in tops:
            return replace(metadata, site_names=(title[cut.end() :].strip(),))
    stated = metadata.meta("og:title") or ""
    if cuts and wording(stated) in tops & {wording(title[: cuts[0].start()]), wording(title[cuts[-1].end() :])}:
        return replace(metadata, site_names=(stated,))
    return metadata


def _named_throughout(headings: Headings, metadata: Metadata) -> str | None:
    """What a page calls itself in its head, at every place that it has there, and in a main heading."""
    stated = {wording(text) for text in (metadata.title, metadata.meta("og:title")) if text}
    main = {wording(shown) for element, shown in headings if element.tag == "h1"}
    return next(iter(stated)) if metadata.meta("og:title") and len(stated) == 1 and stated <= main else None


def _same_as_stated(headings: Headings, metadata: Metadata) -> Title | None:
    """The heading that the page's head states too, a main heading before others."""
    stated = [(source, wording(text)) for source, text in stated_by_head(metadata)]
    for is_main in (True, False):
        for source, wanted in stated:
            for element, shown in headings:
                if (element.tag == "h1") is is_main and wording(shown) == wanted:
                    return Title(shown, f"{element.tag} = {source}", element)
    return None


def _main_instead(confirmed: Title, headings: Headings, metadata: Metadata, names: frozenset[str]) -> Title | None:
    """The one main heading instead of a lesser one that the head confirms, where it says the same in other words.

    The lesser one heads a part of the text then, or a list. A main heading of altogether other words is the blog's;
    one that holds the lesser one adds the site's name to it, or a kicker.
    """
    stated = [confirmed.text, *(text for _, text in stated_bare(metadata, names))]
    main = _only_heading(headings, stated) if confirmed.heading is not None and confirmed.heading.tag != "h1" else None
    if main is None or wording(confirmed.text) in wording(main.text):
        return None
    return main if says_the_same(main.text, stated) else None


def _below_kicker(headings: Headings, metadata: Metadata, names: frozenset[str]) -> Title | None:
    """The title that the page states, where its main heading holds a kicker before it, or a name of the site after.

    Either is an element of its own, or set off by a mark: `Blog: Keeping bees`, `Keeping bees | The Old Mill`. Where
    none is a main one but the site's name it may be any.
    """
    has_main = any(element.tag == "h1" for element, _ in headings)
    title = without_site_name(line(metadata.title, limit=MAX_TITLE), metadata, names)
    stated = [*stated_by_head(metadata), ("title", title)]
    for element, shown in headings:
        if element.tag != "h1" and (has_main or element.tag not in HEADINGS):
            continue
        whole = wording(shown)
        parts = {wording(own_text(part)) for part in element.iterdescendants("span", "div", "p")}
        for source, text in stated:
            wanted = wording(text)
            kicker = whole.removesuffix(wanted).strip()
            if not len(whole) / 2 < len(wanted) < len(whole):
                continue
            if (kicker != whole and parts & {kicker, wanted}) or _is_set_off(wanted, shown):
                return Title(text, f"{source} in {element.tag}", element)
    return None


def _is_set_off(wanted: str, shown: str) -> bool:
    """Whether a mark parts `wanted` from what stands before it in a heading, or a stroke from what stands behind."""
    return any(
        wording(shown[cut.end() :]) == wanted
        or (cut.group().strip() in _STROKES and wording(shown[: cut.start()]) == wanted)
        for cut in SEPARATOR.finditer(shown)
    )


def _part_of_title(headings: Headings, metadata: Metadata, outline: Outline) -> Title | None:
    """The longest heading that begins or ends the page's <title>, a main heading before others.

    Of several with the same words it is the first: what follows is the text's. What is called the site's name comes
    last, and what stands in the header of the site behind what stands in the page itself.
    """
    whole = wording(metadata.title or "")
    parts = [
        (element, shown)
        for element, shown in headings
        if is_edge(part := wording(shown), whole) and (element.tag in HEADINGS or len(part) >= _PART * len(whole))
    ]
    if not parts:
        return None
    parts = [each for each in parts if words_of(each[0]).isdisjoint(_SITE_WORDS)] or parts
    apart = (in_masthead, in_furniture, partial(in_sidebar, outline=outline))
    parts = [each for each in parts if not any(stands(each[0]) for stands in apart)] or parts
    element, shown = max(parts, key=lambda each: (each[0].tag == "h1", len(wording(each[1]))))
    return Title(shown, f"{element.tag} in title", element)


def _only_heading(headings: Headings, stated: Sequence[str]) -> Title | None:
    """The one main heading; of several the one that is not formatted as others are, which are of other posts.

    If there still are several, the one that says what the page states.
    """
    main = [(element, shown) for element, shown in headings if element.tag == "h1"]
    alike = Counter(element.get("class") for element, _ in main)
    single = [each for each in main if alike[each[0].get("class")] == 1 and words_of(each[0]).isdisjoint(_SITE_WORDS)]
    single = [(element, shown) for element, shown in single if not announces_others(shown)]
    if len(single) > 1:
        single = [(element, shown) for element, shown in single if says_the_same(shown, stated)]
    return Title(single[0][1], "h1", single[0][0]) if len(single) == 1 else None


def _only_outside(headings: Headings, outline: Outline) -> Title | None:
    """The one main heading outside of the sidebars, whose boxes have main headings, too."""
    outside = [(element, shown) for element, shown in headings if not in_sidebar(element, outline)]
    has_others = len(outside) < len(headings)
    return _only_heading(outside, ()) if has_others else None


def _first_below_name(
    headings: Headings, outline: Outline, metadata: Metadata, names: frozenset[str], url: str
) -> Title | None:
    """The first heading where all that the page states is what its link to the front page says: the site's name."""
    stated = {wording(text) for _, text in stated_bare(metadata, names)}
    below = {
        each: shown
        for each, shown in headings
        if wording(shown) not in stated and not (in_furniture(each) or in_sidebar(each, outline))
    }
    below = {each: shown for each, shown in below.items() if not is_day(shown)} or below
    first = next((each for each in outline.elements if each in below), None)
    main = [each.get("class") for each in below if each.tag == "h1"]
    is_one_of_several = first is not None and first.tag == "h1" and len(main) > 1
    # They are parts of a page about something else, but for a first one that is formatted as no other is.
    if first is None or (is_one_of_several and (not first.get("class") or main.count(first.get("class")) > 1)):
        return None
    if announces_others(below[first]) or is_of_box_below(first, outline):  # the post has no title
        return None
    named = {wording(own_text(link)) for link in outline.of("a") if leads_up(link, url)}
    # Where heads have a title and no more, that of all the site's pages may be its name alone.
    is_bare = not (metadata.meta("og:title") or metadata.meta("og:site_name"))
    alike = metadata.site_names if is_bare else ()
    if not stated <= named.union(map(wording, alike)):
        return None
    return Title(below[first], f"first {first.tag}", first)
