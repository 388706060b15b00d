"""The service follows the live generation, whatever happens to the index below it."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.generations import disk
from search_service.engine.model import Generation
from search_service.engine.port import Engine
from search_service.settings import Config
from search_service.web import live as following
from search_service.web.app import create_app
from search_service.web.live import LiveIndex

from ..engine.posts import ask, names, post, publish
from ..engine.shortage import SHORTAGES, no_maps
from .page import Page


@contextmanager
def serving(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(Config(), engine)) as client:
        yield client


def eventually(holds: Callable[[], bool], *, seconds: float = 10) -> bool:
    """Whether it holds before long; the cap is generous, since other things run on this machine."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def served(client: TestClient) -> tuple[str, list[str]]:
    """The generation that answers and the posts that it answers with."""
    answer = client.get("/recent").json()
    return answer["index"]["generation"], [hit["title"] for hit in answer["hits"]]


def build(engine: Engine, name: str) -> Generation:
    """Publish a generation of one post, with something beside it that no query reads."""
    with engine.build() as writer:
        writer.put(post(name))
        writer.write_state("pages", b"kept for the next run")
        writer.seal()
        return writer.publish()


def flip_a_byte(root: Path, generation: Generation) -> None:
    """Change one byte of a file, but not its size, as a flawed disk does."""
    path = root / "generations" / generation.id / "state" / "pages"
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)


def test_without_an_index_the_service_lives_says_so_and_takes_the_index_up_when_it_comes(engine: Engine) -> None:
    with serving(engine) as client:
        assert client.get("/healthz").status_code == 200
        for path in ("/search?q=a", "/tags", "/tags/a", "/recent", "/readyz"):
            response = client.get(path)
            assert (response.status_code, response.json()["code"]) == (503, "index_missing"), path
            assert response.headers["retry-after"]
        page = client.get("/?q=a+b")
        assert page.status_code == 503
        shown = Page(page.text)
        assert len(shown.texts("h1")) == 1
        assert shown.all("input", name="q")[0].attributes["value"] == "a b"
        publish(engine, post("first"))
        assert eventually(lambda: client.get("/readyz").status_code == 200)
        assert served(client)[1] == ["first"]


def test_a_new_generation_is_served_without_a_restart_and_so_is_a_rollback(engine: Engine) -> None:
    first = publish(engine, post("first"))
    with serving(engine) as client:
        assert served(client) == (first.id, ["first"])
        second = publish(engine, post("second"))
        assert eventually(lambda: served(client) == (second.id, ["second"]))
        engine.rollback(first.id)
        assert eventually(lambda: served(client) == (first.id, ["first"]))


def test_a_request_keeps_its_generation_while_newer_ones_are_published_and_pruned(engine: Engine) -> None:
    async def scenario() -> None:
        live = LiveIndex(engine)
        async with live.following():
            with live.searcher() as leased:
                for number in range(8):
                    newest = publish(engine, post(f"later-{number}"))
                while True:
                    with live.searcher() as current:
                        if current.generation.id == newest.id:
                            break
                    await asyncio.sleep(0.02)
                assert leased.generation.id == first.id
                assert names(ask(leased)) == ["first"]
                assert first.id not in {generation.id for generation in engine.generations()}
            with live.searcher() as current:
                assert names(ask(current)) == ["later-7"]

    first = publish(engine, post("first"))
    asyncio.run(asyncio.wait_for(scenario(), 30))


def test_an_index_that_disappears_is_served_on(engine: Engine, tmp_path: Path) -> None:
    first = build(engine, "first")
    with serving(engine) as client:
        shutil.rmtree(tmp_path / "index")
        time.sleep(1)  # several looks at the index
        assert served(client) == (first.id, ["first"])
        publish(engine, post("second"))
        assert eventually(lambda: served(client)[1] == ["second"])


def test_a_broken_generation_is_not_served_and_the_next_good_one_is(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = publish(engine, post("first"))
    with serving(engine) as client, caplog.at_level(logging.ERROR):
        (tmp_path / "index" / "CURRENT").write_text("29991231T000000Z\n")
        assert eventually(lambda: "29991231T000000Z" in caplog.text)
        time.sleep(1)
        told = len(caplog.records)
        assert served(client) == (first.id, ["first"])
        time.sleep(1)
        assert len(caplog.records) == told, "a broken generation is tried once, not four times a second"
        second = publish(engine, post("second"))
        assert eventually(lambda: served(client) == (second.id, ["second"]))


def test_a_truncated_generation_is_passed_over_for_the_last_good_one(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = build(engine, "first")
    second = build(engine, "second")
    (tmp_path / "index" / "generations" / second.id / "state" / "pages").write_bytes(b"kept")
    with caplog.at_level(logging.ERROR), serving(engine) as client:
        assert served(client) == (first.id, ["first"])
    assert second.id in caplog.text


def test_a_byte_that_flipped_is_found_while_serving_and_the_last_good_generation_takes_over(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = build(engine, "first")
    second = build(engine, "second")
    flip_a_byte(tmp_path / "index", second)
    with caplog.at_level(logging.ERROR), serving(engine) as client:
        assert eventually(lambda: served(client) == (first.id, ["first"]))
        third = build(engine, "third")
        assert eventually(lambda: served(client) == (third.id, ["third"]))
    assert f"generation {second.id} is refused" in caplog.text


def test_with_no_good_generation_left_the_answer_is_an_error_until_there_is_one(engine: Engine, tmp_path: Path) -> None:
    flip_a_byte(tmp_path / "index", build(engine, "only"))
    with serving(engine) as client:
        assert eventually(lambda: client.get("/readyz").status_code == 503)
        assert client.get("/search").json()["code"] == "index_corrupt"
        good = build(engine, "good")
        assert eventually(lambda: client.get("/readyz").status_code == 200)
        assert served(client) == (good.id, ["good"])


def test_an_index_that_cannot_be_read_is_refused_for_the_last_good_one(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = build(engine, "first")
    second = build(engine, "second")
    for path in (tmp_path / "index" / "generations" / second.id / "read_model").iterdir():
        path.write_bytes(bytes(path.stat().st_size))
    with caplog.at_level(logging.ERROR), serving(engine) as client:
        assert served(client) == (first.id, ["first"])
    assert second.id in caplog.text


@pytest.fixture
def brief_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_PAUSE_SECONDS", 0.3)


@pytest.mark.usefixtures("brief_pauses")
@pytest.mark.parametrize("shortage", SHORTAGES)
def test_a_generation_that_cant_be_opened_for_now_is_served_as_soon_as_it_can(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture, shortage: str
) -> None:
    first, second = build(engine, "first"), build(engine, "second")
    pointer = tmp_path / "index" / "CURRENT"
    pointer.rename(published := tmp_path / "published")
    engine.rollback(first.id)
    with serving(engine) as client:
        assert served(client) == (first.id, ["first"])
        with SHORTAGES[shortage]():
            published.replace(pointer)  # needs no descriptor
            assert eventually(lambda: "for now" in caplog.text or "can't tell which generation is live" in caplog.text)
            assert served(client) == (first.id, ["first"])
        assert eventually(lambda: served(client) == (second.id, ["second"]))
    assert "refused" not in caplog.text
    assert "broken" not in caplog.text


@pytest.mark.usefixtures("brief_pauses")
@pytest.mark.parametrize("shortage", [name for name in SHORTAGES if "memory" in name])
def test_a_service_that_begins_in_a_shortage_says_so_until_it_ends(engine: Engine, shortage: str) -> None:
    only = build(engine, "only")
    with ExitStack() as short:
        short.enter_context(SHORTAGES[shortage]())
        with serving(engine) as client:
            answer = client.get("/search")
            assert (answer.status_code, answer.json()["code"]) == (503, "engine_unavailable")
            assert answer.headers["retry-after"]
            short.close()
            assert eventually(lambda: client.get("/readyz").status_code == 200)
            assert served(client) == (only.id, ["only"])


@pytest.mark.usefixtures("brief_pauses")
def test_a_check_that_a_shortage_ends_condemns_nothing_and_is_made_again(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = build(engine, "first"), build(engine, "second")
    with monkeypatch.context() as short:
        short.setattr(disk, "sha256", out_of_descriptors)
        with serving(engine) as client:
            assert eventually(lambda: f"generation {second.id} can't be checked for now" in caplog.text)
            assert served(client) == (second.id, ["second"])
            flip_a_byte(tmp_path / "index", second)
            short.undo()
            assert eventually(lambda: served(client) == (first.id, ["first"]))


@pytest.mark.usefixtures("brief_pauses")
def test_a_generation_with_a_flaw_isnt_served_until_another_can_be_opened(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = build(engine, "first"), build(engine, "second")
    with monkeypatch.context() as short:
        short.setattr(disk, "sha256", out_of_descriptors)
        with serving(engine) as client:
            with no_maps(MemoryError()):
                flip_a_byte(tmp_path / "index", second)
                short.undo()
                assert eventually(lambda: client.get("/readyz").status_code == 503)
                assert client.get("/search").json()["code"] == "engine_unavailable"
            assert eventually(lambda: client.get("/readyz").status_code == 200)
            assert served(client) == (first.id, ["first"])


def out_of_descriptors(path: Path) -> str:
    raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), str(path))
