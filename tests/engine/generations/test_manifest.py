"""What is on the disk is what was written, or the generation is refused."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from search_service.engine.embedded.contents import schema_hash
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.errors import IndexCorrupt, IndexIncompatible
from search_service.engine.generations import manifest as manifests
from search_service.engine.generations.manifest import FileEntry, Manifest, read_manifest, write_manifest

from ..posts import found, post, publish, random_posts, update


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An index of two generations, an update of a build, with state."""
    engine = EmbeddedEngine(tmp_path / "index")
    publish(engine, *random_posts(20, seed=1))
    with engine.update() as writer:
        writer.put(post("added", "Added"))
        writer.write_state("pages", b"the state of the pages")
        writer.write_state("empty", b"")
        writer.seal()
        writer.publish()
    return tmp_path / "index"


def live_folder(root: Path) -> Path:
    return root / "generations" / (root / "CURRENT").read_text().strip()


def files(root: Path) -> list[Path]:
    return sorted(path for path in live_folder(root).rglob("*") if path.is_file())


def replace_content(path: Path, content: bytes) -> None:
    """Give a file other content in an inode of its own, so that generations that share the old one stay as they are."""
    path.unlink()
    path.write_bytes(content)


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    manifest = Manifest(
        id="20260102T030405Z",
        created_at="2026-01-02T03:04:05+00:00",
        base=None,
        full=True,
        schema="s",
        documents=3,
        versions={"postseek": "1"},
        files={"state/päges": FileEntry(3, "0" * 64)},
    )
    folder = tmp_path / manifest.id
    folder.mkdir()
    write_manifest(folder, manifest)
    assert read_manifest(folder, schema="s") == manifest
    generation = manifest.generation(live=True)
    assert (generation.id, generation.created_at.year, generation.documents) == ("20260102T030405Z", 2026, 3)


def test_the_manifest_lists_every_file_and_what_wrote_them(root: Path) -> None:
    folder = live_folder(root)
    manifest = read_manifest(folder, schema=schema_hash())
    assert {folder / name for name in manifest.files} == set(files(root)) - {folder / "manifest.json"}
    assert all((folder / name).stat().st_size == entry.size for name, entry in manifest.files.items())
    assert manifest.versions.keys() >= {"postseek", "python", "whoosh-reloaded", "PyStemmer"}
    assert manifest.documents == 21


def test_a_flipped_bit_anywhere_is_refused_by_verify(root: Path) -> None:
    chance = random.Random(1)
    engine = EmbeddedEngine(root)
    for path in files(root):
        good = path.read_bytes()
        places = (
            range(len(good)) if path.name == "manifest.json" else chance.sample(range(len(good)), min(len(good), 40))
        )
        for at in places:
            bad = bytearray(good)
            bad[at] ^= 1 << chance.randrange(8)
            replace_content(path, bytes(bad))
            with pytest.raises((IndexCorrupt, IndexIncompatible), match=live_folder(root).name):
                engine.verify()
        replace_content(path, good)
    assert engine.verify() == len(files(root)) - 1


def test_a_truncated_longer_or_missing_file_is_refused_when_it_is_opened(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = EmbeddedEngine(root)
    assert found(engine, "added") == ["added"]
    for path in files(root):
        good = path.read_bytes()
        for bad in (good[: len(good) // 2], good[:-1], b"", good + b"\0", None):
            if bad == good:
                continue
            path.unlink() if bad is None else replace_content(path, bad)
            caplog.clear()
            assert found(engine, "added") == [], path
            assert live_folder(root).name in caplog.text
            with pytest.raises(IndexCorrupt):
                engine.verify()
            assert [generation.live for generation in engine.generations()] == [False]
            path.write_bytes(good) if bad is None else replace_content(path, good)
    assert found(engine, "added") == ["added"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"1",
        b'"x"',
        b"\xff",
        b'{"checksum": "x"}',
        b"[" * 100_000,
        b'{"checksum": []}',
        b'{"checksum": "x", "y": "\\ud800"}',
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / manifests.NAME).write_bytes(content)
    with pytest.raises(IndexCorrupt):
        read_manifest(tmp_path, schema="s")


def rewrite(folder: Path, **changes: object) -> None:
    """Change a manifest as another version of Postseek would have written it, with a right checksum."""
    content = json.loads((folder / manifests.NAME).read_bytes())
    content.pop("checksum")
    content |= changes
    content["checksum"] = manifests._checksum(content)
    (folder / manifests.NAME).write_text(json.dumps(content))


@pytest.mark.parametrize("changes", [{"schema": "other"}, {"format": 2}, {"format": 2, "files": None, "novel": 1}])
def test_another_schema_or_format_is_incompatible_and_says_what_to_do(root: Path, changes: dict[str, object]) -> None:
    for folder in (root / "generations").iterdir():
        rewrite(folder, **changes)
    engine = EmbeddedEngine(root)
    with pytest.raises(IndexIncompatible, match="postseek index --full"):
        engine.searcher()
    with pytest.raises(IndexIncompatible):
        engine.verify()
    assert list(engine.generations()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"files": None},
        {"files": []},
        {"files": {"main.arrays": None}},
        {"files": {"main.arrays": {"size": "1", "sha256": ""}}},
        {"files": {"main.arrays": {"size": -1, "sha256": ""}}},
        {"files": {"main.arrays": {"size": 1}}},
        {"files": {"../../CURRENT": {"size": 17, "sha256": ""}}},
        {"files": {"/etc/hostname": {"size": 1, "sha256": ""}}},
        {"files": {"a\0b": {"size": 1, "sha256": ""}}},
        {"id": None},
        {"id": "20260102T030405Z"},
        {"created_at": 1},
        {"created_at": "yesterday"},
        {"created_at": "2026-01-02T03:04:05"},
        {"documents": "many"},
        {"documents": 10**30},
        {"full": "yes"},
        {"base": 1},
        {"versions": None},
        {"versions": {"postseek": 1}},
    ],
    ids=repr,
)
def test_a_manifest_that_nobody_can_have_written_is_refused_whatever_its_checksum(
    root: Path, changes: dict[str, object]
) -> None:
    rewrite(live_folder(root), **changes)
    engine = EmbeddedEngine(root)
    assert found(engine, "added") == []
    with pytest.raises(IndexCorrupt, match=f"generation {live_folder(root).name}: its manifest isn't one"):
        engine.verify()
    assert [generation.live for generation in engine.generations()] == [False]
    assert not engine.can_rebuild()


@pytest.mark.parametrize("versions", [None, [], {"postseek": None}])
def test_whatever_else_an_incompatible_manifest_says_it_is_incompatible(root: Path, versions: object) -> None:
    rewrite(live_folder(root), format=2, versions=versions)
    with pytest.raises(IndexIncompatible, match="was written with another format"):
        EmbeddedEngine(root).verify()


def test_an_update_of_an_incompatible_index_is_a_full_build(root: Path) -> None:
    for folder in (root / "generations").iterdir():
        rewrite(folder, schema="other")
    engine = EmbeddedEngine(root)
    with engine.update() as writer:
        assert writer.base is None
    generation = update(engine, post("new"))
    assert generation.full
    assert found(engine) == ["new"]


def test_a_broken_file_of_the_right_size_is_refused_by_name(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Sizes are checked at once; what is wrong beyond them shows when it is read."""
    delta = next(path for path in files(root) if path.name == "delta.arrays")
    replace_content(delta, b"\0" * delta.stat().st_size)
    engine = EmbeddedEngine(root)
    assert found(engine, "added") == []
    assert f"generation {live_folder(root).name}" in caplog.text
    with pytest.raises(IndexCorrupt):
        update(engine, post("new"))


@pytest.mark.parametrize("name", ["manifest.json", "main.arrays"])
def test_a_full_build_needs_nothing_of_a_broken_index(root: Path, name: str) -> None:
    for path in (root / "generations").rglob(name):
        replace_content(path, b"x")
    engine = EmbeddedEngine(root)
    with pytest.raises(IndexCorrupt, match="postseek index --full"):
        update(engine, post("new"))
    publish(engine, post("new"))
    assert found(engine) == ["new"]
