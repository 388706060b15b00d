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
from typing import Annotated, Any

import msgspec

from ..errors import IndexCorrupt, IndexIncompatible
from ..model import Generation
from . import disk

FORMAT = 1
"""The layout of a generation. A reader refuses formats that it doesn't know."""

NAME = "manifest.json"
_MAX_SIZE = 16 << 20

_Count = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file's size in bytes and the SHA-256 of its content."""

    size: _Count
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything known of a generation without opening it. `files` are paths relative to its folder."""

    id: str
    created_at: str
    base: str | None
    full: bool
    schema: str
    documents: _Count
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
        changed = content.pop("checksum") != _checksum(content)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as exc:
        if disk.is_shortage(exc):
            raise
        raise IndexCorrupt(f"generation {folder.name} has no readable manifest: {exc}") from exc
    if changed:
        raise IndexCorrupt(f"generation {folder.name}: its manifest was changed after it was written")
    if content.get("format") != FORMAT or content.get("schema") != schema:
        raise IndexIncompatible(
            f"generation {folder.name} was written {_by_which_version(content)}with another format or schema;"
            " rebuild it with `postseek index --full`"
        )
    try:
        manifest = msgspec.convert(content, Manifest)
        flaw = _flaw(manifest, folder)
    except (msgspec.ValidationError, ValueError) as exc:
        flaw = str(exc)
    if flaw:
        raise IndexCorrupt(f"generation {folder.name}: its manifest isn't one that Postseek wrote: {flaw}")
    return manifest


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


def _by_which_version(content: Mapping[str, Any]) -> str:
    """Who wrote a manifest, of which nothing is sure yet but that it is as it was written."""
    versions = content.get("versions")
    version = versions.get("postseek") if isinstance(versions, dict) else None
    return f"by Postseek {version} " if isinstance(version, str) else ""


def _flaw(manifest: Manifest, folder: Path) -> str | None:
    """What in a manifest can't be, although all types are right. ValueError for a time that is none."""
    if manifest.id != folder.name:
        return f"it is that of generation {manifest.id!r}"
    if manifest.generation(live=False).created_at.tzinfo is None:
        return f"{manifest.created_at} is in no time zone"
    outside = (name for name in manifest.files if "\0" in name or {"", ".", ".."} & set(name.split("/")))
    name = next(outside, None)
    return None if name is None else f"{name!r} is no file of a generation"


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
