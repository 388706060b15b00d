"""The manifest: what a generation holds, file by file, and whether it is all there."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..errors import IndexCorrupt, IndexIncompatible
from ..model import Generation
from . import disk

FORMAT = 1
"""The layout of a generation. A reader refuses formats that it doesn't know."""

NAME = "manifest.json"
_MAX_SIZE = 16 << 20


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file's size in bytes and the SHA-256 of its content."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything known of a generation without opening it. `files` are paths relative to its folder."""

    id: str
    created_at: str
    base: str | None
    full: bool
    schema: str
    documents: int
    versions: Mapping[str, str]
    files: Mapping[str, FileEntry]
    format: int = FORMAT

    def generation(self, *, live: bool) -> Generation:
        """What the rest of Postseek knows of it."""
        return Generation(
            id=self.id,
            created_at=dt.datetime.fromisoformat(self.created_at),
            full=self.full,
            base=self.base,
            documents=self.documents,
            live=live,
        )


def describe_files(folder: Path, known: Mapping[str, FileEntry]) -> dict[str, FileEntry]:
    """Size and checksum of every file below `folder`; `known` are those of linked files, which were hashed before."""
    described = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != NAME:
            described[name] = known.get(name) or FileEntry(path.stat().st_size, disk.sha256(path))
    return described


def library_versions() -> dict[str, str]:
    """The versions of what decides how an index is written."""
    names = ("postseek", "whoosh-reloaded", "PyStemmer")
    return {"python": platform.python_version()} | {name: version(name) for name in names}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, durably, with a checksum of its own."""
    content = asdict(manifest)
    content["checksum"] = _checksum(content)
    disk.write_file(folder / NAME, json.dumps(content, indent=1, ensure_ascii=False).encode())


def read_manifest(folder: Path, *, schema: str) -> Manifest:
    """The manifest of a generation of this format and schema. IndexCorrupt or IndexIncompatible otherwise."""
    try:
        with (folder / NAME).open("rb") as file:
            content: dict[str, Any] = json.loads(file.read(_MAX_SIZE))
        checksum = content.pop("checksum")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as exc:
        if disk.is_shortage(exc):
            raise
        raise IndexCorrupt(f"generation {folder.name} has no readable manifest: {exc}") from exc
    if checksum != _checksum(content):
        raise IndexCorrupt(f"generation {folder.name}: its manifest was changed after it was written")
    if content["format"] != FORMAT or content["schema"] != schema:
        raise IndexIncompatible(
            f"generation {folder.name} was written by Postseek {content['versions'].get('postseek', '?')}"
            " with another format or schema; rebuild it with `postseek index --full`"
        )
    content["files"] = {name: FileEntry(**entry) for name, entry in content["files"].items()}
    return Manifest(**content)


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Make sure that every file is there and has its size. IndexCorrupt names the first that hasn't."""
    for name, entry in manifest.files.items():
        with _unreadable_named(folder, name):
            size = (folder / name).stat().st_size
        if size != entry.size:
            raise IndexCorrupt(f"generation {folder.name}: {name} has {size} bytes instead of {entry.size}")


def check_contents(folder: Path, manifest: Manifest) -> int:
    """Make sure that every byte is what was written; the number of files. IndexCorrupt names the first bad file."""
    check_sizes(folder, manifest)
    for name, entry in manifest.files.items():
        with _unreadable_named(folder, name):
            found = disk.sha256(folder / name)
        if found != entry.sha256:
            raise IndexCorrupt(f"generation {folder.name}: the content of {name} isn't what was written")
    return len(manifest.files)


@contextmanager
def _unreadable_named(folder: Path, name: str) -> Iterator[None]:
    """Turn what the operating system says of a file into IndexCorrupt, unless that is of a shortage."""
    try:
        yield
    except OSError as exc:
        if disk.is_shortage(exc):
            raise
        raise IndexCorrupt(f"generation {folder.name}: {name} can't be read: {exc.strerror}") from exc


def _checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
