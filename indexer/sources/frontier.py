"""The addresses that a crawl has still to visit: in scope, each once, and without end only where a site really is."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from search_service.engine.urls import canonical_url, origin

from .selection import Selection

MAX_PAGES = 100_000
MAX_VARIANTS = 50
"""Query strings of one path that are followed from links; filters and sortings multiply without end."""

# As blogs name their posts that have no names: one number, and nothing beside it that could multiply.
_OF_POST = re.compile(r"(?:p|\w*id|post|entry|article)=\d{1,9}", re.IGNORECASE)
_MAX_PATH = 1024
_MAX_DEPTH = 16
_MAX_REPEATED = 3
_FIRST_YEAR = 1990
_MONTH = re.compile(r"/(\d{4})[/-](?:0?[1-9]|1[0-2])(?=[/.-]|$)")
_NO_PAGE = re.compile(
    r"""\.(?:7z|aac|apk|atom|avi|avif|bmp|bz2|css|csv|dmg|docx?|eot|epub|exe|flac|gif|gz|ico|ics|iso|jar|jpe?g|m4[av]|midi?
        |mkv|mov|mp[34]|mpe?g|msi|od[pst]|og[gv]|opus|otf|pdf|png|pptx?|rar|rss|rtf|svg|swf|tar|tgz|tiff?|ttf|wasm|wav|web[mp]
        |wmv|woff2?|xlsx?|xml|xz|zip)$""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """One origin from `directory` downwards."""

    origin: str
    directory: str

    @classmethod
    def below(cls, url: str) -> Scope:
        """The address itself and everything below it; for a file such as `index.html`, everything beside it."""
        path = urlsplit(url).path
        head, _, last = path.rpartition("/")
        return cls(origin(url), f"{head}/" if not last or "." in last else f"{path}/")

    @property
    def url(self) -> str:
        """The address of the scope's root, with a final slash."""
        return self.origin + self.directory

    def place(self, address: str, *, base: str | None = None) -> str | None:
        """The canonical URL of an address inside the scope; None outside.

        Both of http and https count, as old links and sitemaps often name the other one: the result has the scope's.
        """
        url = canonical_url(address, base=base or self.url)
        if url is None:
            return None
        scheme, _, rest = url.partition("://")
        own_scheme, _, own_rest = self.origin.partition("://")
        if scheme != own_scheme:
            url = f"{own_scheme}://{rest}"
        host, _, path = url.partition("://")[2].partition("/")
        if host != own_rest:
            return None
        return url if f"/{path}".startswith(self.directory) or url == self.url.rstrip("/") else None


@dataclass(slots=True)
class Frontier:
    """A queue, first come first served. What was ever added is in `seen`.

    In `listed` are the addresses at which there should be a page: those that sitemaps, and feeds that are asked for
    their posts, list, and those that are visited by name.
    """

    scope: Scope
    selection: Selection
    max_pages: int = MAX_PAGES
    seen: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    overflown: bool = False
    """Whether addresses were turned away because there were too many."""
    _queue: deque[str] = field(default_factory=deque)
    _variants: Counter[str] = field(default_factory=Counter)

    def add_listed(self, address: str) -> None:
        """Queue an address at which there should be a page."""
        url = self._add(address, base=None)
        if url is not None:
            self.listed.add(url)

    def add_known(self, url: str) -> None:
        """Queue a page of the last visit."""
        self._add(url, base=None)

    def add_link(self, address: str, *, base: str) -> None:
        """Queue the address that a page or a redirect names, unless it looks like a way into a maze."""
        self._add(address, base=base, careful=True)

    def pop(self) -> str | None:
        """The next address; None where none is left."""
        return self._queue.popleft() if self._queue else None

    def _add(self, address: str, *, base: str | None, careful: bool = False) -> str | None:
        """The address in its canonical form, new or not; None where it isn't queued, now or before."""
        url = self.scope.place(address, base=base)
        if url is None or url in self.seen:
            return url
        if self.selection.excludes(path_of(url)) or (careful and (not_a_page(url) or self._is_maze(url))):
            return None
        if len(self.seen) >= self.max_pages:
            self.overflown = True
            return None
        self.seen.add(url)
        self._queue.append(url)
        return url

    def _is_maze(self, url: str) -> bool:
        path, _, query = url.removeprefix(self.scope.origin).partition("?")
        if _OF_POST.fullmatch(query):
            return is_endless(path)
        if query:
            self._variants[path] += 1
        return self._variants[path] > MAX_VARIANTS or is_endless(path)


def is_endless(path: str) -> bool:
    """Whether a path looks made by a machine that never stops: too long or deep, going in circles, a far calendar."""
    steps = Counter(step for step in path.split("/") if step)
    if len(path) > _MAX_PATH or steps.total() > _MAX_DEPTH or max(steps.values(), default=0) > _MAX_REPEATED:
        return True
    next_year = dt.datetime.now(dt.UTC).year + 1
    return any(not _FIRST_YEAR <= int(year) <= next_year for year in _MONTH.findall(path))


def not_a_page(url: str) -> bool:
    """Whether the address is of a picture, an archive and the like, by its extension."""
    return _NO_PAGE.search(urlsplit(url).path) is not None


def path_of(url: str) -> str:
    """What people see behind the host: path and query, percent-encodings undone."""
    parts = urlsplit(url)
    return unquote(parts.path) + (f"?{unquote(parts.query)}" if parts.query else "")
