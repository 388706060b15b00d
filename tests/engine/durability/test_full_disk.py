"""A disk that refuses a write, at any of them, leaves what is served as it is and has a name."""

from __future__ import annotations

import errno
import gc
import logging
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search_service.engine.errors import StorageFull

from .interception import Call, Operation, intercepted
from .killed import prepared
from .scenario import RUNS, prepare, recovers, served

TAKES_ROOM = {"open", "write", "pwrite", "sendfile", "mkdir", "rename", "replace", "link", "fsync"}


@pytest.fixture(autouse=True)
def no_records_of_errors(caplog: pytest.LogCaptureFixture) -> None:
    """They would keep alive what Whoosh has open where a write fails."""
    caplog.set_level(logging.CRITICAL)


class Disk:
    """Refuses with `code` from its operation number `first` on, for ever or once, of those that take room."""

    def __init__(self, code: int, first: int | None, *, once: bool = False) -> None:
        self.count = 0
        self._code = code
        self._first = first
        self._once = once

    def __call__(self, operation: Operation, path: Path, call: Call) -> Any:
        if operation not in TAKES_ROOM:
            return call()
        number, self.count = self.count, self.count + 1
        if self._first is not None and (number == self._first if self._once else number >= self._first):
            raise OSError(self._code, os.strerror(self._code), str(path))
        return call()


def refused(run: Callable[[Path], None], root: Path, disk: Disk) -> str | None:
    """The name of the error that a run on this disk ends with."""
    with warnings.catch_warnings():
        # Whoosh leaves its files open where a write fails.
        warnings.simplefilter("ignore", ResourceWarning)
        error = None
        try:
            with intercepted(root, disk):
                run(root)
        except (StorageFull, OSError) as exc:
            error = type(exc).__name__
        gc.collect()
    return error


def check(
    run: Callable[[Path], None],
    folder: Path,
    disk: Callable[[int | None], Disk],
    *,
    every: int,
) -> set[str]:
    """Refuse from each `every`-th write on; the names of the errors that a run ended with."""
    source = folder / "source"
    prepare(source)
    counting = disk(None)
    with intercepted(prepared(source, folder / "count"), counting):
        run(folder / "count")
    assert counting.count > 20
    raised: set[str] = set()
    outcomes: list[str] = []
    for number in range(0, counting.count, every):
        root = prepared(source, folder / str(number))
        error = refused(run, root, disk(number))
        which = served(root)
        assert error or which == "new", "a run that says nothing has published"
        recovers(root, which)
        if error:
            outcomes.append(str(which))
            raised.add(error)
    assert outcomes == sorted(outcomes, reverse=True), "refused earlier: old; refused after the pointer moved: new"
    assert outcomes[0] == "old"
    return raised


@pytest.mark.served
@pytest.mark.parametrize("name", RUNS)
def test_a_full_disk_keeps_what_is_served_and_is_named(name: str, tmp_path: Path) -> None:
    assert check(RUNS[name], tmp_path, lambda first: Disk(errno.ENOSPC, first), every=5) == {"StorageFull"}


@pytest.mark.served
@pytest.mark.parametrize("name", RUNS)
def test_one_failed_write_keeps_what_is_served(name: str, tmp_path: Path) -> None:
    raised = check(RUNS[name], tmp_path, lambda first: Disk(errno.EIO, first, once=True), every=5)
    assert raised == {"OSError"}


@pytest.mark.soak
@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize(("code", "once"), [(errno.ENOSPC, False), (errno.EDQUOT, True), (errno.EIO, True)])
def test_a_disk_that_refuses_any_write_keeps_what_is_served(name: str, code: int, once: bool, tmp_path: Path) -> None:
    expected = {"OSError"} if code == errno.EIO else {"StorageFull"}
    assert check(RUNS[name], tmp_path, lambda first: Disk(code, first, once=once), every=1) == expected
