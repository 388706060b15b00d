"""Main and delta: what an update writes, and what it leaves alone."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from search_service.engine.embedded import segments as writers
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.read_model.stored.files import open_segments
from search_service.engine.embedded.whoosh_index import WhooshIndex
from search_service.engine.errors import IndexCorrupt

from ..posts import SITE, ask, found, names, post, publish, random_posts, update


def contents(root: Path, generation: str) -> dict[str, str]:
    """The checksums of a generation's files, by name."""
    folder = root / "generations" / generation
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def segments(root: Path, generation: str) -> dict[str, int]:
    """The inodes of a generation's segment files, by name."""
    folder = root / "generations" / generation / "whoosh"
    return {path.name: path.stat().st_ino for path in folder.glob("*.seg")}


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path)


def test_twenty_updates_leave_the_base_byte_for_byte_and_share_its_segments(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    base = publish(engine, *random_posts(100, seed=1))
    before, main = contents(tmp_path, base.id), segments(tmp_path, base.id)
    for number in range(20):
        generation = update(engine, post(f"new-{number}"), gone=[f"{number:04}"])
        assert not generation.full
        assert main.items() <= segments(tmp_path, generation.id).items()
        assert len(segments(tmp_path, generation.id)) <= 2
    assert contents(tmp_path, base.id) == before
    assert engine.verify(base.id) == len(before) - 1
    assert engine.verify() > 0
    expected = {f"new-{number}" for number in range(20)} | {f"{number:04}" for number in range(20, 100)}
    assert set(found(engine, per_page=100)) == expected


def test_a_discarded_update_leaves_the_base_byte_for_byte(engine: EmbeddedEngine, tmp_path: Path) -> None:
    base = publish(engine, *random_posts(20, seed=1))
    before = contents(tmp_path, base.id)
    with engine.update() as writer:
        writer.put(post("new"))
        writer.delete(SITE + "0001")
        writer.seal()
    assert contents(tmp_path, base.id) == before


def test_when_much_has_changed_an_update_becomes_a_full_build(
    engine: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "_COMPACT_LEAST", 10)
    base = publish(engine, *random_posts(100, seed=1))
    update(engine, *(post(f"new-{number}") for number in range(8)))
    deltas = [generation.full for generation in engine.generations()]
    compacted = update(engine, *(post(f"more-{number}") for number in range(3)), gone=["0001"])
    assert deltas == [False, True]
    assert compacted.full
    inodes = segments(tmp_path, compacted.id)
    assert len(inodes) == 1
    others = {i for generation in engine.generations()[1:] for i in segments(tmp_path, generation.id).values()}
    assert not set(inodes.values()) & others
    assert compacted.documents == 110
    assert len(found(engine, per_page=100)) == 100
    assert found(engine, '"0001"') == []
    assert base.id in {generation.id for generation in engine.generations()}


def test_a_compacted_index_answers_as_one_that_was_built_at_once(
    engine: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "_COMPACT_LEAST", 5)
    posts = random_posts(120, seed=2)
    publish(engine, *posts[:60])
    for start in range(60, 120, 4):
        update(engine, *posts[start : start + 4])
    assert any(generation.full for generation in engine.generations()[:4])
    other = EmbeddedEngine(tmp_path / "other")
    publish(other, *posts)
    compacted, whole = engine.searcher(), other.searcher()
    chance = random.Random(3)
    for _ in range(60):
        text = " ".join(f"w{chance.randrange(40)}" for _ in range(chance.randint(1, 3)))
        one, another = ask(compacted, text, per_page=100), ask(whole, text, per_page=100)
        assert sorted(names(one)) == sorted(names(another))
        assert (one.total, one.facets) == (another.total, another.facets)
    assert compacted.tags() == whole.tags()
    compacted.close()
    whole.close()


def test_a_broken_segment_isnt_compacted_into_one_that_looks_sound(
    engine: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "_COMPACT_LEAST", 0)
    base = publish(engine, post("a", body="some words of the body"))
    segment = tmp_path / "generations" / base.id / "whoosh" / next(iter(segments(tmp_path, base.id)))
    content = bytearray(segment.read_bytes())
    content[20] ^= 1
    segment.write_bytes(content)
    with pytest.raises(IndexCorrupt, match=segment.name):
        update(engine, post("b"))


@pytest.mark.parametrize("name", ["read_model/delta.arrays", "whoosh/*.toc"])
def test_what_is_broken_isnt_carried_into_an_update_that_looks_sound(
    engine: EmbeddedEngine, tmp_path: Path, name: str
) -> None:
    publish(engine, *random_posts(20, seed=1))
    base = update(engine, post("a", body="some words of the body"))
    (path,) = (tmp_path / "generations" / base.id).glob(name)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexCorrupt, match=path.name):
        update(engine, post("b"))
    assert engine.live_id() == base.id


def test_documents_have_the_same_numbers_in_whoosh_and_in_the_read_model(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    publish(engine, *random_posts(30, seed=1))
    generation = update(engine, post("new"), post("0003"), gone=["0005"])
    folder = tmp_path / "generations" / generation.id
    main, delta = open_segments(folder / "read_model")
    assert [each.url for each in WhooshIndex(folder / "whoosh").documents()] == [
        each.url for segment in (main, delta) for each in segment.documents()
    ]


def test_no_generation_holds_a_lock_file_or_a_temporary_one(engine: EmbeddedEngine, tmp_path: Path) -> None:
    """A lock is a lock on an inode: it must never be linked into another generation."""
    publish(engine, post("a"))
    update(engine, post("b"))
    for generation in engine.generations():
        suffixes = {Path(name).suffix for name in contents(tmp_path, generation.id)}
        assert suffixes == {".arrays", ".json", ".seg", ".toc"}
