"""The query string of a request, to make links out of: relative ones, right behind any proxy and below any path."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from ..engine.model import MAX_DEPTH, Results
from ..engine.query import MAX_TEXT
from .given import Pairs

_MAX_LINKS = 2000
"""Characters; nginx, for one, takes 4 KB of headers by default."""


@dataclass(frozen=True, slots=True)
class Address:
    """Names and values in the order given. Its string is a relative reference, all ASCII; changes lead to page 1."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, pairs: Pairs) -> Address:
        """That of a request; of a long text only what counts of it, for a page repeats it in dozens of links."""
        return cls(tuple((name, value.strip()[:MAX_TEXT] if _is_long(name, value) else value) for name, value in pairs))

    def __str__(self) -> str:
        return "?" + urlencode(self.pairs, errors="replace")

    def set(self, **values: object) -> Address:
        """With these parameters in place of those of the same names."""
        kept = self.without(*values).pairs
        return Address(kept + tuple((name, str(value)) for name, value in values.items()))

    def adding(self, name: str, value: str) -> Address:
        """With one more value of a repeatable parameter."""
        return Address((*self.without().pairs, (name, value)))

    def without(self, *names: str) -> Address:
        """Without these parameters."""
        return Address(tuple(pair for pair in self.pairs if pair[0] not in (*names, "page")))

    def without_pair(self, pair: tuple[str, str]) -> Address:
        """Without this value of a repeatable parameter."""
        return Address(tuple(each for each in self.without().pairs if each != pair))


def _is_long(name: str, value: str) -> bool:
    return name == "q" and len(value) > MAX_TEXT


def last_page(results: Results) -> int:
    """The number of the last page that can be asked for, at least 1."""
    per_page = results.query.per_page
    return max(1, min(math.ceil(results.total / per_page), MAX_DEPTH // per_page))


def link_headers(address: Address, results: Results) -> dict[str, str]:
    """The pages around this one as a Link header (RFC 8288), relative to the address that was asked.

    Empty for a query so long that proxies would refuse the answer because of its headers.
    """
    others = address.without()
    query = f"{others}&" if others.pairs else "?"
    links = ", ".join(f'<{query}page={page}>; rel="{relation}"' for relation, page in _neighbours(results))
    return {"Link": links} if len(links) <= _MAX_LINKS else {}


def _neighbours(results: Results) -> Iterator[tuple[str, int]]:
    page, last = results.query.page, last_page(results)
    yield "first", 1
    if page > 1:
        yield "prev", min(page - 1, last)
    if page < last:
        yield "next", page + 1
    yield "last", last
