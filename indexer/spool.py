"""Pages that were read but can't be settled before the whole site is known: kept on disk, not in memory."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from search_service.engine.errors import ExtractionError, StorageFull
from search_service.engine.generations import disk

from .extract.model import Extraction
from .sources import Validators

_LENGTH = struct.Struct(">Q")
_REMEDY = "make room, or name another folder in TMPDIR, and run this again"


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page that was read, without its content, and what came of it.

    `part_of` is the address of the page on which the post begins that it continues.
    """

    url: str
    path: str | None
    digest: str
    validators: Validators
    outcome: Extraction | ExtractionError
    part_of: str | None = None


class _Spooled(msgspec.Struct, frozen=True, array_like=True):
    url: str
    path: str | None
    digest: str
    validators: Validators
    extraction: Extraction


class Spool:
    """Extracted pages in the order in which they were put in."""

    def __init__(self) -> None:
        try:
            self._folder = Path(tempfile.gettempdir())
        except FileNotFoundError as exc:  # none in which anything can be written
            raise StorageFull(f"{exc.strerror}; the published index is untouched: {_REMEDY}") from exc
        with self._refusals_named():
            self._file = tempfile.TemporaryFile(prefix="postseek-")  # noqa: SIM115 - closed by `close`
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(_Spooled)

    def put(self, read: PageRead, extraction: Extraction) -> int:
        """Keep a page with its extraction. The place at which that is."""
        content = self._encoder.encode(_Spooled(read.url, read.path, read.digest, read.validators, extraction))
        place = self._file.tell()
        with self._refusals_named():
            self._file.write(_LENGTH.pack(len(content)) + content)
        return place

    def at(self, place: int) -> Extraction:
        """The extraction at a place."""
        kept = self._next(place)
        assert kept is not None
        return kept.extraction

    def __iter__(self) -> Iterator[tuple[PageRead, Extraction]]:
        place = 0
        while True:
            kept = self._next(place)  # `at` may have been elsewhere meanwhile
            if kept is None:
                return
            place = self._file.tell()
            yield PageRead(kept.url, kept.path, kept.digest, kept.validators, kept.extraction), kept.extraction

    def _next(self, place: int) -> _Spooled | None:
        with self._refusals_named():
            self._file.seek(place)  # which writes what was put in last
        head = self._file.read(_LENGTH.size)
        return self._decoder.decode(self._file.read(_LENGTH.unpack(head)[0])) if head else None

    def _refusals_named(self) -> AbstractContextManager[None]:
        return disk.refusals_named(self._folder, remedy=_REMEDY)

    def close(self) -> None:
        """Give the disk space back."""
        with suppress(OSError):  # of a full disk it was said before
            self._file.close()

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
