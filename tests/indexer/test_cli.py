"""`postseek index` and `postseek extract` as an operator runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search_service.cli import main

from .conftest import Blog
from .sources.conftest import SiteServer


def postseek(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_index_prints_a_report_and_ends_well(blog: Blog) -> None:
    result = postseek("index", blog.folder, "--index", blog.index, "--base-url", "https://blog.example/")
    assert result.exit_code == 0, result.output
    assert "4  new posts" in result.output
    assert "is live: 4 posts" in result.output
    assert blog.found("number2") == ["post-2"]


def test_index_tells_a_program_the_same_in_json(blog: Blog) -> None:
    result = postseek("index", blog.folder, "--index", blog.index, "--json")
    report = json.loads(result.stdout)
    assert (report["posts"], report["published"], report["refused"]) == (4, True, None)


def test_a_refused_build_ends_with_one_and_prints_its_report(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<html><body><a href=/a>a</a></body></html>")
    result = postseek("index", tmp_path / "site", "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "--all-posts" in result.stderr
    assert "1  page seen" in result.stdout


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = postseek("index", tmp_path / "nowhere", "--index", tmp_path / "index")
    assert result.exit_code == 66
    assert "nowhere" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_what_a_file_is_called_drives_no_terminal(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "a\x1b[31m\u202ered.html").write_bytes(b" " * 2_100_000)
    for command in (("extract", site), ("index", site, "--index", tmp_path / "index")):
        printed = postseek(*command).output
        assert r"a\x1b[31m\u202ered.html" in printed
        assert "\x1b" not in printed
        assert "\u202e" not in printed


def test_a_setting_that_can_not_be_is_named(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTSEEK_WORKER", "3")
    result = postseek("index", blog.folder, "--index", blog.index)
    assert result.exit_code == 2
    assert "did you mean POSTSEEK_WORKERS?" in result.stderr


def test_extract_writes_one_object_for_every_page(blog: Blog) -> None:
    (blog.folder / "index.html").write_text("<html><body><ul><li><a href=/post-1/>One</a></ul></body></html>")
    blog.write("post-1/print", "The river is number1 tonight.", title="About post-1", of="post-1")
    result = postseek("extract", blog.folder, "--base-url", "https://blog.example/", "--jsonl")
    lines = {line["path"]: line for line in map(json.loads, result.stdout.splitlines())}
    assert sorted(lines) == sorted(
        ["index.html", "post-1/print/index.html", *(f"post-{number}/index.html" for number in range(4))]
    )
    post = lines["post-2/index.html"]
    assert post["is_post"] is True
    assert (post["title"], post["date"], post["tags"]) == ("About post-2", "2020-05-01", ["water"])
    assert "The river is number2 tonight." in post["body"]
    assert lines["index.html"]["is_post"] is False
    assert lines["index.html"]["why"]
    assert lines["post-1/print/index.html"]["why"] == "a copy of https://blog.example/post-1/"


def test_extract_shows_a_person_what_would_be_indexed(blog: Blog) -> None:
    result = postseek("extract", blog.folder / "post-1" / "index.html")
    assert "About post-1" in result.output
    assert "https://blog.example/post-1/" in result.output


@pytest.mark.parametrize(
    ("arguments", "status", "said", "found"),
    [
        (["index", "--index", "index", "public"], 0, "", ["post-2"]),
        (["index", "--index", "index", "--json", "public"], 0, "", ["post-2"]),
        (["index", "--index", "index", "empty"], 1, "none of 1 pages was recognised as a post", None),
        (["extract", "public"], 0, "", None),
    ],
)
def test_a_reader_that_stops_before_the_end_is_no_failure(
    blog: Blog, arguments: list[str], status: int, said: str, found: list[str] | None
) -> None:
    (blog.folder.parent / "empty").mkdir()
    (blog.folder.parent / "empty" / "index.html").write_text("<html><body><a href=/a>a</a></body></html>")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "search_service.cli", *arguments]
    with subprocess.Popen(
        command, stdout=writing, stderr=subprocess.PIPE, text=True, cwd=blog.folder.parent, env=environment()
    ) as run:
        os.close(writing)
        errors = run.communicate()[1]
    assert run.returncode == status, errors
    assert (said in errors) if said else errors == ""
    assert (blog.found("number2") if (blog.index / "CURRENT").exists() else None) == found


def environment() -> dict[str, str]:
    """That of this process, with this checkout on the path wherever a command runs."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from search_service.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'whoosh', 'trafilatura', 'bs4', 'lxml', 'starlette', 'httpx2', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'{heavy} were imported' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.served
def test_who_interrupts_a_run_isnt_told_that_the_safety_gate_refused(tmp_path: Path) -> None:
    server, asked, done = SiteServer(), threading.Event(), threading.Event()

    def think(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        done.wait(30)

    server.pages["/robots.txt"] = think
    command = [sys.executable, "-m", "search_service.cli", "index", server.url, "--index", str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert asked.wait(30)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    finally:
        process.kill()
        done.set()
        server.close()
    assert (process.returncode, told) == (130, "postseek: interrupted\n")
