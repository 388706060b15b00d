"""An index of which nothing can be read for want of descriptors or memory is neither missing nor broken."""

from __future__ import annotations

import errno
import os
from functools import partial
from pathlib import Path

import pytest

from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.read_model.stored.arrays import Arrays
from search_service.engine.errors import IndexCorrupt

from ..posts import found, post, publish, update
from ..shortage import SHORTAGES, Shortage, descriptors, no_maps

BASE = [f"base-{number}" for number in range(60)]


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    """A full build and an update of it, so that a searcher needs several files."""
    engine = EmbeddedEngine(tmp_path)
    publish(engine, *map(post, BASE))
    update(engine, post("added"))
    return engine


@pytest.mark.parametrize(
    "shortage", [*SHORTAGES.values(), partial(descriptors, 2)], ids=[*SHORTAGES, "two descriptors"]
)
def test_a_shortage_condemns_no_generation(
    engine: EmbeddedEngine, shortage: Shortage, caplog: pytest.LogCaptureFixture
) -> None:
    with shortage(), pytest.raises((OSError, MemoryError)):
        engine.searcher()
    assert caplog.records == []
    assert set(found(engine, per_page=100)) == {*BASE, "added"}


def test_a_generation_that_was_pruned_a_moment_ago_isnt_said_to_be_broken(
    engine: EmbeddedEngine, caplog: pytest.LogCaptureFixture
) -> None:
    gone = no_maps(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
    with gone, pytest.raises(IndexCorrupt, match="no good generation is left"):
        engine.searcher()
    assert "can't be read" not in caplog.text


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES])
def test_a_generation_that_the_disk_doesnt_give_is_passed_over(
    engine: EmbeddedEngine, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    live = engine.live_id()
    with no_maps(OSError(code, os.strerror(code))), pytest.raises(IndexCorrupt):
        engine.searcher()
    assert f"generation {live} can't be read: " in caplog.text


def test_what_cant_be_checked_for_want_of_descriptors_isnt_broken(engine: EmbeddedEngine) -> None:
    live = engine._store.manifest()
    with descriptors(0), pytest.raises(OSError, match="Too many open files"):
        engine._store.check(live, "read_model/main.arrays")


def test_an_update_without_descriptors_doesnt_start_from_nothing(engine: EmbeddedEngine) -> None:
    """Else the few pages of a round of `postseek watch` would be all of the index."""
    with descriptors(0), pytest.raises(OSError, match="Too many open files"):
        engine._store.base()
    with engine.update() as writer:
        assert writer.base is not None


def test_a_file_that_isnt_arrays_is_told_from_one_that_cant_be_opened(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "zeros").write_bytes(bytes(1000))
    for name in ("empty", "zeros"):
        with pytest.raises(IndexCorrupt, match=name):
            Arrays(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        Arrays(tmp_path / "missing")
