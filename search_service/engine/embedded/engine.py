"""The embedded engine: an index in a folder of this machine."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import PostseekError
from ..generations import GenerationStore, disk
from ..model import NO_CURATION, Curation, Generation
from .contents import READ_MODEL, SEGMENTS, STATE, schema_hash

if TYPE_CHECKING:
    from .read_model.searcher import ReadModelSearcher
    from .writer import EmbeddedWriter

log = logging.getLogger(__name__)


class EmbeddedEngine:
    """Implements `port.Engine` on the generations below `root`."""

    def __init__(self, root: Path, *, curation: Curation = NO_CURATION) -> None:
        self._store = GenerationStore(root, schema=schema_hash())
        self._curation = curation

    def live_id(self) -> str | None:
        """The id of the live generation: one small read."""
        return self._store.live_id()

    def read_state(self, name: str) -> bytes | None:
        """What the live generation, or the last good one, keeps under `name`."""
        base = self._store.base()
        path = self._store.folder(base.id) / STATE / name if base else None
        return path.read_bytes() if path and path.exists() else None

    def searcher(self, *, refuse: frozenset[str] = frozenset()) -> ReadModelSearcher:
        """A searcher of the live generation, or of the last good one.

        OSError or MemoryError where descriptors or memory have run out, which is no flaw of any of them.
        """
        # Imported here: whoever only writes, or looks whether there is something to write, needs no searcher.
        from .read_model.searcher import ReadModelSearcher

        while True:
            manifest = self._store.open(refuse=refuse)
            generation = manifest.generation(live=manifest.id == self._store.live_id())
            try:
                return ReadModelSearcher(
                    self._store.folder(manifest.id) / READ_MODEL, generation, curation=self._curation
                )
            except FileNotFoundError:  # pruned a moment ago
                refuse |= {manifest.id}
            except Exception as exc:  # a broken file may raise whatever comes of it
                if disk.is_shortage(exc):
                    raise
                log.error("generation %s can't be read: %r", manifest.id, exc)
                refuse |= {manifest.id}

    def build(self) -> EmbeddedWriter:
        """A writer that starts from nothing."""
        return self._writer(update=False)

    def update(self) -> EmbeddedWriter:
        """A writer that starts from the live generation."""
        return self._writer(update=True)

    def generations(self) -> Sequence[Generation]:
        """All complete generations, the newest first."""
        return self._store.generations()

    def rollback(self, generation: str | None = None) -> Generation:
        """Make the named generation live, else the last good one before the live one."""
        self._store.must_exist()  # before the lock, which makes what isn't there
        lock = self._store.lock()
        try:
            return self._store.rollback(generation)
        finally:
            lock.release()

    def verify(self, generation: str | None = None) -> int:
        """Check every byte of a generation; the number of files."""
        return self._store.verify(generation)

    def can_rebuild(self, generation: str | None = None) -> bool:
        """Whether what `rebuild` reads of a generation (default: the live one) is as it was written."""
        try:
            manifest = self._store.manifest(generation)
            for name in manifest.files:
                if name.partition("/")[0] in (SEGMENTS, STATE):
                    self._store.check(manifest, name)
        except PostseekError:
            return False
        return True

    def rebuild(self, generation: str | None = None) -> Generation:
        """Make a generation (default: the live one) anew from what its Whoosh index stores, and publish it.

        Nothing else of it is read but the indexer's state: the read model may be broken, or gone.
        """
        from .whoosh_index import WhooshIndex

        self._store.must_exist()
        with self.build() as writer:
            manifest = self._store.manifest(generation)
            folder = self._store.folder(manifest.id)
            for name in manifest.files:
                part, _, rest = name.partition("/")
                if part in (SEGMENTS, STATE):
                    self._store.check(manifest, name)
                if part == STATE:
                    writer.write_state(rest, (folder / name).read_bytes())
            for document in WhooshIndex(folder / SEGMENTS).documents():
                writer.put(document)
            writer.seal()
            return writer.publish()

    def _writer(self, *, update: bool) -> EmbeddedWriter:
        # Imported here: whoever only reads needs no Whoosh.
        from .writer import EmbeddedWriter

        return EmbeddedWriter(self._store, update=update)
