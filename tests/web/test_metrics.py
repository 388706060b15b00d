"""What Prometheus reads: with one worker and with several."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.engine.model import Generation
from search_service.settings import Config
from search_service.web.app import create_app

from ..engine.posts import post, publish
from .service import Service, running

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def samples(text: str) -> Samples:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(found: Samples, name: str, **labels: str) -> float | None:
    return found.get((name, frozenset(labels.items())))


def index(tmp_path: Path, **settings: int) -> tuple[Config, Generation]:
    config = Config(index=tmp_path / "index", rate_limit=0, access_log=False, **settings)  # type: ignore[arg-type]
    return config, publish(open_engine(config), post("a", tags=["x"]), post("b"))


def test_requests_are_counted_by_route_method_and_status(tmp_path: Path) -> None:
    config, generation = index(tmp_path)
    with TestClient(create_app(config, open_engine(config))) as client:
        for path in ("/search?q=a", "/search?q=b", "/search?page=0", "/tags/x", "/tags/y", "/nothing", "/else"):
            client.get(path)
        client.head("/tags")
        client.request("BREW", "/tags")
        response = client.get("/metrics")
    found = samples(response.text)
    assert response.headers["content-type"].startswith("text/plain")
    assert response.headers["cache-control"] == "no-store"

    def requests(route: str, method: str = "GET", status: str = "200") -> float | None:
        return value(found, "postseek_requests_total", route=route, method=method, status=status)

    assert (requests("/search"), requests("/search", status="400")) == (2, 1)
    assert requests("/tags/{tag}") == 2
    assert requests("none", status="404") == 2
    assert requests("/tags", "HEAD") == 1
    assert requests("/tags", "OTHER", "405") == 1
    assert value(found, "postseek_request_seconds_count", route="/search") == 3
    assert value(found, "postseek_request_seconds_bucket", route="/search", le="+Inf") == 3
    assert value(found, "postseek_requests_in_flight") == 1  # this one
    assert value(found, "postseek_index_served") == 1
    assert value(found, "postseek_index_documents") == 2
    assert value(found, "postseek_index_timestamp_seconds") == generation.created_at.timestamp()


def test_nothing_that_is_sent_makes_a_new_series(tmp_path: Path) -> None:
    config, _ = index(tmp_path)
    with TestClient(create_app(config, open_engine(config))) as client:
        client.get("/tags/x")
        client.get("/nothing")
        client.request("X0", "/search")
        before = set(samples(client.get("/metrics").text))
        before = set(samples(client.get("/metrics").text))
        for number in range(30):
            client.get(f"/tags/x{number}")
            client.get(f"/{number}/x")
            client.request(f"X{number}", "/search")
        after = set(samples(client.get("/metrics").text))
    assert after == before


def test_without_an_index_the_metrics_say_so(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index")
    with TestClient(create_app(config, open_engine(config))) as client:
        found = samples(client.get("/metrics").text)
    assert value(found, "postseek_index_served") == 0
    assert value(found, "postseek_index_documents") is None


def scraped(service: Service) -> Samples:
    return samples(httpx2.get(service.address + "metrics", timeout=30).raise_for_status().text)


@pytest.mark.served
def test_several_workers_give_one_sum_whichever_is_asked_and_one_that_died_stays_in_it(tmp_path: Path) -> None:
    config, _ = index(tmp_path, port=0, workers=2)
    with running(config) as service:

        def ask(number: int) -> int:
            return httpx2.get(service.address + f"search?q={number}", timeout=30).status_code

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(ask, range(60))) == {200}
        # A client may have its answer a moment before the worker has counted it.
        until(lambda: value(scraped(service), "postseek_requests_in_flight") == 1)
        for _ in range(6):
            found = scraped(service)
            assert value(found, "postseek_requests_total", route="/search", method="GET", status="200") == 60
            assert value(found, "postseek_request_seconds_count", route="/search") == 60
            assert value(found, "postseek_requests_in_flight") == 1
            assert value(found, "postseek_index_documents") == 2
        workers = children(service.process.pid)
        os.kill(workers[0], signal.SIGKILL)
        until(lambda: workers[0] not in children(service.process.pid))
        until(
            lambda: any(f" ERROR search_service.web.workers: worker {workers[0]} died" in line for line in service.log)
        )
        found = scraped(service)
        assert value(found, "postseek_requests_total", route="/search", method="GET", status="200") == 60
        assert value(found, "postseek_requests_in_flight") == 1
        folder = run_folder(service.process.pid)
        assert folder.is_dir()
    assert not folder.exists()


def until(true: Callable[[], bool]) -> None:
    """Return as soon as this is true."""
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def children(process: int) -> list[int]:
    """The worker processes of a service."""
    return [
        int(child)
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def run_folder(process: int) -> Path:
    """Where the workers of a service meet."""
    environment = Path(f"/proc/{children(process)[0]}/environ").read_bytes()
    match = re.search(rb"POSTSEEK_RUN_FOLDER=([^\0]+)", environment)
    assert match is not None
    return Path(os.fsdecode(match[1]))
