"""The generations of one index: finding, checking, publishing and pruning them."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from ..errors import ConfigError, GenerationMissing, IndexCorrupt, IndexIncompatible, IndexMissing
from ..model import Generation
from . import disk
from .draft import Draft, remove_drafts
from .ids import is_id, next_id
from .lock import WriteLock
from .manifest import NAME as MANIFEST
from .manifest import Manifest, check_contents, check_sizes, read_manifest
from .retention import KEPT_FULL, kept_generations

log = logging.getLogger(__name__)

_REMEDY = "`postseek generations` lists those that there are, `postseek index --full` makes another"


class GenerationStore:
    """The generations below `root`. `schema` identifies what the adapter can read; others are incompatible.

    Reading takes no lock and writes nothing; it raises OSError where file descriptors or memory have run out: nothing
    is missing or broken then. Writing takes `lock()` first.
    """

    def __init__(self, root: Path, *, schema: str) -> None:
        self.root = root
        self._schema = schema
        self._generations = root / "generations"
        self._pointer = root / "CURRENT"

    # Reading

    def live_id(self) -> str | None:
        """The id that CURRENT names; None where there is no readable pointer."""
        try:
            name = self._pointer.read_bytes()[:64].decode("ascii", "replace").strip()
        except OSError as exc:
            if disk.is_shortage(exc):
                raise
            return None
        return name if is_id(name) else None

    def folder(self, generation: str) -> Path:
        """Where a generation is, or would be."""
        return self._generations / generation

    def ids(self) -> list[str]:
        """The ids of the complete generations, the newest first."""
        try:
            names = os.listdir(self._generations)
        except OSError as exc:
            if disk.is_shortage(exc):
                raise
            return []
        return sorted((name for name in names if is_id(name)), reverse=True)

    def generations(self) -> list[Generation]:
        """The complete, readable generations, the newest first."""
        live = self.live_id()
        found = []
        for name in self.ids():
            with suppress(IndexCorrupt, IndexIncompatible):
                manifest = self._manifest(name)
                check_sizes(self.folder(name), manifest)
                found.append(manifest.generation(live=name == live))
        return found

    def must_exist(self) -> None:
        """Make sure that there is a generation. IndexMissing otherwise."""
        if not self.ids():
            raise self._missing()

    def open(self, *, refuse: frozenset[str] = frozenset()) -> Manifest:
        """The live generation or, where that is broken or refused, the newest good one, with a loud log line."""
        live = self.live_id()
        errors: list[IndexCorrupt | IndexIncompatible] = []
        for name in ([live] if live else []) + [name for name in self.ids() if name != live]:
            if name in refuse:
                continue
            try:
                manifest = self._manifest(name)
                check_sizes(self.folder(name), manifest)
            except (IndexCorrupt, IndexIncompatible) as exc:
                log.error("%s", exc)
                errors.append(exc)
                continue
            if name != live:
                log.error("%s: generation %s serves in place of %s", self.root, name, live or "the unnamed live one")
            return manifest
        if errors:
            [first, *_] = errors
            if isinstance(first, IndexIncompatible):
                raise first
            raise IndexCorrupt(f"{first}; rebuild the index with `postseek index --full`") from first
        if refuse:
            raise IndexCorrupt(f"no good generation is left in {self.root}; rebuild it with `postseek index --full`")
        raise self._missing()

    def manifest(self, generation: str | None = None) -> Manifest:
        """The manifest of a generation (default: the live one), whatever its files are like."""
        return self._manifest(self._named(generation))

    def verify(self, generation: str | None = None) -> int:
        """Check every byte of a generation (default: the live one); the number of files that were checked."""
        manifest = self.manifest(generation)
        return check_contents(self.folder(manifest.id), manifest)

    def check(self, manifest: Manifest, name: str) -> None:
        """Make sure that one of a generation's files is what was written. IndexCorrupt otherwise."""
        check_contents(self.folder(manifest.id), replace(manifest, files={name: manifest.files[name]}))

    # Writing

    def lock(self) -> WriteLock:
        """The write lock, and with it a folder free of what died before it was published."""
        with disk.refusals_named(self.root):
            try:
                disk.make_folder(self._generations)
            except (FileExistsError, FileNotFoundError, NotADirectoryError, PermissionError, ValueError) as exc:
                raise ConfigError(
                    f"no index can be kept in {self.root}: {exc}; name another folder with --index"
                ) from exc
            lock = WriteLock(self.root / "LOCK")
            try:
                remove_drafts(self._generations)
            except BaseException:  # whoever called has nothing to release
                lock.release()
                raise
        return lock

    def base(self) -> Manifest | None:
        """What an update starts from: the live generation, where there is a good one of this schema."""
        try:
            return self.open()
        except (IndexMissing, IndexIncompatible):
            return None

    def draft(self, *, base: Manifest | None) -> Draft:
        """A new, empty generation. StorageFull where there is clearly no room for it."""
        name = next_id(after=next(iter(self.ids()), None))
        return Draft.begun(self._generations, name, base=base, schema=self._schema)

    def publish(self, draft: Draft) -> Generation:
        """Make a sealed draft the live generation and prune old ones.

        In this order, so that a power cut between any two steps leaves the old generation or the new one: the
        complete folder gets its name, the name becomes durable, then the pointer moves.
        """
        assert draft.manifest is not None
        with disk.refusals_named(self.root):
            draft.folder.replace(self.folder(draft.id))
            disk.sync_folder(self._generations)
            self._point_at(draft.id)
        try:
            self._prune(live=draft.id)
        except OSError as exc:  # this one is published, whatever becomes of the others: they go with the next
            log.warning("%s: old generations stay for now: %s", self.root, exc)
        return draft.manifest.generation(live=True)

    def rollback(self, generation: str | None = None) -> Generation:
        """Make the named generation live, else the newest before the live one of which every byte is as it was written.

        IndexCorrupt where there is none but broken ones.
        """
        self.must_exist()
        flaws: list[IndexCorrupt] = []
        for name in self._before_live() if generation is None else [generation]:
            try:
                self.verify(name)
            except IndexCorrupt as exc:
                flaws.append(exc)
                continue
            for flaw in flaws:
                log.error("%s", flaw)
            with disk.refusals_named(self.root):
                self._point_at(name)
            return self._manifest(name).generation(live=True)
        if flaws:
            raise IndexCorrupt(f"{flaws[0]}; {_REMEDY}") from flaws[0]
        raise GenerationMissing(f"{self.root} has no good generation before the live one; {_REMEDY}")

    def _before_live(self) -> list[str]:
        """The complete, readable generations that are older than the live one, the newest first."""
        live = self.live_id()
        return [each.id for each in self.generations() if live is None or each.id < live]

    def _point_at(self, generation: str) -> None:
        disk.replace_file(self._pointer, generation.encode() + b"\n")

    def _prune(self, *, live: str) -> None:
        """Remove what isn't needed for a rollback, of Postseek itself, too. Open readers keep what they have mapped."""
        generations = self.generations()
        kept = kept_generations(generations, live=live)
        if sum(generation.full for generation in generations) < KEPT_FULL:
            kept.update(islice(self._of_other_versions(), 1))
        for name in self.ids():
            if name not in kept:
                # The manifest goes first: a half-removed generation is no generation.
                with suppress(OSError):
                    (self.folder(name) / MANIFEST).unlink()
                shutil.rmtree(self.folder(name), ignore_errors=True)

    def _of_other_versions(self) -> Iterator[str]:
        """The ids of the generations that another version of Postseek reads, the newest first."""
        for name in self.ids():
            try:
                self._manifest(name)
            except IndexIncompatible:
                yield name
            except IndexCorrupt:
                continue

    def _manifest(self, generation: str) -> Manifest:
        return read_manifest(self.folder(generation), schema=self._schema)

    def _missing(self) -> IndexMissing:
        """What to say where there is no generation, or where none may be seen."""
        try:
            os.scandir(self._generations).close()
        except PermissionError as exc:
            return IndexMissing(
                f"{exc.filename} can't be read: {exc.strerror}; run this as a user who may, or name another folder with"
                " --index"
            )
        except OSError:
            pass
        return IndexMissing(f"there is no index in {self.root}; make one with `postseek index SOURCE`")

    def _named(self, generation: str | None) -> str:
        if generation is None:
            generation = self.live_id()
            if generation is None:
                self.must_exist()
                raise GenerationMissing(f"{self.root} names none of its generations the live one; {_REMEDY}")
        if generation not in self.ids():
            raise GenerationMissing(f"{self.root} has no generation {generation}; `postseek generations` lists them")
        return generation
