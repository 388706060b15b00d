"""Tag pages: where posts print no tags, the site's tag pages tell which posts have which."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from urllib.parse import unquote, urlsplit

from indexer.extract.addresses.keys import address_key
from indexer.extract.addresses.words import TAG_STEPS

from .model import Affixes
from .observe import Observed

_FEWEST = 3
_EVERYWHERE = 0.8
"""Links on this share of the tag pages are the site's menu, or its latest posts."""
_MOSTLY = 0.5


def tag_folders(urls: Iterable[str]) -> list[str]:
    """The folders that hold the tag pages of a site: `/tags/`; `*/tags/` where several parts of it have their own.

    So it is where a directory holds copies of a site, or a site its languages: of each there are few in a sample.
    """
    count, roots = Counter[str](), defaultdict[str, set[str]](set)
    for url in urls:
        steps = unquote(urlsplit(url).path).split("/")
        at = next((at for at, step in enumerate(steps[:-1]) if step.lower() in TAG_STEPS), None)
        if at is not None and any(steps[at + 1 :]):
            count["/".join(steps[: at + 1]) + "/"] += 1
            roots[steps[at]].add("/".join(steps[:at]))
    shared = [step for step, found in roots.items() if len(found) >= _FEWEST]
    single = [folder for folder, pages_in in count.most_common() if pages_in >= _FEWEST]
    return [f"*/{step}/" for step in shared] + [
        folder for folder in single if folder.rstrip("/").rpartition("/")[2] not in shared
    ]


def entry_paths(pages: Sequence[Observed], posts: Set[int]) -> tuple[str, ...]:
    """The paths on tag pages whose links lead to the posts that have the tag; `posts` are some, by `address_key`."""
    targets: dict[str, list[frozenset[int]]] = defaultdict(list)
    for page in pages:
        by_path: dict[str, set[int]] = defaultdict(set)
        for place, links in page.links.items():
            by_path[place.path].update(address_key(target) for _, target in links)
        for path, keys in by_path.items():
            targets[path].append(frozenset(keys))
    chosen = []
    for path, sets in targets.items():
        distinct = frozenset().union(*sets)
        everywhere = {key for key in distinct if sum(key in each for each in sets) > _EVERYWHERE * len(pages)}
        if posts & (distinct - everywhere) and len(everywhere) < _MOSTLY * len(distinct):
            chosen.append(path)
    return tuple(chosen)


def affixes(titles: Mapping[str, str]) -> Affixes:
    """What the titles of tag pages, by the names of their tags, have in common at their beginnings and ends.

    It is all of them where they are headed as the blog is.
    """
    distinct = sorted(set(filter(None, titles.values())))
    if len(distinct) == 1 and len(titles) >= _FEWEST:
        return Affixes(distinct[0])
    if len(distinct) < _FEWEST:
        return Affixes()
    return Affixes(_common_start(distinct), _common_start([title[::-1] for title in distinct])[::-1])


def name_of(url: str, folders: Iterable[str]) -> str:
    """What the address of a tag page calls its tag, whose page has no heading of its own: `/tags/bees/page/2/`."""
    path = unquote(urlsplit(url).path)
    inside = (path.partition(each.removeprefix("*"))[2] for each in folders)
    name = next(filter(None, inside), "").partition("/")[0]
    return re.sub(r"\.\w+$", "", name)


def _common_start(titles: Sequence[str]) -> str:
    """What all begin with, up to a word's end: `Tag: ` of `Tag: bees` and `Tag: birds`."""
    first, last = min(titles), max(titles)
    same = next((at for at, letter in enumerate(first) if letter != last[at : at + 1]), len(first))
    return re.sub(r"\w+$", "", first[:same])
