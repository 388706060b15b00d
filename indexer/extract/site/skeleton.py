"""Pages of the same build: their skeletons, and the clusters that these form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from .steps import Steps

Skeleton = frozenset[str]

STRUCTURE = frozenset(
    {"div", "section", "article", "main", "header", "footer", "nav", "aside", "ul", "ol", "dl", "center", "td", "span"}
    | {"table", "tbody", "tr"}
)
"""Elements that make up the frame of a page. What is inside of paragraphs, lists' items and figures is its content."""
MAX_DEPTH = 11
_TABLE = frozenset({"table", "tbody", "tr", "td"})
_TABLE_DEPTH = 4
"""Levels down to which tables are taken for the layout, as they were before style sheets."""
_SAME = 0.7
"""Jaccard similarity from which two skeletons are of one cluster."""


def skeleton(body: HtmlElement, steps: Steps) -> Skeleton:
    """The paths of the elements that make up the frame of a page."""
    of = steps.of
    found: set[str] = set()
    pending = [(body, "", 0)]
    while pending:
        parent, place, depth = pending.pop()
        for child in parent:
            if child.tag in STRUCTURE and is_structure(child.tag, depth):
                path = f"{place}{of(child)}"
                found.add(path)
                if depth + 1 < MAX_DEPTH:
                    pending.append((child, f"{path} ", depth + 1))
    return frozenset(found)


def is_structure(tag: object, depth: int) -> bool:
    """Whether an element of this tag, `depth` levels below the body, is part of the frame."""
    return tag in STRUCTURE and (tag not in _TABLE or depth < _TABLE_DEPTH)


def similarity(one: Skeleton, other: Skeleton) -> float:
    """The Jaccard index: what both have, of what either has."""
    return len(one & other) / max(1, len(one | other))


def clusters(skeletons: Sequence[Skeleton]) -> list[list[int]]:
    """The pages, by index, that are of one build: the largest cluster first.

    Leader clustering: equal skeletons are one group; groups in order of size join the first leader that they resemble.
    """
    groups = defaultdict[Skeleton, list[int]](list)
    for index, each in enumerate(skeletons):
        groups[each].append(index)
    leaders: list[tuple[Skeleton, list[int]]] = []
    for each, members in sorted(groups.items(), key=lambda group: (-len(group[1]), group[1])):
        best = max(leaders, key=lambda leader: similarity(each, leader[0]), default=None)
        if best is not None and similarity(each, best[0]) >= _SAME:
            best[1].extend(members)
        else:
            leaders.append((each, list(members)))
    return sorted((sorted(members) for _, members in leaders), key=len, reverse=True)
