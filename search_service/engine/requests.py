"""What the service was asked to read again, until the indexer does: a spool of small files beside the index.

    <index>/requests/<time>-<random>.json     {"urls": ["https://..."]}
    <index>/requests/seen/<signature>         empty: a signed request that was taken

Any number of processes add; one drains. A request is there whole or not at all, and stays until its addresses have
been read, so a crash in between costs a second reading and no request.
"""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from .generations import disk

log = logging.getLogger(__name__)

MAX_PENDING = 1000
"""Requests that may wait. More than that, and nobody drains them."""
MAX_SEEN = 10_000
_MAX_BYTES = 1 << 20


class SpoolFull(Exception):
    """As many requests wait as may."""


class Requested(msgspec.Struct, frozen=True):
    """One request."""

    urls: tuple[str, ...]


class ReindexRequests:
    """The spool of the index in `root`. Making one touches nothing."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "requests"
        self._seen = self._folder / "seen"

    def add(self, urls: Sequence[str]) -> str:
        """Ask for these addresses to be read again; durable on return. SpoolFull, OSError."""
        disk.make_folder(self._folder)
        if len(self._waiting()) >= MAX_PENDING:
            raise SpoolFull(f"{MAX_PENDING} requests wait already")
        name = f"{time.time_ns():020}-{secrets.token_hex(4)}"
        disk.replace_file(self._folder / f"{name}.json", msgspec.json.encode(Requested(tuple(urls))))
        return name

    @contextmanager
    def drain(self) -> Iterator[tuple[str, ...]]:
        """The addresses that were asked for, the oldest first and each once.

        Their requests are removed when the context ends well; after an exception they wait for the next time.
        """
        names = self._waiting()
        urls: dict[str, None] = {}
        for name in names:
            urls |= dict.fromkeys(self._read(name))
        yield tuple(urls)
        for name in names:
            with suppress(FileNotFoundError):
                (self._folder / name).unlink()

    def is_new(self, signature: str, *, window: float) -> bool:
        """Whether a signature (letters and digits) is met for the first time within `window` seconds. SpoolFull.

        One process alone, whichever is first, gets True. What is older is forgotten, so the caller must refuse it by
        its timestamp.
        """
        disk.make_folder(self._seen)
        if len(self._kept_signatures(since=time.time() - window)) >= MAX_SEEN:
            raise SpoolFull(f"{MAX_SEEN} signatures were met within {window:.0f} seconds")
        try:
            os.close(os.open(self._seen / signature, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        disk.sync_folder(self._seen)
        return True

    def forget(self, signature: str) -> None:
        """Let a signature be new once more."""
        with suppress(OSError):
            (self._seen / signature).unlink()

    def _waiting(self) -> list[str]:
        try:
            return sorted(name for name in os.listdir(self._folder) if name.endswith(".json"))
        except FileNotFoundError:
            return []

    def _read(self, name: str) -> tuple[str, ...]:
        try:
            with (self._folder / name).open("rb") as file:
                return msgspec.json.decode(file.read(_MAX_BYTES), type=Requested).urls
        except FileNotFoundError:
            return ()
        except (msgspec.DecodeError, UnicodeDecodeError) as exc:
            log.warning("request %s can't be read and is dropped: %s", name, exc)
            return ()

    def _kept_signatures(self, *, since: float) -> list[str]:
        """The signatures that were met since then; older ones are removed."""
        kept = []
        for entry in os.scandir(self._seen):
            with suppress(FileNotFoundError):  # another worker was first
                if entry.stat().st_mtime < since:
                    Path(entry.path).unlink()
                else:
                    kept.append(entry.name)
        return kept
