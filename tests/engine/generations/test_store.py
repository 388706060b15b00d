"""Generations on disk: order, pruning, fallback, litter."""

from __future__ import annotations

import errno
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from search_service.cli import main
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.errors import ConfigError, GenerationMissing, IndexCorrupt, IndexMissing, StorageFull
from search_service.engine.generations import GenerationStore
from search_service.engine.generations.manifest import read_manifest, write_manifest
from search_service.engine.generations.retention import KEPT_FULL, KEPT_UPDATES
from search_service.engine.model import Generation

from ..durability.interception import Call, Operation, intercepted
from ..posts import found, post, publish, update
from ..shortage import descriptors


def inodes(root: Path, generation: str) -> dict[str, int]:
    """The inodes of a generation's files but its manifest, by name."""
    folder = root / "generations" / generation
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def folders(root: Path) -> list[str]:
    return sorted(os.listdir(root / "generations"), reverse=True)


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "index", schema="s")


def build(store: GenerationStore, content: bytes = b"x") -> Generation:
    """A published generation of one file."""
    lock = store.lock()
    try:
        draft = store.draft(base=None)
        (draft.folder / "file").write_bytes(content)
        draft.seal(documents=1)
        return store.publish(draft)
    finally:
        lock.release()


def test_three_full_builds_and_three_updates_are_kept(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    fulls, updates = [], []
    for number in range(5):
        fulls.append(publish(engine, post(f"full-{number}")).id)
        updates += [update(engine, post(f"update-{number}-{step}")).id for step in range(2)]
    kept = sorted(fulls[-KEPT_FULL:] + updates[-KEPT_UPDATES:], reverse=True)
    assert [generation.id for generation in engine.generations()] == folders(tmp_path) == kept
    assert all(engine.verify(generation) for generation in kept)


def test_the_full_builds_share_no_inode(tmp_path: Path) -> None:
    """A flaw of the disk in one leaves the others good."""
    engine = EmbeddedEngine(tmp_path)
    for number in range(4):
        publish(engine, *(post(f"{number}-{step}") for step in range(5)))
        update(engine, post(f"{number}-more"))
    fulls = [generation.id for generation in engine.generations() if generation.full]
    assert len(fulls) == KEPT_FULL
    seen = [inode for generation in fulls for inode in inodes(tmp_path, generation).values()]
    assert len(seen) == len(set(seen))


def test_many_updates_dont_push_the_full_builds_out(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    fulls = {publish(engine, post("a")).id for _ in range(3)}
    for number in range(10):
        update(engine, post(f"update-{number}"))
    assert {generation.id for generation in engine.generations() if generation.full} == fulls


def test_a_truncated_build_is_not_counted_among_those_that_are_kept(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    good = [publish(engine, post("a")).id for _ in range(3)]
    segment = next((tmp_path / "generations" / good[-1] / "whoosh").glob("*.seg"))
    os.truncate(segment, 1)
    publish(engine, post("b"))
    assert [generation.id for generation in engine.generations()][1:] == [good[1], good[0]]


def test_the_live_generation_is_kept_however_old_it_is(store: GenerationStore) -> None:
    first = build(store).id
    for _ in range(3):
        build(store)
    assert first not in store.ids()
    oldest = store.ids()[-1]
    store.rollback(oldest)
    assert store.open().id == oldest
    build(store)
    assert store.open().id == store.ids()[0]


def test_until_there_are_three_full_builds_an_older_version_finds_its_last_one(tmp_path: Path) -> None:
    old, new = (GenerationStore(tmp_path, schema=schema) for schema in ("old", "new"))
    _, last = build(old), build(old)
    for _ in range(KEPT_FULL - 1):
        first = build(new)
        assert last.id in new.ids()
        assert new.open().id == first.id
        assert old.open().id == last.id  # as the live one isn't readable to it
    build(new)
    assert len(new.ids()) == KEPT_FULL
    assert last.id not in new.ids()


def test_ids_grow_when_the_clock_goes_back(store: GenerationStore) -> None:
    first = build(store)
    future = store.folder("20991231T235959Z")
    store.folder(first.id).rename(future)
    assert build(store).id == "21000101T000000Z"


def test_folders_of_other_names_are_no_generations(store: GenerationStore) -> None:
    build(store)
    (store.root / "generations" / "backup").mkdir()
    (store.root / "generations" / "99999999T999999Z").mkdir()
    assert len(store.generations()) == 1
    build(store)
    assert len(store.generations()) == 2
    assert (store.root / "generations" / "backup").is_dir()


def test_a_broken_live_generation_gives_way_to_the_last_good_one_loudly(
    store: GenerationStore, caplog: pytest.LogCaptureFixture
) -> None:
    good, broken, live = build(store), build(store), build(store)
    (store.folder(live.id) / "file").unlink()
    (store.folder(broken.id) / "manifest.json").write_bytes(b"{")
    assert store.open().id == good.id
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert any(live.id in line and "file can't be read" in line for line in errors)
    assert any(broken.id in line for line in errors)
    assert any(f"generation {good.id} serves in place of {live.id}" in line for line in errors)


def test_where_no_generation_is_good_the_live_one_is_named(store: GenerationStore) -> None:
    live = build(store)
    (store.folder(live.id) / "file").write_bytes(b"longer")
    with pytest.raises(IndexCorrupt, match=rf"{live.id}: file has 6 bytes instead of 1"):
        store.open()


@pytest.mark.parametrize(
    "pointer", [b"", b"\xff", b"nonsense", b"../..", b"20260101T000000Z\n", b"x" * 1_000_000, None]
)
def test_a_broken_pointer_gives_way_to_the_newest_generation(
    store: GenerationStore, pointer: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    build(store)
    newest = build(store)
    current = store.root / "CURRENT"
    current.unlink() if pointer is None else current.write_bytes(pointer)
    assert store.open().id == newest.id
    assert f"generation {newest.id} serves in place of" in caplog.text


def test_without_a_pointer_no_generation_is_taken_for_the_live_one(store: GenerationStore) -> None:
    build(store)
    (store.root / "CURRENT").write_bytes(b"")
    with pytest.raises(GenerationMissing, match="names none of its generations the live one"):
        store.verify()


def test_a_refused_generation_isnt_opened(store: GenerationStore) -> None:
    first, second = build(store), build(store)
    assert store.open(refuse=frozenset({second.id})).id == first.id
    with pytest.raises(IndexCorrupt):
        store.open(refuse=frozenset({first.id, second.id}))


def test_drafts_that_died_are_removed_by_the_next_writer(
    store: GenerationStore, caplog: pytest.LogCaptureFixture
) -> None:
    build(store)
    litter = store.root / "generations" / "20260101T000000Z.draft"
    (litter / "whoosh").mkdir(parents=True)
    (litter / "whoosh" / "x.seg").write_bytes(b"x")
    store.lock().release()
    assert not litter.exists()
    assert litter.name in caplog.text


def test_a_lock_that_nobody_was_given_is_free(store: GenerationStore) -> None:
    """`postseek watch` lives on, and would wait for itself for ever."""
    build(store)
    with descriptors(1), pytest.raises(OSError, match="Too many open files"):
        store.lock()
    store.lock().release()


def test_a_generation_that_was_removed_by_half_goes_with_the_next_build(store: GenerationStore) -> None:
    half = build(store)
    (store.folder(half.id) / "manifest.json").unlink()
    build(store)
    assert not store.folder(half.id).exists()


def test_no_generation_is_removed_because_descriptors_ran_out(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def short(path: Path, mode: str = "r", **kwargs: Any) -> Any:
        if path.name == "manifest.json" and mode == "rb":
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), str(path))
        return real(path, mode, **kwargs)

    real = Path.open
    older = [build(store).id for _ in range(3)]
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", short)
        live = build(store)
    assert "old generations stay for now" in caplog.text
    assert store.live_id() == live.id
    assert folders(store.root) == [live.id, *reversed(older)]
    build(store)
    assert older[0] not in store.ids()


def test_reading_writes_nothing(store: GenerationStore, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        store.open()
    assert store.generations() == []
    assert os.listdir(tmp_path) == []


REMEDY = "; `postseek generations` lists .*, `postseek index --full` makes"


def test_a_rollback_to_a_broken_generation_is_refused(store: GenerationStore) -> None:
    old, live = build(store, b"one"), build(store, b"two")
    (store.folder(old.id) / "file").write_bytes(b"owe")
    for named in (None, old.id):
        with pytest.raises(IndexCorrupt, match=f"isn't what was written{REMEDY}"):
            store.rollback(named)
    assert store.live_id() == live.id


def of_another_version(folder: Path) -> None:
    write_manifest(folder, replace(read_manifest(folder, schema="s"), schema="other"))


@pytest.mark.parametrize(
    "spoil",
    [
        of_another_version,
        lambda folder: (folder / "file").unlink(),
        lambda folder: (folder / "file").write_bytes(b"owe"),
        lambda folder: (folder / "manifest.json").write_bytes(b"{"),
    ],
)
def test_a_rollback_passes_over_what_cant_be_served(store: GenerationStore, spoil: Callable[[Path], object]) -> None:
    good, spoilt, live = (build(store, b"one") for _ in range(3))
    spoil(store.folder(spoilt.id))
    assert store.rollback().id == store.live_id() == good.id
    assert store.rollback(live.id).live


def test_a_rollback_says_which_generation_turned_out_to_be_broken(
    store: GenerationStore, caplog: pytest.LogCaptureFixture
) -> None:
    _, broken, _ = (build(store, b"one") for _ in range(3))
    (store.folder(broken.id) / "file").write_bytes(b"owe")
    store.rollback()
    assert f"generation {broken.id}: the content of file isn't what was written" in caplog.text


def test_where_there_is_nothing_to_roll_back_to_the_way_out_is_named(store: GenerationStore) -> None:
    old, live = build(store), build(store)
    of_another_version(store.folder(old.id))
    with pytest.raises(GenerationMissing, match=f"no good generation before the live one{REMEDY}"):
        store.rollback()
    assert store.live_id() == live.id


@pytest.mark.parametrize("command", [["rollback"], ["rollback", "20260101T000000Z"], ["verify", "--rebuild"]])
def test_a_folder_that_was_mistyped_isnt_made(tmp_path: Path, command: list[str]) -> None:
    run = CliRunner().invoke(main, [*command, "--index", str(tmp_path / "typo")])
    assert run.exit_code == IndexMissing.exit_status
    assert "there is no index in" in run.output
    assert os.listdir(tmp_path) == []


def test_a_build_isnt_begun_without_room_for_it(store: GenerationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1 << 30, 1 << 30, 1 << 20))
    with pytest.raises(StorageFull, match="1 MB of free space"):
        build(store)
    assert os.listdir(store.root / "generations") == []


def test_where_files_cant_be_linked_they_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no links here")

    engine = EmbeddedEngine(tmp_path)
    first = publish(engine, *(post(f"{number}") for number in range(5)))
    monkeypatch.setattr(os, "link", refuse)
    second = update(engine, post("added"))
    assert len(found(engine)) == 6
    assert engine.verify() > 0
    assert not set(inodes(tmp_path, first.id).values()) & set(inodes(tmp_path, second.id).values())


def test_a_copy_of_a_broken_file_is_refused_not_made_to_look_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no links here")

    engine = EmbeddedEngine(tmp_path)
    publish(engine, post("a"))
    segment = next(tmp_path.glob("generations/*/whoosh/*.seg"))
    content = bytearray(segment.read_bytes())
    content[-1] ^= 1
    segment.write_bytes(content)
    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(IndexCorrupt, match=segment.name):
        update(engine, post("added"))


def test_an_index_that_may_not_be_read_is_not_said_to_be_missing(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(folder: Path) -> Any:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))

    for name in ("listdir", "scandir"):
        monkeypatch.setattr(os, name, closed)
    for read in (store.open, store.manifest, store.rollback):
        with pytest.raises(IndexMissing, match=rf"{store.root}.* can't be read: .*; run this as .* or name another"):
            read()


@pytest.mark.parametrize("name", ["LOCK", "generations", "CURRENT.new"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_what_isnt_ours_to_write_is_named_with_its_owner_and_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    engine = EmbeddedEngine(tmp_path)
    publish(engine, post("a"))
    live = publish(engine, post("b")).id

    def closed(operation: Operation, path: Path, call: Call) -> Any:
        if operation in ("open", "mkdir") and path.relative_to(tmp_path).parts[0] == name:
            raise OSError(code, os.strerror(code), str(path))
        return call()

    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    refusal = rf"{tmp_path}.* belongs to \w+, and user 54321 can't write it \(.+\): run this as .*chown -R"
    with intercepted(tmp_path, closed):
        with pytest.raises(ConfigError, match=refusal):
            publish(engine, post("c"))
        if name != "generations":
            with pytest.raises(ConfigError, match=refusal):
                engine.rollback()
    assert engine.live_id() == live
