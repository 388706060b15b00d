"""Records what a run asks of the file system, and gives the states that a power cut may leave behind.

POSIX promises no more than this, and here no more is relied on:
- a file's content is on the disk after fsync of the file; before it may be missing, in part or as a whole;
- a name in a folder (made, removed, or given to another file) is on the disk after fsync of the folder; before,
  any beginning of the sequence of a folder's changes may be there, whatever became of those of other folders.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .interception import Call, Operation, intercepted

Inode = int
FOLDER = None
"""What stands for the content of a folder."""

Tree = dict[str, bytes | None]
"""A file system by paths: a file's content, or FOLDER."""


@dataclass(slots=True)
class Disk:
    """What is visible now, what is on the disk, and which changes of names are on their way there."""

    content: dict[Inode, bytes | None] = field(default_factory=dict)
    synced: dict[Inode, bytes] = field(default_factory=dict)
    names: dict[Inode, dict[str, Inode]] = field(default_factory=dict)
    synced_names: dict[Inode, dict[str, Inode]] = field(default_factory=dict)
    pending: dict[Inode, list[dict[str, Inode | None]]] = field(default_factory=dict)
    """For each folder its changes since its last fsync: names with their new files, None for removed ones."""

    def copy(self) -> Disk:
        """The state at this moment."""
        return Disk(
            dict(self.content),
            dict(self.synced),
            {folder: dict(entries) for folder, entries in self.names.items()},
            {folder: dict(entries) for folder, entries in self.synced_names.items()},
            {folder: list(changes) for folder, changes in self.pending.items()},
        )


class Recorder:
    """Watches the operations on `root`, a folder whose own name is durable, and keeps the state after each.

    It looks at the folder after every operation rather than into the calls' arguments, so that whatever makes a
    change, Whoosh or shutil, is seen, with all that was written since.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._numbers: dict[int, Inode] = {}
        self._next = itertools.count(1)
        self._disk = Disk(content={0: FOLDER}, names={0: {}}, synced_names={0: {}}, pending={0: []})
        self._numbers[root.stat().st_ino] = 0
        self._look()
        self._sync_all()
        self.states = [self._disk.copy()]
        self.operations = ["begin"]

    def record(self, run: Callable[[], None]) -> None:
        """Run, and keep every state on the way."""
        with intercepted(self._root, self._around):
            run()

    def _around(self, operation: Operation, path: Path, call: Call) -> Any:
        target = None
        if operation in ("fsync", "fdatasync"):
            self._look()
            target = self._numbers.get(path.stat().st_ino)
        result = call()
        self._look()
        if target is not None:
            self._sync(target)
        self.states.append(self._disk.copy())
        self.operations.append(f"{operation} {path.relative_to(self._root)}")
        return result

    def _look(self) -> None:
        """Find out what changed since the last time."""
        seen: dict[int, bytes | None] = {}
        folders: dict[int, dict[str, int]] = {}
        for folder, subfolders, files in os.walk(self._root):
            number = Path(folder).stat().st_ino
            seen[number] = FOLDER
            entries = folders.setdefault(number, {})
            for name in (*subfolders, *files):
                path = Path(folder, name)
                entries[name] = path.stat().st_ino
                if name in files:
                    seen[entries[name]] = path.read_bytes()
        # An inode that isn't seen any more may be given to another file later.
        self._numbers = {number: inode for number, inode in self._numbers.items() if number in seen}
        for number, content in seen.items():
            inode = self._numbers.get(number)
            if inode is None:
                inode = self._numbers[number] = next(self._next)
            if inode not in self._disk.content or content != self._disk.content[inode]:
                self._disk.content[inode] = content
            if content is FOLDER:
                self._disk.names.setdefault(inode, {})
                self._disk.synced_names.setdefault(inode, {})
                self._disk.pending.setdefault(inode, [])
        for number, numbers in folders.items():
            folder_inode = self._numbers[number]
            now = {name: self._numbers[entry] for name, entry in numbers.items()}
            before = self._disk.names[folder_inode]
            change: dict[str, Inode | None] = {name: None for name in before if name not in now}
            change |= {name: inode for name, inode in now.items() if before.get(name) != inode}
            if change:
                self._disk.pending[folder_inode].append(change)
                self._disk.names[folder_inode] = now

    def _sync(self, inode: Inode) -> None:
        content = self._disk.content[inode]
        if content is not FOLDER:
            self._disk.synced[inode] = content
        else:
            self._disk.synced_names[inode] = dict(self._disk.names[inode])
            self._disk.pending[inode].clear()

    def _sync_all(self) -> None:
        for inode in list(self._disk.content):
            self._sync(inode)


Keep = Callable[[list[Any]], int]
"""How many of a folder's pending changes reach the disk."""
Survive = Callable[[bytes], bytes]
"""What becomes of a content that was not synced."""


def states_after_cut(disk: Disk, chance: random.Random) -> Iterator[Tree]:
    """States of the file system that a power cut may leave: the extremes, and some between them."""
    contents: dict[str, Survive] = {
        "full": lambda content: content,
        "empty": lambda content: b"",
        "half": lambda content: content[: len(content) // 2],
        "zeros": lambda content: bytes(len(content)),
    }
    keeps: list[Keep] = [len, lambda changes: 0, *[lambda changes: chance.randint(0, len(changes))] * 2]
    for keep in keeps:
        kept = {folder: keep(changes) for folder, changes in disk.pending.items()}
        for survive in contents.values():
            yield _tree(disk, kept, survive)
    # Everything arrives but the changes of one folder, and nothing but those.
    for folder, changes in disk.pending.items():
        if changes:
            others = {other: len(pending) for other, pending in disk.pending.items()}
            yield _tree(disk, others | {folder: 0}, contents["full"])
            yield _tree(disk, dict.fromkeys(others, 0) | {folder: len(changes)}, contents["empty"])


def _tree(disk: Disk, kept: dict[Inode, int], survive: Survive) -> Tree:
    tree: Tree = {}

    def walk(folder: Inode, path: str) -> None:
        entries: dict[str, Inode | None] = dict(disk.synced_names[folder])
        for change in disk.pending[folder][: kept[folder]]:
            entries |= change
        for name, inode in entries.items():
            if inode is None:
                continue
            content = disk.content[inode]
            if content is FOLDER:
                tree[f"{path}{name}"] = FOLDER
                walk(inode, f"{path}{name}/")
            elif content == disk.synced.get(inode):
                tree[f"{path}{name}"] = content
            else:
                tree[f"{path}{name}"] = survive(content)

    walk(0, "")
    return tree


def write_tree(tree: Tree, root: Path) -> None:
    """Make the files and folders of a state."""
    for name, content in tree.items():
        if content is FOLDER:
            (root / name).mkdir(parents=True, exist_ok=True)
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
