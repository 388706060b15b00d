"""Which pages of a site to learn from: some of every kind, as far as addresses tell kinds apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

SAMPLE = 120
"""Pages that a site is learned from, at most."""
FEWEST = 6
"""Pages below which a site has too little in common with itself: each is read on its own."""

_NUMBER = re.compile(r"\d+")
_FOLDERS = 1
"""Steps of a path that count as they are; what is below is counted, not named."""

_Member = TypeVar("_Member")


def choose(addresses: Sequence[str], count: int = SAMPLE) -> list[str]:
    """At most `count` of the addresses (URLs, or paths below a directory), in order.

    They are drawn evenly from within each shape of address, and from the shapes by the square root of their size: a
    blog of thousands of posts still shows its twenty tag pages.
    """
    shapes = defaultdict[str, list[str]](list)
    for address in addresses:
        shapes[_shape(address)].append(address)
    weight = sum(len(members) ** 0.5 for members in shapes.values())
    chosen: set[str] = set()
    for members in sorted(shapes.values(), key=len, reverse=True):
        share = max(1, round(count * len(members) ** 0.5 / weight))
        chosen.update(spread(members, min(share, count - len(chosen))))
    rest = [address for address in addresses if address not in chosen]
    chosen.update(spread(rest, count - len(chosen)))
    return [address for address in addresses if address in chosen]


def _shape(address: str) -> str:
    """`https://blog.example/2017/03/a-post/` -> `//blog.example/0/0/3/`: what addresses of one kind have in common."""
    path, _, query = address.partition("?")
    *folders, name = _NUMBER.sub("0", path.split("://")[-1].removesuffix("index.html")).split("/")
    kind = name.rpartition(".")[2] if "." in name else "/" if not name else ""
    return f"{'/'.join(folders[:_FOLDERS])}|{len(folders)}|{kind}|{bool(query)}"


def spread(members: Sequence[_Member], count: int) -> list[_Member]:
    """`count` of the members, evenly spread over them; all where there are no more."""
    step = max(1.0, len(members) / max(1, count))
    return [members[int(at * step)] for at in range(min(count, len(members)))]
