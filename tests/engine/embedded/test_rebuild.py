"""`postseek verify --rebuild`: the read model anew, from what Whoosh stores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from search_service.cli import main
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.errors import IndexCorrupt

from ..posts import ask, found, names, post, publish, random_posts, update


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index")


def part(engine: EmbeddedEngine, generation: str, name: str) -> Path:
    return next(engine._store.folder(generation).glob(f"{name}/*"))


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("lost", [damage, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_generation_whose_read_model_is_broken_is_made_anew(
    engine: EmbeddedEngine, lost: Callable[[Path], object]
) -> None:
    posts = random_posts(40, seed=4)
    publish(engine, *posts)
    broken = update(engine, post("new", "A new post"), gone=["0003"])
    for path in engine._store.folder(broken.id).glob("read_model/*"):
        lost(path)
    with pytest.raises(IndexCorrupt):
        engine.verify(broken.id)
    rebuilt = engine.rebuild()
    assert rebuilt.live
    assert rebuilt.full
    assert engine.verify() > 0
    expected = {each.url.rpartition("/")[2] for each in posts} - {"0003"} | {"new"}
    assert set(found(engine, per_page=100)) == expected
    assert found(engine, "a new post")[0] == "new"


def test_a_rebuilt_index_answers_as_the_one_before(engine: EmbeddedEngine) -> None:
    publish(engine, *random_posts(60, seed=5))
    before = engine.searcher()
    engine.rebuild()
    after = engine.searcher()
    for text in ("w1", "w2 w3", '"w1 w2"', "w4 -w5", ""):
        one, another = ask(before, text, per_page=100), ask(after, text, per_page=100)
        assert (names(one), one.total, one.facets) == (names(another), another.total, another.facets)
    assert before.tags() == after.tags()
    before.close()
    after.close()


def test_the_indexers_state_is_kept(engine: EmbeddedEngine) -> None:
    with engine.build() as writer:
        writer.put(post("a"))
        writer.write_state("pages", b"what the indexer knows")
        writer.seal()
        writer.publish()
    engine.rebuild()
    assert engine.read_state("pages") == b"what the indexer knows"


def test_an_older_generation_can_be_rebuilt_by_name(engine: EmbeddedEngine) -> None:
    older = publish(engine, post("older"))
    publish(engine, post("newer"))
    engine.rebuild(older.id)
    assert found(engine) == ["older"]


@pytest.mark.parametrize("name", ["whoosh", "state"])
def test_what_is_broken_in_the_record_itself_isnt_made_to_look_sound(engine: EmbeddedEngine, name: str) -> None:
    with engine.build() as writer:
        writer.put(post("a", body="some words"))
        writer.write_state("pages", b"what the indexer knows")
        writer.seal()
        live = writer.publish()
    damage(part(engine, live.id, name))
    with pytest.raises(IndexCorrupt, match=name):
        engine.rebuild()
    assert engine.live_id() == live.id


def test_the_command_says_what_it_made(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    publish(engine, post("a"), post("b"))
    run = CliRunner().invoke(main, ["verify", "--rebuild", "--index", str(tmp_path / "index")])
    assert run.exit_code == 0, run.output
    assert run.output == f"Generation {engine.live_id()} is live, made anew: 2 posts.\n"


def test_the_command_that_finds_damage_names_the_remedy(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    live = publish(engine, post("a"))
    damage(part(engine, live.id, "read_model"))
    run = CliRunner().invoke(main, ["verify", "--index", str(tmp_path / "index")])
    assert run.exit_code == 65
    assert run.output.endswith("; make it anew with `postseek verify --rebuild` or `postseek index --full`\n")


@pytest.mark.parametrize("name", ["manifest.json", "whoosh/*"])
def test_a_remedy_that_cant_work_isnt_named(tmp_path: Path, name: str) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    live = publish(engine, post("a"))
    damage(next(engine._store.folder(live.id).glob(name)))
    verify = ["verify", "--index", str(tmp_path / "index")]
    assert CliRunner().invoke(main, verify).output.endswith("; make it anew with `postseek index --full`\n")


def test_a_good_generation_before_the_broken_one_is_a_remedy(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    publish(engine, post("a"))
    damage(engine._store.folder(publish(engine, post("b")).id) / "manifest.json")
    index = ["--index", str(tmp_path / "index")]
    run = CliRunner().invoke(main, ["verify", *index])
    remedy = "; go back to another with `postseek rollback`, or make it anew with `postseek index --full`\n"
    assert (run.exit_code, run.output[-len(remedy) :]) == (65, remedy)
    assert CliRunner().invoke(main, ["rollback", *index]).exit_code == 0
