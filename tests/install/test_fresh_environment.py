"""From a fresh clone with Python and make to a search box, and the same from a wheel."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import eventually, found_by, listening

pytestmark = pytest.mark.install

SLOW_TO_IMPORT = {"bs4", "htmldate", "httpcore2", "jinja2", "lxml", "starlette", "trafilatura", "uvicorn", "whoosh"}


def test_make_run_serves_the_example_blog_from_a_fresh_clone(
    checkout: Path, port: int, clean_environment: dict[str, str]
) -> None:
    # As an earlier run may have left it that was ended while it made the environment.
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/.unfinished").touch()
    make = subprocess.Popen(
        ["make", "run", f"PORT={port}", f"PYTHON={sys.executable}"],
        cwd=checkout,
        env=clean_environment,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        eventually(lambda: listening(port), alive=lambda: make.poll() is None)
        urls = found_by(port, "back+pain")
    finally:
        os.killpg(make.pid, signal.SIGTERM)
        output, _ = make.communicate(timeout=30)

    assert any("Lower-Back" in url for url in urls)
    assert f"http://127.0.0.1:{port}/" in output
    assert "WARNING" not in output, "the first thing that a newcomer sees"
    again = subprocess.run(
        ["make", "editable", f"PYTHON={sys.executable}"],
        cwd=checkout,
        env=clean_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "installing" not in again.stderr, "an environment that is up to date was installed again"


def test_a_folder_that_is_no_environment_is_left_as_it_is(
    checkout: Path, tmp_path: Path, clean_environment: dict[str, str]
) -> None:
    mine = tmp_path / "mine" / "notes.txt"
    mine.parent.mkdir()
    mine.write_text("Keep me")
    command = ["scripts/install", str(mine.parent), "dependencies"]
    env = {**clean_environment, "PYTHON": sys.executable}
    done = subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{mine.parent} is there and no virtual environment" in done.stderr
    assert mine.read_text() == "Keep me"


def test_the_wheel_runs_outside_a_checkout_and_starts_without_heavy_imports(
    checkout: Path, tmp_path: Path, clean_environment: dict[str, str]
) -> None:
    def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=tmp_path, env=clean_environment, capture_output=True, text=True, check=True)

    pip = ("-m", "pip", "--disable-pip-version-check")
    run(sys.executable, *pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", "wheels", checkout)
    (wheel,) = (tmp_path / "wheels").glob("postseek-*.whl")
    run(sys.executable, "-m", "venv", "clean")
    python = tmp_path / "clean/bin/python"
    run(python, *pip, "install", "--require-hashes", "-r", checkout / "requirements.lock")
    run(python, *pip, "install", "--no-deps", wheel)

    helped = run(python, "-X", "importtime", tmp_path / "clean/bin/postseek", "--help")

    assert "serve" in helped.stdout
    assert "index" in helped.stdout
    imported = set(re.findall(r"\| +([\w.]+)$", helped.stderr, re.MULTILINE))
    assert "click" in imported
    assert imported & SLOW_TO_IMPORT == set()
