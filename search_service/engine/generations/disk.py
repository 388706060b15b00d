"""File operations whose effect outlives a power cut. Nothing else in Postseek writes what must last.

POSIX promises little: a file's content is on disk after fsync of the file, its name after fsync of its folder, and
a rename is atomic but not durable by itself. See "All File Systems Are Not Created Equal" (Pillai et al., OSDI 2014).
"""

from __future__ import annotations

import errno
import hashlib
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import ConfigError, StorageFull

_CHUNK = 1 << 20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_OURS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR})
_SHORT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


def sync_file(path: Path) -> None:
    """Bring a file's content to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Bring a folder's entries, the names of its files, to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(root: Path) -> None:
    """Bring everything below `root` to the disk, the files before the folders that name them."""
    for folder, _, names in os.walk(root, topdown=False):
        for name in names:
            sync_file(Path(folder, name))
        sync_folder(Path(folder))


def write_file(path: Path, content: bytes) -> None:
    """Write a file and bring its content to the disk. Its name is durable after `sync_folder` of the parent."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file's content in one step: after a power cut it has the old content or the new one, whole."""
    new = path.with_name(path.name + ".new")
    write_file(new, content)
    new.replace(path)
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder and its missing parents, durably."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sha256(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def is_shortage(exc: BaseException) -> bool:
    """Whether file descriptors or memory have run out: what was to be read may be as good as ever."""
    return isinstance(exc, MemoryError) or (isinstance(exc, OSError) and exc.errno in _SHORT)


@contextmanager
def refusals_named(root: Path, *, remedy: str = "make room and run this again") -> Iterator[None]:
    """Turn what the operating system says of a full disk or quota into StorageFull, of what isn't ours to write into
    ConfigError; `remedy` is for the former."""
    try:
        yield
    except OSError as exc:
        if exc.errno in _FULL:
            message = f"the disk that holds {root} is full; the published index is untouched: {remedy}"
            raise StorageFull(message) from exc
        if exc.errno in _NOT_OURS:
            raise ConfigError(_whose(Path(str(exc.filename or root)), root, str(exc.strerror))) from exc
        raise


def _whose(path: Path, root: Path, why: str) -> str:
    """Why a path can't be written, and who could: what isn't there yet would be in its folder."""
    while not os.path.exists(path) and path != path.parent:  # noqa: PTH110 - it minds no folder that is closed to us
        path = path.parent
    owner, user = _user(path.stat().st_uid), _user(os.geteuid())
    remedy = "change that" if owner == user else f"run this as {owner}, or make it {user}'s: chown -R {user} {root}"
    return f"{path} belongs to {owner}, and {user} can't write it ({why}): {remedy}"


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # a container's, say
        return f"user {number}"
