"""A generation that is being written, in a folder beside the complete ones."""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import StorageFull
from . import disk
from .manifest import FileEntry, Manifest, check_contents, describe_files, library_versions, write_manifest

log = logging.getLogger(__name__)

_SUFFIX = ".draft"
_HEADROOM = 16 << 20


@dataclass(slots=True)
class Draft:
    """A generation that is being written, in a folder of its own. `linked` are files shared with its base."""

    id: str
    folder: Path
    base: Manifest | None
    schema: str
    linked: dict[str, FileEntry] = field(default_factory=dict)
    manifest: Manifest | None = None

    @classmethod
    def begun(cls, generations: Path, name: str, *, base: Manifest | None, schema: str) -> Draft:
        """A new, empty one among the generations of an index. StorageFull where there is clearly no room for it."""
        free = shutil.disk_usage(generations).free
        if free < _HEADROOM:
            raise StorageFull(
                f"{generations.parent} has {free >> 20} MB of free space left; a new generation needs at least"
                f" {_HEADROOM >> 20} MB: make room and run this again"
            )
        folder = generations / (name + _SUFFIX)
        folder.mkdir()
        return cls(name, folder, base, schema)

    def link(self, name: str) -> None:
        """Share one of the base's files; a copy where the file system can't link."""
        assert self.base is not None
        try:
            (self.folder / name).hardlink_to(self._of_base(self.base, name))
        except OSError:
            self._copy(self.base, name)
        else:
            self.linked[name] = self.base.files[name]

    def seal(self, *, documents: int) -> Manifest:
        """Complete it: manifest, everything on the disk, every byte verified. Then it can't be changed."""
        with disk.refusals_named(self.folder.parents[1]):
            files = describe_files(self.folder, self.linked)
            self.manifest = Manifest(
                id=self.id,
                created_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                base=self.base.id if self.base else None,
                full=not any(name in files for name in self.linked),
                schema=self.schema,
                documents=documents,
                versions=library_versions(),
                files=files,
            )
            write_manifest(self.folder, self.manifest)
            disk.sync_tree(self.folder)
            # Linked files were verified when they were written.
            own = {name: entry for name, entry in files.items() if name not in self.linked}
            check_contents(self.folder, replace(self.manifest, files=own))
        return self.manifest

    def discard(self) -> None:
        """Remove it: it isn't going to be published."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _copy(self, base: Manifest, name: str) -> None:
        """Copy one of the base's files. IndexCorrupt where that isn't what was written.

        A copy gets a checksum of its own: without this check it would make a broken file look sound.
        """
        shutil.copyfile(self._of_base(base, name), self.folder / name)
        check_contents(self.folder, replace(base, files={name: base.files[name]}))

    def _of_base(self, base: Manifest, name: str) -> Path:
        return self.folder.with_name(base.id) / name


def remove_drafts(generations: Path) -> None:
    """Remove what died before it was published."""
    for name in os.listdir(generations):
        if name.endswith(_SUFFIX):
            log.warning("removing %s, which was never published", name)
            shutil.rmtree(generations / name, ignore_errors=True)
