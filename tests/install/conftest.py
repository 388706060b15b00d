"""A checkout as a fresh clone has it, and ways to ask a service."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GIVEN_UP_AFTER = 300.0
NOT_CLONED = shutil.ignore_patterns(
    ".git", ".venv", ".postseek", "*_cache", ".hypothesis", "__pycache__", "build", "dist"
)


@pytest.fixture(scope="session")
def checkout_files() -> list[str]:
    """The files of a clone: those that git knows or would add; without git, what isn't obviously made here."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = [
            "git",
            "-c",
            f"safe.directory={ROOT}",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        return sorted({name for name in listed if name and (ROOT / name).is_file()})
    names = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = set(folders) - NOT_CLONED(folder, folders)
        names += [Path(folder, name).relative_to(ROOT).as_posix() for name in files]
    return sorted(names)


@pytest.fixture
def checkout(tmp_path: Path, checkout_files: list[str]) -> Path:
    """A copy of the repository, as a fresh clone has it."""
    for name in checkout_files:
        target = tmp_path / "postseek" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    return tmp_path / "postseek"


@pytest.fixture
def port() -> int:
    """A port of the loopback address that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def clean_environment() -> dict[str, str]:
    """This process's environment without what an outer make, virtual environment or Postseek put there."""
    dropped = (
        "MAKE",
        "MFLAGS",
        "PYTHON",
        "PYTEST",
        "POSTSEEK",
        "VIRTUAL_ENV",
        "SITE",
        "INDEX",
        "PORT",
        "OPTIONS",
        "JOBS",
    )
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)}


def eventually(happened: Callable[[], bool], *, alive: Callable[[], bool]) -> None:
    """Wait for it, but not for something that has ended, and not for ever."""
    deadline = time.monotonic() + GIVEN_UP_AFTER
    while not happened():
        assert alive(), "the service ended"
        assert time.monotonic() < deadline, "the service runs and never got there"
        time.sleep(0.1)


def listening(port: int) -> bool:
    """Whether a service accepts connections."""
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


def found_by(port: int, query: str) -> list[str]:
    """The URLs that /search finds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", f"/search?q={query}")
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    assert response.status == 200, body
    return [hit["url"] for hit in json.loads(body)["hits"]]
