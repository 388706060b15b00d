"""The spool of what to read again: nothing is lost, nothing taken twice, by any number of processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search_service.engine import requests
from search_service.engine.requests import ReindexRequests, SpoolFull

SIGNATURE = "0" * 64


def drained(spool: ReindexRequests) -> tuple[str, ...]:
    with spool.drain() as urls:
        return urls


def test_what_was_asked_for_is_drained_once_in_order_and_without_doubles(tmp_path: Path) -> None:
    spool = ReindexRequests(tmp_path)
    assert drained(spool) == ()
    assert not list(tmp_path.iterdir()), "looking makes no folder"
    spool.add(["https://blog.example/b", "https://blog.example/a"])
    spool.add(["https://blog.example/c", "https://blog.example/b"])
    assert drained(ReindexRequests(tmp_path)) == tuple(f"https://blog.example/{name}" for name in "bac")
    assert drained(spool) == ()


def test_what_failed_to_be_read_waits_for_the_next_time(tmp_path: Path) -> None:
    spool = ReindexRequests(tmp_path)
    spool.add(["https://blog.example/a"])
    with pytest.raises(RuntimeError), spool.drain():
        raise RuntimeError("the indexer failed")
    assert drained(spool) == ("https://blog.example/a",)


def test_what_is_asked_for_while_it_is_drained_waits(tmp_path: Path) -> None:
    spool = ReindexRequests(tmp_path)
    spool.add(["https://blog.example/a"])
    with spool.drain():
        spool.add(["https://blog.example/a"])
    assert drained(spool) == ("https://blog.example/a",)


def test_a_broken_file_costs_itself_and_a_half_written_one_nothing(tmp_path: Path) -> None:
    spool = ReindexRequests(tmp_path)
    name = spool.add(["https://blog.example/a"])
    folder = tmp_path / "requests"
    (folder / "0.json").write_bytes(b'{"urls": [')
    (folder / "1.json").write_text(json.dumps({"urls": 1}))
    (folder / "2.json").write_bytes(b'{"urls": ["\xff"]}')
    (folder / f"{name}.json.new").write_bytes(b'{"ur')
    assert drained(spool) == ("https://blog.example/a",)
    assert not list(folder.glob("*.json"))


def test_more_than_may_wait_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "MAX_PENDING", 2)
    spool = ReindexRequests(tmp_path)
    spool.add(["https://blog.example/a"])
    spool.add(["https://blog.example/b"])
    with pytest.raises(SpoolFull):
        spool.add(["https://blog.example/c"])
    assert len(drained(spool)) == 2


def test_a_signature_is_new_once_until_it_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = ReindexRequests(tmp_path)
    assert spool.is_new(SIGNATURE, window=600)
    assert not spool.is_new(SIGNATURE, window=600)
    long_ago = time.time() - 601
    os.utime(tmp_path / "requests/seen" / SIGNATURE, (long_ago, long_ago))
    assert spool.is_new("1" * 64, window=600)
    assert os.listdir(tmp_path / "requests/seen") == ["1" * 64]
    monkeypatch.setattr(requests, "MAX_SEEN", 1)
    with pytest.raises(SpoolFull):
        spool.is_new("2" * 64, window=600)


def test_of_many_processes_one_alone_meets_a_signature_first(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from search_service.engine.requests import ReindexRequests;"
        "print(sum(ReindexRequests(Path(sys.argv[1])).is_new(f'{n:064}', window=600) for n in range(200)))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert sum(int(process.communicate()[0]) for process in started) == 200
