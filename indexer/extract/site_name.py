"""The names that a site goes by, as pages put them behind titles and where an author would be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.extract.addresses.keys import host_of
from indexer.extract.dates.written import first_date
from indexer.extract.head.metadata import Metadata

SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/~]+\s+|\s*[|｜»«]\s*|\s+::\s+|:\s+| [-–—]+|[-–—]+ ")
"""What parts the title of a page from the name of its site, or from a kicker."""
_BEFORE_SITE_NAMES = frozenset({"|", "-", "–", "—", "·", "•", "»", "«", "::"})
_AT_AN_END = re.compile(r"^(?:[|｜]\s*|(?:[-–—·•»«]|::)\s+)|\s*[|｜]$|\s+(?:[-–—·•»«]|::)$")
_LONGEST = 60
_SHORTEST_PART = 4
_NOT_A_LETTER = re.compile(r"[\W_]+")
_IN_TITLES = 0.7
"""The share of the titles of a site's pages that must begin or end with a name for it to be the site's."""
_FEWEST = 5
_LONGEST_DAY = 30
_SUFFIX = re.compile(r"(?:com|org|net|de|at|ch|fr|uk|co|io)$")


def squeezed(text: str) -> str:
    """The letters and digits of a name: `The Mill` and `themill` are one."""
    return _NOT_A_LETTER.sub("", text.casefold())


def site_names(metadata: Metadata, *, url: str) -> frozenset[str]:
    """The names of a page's site, squeezed: as it states them, and as its addresses have them."""
    addresses = (url, metadata.link("canonical"), metadata.meta("og:url"))
    hosts = [host for address in addresses if address and (host := host_of(address))]
    stated = [name for name in stated_names(metadata) if len(name) <= _LONGEST]
    labels = [max(host.split("."), key=len) for host in hosts]
    return frozenset(map(squeezed, (*stated, *hosts, *labels))) - {""}


def stated_names(metadata: Metadata) -> list[str]:
    """The names that the page itself states for its site, and those that its titles have."""
    stated = (metadata.meta(key) for key in ("og:site_name", "application-name"))
    return [*filter(None, stated), *metadata.site_names]


def names_in_titles(titles: Iterable[str]) -> tuple[str, ...]:
    """What most of the titles of a site's pages begin or end with: its name, where pages state none.

    Several titles that have nothing but a day before a name are those of a diary, one of those of the site. So is what
    most pages have for their title, and no more, or beside a name of their own.
    """
    whole = Counter(titles)
    distinct = frozenset(whole)
    count = Counter(part for title in distinct for part in frozenset(_edges(title)))
    days = Counter(map(_behind_day, distinct))
    least = max(_FEWEST, _IN_TITLES * len(distinct))
    named = {name for name, titled in count.items() if titled >= least or titled == days[name] >= _FEWEST}
    beside = Counter[str]()
    for title, pages in whole.items():
        beside.update(dict.fromkeys(frozenset(_edges(title)), pages))
    most = max(_FEWEST, _IN_TITLES * whole.total())
    named |= {title for title, titled in whole.items() if titled + beside[title] >= most}
    return tuple(sorted(named - {""}))


def _behind_day(title: str) -> str:
    """The last part of a title that has a day before that, and no more; "" of others."""
    cuts = list(SEPARATOR.finditer(title))
    is_day = bool(cuts) and cuts[-1].start() <= _LONGEST_DAY and first_date(title[: cuts[-1].start()]) is not None
    return title[cuts[-1].end() :].strip() if is_day else ""


def _edges(title: str) -> Iterator[str]:
    """The first part of a title, where marks part it, and all that it may end with: a site's name, its motto, both."""
    cuts = list(SEPARATOR.finditer(title))
    if cuts:
        yield title[: cuts[0].start()].strip()
        yield from (title[cut.end() :].strip() for cut in cuts)


def _is_site_name(text: str, names: frozenset[str]) -> bool:
    """Whether `text` is one of a site's names, or the part of one that people know it by."""
    name = squeezed(text)
    if name in names or _SUFFIX.sub("", name) in names:
        return True
    return len(name) >= _SHORTEST_PART and any(name in known for known in names)


def without_site_name(title: str, metadata: Metadata, names: frozenset[str]) -> str:
    """`A post` for `A post | The site`; `names` are the site's. "" for ` | The site`, which a post without a title has.

    What a theme puts before a title, or behind it, where the name beside it is missing goes, too. A title that all
    pages have is the site's name as a whole, whatever marks part it.
    """
    if title in metadata.site_names:
        return title
    bare = _AT_AN_END.sub("", title)
    if bare != title and _is_site_name(SEPARATOR.split(bare, maxsplit=1)[0], names):
        return ""
    return _before_or_behind(bare, metadata, names)


def _before_or_behind(title: str, metadata: Metadata, names: frozenset[str]) -> str:
    """What stands before a site's name or, where that comes first, behind it."""
    for cut in SEPARATOR.finditer(title):
        before, after = title[: cut.start()].strip(), title[cut.end() :].strip()
        if before and after:
            if _is_site_name(after, names):
                return before
            if squeezed(before) in names:
                return _before_or_behind(after, metadata, names)
    cuts = [cut for cut in SEPARATOR.finditer(title) if cut.group().strip() in _BEFORE_SITE_NAMES]
    return title[: cuts[-1].start()].strip() or title if cuts and not stated_names(metadata) else title


def without_own_name(title: str, metadata: Metadata) -> str:
    """`A post` for `A post – The Mill`, where the page calls its site just that."""
    own = {squeezed(name) for name in stated_names(metadata)}
    cuts = [cut for cut in SEPARATOR.finditer(title) if cut.group().strip() in _BEFORE_SITE_NAMES] if own else []
    named = bool(cuts) and squeezed(title[cuts[-1].end() :]) in own
    return title[: cuts[-1].start()].strip() or title if named else title
