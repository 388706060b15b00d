"""A seat between this process and its files: every operation that changes them can be seen, counted or refused.

The engine writes through pathlib, `os` and shutil, Whoosh through `open` and `os`: all of them end in the functions
that are patched here. Files opened for writing in binary mode get a raw layer of their own, so that each single
write to the operating system is an operation.
"""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

Operation = str
Call = Callable[[], Any]
Around = Callable[[Operation, Path, Call], Any]
"""Is given an operation, the path it works on and the call that does it; gives what the call gives."""

PATHS = ("mkdir", "rmdir", "unlink", "remove", "truncate")
PAIRS = ("rename", "replace", "link")
DESCRIPTORS = ("fsync", "fdatasync", "ftruncate", "write", "pwrite", "sendfile")


@contextmanager
def intercepted(root: Path, around: Around) -> Iterator[None]:
    """Inside, every operation that changes something below `root` (or `root` itself) goes through `around`."""
    root = root.resolve()

    def path_of(path: Any, dir_fd: int | None = None) -> Path | None:
        if isinstance(path, int):
            path = Path(f"/proc/self/fd/{path}").readlink()
        elif dir_fd is not None:
            path = Path(f"/proc/self/fd/{dir_fd}").readlink() / path
        full = Path(path).absolute()
        return full if full == root or root in full.parents else None

    def patched(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            target = args[1] if name in PAIRS else args[0]
            path = path_of(target, kwargs.get("dir_fd"))
            if path is None:
                return real(*args, **kwargs)
            return around(name, path, lambda: real(*args, **kwargs))

        return call

    real_os_open = os.open

    def os_open(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        def call() -> int:
            return real_os_open(path, flags, mode, dir_fd=dir_fd)

        inside = path_of(path, dir_fd) if flags & (os.O_CREAT | os.O_TRUNC) else None
        return call() if inside is None else int(around("open", inside, call))

    real_open = io.open

    def opened(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        inside = None if isinstance(file, int) or not set(mode) & set("wxa+") else path_of(file)
        if inside is None:
            return real_open(file, mode, *args, **kwargs)
        path = inside
        assert "b" in mode, "an index has no text files"

        class Raw(io.FileIO):
            def write(self, content: Any, /) -> int:
                return int(around("write", path, lambda: io.FileIO.write(self, content)))

        raw = around("open", path, lambda: Raw(file, mode.replace("b", ""), opener=kwargs.get("opener")))
        return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)

    with ExitStack() as stack:
        for name in (*PATHS, *PAIRS, *DESCRIPTORS):
            stack.enter_context(mock.patch.object(os, name, patched(name)))
        stack.enter_context(mock.patch.object(os, "open", os_open))
        stack.enter_context(mock.patch.object(builtins, "open", opened))
        stack.enter_context(mock.patch.object(io, "open", opened))
        yield
