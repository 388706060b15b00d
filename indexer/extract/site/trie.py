"""The paths of a site's templates as a tree that pages are walked along: one look at each element that matters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from .skeleton import MAX_DEPTH, STRUCTURE, is_structure
from .steps import Steps

_NAME = re.compile(r"[.#]")
"""What the first class, or the id, in a step begins with."""


@dataclass(slots=True, eq=False)
class Node:
    """A step of some path. `bit` is 1 << the number of the frame's path that ends here; 0 where none does."""

    bit: int = 0
    wanted: str | None = None
    children: dict[str, Node] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    """The tags of the steps to the children: what has another one needn't be looked at."""


@dataclass(slots=True)
class Walk:
    """What a page has of the templates: the frame's paths as bits, those that are in no template, wanted elements."""

    found: int
    strange: int
    elements: dict[str, list[HtmlElement]]


class Trie:
    """The frames of all templates, and the paths whose elements are wanted."""

    def __init__(self, frames: Iterable[Iterable[str]], wanted: Iterable[str], steps: Steps) -> None:
        self._root = Node()
        self._steps = steps
        self._bits: dict[str, int] = {}
        for frame in frames:
            for path in frame:
                bit = self._bits.setdefault(path, 1 << len(self._bits))
                self._node(path).bit = bit
        for path in wanted:
            self._node(path).wanted = path

    def bits(self, paths: Iterable[str]) -> int:
        """The frame's paths as bits."""
        return sum(self._bits[path] for path in paths)

    def walk(self, body: HtmlElement) -> Walk:
        """What a page has of the templates."""
        of = self._steps.of
        found = 0
        strange: set[tuple[int, str]] = set()
        elements: dict[str, list[HtmlElement]] = {}
        pending = [(body, self._root, 0)]
        while pending:
            parent, node, depth = pending.pop()
            below = []
            for child in parent:
                tag = child.tag
                if tag not in node.tags and (tag not in STRUCTURE or depth >= MAX_DEPTH):
                    continue
                step = of(child)
                known = node.children.get(step)
                if known is None:
                    if depth < MAX_DEPTH and is_structure(tag, depth):
                        strange.add((id(node), step))
                    continue
                found |= known.bit
                if known.wanted is not None:
                    elements.setdefault(known.wanted, []).append(child)
                if known.children:
                    below.append((child, known, depth + 1))
            below.reverse()
            pending += below
        return Walk(found, len(strange), elements)

    def _node(self, path: str) -> Node:
        node = self._root
        for step in path.split(" "):
            node.tags.add(_NAME.split(step, maxsplit=1)[0])
            node = node.children.setdefault(step, Node())
        return node
