"""Processes that run out of file descriptors or of memory."""

from __future__ import annotations

import errno
import gc
import mmap
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any
from unittest import mock

_LOOKS = 5
"""At which descriptors are free: what a thread has open for a moment, as who follows an index does, is free again."""


@contextmanager
def descriptors(left: int) -> Iterator[None]:
    """Inside, this process can open so many more files and no others."""
    gc.collect()  # what is closed inside would be one more
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(_free(left) for _ in range(_LOOKS)), limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def _free(number: int) -> int:
    """The descriptor that would be the next one after so many more."""
    time.sleep(0.01)
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(number + 1)]
    for descriptor in opened:
        os.close(descriptor)
    return opened[-1]


@contextmanager
def no_maps(error: Exception) -> Iterator[None]:
    """Inside, no file can be mapped into memory."""
    real = mmap.mmap

    def refuse(file: int, *args: Any, **kwargs: Any) -> mmap.mmap:
        if file >= 0:
            raise error
        return real(file, *args, **kwargs)

    with mock.patch.object(mmap, "mmap", refuse):
        yield


Shortage = Callable[[], AbstractContextManager[None]]

SHORTAGES: dict[str, Shortage] = {
    "no descriptor": partial(descriptors, 0),  # the pointer can't be read
    "one descriptor": partial(descriptors, 1),  # no file can be mapped
    "no memory of the system": lambda: no_maps(OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))),
    "no memory of Python": lambda: no_maps(MemoryError()),
}
"""In which no index can be opened, by name."""
