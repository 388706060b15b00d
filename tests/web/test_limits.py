"""How much one client may ask, over all workers, and what counts as one client."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.app import create_app
from search_service.web.limits import TABLE_BYTES, Counts, client_key

from ..engine.posts import post, publish
from .service import running

MINUTE = 1_800_000_000.0 // 60 * 60


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    config = Config(index=tmp_path / "index", rate_limit=3, access_log=False)
    engine = open_engine(config)
    publish(engine, post("a"))
    return TestClient(create_app(config, engine))


def test_who_asks_too_much_is_told_when_to_come_back(client: TestClient) -> None:
    with client:
        assert [client.get("/search").status_code for _ in range(3)] == [200] * 3
        # Several, as one more is allowed in the instant in which a minute ends.
        refused = [client.get("/tags", headers={"Origin": "https://blog.example"}) for _ in range(4)][-1]
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 61
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["access-control-allow-origin"] == "https://blog.example"


def test_a_visitor_who_asks_too_much_is_told_so_on_a_page(client: TestClient) -> None:
    with client:
        refused = [client.get("/?tag=massage", headers={"Accept": "text/html,*/*;q=0.8"}) for _ in range(8)][-1]
    assert (refused.status_code, refused.headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert f"Please try again in {refused.headers['retry-after']} second" in refused.text
    assert "More than 3 requests came from this address within a minute." in refused.text
    assert refused.headers["cache-control"] == "no-store"


def test_probes_and_static_files_are_never_refused(client: TestClient) -> None:
    with client:
        for _ in range(10):
            client.get("/search")
        for path in ("/healthz", "/readyz", "/metrics", "/postseek.js", "/static/postseek.css"):
            assert client.get(path).status_code == 200
        assert 429 in [client.get("/").status_code for _ in range(4)]


def test_a_proxy_that_nobody_named_is_suspected_once(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with client, caplog.at_level(logging.WARNING):
        for number in range(8):
            client.get("/search", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert [record.message for record in caplog.records if "trusted_proxies" in record.message] != []
    assert sum("trusted_proxies" in record.message for record in caplog.records) == 1


def allowed(counts: Counts, client: str, now: float, *, limit: int, tries: int) -> int:
    """How many of so many requests are allowed at one instant."""
    return sum(counts.wait(client, now, limit=limit) is None for _ in range(tries))


def test_the_limit_holds_for_the_past_minute_whatever_the_clock_shows() -> None:
    counts = Counts()
    assert allowed(counts, "a", MINUTE + 50, limit=10, tries=20) == 10
    # Half of those lie within the 60 seconds before the half of the next minute.
    assert allowed(counts, "a", MINUTE + 90, limit=10, tries=20) == 5
    assert allowed(counts, "a", MINUTE + 600, limit=10, tries=20) == 10
    assert allowed(counts, "b", MINUTE + 600, limit=10, tries=20) == 10


@given(
    limit=st.integers(1, 50),
    steps=st.lists(st.tuples(st.floats(0, 90), st.integers(0, 80)), max_size=8),
)
def test_who_waits_as_long_as_told_may_ask_and_who_does_not_wait_loses_nothing_by_it(
    limit: int, steps: list[tuple[float, int]]
) -> None:
    counts, now = Counts(), MINUTE
    for pause, tries in steps:
        now += pause
        allowed(counts, "a", now, limit=limit, tries=tries)
        wait = counts.wait("a", now, limit=limit)
        if wait is not None:
            assert 1 <= wait <= 61
            now += wait
            assert counts.wait("a", now, limit=limit) is None


def test_any_number_of_clients_takes_no_more_memory_and_the_busiest_stay_counted() -> None:
    counts = Counts()
    assert allowed(counts, "busy", MINUTE, limit=100, tries=100) == 100
    for number in range(100_000):
        assert counts.wait(f"client {number}", MINUTE, limit=100) is None
    assert counts.wait("busy", MINUTE, limit=100) == 61
    assert counts._table.nbytes == TABLE_BYTES <= 1 << 20


def test_processes_count_together(tmp_path: Path) -> None:
    here = Counts(tmp_path)
    code = (
        "import sys; from pathlib import Path; from search_service.web.limits import Counts;"
        f"print([Counts(Path(sys.argv[1])).wait('a', {MINUTE}, limit=3) for _ in range(2)])"
    )
    assert here.wait("a", MINUTE, limit=3) is None
    there = subprocess.check_output([sys.executable, "-c", code, str(tmp_path)], text=True)
    assert there.strip() == "[None, None]"
    assert here.wait("a", MINUTE, limit=3) == 61


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        (":" * 5000, ":" * 6000, True),
        ("unknown", "_hidden", False),
    ],
)
def test_one_client_is_an_ipv4_address_or_a_64_of_ipv6(first: str, second: str, same: bool) -> None:
    assert (client_key(first) == client_key(second)) is same
    assert len(client_key(first)) <= 64


@pytest.mark.served
def test_a_forwarded_address_counts_where_it_comes_from_a_trusted_proxy_and_nowhere_else(tmp_path: Path) -> None:
    def statuses(service_address: str, *forwarded: str) -> list[int]:
        return [
            httpx2.get(service_address + "search", headers={"X-Forwarded-For": each}, timeout=30).status_code
            for each in forwarded
        ]

    config = Config(index=tmp_path / "index", port=0, workers=2, rate_limit=3)
    publish(open_engine(config), post("a"))

    def feed(service_address: str) -> str:
        headers = {"Host": "search.example", "X-Forwarded-Proto": "https"}
        return httpx2.get(service_address + "feed", headers=headers, timeout=30).text

    many = [f"192.0.2.{number}" for number in range(8)]
    with running(config) as service:
        assert "<id>http://search.example/feed" in feed(service.address)
        # Every request on a connection of its own, so that both workers are met.
        assert statuses(service.address, *many).count(200) in (3, 4)  # 4 where a minute ends meanwhile
        # Who asks from this machine for itself isn't counted.
        own = [httpx2.get(service.address + "search", timeout=30).status_code for _ in range(8)]
        assert own == [200] * 8
    trusting = Config(index=tmp_path / "index", port=0, workers=2, rate_limit=3, trusted_proxies=("127.0.0.0/8",))
    with running(trusting) as service:
        assert "<id>https://search.example/feed" in feed(service.address)
        assert statuses(service.address, *many) == [200] * 8
        # A client can write what it likes before the address that the proxy appends.
        forged = [f"198.51.100.{number}, 203.0.113.7" for number in range(8)]
        assert statuses(service.address, *forged).count(200) in (3, 4)
        assert statuses(service.address, *(f"2001:db8::{number}" for number in range(8))).count(200) in (3, 4)
        for nonsense in ("", ",", "x" * 5000, "\x01", "1.2.3.4:5:6", "[::1"):
            assert statuses(service.address, nonsense)[0] in (200, 400, 429)
