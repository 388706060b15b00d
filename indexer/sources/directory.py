"""A directory of built HTML, and a single file, as sources."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from search_service.engine.errors import FetchError, SourceError

from .base_url import GUESS, canonical_link, find_base_url, page_url
from .feeds import MAX_BYTES as MAX_FEED
from .model import Failed, Page, Validators, Visit
from .selection import Selection
from .weight import MAX_FILE, page_content

_SUFFIXES = (".html", ".htm", ".xhtml")
_SCRIPTS = (".php", ".asp", ".aspx", ".jsp", ".cgi")
_SKIPPED_FOLDERS = frozenset({"node_modules"})
# Where the usual generators, and copies of sites that had theirs at /feed/, keep them.
_FEEDS = (
    "feed.xml", "atom.xml", "rss.xml", "rss2.xml", "index.xml", "feed.json", "feed/index.*", "feeds/all.*",
    "*/atom.xml", "*/rss.xml", "*/feed.xml", "*/index.xml", "*.rss", "*.atom", "*/index.rss", "*/index.atom",
)  # fmt: skip
_MOST_FEEDS = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DirectorySource:
    """Every HTML file below `root`, by path. Hidden folders and node_modules are none of the site's."""

    root: Path
    selection: Selection
    given_base_url: str | None = None
    limit: int | None = None
    is_local: bool = field(default=True, init=False)
    wanted: Collection[str] | None = None
    """Addresses of the pages that a visit delivers; None for all."""
    _unread: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The directory's absolute path."""
        return _key(self.root)

    @cached_property
    def base_url(self) -> str:
        """The address that the directory is published at, with a final slash."""
        return self.given_base_url or self._found_base_url or GUESS

    @property
    def base_url_is_guess(self) -> bool:
        """Whether nothing tells where the directory is published, so that addresses lead nowhere."""
        return self.given_base_url is None and self._found_base_url is None

    @property
    def complete(self) -> bool:
        """False where `limit` cut the visit short, or a folder couldn't be read."""
        return self.count() == len(self._paths) and not self._unread and self.wanted is None

    def remarks(self) -> Iterator[str]:
        """None."""
        return iter(())

    def count(self) -> int:
        """The number of pages that a visit delivers."""
        return len(self._paths) if self.limit is None else min(self.limit, len(self._paths))

    def visit(self, known: Mapping[str, Validators]) -> Iterator[Visit]:
        """Every page. Files have no validators: `known` makes no difference."""
        for path in islice(self._paths, self.limit):
            if self.wanted is None or self._url(path) in self.wanted:
                yield self._visit(path)

    def only(self, urls: Collection[str]) -> DirectorySource:
        """The directory, of which a visit delivers the pages at these addresses."""
        return replace(self, given_base_url=None if self.base_url_is_guess else self.base_url, wanted=urls)

    @property
    def paths(self) -> Sequence[str]:
        """The paths of all its pages, below the directory."""
        return self._paths

    def sample(self, choose: Callable[[Sequence[str]], Iterable[str]]) -> Iterator[Page]:
        """The pages at those of all paths that `choose` picks, as far as they can be read."""
        for path in choose(self._paths):
            visit = self._visit(path)
            if isinstance(visit, Page):
                yield visit

    def feeds(self) -> Iterator[bytes]:
        """The files below the directory, down to the folders in it, that may be the site's feeds."""
        files = (file for pattern in _FEEDS for file in sorted(self.root.glob(pattern)) if self._leads_inside(file))
        for file in islice(files, _MOST_FEEDS):
            with suppress(OSError), file.open("rb") as stream:
                yield stream.read(MAX_FEED)

    def _visit(self, path: str) -> Visit:
        return _read(self.root / path, path=_printable(path), url=self._url(path))

    def _url(self, path: str) -> str | None:
        return page_url(self.base_url, os.fsencode(path))

    @cached_property
    def _paths(self) -> list[str]:
        paths = [path for path in self._walk() if self.selection.admits(path)]
        if not paths:
            raise SourceError(
                f"{self.root} holds no HTML file that is wanted: name the folder that the site is built into, "
                "and check --include and --exclude"
            )
        return sorted(paths)

    @cached_property
    def _found_base_url(self) -> str | None:
        return None if self.given_base_url else find_base_url(self.root, self._paths)

    def _walk(self) -> Iterator[str]:
        pending = [""]
        for below in pending:
            try:
                with os.scandir(f"{self.root}/{below}") as entries:
                    here = list(entries)
            except OSError as error:
                self._note_unread(error)
                continue
            for entry in here:
                name = entry.name
                if name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if name not in _SKIPPED_FOLDERS:
                        pending.append(f"{below}{name}/")
                elif is_page_name(name) and (
                    entry.is_file(follow_symlinks=False) or self._leads_inside(Path(entry.path))
                ):
                    yield below + name

    def _leads_inside(self, path: Path) -> bool:
        """Whether a path is, or leads to, a regular file inside the directory."""
        return path.is_file() and path.resolve().is_relative_to(self.root)

    def _note_unread(self, error: OSError) -> None:
        log.warning("folder can't be read", extra={"path": error.filename, "error": error.strerror})
        self._unread.append(str(error.filename))


@dataclass(frozen=True)
class FileSource:
    """One HTML file. It says nothing about other pages, so a visit is never complete."""

    file: Path
    given_base_url: str | None = None
    is_local: bool = field(default=True, init=False)
    complete: bool = field(default=False, init=False)

    @property
    def key(self) -> str:
        """The file's absolute path."""
        return _key(self.file)

    @property
    def base_url(self) -> str:
        """The address of the folder that the page is published in."""
        return self.url.rpartition("/")[0] + "/"

    @property
    def base_url_is_guess(self) -> bool:
        """Whether neither the page nor the operator tells where it is published."""
        return self.given_base_url is None and self._named_url is None

    @cached_property
    def url(self) -> str:
        """The page's address: below `given_base_url`, else as its canonical link says."""
        name = os.fsencode(self.file.name)
        named = None if self.given_base_url else self._named_url
        return named or page_url(self.given_base_url or GUESS, name) or GUESS

    def remarks(self) -> Iterator[str]:
        """None."""
        return iter(())

    def count(self) -> int:
        """One."""
        return 1

    def visit(self, known: Mapping[str, Validators]) -> Iterator[Visit]:
        """The page."""
        yield _read(self.file, path=_printable(self.file.name), url=self.url)

    def feeds(self) -> Iterator[bytes]:
        """None."""
        return iter(())

    def only(self, urls: Collection[str]) -> FileSource:
        """The file: it has no other page."""
        return self

    @cached_property
    def _named_url(self) -> str | None:
        visit = _read(self.file, path=self.file.name, url=GUESS)
        return canonical_link(visit.content) if isinstance(visit, Page) else None


def is_page_name(name: str) -> bool:
    """Whether a file is HTML by its name; wget leaves the query of an address behind it: `index.html?p=5`."""
    script, asks, _ = name.lower().partition("?")
    return name.lower().endswith(_SUFFIXES) or (bool(asks) and script.endswith(_SUFFIXES + _SCRIPTS))


def _read(file: Path, *, path: str, url: str | None) -> Visit:
    if url is None:
        return _failed(path, "its address would be too long for a page")
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
        return Page(url=url, path=path, content=page_content(content, url=url, named=path))
    except FetchError as exc:
        return Failed(url, exc)
    except FileNotFoundError:
        return _failed(url, f"{path} isn't there any more", gone=True)
    except OSError as exc:
        return _failed(url, f"{path} can't be read: {exc.strerror}")


def _failed(url: str, message: str, *, gone: bool = False) -> Failed:
    return Failed(url, FetchError(message, url=url, gone=gone))


def _key(path: Path) -> str:
    """`path` as text, another one for every path: bytes in no encoding are spelt out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _printable(path: str) -> str:
    """`path` as text that any JSON or terminal takes: names on disk may be in no encoding at all."""
    return os.fsencode(path).decode("utf-8", "replace")
