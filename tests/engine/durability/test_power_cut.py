"""A power cut at any moment leaves the old generation or the new one, whole; once published, the new one."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from search_service.engine.generations import disk

from .power_cut import Recorder, states_after_cut, write_tree
from .scenario import RUNS, build, prepare, recovers, rollback, served, update

CASES = [("build", "live"), ("update", "live"), ("build", "empty")]


class Recording:
    """A run, recorded, with all that a power cut in its course may leave."""

    def __init__(
        self,
        folder: Path,
        run: Callable[[Path], None],
        *,
        live: bool,
        prepared: Callable[[Path], None] = lambda root: None,
    ) -> None:
        self._folder = folder
        files = folder / "disk"
        files.mkdir()
        if live:
            prepare(files / "index", generations=7)
        prepared(files / "index")
        self.before = served(files / "index")
        self._recorder = Recorder(files)
        self._recorder.record(lambda: run(files / "index"))
        self.after = served(files / "index")
        self.looked_at = 0

    def losses(self, *, every: int, recovery: int) -> list[str]:
        """What is lost by cuts after each `every`-th operation and after the last; checks every `recovery`-th state.

        Equal states are looked at once. A state that differs from an earlier one only in what must be served, because
        the run has ended, is another state.
        """
        chance = random.Random(1)
        seen: set[int] = set()
        lost = []
        last = len(self._recorder.states) - 1
        for number, state in enumerate(self._recorder.states):
            if number % every and number != last:
                continue
            allowed = {self.after} if number == last else {self.before, self.after}
            for tree in states_after_cut(state, chance):
                identity = hash((number == last, frozenset(tree.items())))
                if identity in seen:
                    continue
                seen.add(identity)
                root = self._folder / "cut"
                root.mkdir()
                write_tree(tree, root)
                try:
                    which = served(root / "index")
                    assert which in allowed, f"serves {which}"
                    if len(seen) % recovery == 0:
                        recovers(root / "index", which)
                except Exception as exc:
                    lost.append(f"after {self._recorder.operations[number]}: {type(exc).__name__}: {exc}")
                shutil.rmtree(root)
        self.looked_at = len(seen)
        return lost


@pytest.mark.parametrize(("run", "state"), CASES)
def test_a_power_cut_leaves_the_old_generation_or_the_new_one(run: str, state: str, tmp_path: Path) -> None:
    recording = Recording(tmp_path, RUNS[run], live=state == "live")
    assert (recording.before, recording.after) == ("old" if state == "live" else None, "new")
    assert recording.losses(every=9, recovery=10) == []
    assert recording.looked_at > 50


def test_a_power_cut_in_a_rollback_leaves_what_was_served_or_what_comes_back(tmp_path: Path) -> None:
    recording = Recording(tmp_path, rollback, live=True, prepared=update)
    assert (recording.before, recording.after) == ("new", "old")
    assert recording.losses(every=1, recovery=4) == []


def test_a_power_cut_in_a_second_rollback_never_serves_the_newest_generation(tmp_path: Path) -> None:
    """It is the one that a broken pointer gives way to, and the one that was rolled back from."""

    def update_and_roll_back(root: Path) -> None:
        update(root)
        rollback(root)

    recording = Recording(tmp_path, rollback, live=True, prepared=update_and_roll_back)
    assert (recording.before, recording.after) == ("old", "old")
    assert recording.losses(every=1, recovery=4) == []


@pytest.mark.soak
@pytest.mark.parametrize(("run", "state"), CASES)
def test_a_power_cut_after_any_operation_leaves_the_old_generation_or_the_new_one(
    run: str, state: str, tmp_path: Path
) -> None:
    recording = Recording(tmp_path, RUNS[run], live=state == "live")
    assert recording.losses(every=1, recovery=5) == []


@pytest.mark.parametrize("run", [build, update])
@pytest.mark.parametrize("omitted", ["sync_tree", "sync_folder", "fsync"])
def test_the_simulation_finds_what_is_lost_without_a_sync(
    run: Callable[[Path], None], omitted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above show something only if they fail where a sync is left out."""

    def unsynced(root: Path) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(os if omitted == "fsync" else disk, omitted, lambda _: None)
            run(root)

    recording = Recording(tmp_path, unsynced, live=True)
    assert recording.after == "new"
    assert recording.losses(every=1000, recovery=1000) != []
