"""Where an element stands: steps from the body down that read the same on every page of a template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, partial

from lxml import etree
from lxml.html import HtmlElement

_FEWEST_PAGES = 3
_LEAST_SHARE = 0.04
_SHARED_BY_ENTRIES = 0.25
_SAMPLED_TOKENS = 20_000
_LONGEST = 60
# Names that count, date or number what they name, or say what state it is in.
_VOLATILE = re.compile(
    r"\d{2}|[-_]\d+$|^(?:current|active|selected|open|closed|hidden|odd|even|first|last|sticky|is-\w+|has-[\w-]+)$",
    re.IGNORECASE,
)
# Those that WordPress (get_post_class), Ghost (post_class) and TypePad give an entry by its own tags, categories and
# author.
_OF_ENTRY = re.compile(
    r"^(?:entry-)?(?:category|tag|author|format|status|post|post_format|type|tax)-|^(?:featured|no-image)$",
    re.IGNORECASE,
)
# Ids of the same kind: `post-keeping-bees`. Lists of posts repeat them, so that several pages have each.
_ID_OF_ENTRY = re.compile(r"^(?:post|page|entry|item|article)-", re.IGNORECASE)
# Those that themes give the link to a label, or its item of a list, by the label or by its place.
_OF_LABEL = re.compile(r"^(?:category|cat|tag|label|term|topic)-", re.IGNORECASE)
_LABEL_TAGS = frozenset({"a", "li"})
_ENTRY_TAGS = frozenset({"article", "div", "li", "section"})
_ENTRY = frozenset({"hentry", "post", "entry"})
_MEMO = 50_000
# All at once, inside libxml2: a loop over the elements takes ten times as long.
_CLASSES = etree.XPath("descendant-or-self::*/@class", smart_strings=False)
_IDS = etree.XPath("descendant-or-self::*/@id", smart_strings=False)


class Steps:
    """The steps of elements: tag, and those of its classes and its id that the site uses on several pages."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self._memo: dict[tuple[str, str | None, str | None], str] = {}

    def of(self, element: HtmlElement) -> str:
        """`div.post.wide` or `div#content`: the same for elements that play the same part on different pages."""
        get = element.get
        key = (element.tag, get("class"), get("id"))
        step = self._memo.get(key)
        if step is None:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            names = sorted(name for name in _names(*key) if name in self.names)
            step = self._memo[key] = element.tag + "".join(names)
        return step


def common_names(bodies: Iterable[HtmlElement]) -> frozenset[str]:
    """The classes (`.name`) and ids (`#name`) that several of these pages use.

    Of those that only entries have, the ones that many of them share: others are their tags, as Tumblr writes them.
    """
    pages = Counter[str]()
    elsewhere: set[str] = set()
    of_classes = cache(partial(_of_classes, tag="div"))  # the same on page after page
    count = with_entries = 0
    for body in bodies:
        count += 1
        classes, ids = (set[str](find(body)) for find in (_CLASSES, _IDS))  # type: ignore[arg-type]
        entries = {each for each in classes if _is_entry(each.split())}
        with_entries += bool(entries)
        others = [*map(of_classes, classes - entries), *map(_of_id, ids)]
        elsewhere.update(name for names in others for name in names)
        pages.update({name for names in (*others, *map(of_classes, entries)) for name in names})
    least = max(_FEWEST_PAGES, _LEAST_SHARE * count)
    shared = _SHARED_BY_ENTRIES * with_entries
    return frozenset(
        name
        for name, seen in pages.most_common(_SAMPLED_TOKENS)
        if seen >= least and (name in elsewhere or seen >= shared)
    )


def _names(tag: str, classes: str | None, name: str | None) -> list[str]:
    is_own = _is_entry_element(tag, (classes or "").split()) and _ID_OF_ENTRY.match(name or "")
    return [*_of_classes(classes or "", tag=tag), *([] if is_own else _of_id(name or ""))]


def _of_classes(classes: str, *, tag: str) -> list[str]:
    each_class = classes.split()
    is_entry = tag in _ENTRY_TAGS and _is_entry(each_class)
    own = _OF_ENTRY if is_entry else _OF_LABEL if tag in _LABEL_TAGS else None
    return [
        f".{each}"
        for each in each_class
        if len(each) <= _LONGEST and not _VOLATILE.search(each) and not (own and own.match(each))
    ]


def _is_entry_element(tag: str, classes: Iterable[str]) -> bool:
    return tag == "article" or (tag in _ENTRY_TAGS and _is_entry(classes))


def _is_entry(classes: Iterable[str]) -> bool:
    return not _ENTRY.isdisjoint(classes)


def _of_id(name: str) -> list[str]:
    return [f"#{name}"] if name and " " not in name and len(name) <= _LONGEST and not _VOLATILE.search(name) else []
