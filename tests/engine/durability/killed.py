"""Runs a scenario many times, each time in a process that is killed before its n-th operation on files.

`python -m tests.engine.durability.killed RUN SOURCE TARGET [N...]` copies the index SOURCE (if there is one) to
TARGET/N for each N, runs RUN on it in a forked process, which SIGKILL ends, and prints N and what ended the process.
Without any N it prints how many operations a run takes.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from .interception import Call, Operation, intercepted
from .scenario import RUNS


def run(name: str, root: Path, fatal: int | None) -> int:
    """The number of operations of a run; the process is killed before the operation number `fatal`."""
    count = 0

    def around(operation: Operation, path: Path, call: Call) -> Any:
        nonlocal count
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        return call()

    with intercepted(root, around):
        RUNS[name](root)
    return count


def prepared(source: Path, target: Path) -> Path:
    """A copy of the index at `source`; hard links are made anew."""
    inodes: dict[int, str] = {}

    def link_or_copy(path: str, copy: str) -> str:
        known = inodes.setdefault(Path(path).stat().st_ino, copy)
        if known == copy:
            return str(shutil.copyfile(path, copy))
        os.link(known, copy)
        return copy

    if source.exists():
        shutil.copytree(source, target, copy_function=link_or_copy)
    return target


def main(name: str, source: str, target: str, *numbers: str) -> None:
    """The command line."""
    folder = Path(target)
    folder.mkdir(exist_ok=True)
    if not numbers:
        print(run(name, prepared(Path(source), folder / "counted"), None))
    for number in numbers:
        root = prepared(Path(source), folder / number)
        child = os.fork()
        if child == 0:
            run(name, root, int(number))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(number, "killed" if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
