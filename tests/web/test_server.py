"""Real servers with one worker and with two: new generations under load, and the end of the service under load."""

from __future__ import annotations

import json
import re
import signal
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from search_service.engine.errors import ConfigError
from search_service.engine.factory import open_engine
from search_service.engine.port import Engine
from search_service.settings import Config
from search_service.web import server
from search_service.web.limits import TABLE_BYTES
from search_service.web.server import serve

from ..engine.posts import post, publish
from .service import running

CLIENTS = 4


@contextmanager
def threads(work: Callable[[], None]) -> Iterator[None]:
    """`CLIENTS` threads doing this until the context ends."""
    started = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in started:
        thread.start()
    try:
        yield
    finally:
        for thread in started:
            thread.join()


def test_what_workers_share_is_kept_in_memory_and_has_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_MEMORY", tmp_path)
    with server._shared_folder() as name:
        assert Path(name).parent == tmp_path
        assert (Path(name) / "clients").stat().st_blocks * 512 >= TABLE_BYTES


def test_without_memory_of_its_own_workers_meet_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_MEMORY", tmp_path / "none")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with server._shared_folder() as name:
        assert Path(name).parent == tmp_path
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(ConfigError, match="name one with TMPDIR"):
        server._shared_folder()


def publish_edition(engine: Engine, number: int, editions: dict[str, int]) -> None:
    """A generation of posts that all say which edition they belong to."""
    with engine.build() as writer:
        for each in range(12):
            name = f"edition-{number}"
            writer.put(post(f"{name}-{each}", f"{name} number {each}", f"steady words of {name}", tags=[name]))
        editions[writer.seal().id] = number
        writer.publish()


@pytest.mark.served
@pytest.mark.parametrize("workers", [1, 2])
def test_twenty_new_generations_under_load_fail_and_mix_no_response(tmp_path: Path, workers: int) -> None:
    config = Config(index=tmp_path / "index", port=0, workers=workers, rate_limit=0)
    engine = open_engine(config)
    editions: dict[str, int] = {}
    publish_edition(engine, 0, editions)
    stop = threading.Event()
    wrong: list[str] = []
    answered: Counter[int] = Counter()

    def edition_of(answer: dict[str, object]) -> int:
        return editions[answer["index"]["generation"]]  # type: ignore[index]

    def check(client: httpx2.Client) -> None:
        answer = client.get("search?q=steady&per_page=100").raise_for_status().json()
        edition = edition_of(answer)
        tag = {"tag": f"edition-{edition}", "label": f"edition-{edition}"}
        answered[edition] += 1
        if [hit["tags"] for hit in answer["hits"]] != [[tag]] * 12 or answer["facets"]["tags"] != [tag | {"count": 12}]:
            wrong.append(f"edition {edition} answered with {json.dumps(answer)}")
        tags = client.get("tags").raise_for_status().json()
        if [each["tag"] for each in tags["tags"]] != [f"edition-{edition_of(tags)}"]:
            wrong.append(f"mixed tags: {tags}")
        page = client.get("?q=steady&per_page=100").raise_for_status().text
        if len(set(re.findall(r"edition-\d+", page))) != 1:
            wrong.append(f"mixed page: {page}")

    def hammer() -> None:
        with httpx2.Client(base_url=service.address, timeout=30) as client:
            while not stop.is_set():
                try:
                    check(client)
                except Exception as exc:
                    wrong.append(repr(exc))

    with running(config) as service:
        with threads(hammer):
            try:
                for number in range(1, 21):
                    publish_edition(engine, number, editions)
                    time.sleep(0.2)
            finally:
                stop.set()
        newest = max(editions)
        deadline = time.monotonic() + 5
        in_a_row = 0  # each request on a connection of its own, so that every worker is met
        while in_a_row < 20 and time.monotonic() < deadline:
            generation = httpx2.get(service.address + "readyz").json()["generation"]
            in_a_row = in_a_row + 1 if generation == newest else 0
    assert wrong == []
    assert in_a_row == 20
    assert len(answered) > 3, "too few generations were met for this to show anything"
    assert not [line for line in service.log if " ERROR " in line]


def one_response(port: int) -> tuple[bytes, bool]:
    """What came back for one request on a new connection, and whether it was all of it."""
    received = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(b"GET /search?q=steady&per_page=100 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            while piece := connection.recv(2000):
                received += piece
                head, _, body = received.partition(b"\r\n\r\n")
                length = re.search(rb"\r\ncontent-length: (\d+)", head)
                if length and len(body) == int(length[1]):
                    return received, True
    except OSError:
        return received, False
    return received, False


@pytest.mark.served
@pytest.mark.parametrize("workers", [1, 2])
def test_the_end_of_the_service_under_load_cuts_no_response(tmp_path: Path, workers: int) -> None:
    config = Config(index=tmp_path / "index", port=0, workers=workers, rate_limit=0)
    publish(open_engine(config), *(post(f"p{number}", body="steady words " * 40) for number in range(100)))
    complete: Counter[bool] = Counter()
    cut: list[bytes] = []

    def hammer() -> None:
        while True:
            received, whole = one_response(service.port)
            if not whole:
                # A connection that no worker had taken up may be turned away, but without a byte.
                if received:
                    cut.append(received)
                return
            complete[ended.is_set()] += 1

    ended = threading.Event()
    with running(config) as service:
        assert one_response(service.port)[1]
        with threads(hammer):
            time.sleep(1)
            ended.set()
            service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(30) == 0
    assert cut == []
    assert complete[False] > CLIENTS
    assert not [line for line in service.log if " ERROR " in line]


@pytest.mark.served
@pytest.mark.parametrize("workers", [1, 2])
def test_a_hang_up_ends_the_service_in_good_order_unless_it_is_to_be_ignored(tmp_path: Path, workers: int) -> None:
    config = Config(index=tmp_path / "index", port=0, workers=workers, access_log=False)
    publish(open_engine(config), post("a"))
    with running(config) as service:
        assert httpx2.get(service.address + "healthz", timeout=30).status_code == 200
        service.process.send_signal(signal.SIGHUP)
        assert service.process.wait(30) == 0
    assert not [line for line in service.log if " ERROR " in line]
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does for what it starts
    try:
        with running(config) as service:
            assert httpx2.get(service.address + "healthz", timeout=30).status_code == 200
            service.process.send_signal(signal.SIGHUP)
            time.sleep(1)
            assert httpx2.get(service.address + "healthz", timeout=30).status_code == 200
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.served
def test_the_address_is_told_and_the_service_does_not_say_what_it_is_made_of(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index", port=0)
    with running(config) as service:
        response = httpx2.get(service.address + "healthz")
        assert response.status_code == 200
        assert "server" not in response.headers
        assert sum(line.startswith("Postseek serves") for line in service.log) == 1
        assert service.address.startswith("http://127.0.0.1:")
        # A head that never ends is refused.
        with socket.create_connection(("127.0.0.1", service.port), timeout=30) as connection:
            connection.sendall(b"GET /search?q=" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
        assert httpx2.get(service.address + "healthz").status_code == 200


@pytest.mark.served
def test_who_asks_for_a_websocket_is_answered_and_fills_no_log(tmp_path: Path) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    with running(Config(index=tmp_path / "index", port=0, access_log=False)) as service:
        for _ in range(3):
            assert httpx2.get(service.address + "healthz", headers=upgrade, timeout=30).status_code == 200
    assert [line for line in service.log if "WARNING" in line and "uvicorn" in line] == []


def test_an_address_in_use_is_a_configuration_error_that_names_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError, match="another port with --port"):
        serve(Config(index=tmp_path, port=taken.getsockname()[1]))


@pytest.mark.parametrize(
    ("host", "remedy"),
    [
        ("198.51.100.7", "none of this machine's; name one with --host"),
        ("nowhere.invalid", "no such address; name one of this machine's with --host"),
        ("ümlaut..x", "no such address"),
    ],
)
def test_a_host_that_cant_be_bound_is_told_from_a_port_that_cant(tmp_path: Path, host: str, remedy: str) -> None:
    with pytest.raises(ConfigError, match=remedy) as raised:
        serve(Config(index=tmp_path, host=host, port=0))
    assert "--port" not in str(raised.value)
