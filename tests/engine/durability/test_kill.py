"""kill -9 before any operation on files leaves the old generation or the new one, and nothing that is in the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .scenario import prepare, recovers, served

CASES = [("build", "live"), ("update", "live"), ("build", "empty")]


def killed(*arguments: object) -> list[str]:
    command = [sys.executable, "-W", "error", "-m", f"{__package__}.killed", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def check(run: str, state: str, folder: Path, *, every: int) -> None:
    """Kill a run before every `every`-th of its operations, and look at what is left."""
    source = folder / "source"
    if state == "live":
        prepare(source)
    (count,) = map(int, killed(run, source, folder / "count"))
    assert count > 40
    lines = killed(run, source, folder / "killed", *range(0, count, every))
    assert lines == [f"{number} killed" for number in range(0, count, every)]
    outcomes = []
    for number in range(0, count, every):
        root = folder / "killed" / str(number)
        which = served(root)
        outcomes.append(which)
        recovers(root, which)
    before = "old" if state == "live" else None
    after = outcomes.count("new")
    # A run publishes once, near its end: all earlier kills leave the old state, all later ones the new.
    assert outcomes == [before] * (len(outcomes) - after) + ["new"] * after
    assert after > 0 or every > 1


@pytest.mark.served
@pytest.mark.parametrize(("run", "state"), CASES)
def test_a_killed_run_leaves_the_old_generation_or_the_new_one(run: str, state: str, tmp_path: Path) -> None:
    check(run, state, tmp_path, every=7)


@pytest.mark.soak
@pytest.mark.parametrize(("run", "state"), CASES)
def test_a_run_killed_before_each_of_its_operations_leaves_the_old_generation_or_the_new_one(
    run: str, state: str, tmp_path: Path
) -> None:
    check(run, state, tmp_path, every=1)
