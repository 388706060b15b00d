"""One session of writing: from the lock, over documents and the indexer's state, to a published generation."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ..errors import IndexCorrupt, IndexerError
from ..generations import Draft, GenerationStore, Manifest, disk
from ..model import Document, Generation
from .contents import STATE

if TYPE_CHECKING:
    from .segments import SegmentsWriter

log = logging.getLogger(__name__)


class EmbeddedWriter:
    """Implements `port.IndexWriter`. Nothing is made on disk before the first change."""

    def __init__(self, store: GenerationStore, *, update: bool) -> None:
        self._store = store
        self._lock = store.lock()
        self._live: Manifest | None = None
        try:
            self._live = store.base()
        except IndexCorrupt as exc:
            if update:
                self._lock.release()
                raise IndexCorrupt(f"{exc}; rebuild the index with `postseek index --full`") from exc
            log.warning("building anew, since what is there can't be read: %s", exc)
        except BaseException:
            self._lock.release()
            raise
        self._base = self._live if update else None
        self._draft: Draft | None = None
        self._segments: SegmentsWriter | None = None
        self._state: dict[str, bytes] = {}

    @property
    def base(self) -> Generation | None:
        """The generation that this one updates; None for a full build."""
        return self._base.generation(live=self._base.id == self._store.live_id()) if self._base else None

    def put(self, document: Document) -> None:
        """Add a document, in the place of the one with the same URL."""
        with disk.refusals_named(self._store.root):
            self._writing().put(document)

    def delete(self, url: str) -> None:
        """Remove the document with this URL, if there is one."""
        self._writing().delete(url)

    def read_state(self, name: str) -> bytes | None:
        """What the live generation keeps under `name`."""
        if self._live is None:
            return None
        path = self._store.folder(self._live.id) / STATE / name
        return path.read_bytes() if path.exists() else None

    def write_state(self, name: str, content: bytes) -> None:
        """Keep `content` in the new generation."""
        self._writing()
        self._state[name] = content

    def seal(self) -> Generation:
        """Commit, complete and verify the generation."""
        segments = self._writing()
        assert self._draft is not None
        with disk.refusals_named(self._store.root):
            documents = segments.commit()
            segments.close()
            self._segments = None
            self._write_states(self._draft)
        return self._draft.seal(documents=documents).generation(live=False)

    def publish(self) -> Generation:
        """Make the sealed generation the live one."""
        if self._draft is None or self._draft.manifest is None:
            raise IndexerError("only a sealed generation can be published")
        draft, self._draft = self._draft, None
        return self._store.publish(draft)

    def close(self) -> None:
        """Discard what wasn't published and give the lock back."""
        try:
            if self._segments is not None:
                segments, self._segments = self._segments, None
                segments.close()
            if self._draft is not None:
                draft, self._draft = self._draft, None
                draft.discard()
        finally:
            self._lock.release()

    def __enter__(self) -> EmbeddedWriter:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _writing(self) -> SegmentsWriter:
        """What writes the documents, on a draft that is made on first use."""
        if self._segments is None:
            if self._draft is not None:
                raise IndexerError("a sealed generation can't be changed")
            # Imported here: a run that finds nothing changed needs neither Whoosh nor NumPy.
            from .segments import SegmentsWriter

            with disk.refusals_named(self._store.root):
                self._draft = self._store.draft(base=self._base)
                self._segments = SegmentsWriter(self._store, self._draft)
        return self._segments

    def _write_states(self, draft: Draft) -> None:
        """Write what the indexer keeps; what an update doesn't mention stays as it was."""
        prefix = f"{STATE}/"
        for path in self._live.files if self._live and draft.base else ():
            name = path.removeprefix(prefix)
            if path.startswith(prefix) and name not in self._state:
                self._state[name] = self.read_state(name) or b""
        (draft.folder / STATE).mkdir()
        for name, content in self._state.items():
            disk.write_file(draft.folder / STATE / name, content)
