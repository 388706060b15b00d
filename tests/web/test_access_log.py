"""One line of JSON for each request, without what visitors look for unless the operator wants it."""

from __future__ import annotations

import json
import os
import re
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.access_log import AccessLog
from search_service.web.app import create_app
from search_service.web.exchange import Exchange

from ..engine.posts import post, publish
from .service import running

WORDS = ("q=secretwish", "tags/secretwish", "nothing/secretwish", "static/secretwish", "example/secretwish")


def line_of(exchange: Exchange, *, queries: bool) -> bytes:
    """What is written of an exchange."""
    reading, writing = os.pipe()
    try:
        AccessLog(queries=queries, descriptor=writing).ended(exchange)
        return os.read(reading, 1 << 16)
    finally:
        os.close(reading)
        os.close(writing)


def exchange(path: str = "/search", query: bytes = b"", method: str = "GET", client: str = "192.0.2.1") -> Exchange:
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "client": (client, 1)}
    return Exchange(scope, "/search", 0.0, status=200, size=10, seconds=0.00123)


def test_a_line_says_what_happened_and_nothing_about_whom_or_what_for() -> None:
    line = json.loads(line_of(exchange(query=b"q=secretwish"), queries=False))
    assert list(line) == ["time", "method", "route", "status", "ms", "bytes"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line.pop("time"))
    assert line == {"method": "GET", "route": "/search", "status": 200, "ms": 1.23, "bytes": 10}


def test_what_was_looked_for_and_by_whom_is_logged_if_the_operator_wants_it() -> None:
    line = json.loads(line_of(exchange("/tags/ü", b"page=2&q=x%0Ay"), queries=True))
    assert (line["client"], line["path"], line["query"]) == ("192.0.2.1", "/tags/ü", "page=2&q=x%0Ay")


@settings(max_examples=300)
@given(path=st.text(st.characters(), max_size=50), query=st.binary(max_size=50), client=st.text(max_size=80))
def test_nothing_that_is_sent_makes_a_second_line(path: str, query: bytes, client: str) -> None:
    line = line_of(exchange(path, query, "GET\n{}", client), queries=True)
    assert line.endswith(b"\n")
    text = line[:-1].decode()
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text)
    assert json.loads(text)["method"] == "OTHER"


@pytest.mark.parametrize("character", ["a", "ü", "\x01", "\u202e", "\ud800", "\xff"])
def test_a_line_of_any_request_fits_a_pipe_in_one_piece(character: str) -> None:
    long = exchange("/" + character * 50_000, character.encode("utf-8", "replace") * 50_000, client=character * 500)
    assert len(line_of(long, queries=True)) <= select.PIPE_BUF
    assert len(line_of(long, queries=False)) < 200


def test_nobody_waits_for_a_log_that_nobody_takes() -> None:
    reading, writing = os.pipe()
    try:
        log = AccessLog(queries=False, descriptor=writing)
        for _ in range(5000):  # far more than a pipe holds
            log.ended(exchange())
        lines = os.read(reading, 1 << 20).splitlines()
        assert 100 < len(lines) < 5000
        assert all(json.loads(line)["status"] == 200 for line in lines)
    finally:
        os.close(reading)
        os.close(writing)


def test_a_log_that_nobody_takes_fails_no_request() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        AccessLog(queries=False, descriptor=writing).ended(exchange())
    finally:
        os.close(writing)


@contextmanager
def blog_that_logs(tmp_path: Path, **changes: bool) -> Iterator[TestClient]:
    config = Config(index=tmp_path / "index", **changes)  # type: ignore[arg-type]
    engine = open_engine(config)
    publish(engine, post("a", tags=["secretwish"]))
    with TestClient(create_app(config, engine)) as client:
        yield client


def test_no_words_of_a_visitor_are_in_the_log_whatever_is_asked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with blog_that_logs(tmp_path) as client:
        for words in WORDS:
            client.get("/" + (f"search?{words}" if "=" in words else words))
        client.get("/search?secretwish=1")
        client.request("SECRETWISH", "/search")
    err = capfd.readouterr().err
    assert len([line for line in err.splitlines() if line.startswith("{")]) == len(WORDS) + 2
    assert "secretwish" not in err.lower()
    assert "testclient" not in err


def test_the_log_can_be_off(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with blog_that_logs(tmp_path, access_log=False) as client:
        client.get("/search?q=secretwish")
    assert "{" not in capfd.readouterr().err


@pytest.mark.served
def test_lines_of_a_real_service_are_whole_one_for_each_request_over_all_workers(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index", port=0, workers=2, log_queries=True, rate_limit=0)
    publish(open_engine(config), post("a"))
    with running(config) as service:
        for number in range(40):
            httpx2.get(service.address + f"search?q=word{number}%0d%0aINFO+forged", timeout=30)
        with socket.create_connection(("127.0.0.1", service.port), timeout=30) as connection:
            connection.sendall(b"GET /\x1b[31m\xc2\x9b HTTP/1.1\r\nHost: x\r\n\r\n")
            connection.recv(1000)
    lines = [json.loads(line) for line in service.log if line.startswith("{")]
    assert {f"q=word{number}%0d%0aINFO+forged" for number in range(40)} == {
        line["query"] for line in lines if line["route"] == "/search"
    }
    assert not [line for line in service.log if "forged" in line and not line.startswith("{")]
    assert all(line["client"] == "127.0.0.1" for line in lines)
