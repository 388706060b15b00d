"""`postseek insights`: what visitors asked for in vain, from the access log that the service itself has written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from search_service.cli import main
from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.app import create_app

from .engine.posts import post, publish

NO_LINES = b'\xff\n{"msg":"x","route":"\xff"}\n{"x":' + 3000 * b"[" + 3000 * b"]" + b"}\n"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    publish(open_engine(Config(index=tmp_path / "index")), post("a", "Green tea"), post("b", "Honey", "bees and tea"))
    return tmp_path / "index"


@pytest.fixture
def log(index: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """What the service logs of some visits."""
    config = Config(index=index, log_queries=True)
    with TestClient(create_app(config, open_engine(config))) as client:
        searches = (
            "q=Honey",
            "q=%20honey%20",
            "q=honey&page=2",
            "q=wasps",
            "q=wasps+tea",
            "q=honye+bees",
            "tag=x",
            "q=",
        )
        for query in searches:
            assert client.get(f"/search?{query}").status_code == 200
        assert client.get("/?q=WASPS").status_code == 200
        assert client.get("/search?q=wasps&page=none").status_code == 400
        client.get("/suggest?q=wasps")
        client.get("/recent")
    return capfd.readouterr().err


def test_what_was_asked_in_vain_is_said_the_most_frequent_first(index: Path, log: str) -> None:
    prefixed = "".join(f"Nov 22 06:45:01 host {{blue}} postseek[7]: {line}\n" for line in log.splitlines())
    for written in (log, prefixed):
        said = CliRunner().invoke(main, ["insights", "--index", str(index)], input=written)
        assert (said.exit_code, said.stderr) == (0, "")
        assert said.stdout.splitlines() == [
            "Searches: 6. Different texts: 4.",
            "",
            "Nothing is found for:",
            "      2  wasps",
            "",
            "No post has the word:",
            "      1  wasps tea  (wasps)",
            "",
            "Found as something else:",
            "      1  honye bees  (honey bees)",
            "",
            "Searched for most:",
            "      2  honey  (1 post)",
            "      2  wasps  (0 posts)",
            "      1  honye bees  (1 post)",
            "      1  wasps tea  (2 posts)",
        ]


def test_the_same_is_there_for_programs_and_from_a_file(index: Path, log: str, tmp_path: Path) -> None:
    (tmp_path / "access.log").write_text(log)
    said = CliRunner().invoke(main, ["insights", str(tmp_path / "access.log"), "--json", "--index", str(index)])
    assert json.loads(said.stdout)[1:3] == [
        {"text": "wasps", "times": 2, "total": 0, "instead": None, "missing": ["wasps"]},
        {"text": "honye bees", "times": 1, "total": 1, "instead": "honey bees", "missing": []},
    ]


def test_what_is_found_by_now_is_no_longer_in_vain(index: Path, log: str) -> None:
    publish(open_engine(Config(index=index)), post("w", "Wasps"), post("a", "Green tea"), post("b", "Honey", "bees"))
    said = CliRunner().invoke(main, ["insights", "--index", str(index)], input=log)
    assert "Nothing is found for" not in said.stdout
    assert "No post has" not in said.stdout


def test_a_log_without_texts_has_its_reason(index: Path) -> None:
    line = '{"time":"2026-11-22T06:45:01Z","method":"GET","route":"/search","status":200,"ms":1.8,"bytes":8}\n'
    said = CliRunner().invoke(
        main, ["insights", "--index", str(index)], input=(line + "{broken\n[]\n").encode() + NO_LINES
    )
    assert (said.exit_code, said.stdout) == (0, "Searches: 0. Different texts: 0.\n")
    assert said.stderr == "No line of the log says what was searched for: is `log_queries` set?\n"


def test_control_characters_that_were_searched_for_dont_reach_the_terminal(index: Path) -> None:
    line = '{"route":"/search","status":200,"query":"q=%1b%5b31mwasps%c2%9b"}\n'
    said = CliRunner().invoke(main, ["insights", "--index", str(index)], input=line)
    assert "wasps" in said.stdout
    assert not {"\x1b", "\x9b"} & set(said.stdout)
