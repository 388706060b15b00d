"""What visitors ask for, and in vain: the searches of an access log, asked once more of the index as it is now.

So what is answered since is no longer in vain, and nothing about visitors has to be kept for it but the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs

import msgspec

from .engine.model import IN_NO_POST, Results
from .engine.port import Searcher
from .engine.query import MAX_TEXT, parse_query

_ROUTES = frozenset(("/", "/search"))


class Asked(msgspec.Struct, frozen=True):
    """A text that was searched for, how often, and how many posts it finds.

    `instead` is what was searched in its place, where words of it are misspelt; `missing` are those that no post has.
    """

    text: str
    times: int
    total: int
    instead: str | None = None
    missing: tuple[str, ...] = ()


class _Line(msgspec.Struct):
    route: str
    status: int
    query: str | None = None


_decode = msgspec.json.Decoder(_Line).decode


def texts(lines: Iterable[bytes]) -> Counter[str]:
    """How often each text was searched for, whatever its case; later pages, and filters alone, are no search.

    Lines of anything else may be between those of the access log.
    """
    return Counter(filter(None, map(_text, lines)))


def answered(searcher: Searcher, counted: Counter[str]) -> Iterator[Asked]:
    """What the texts find, the most frequent first."""
    for text, times in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        results = searcher.search(msgspec.structs.replace(parse_query(text), per_page=1, facets=False, snippets=False))
        instead = results.corrected.meant if results.corrected else None
        yield Asked(text, times, results.total, instead, _missing(results))


def _text(line: bytes) -> str:
    """The text that a line of the log says was searched for; "" for none."""
    try:
        read = _decode(line[line.find(b'{"') :])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    if read.route not in _ROUTES or read.status != 200 or not read.query:
        return ""
    asked = parse_qs(read.query, errors="replace")
    if asked.get("page", ["1"]) != ["1"]:
        return ""
    return " ".join(asked.get("q", [""])[-1][:MAX_TEXT].casefold().split())


def _missing(results: Results) -> tuple[str, ...]:
    return tuple(dropped.word for dropped in results.dropped if dropped.why == IN_NO_POST)
