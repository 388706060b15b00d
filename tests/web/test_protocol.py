"""What a client may send, byte by byte, to a real service."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.protocol import MAX_AHEAD, MAX_HEAD, BoundedProtocol

from ..engine.posts import post, publish
from .service import Service, running

pytestmark = pytest.mark.served

GET = b"GET /healthz HTTP/1.1\r\nHost: blog.example\r\n"
CHUNKED = b"POST /reindex HTTP/1.1\r\nHost: blog.example\r\nTransfer-Encoding: chunked\r\n\r\n"
OK = b'{"status":"ok"}'
ENOUGH = 1024 * MAX_HEAD
"""Bytes by which an end must have come: what the kernel holds of a connection that nobody reads is less."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    config = Config(index=tmp_path_factory.mktemp("protocol") / "index", port=0, rate_limit=0)
    publish(open_engine(config), post("one", "One", "words"))
    with running(config) as running_service:
        yield running_service


@pytest.fixture
def connection(service: Service) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as connection:
        yield connection


def sent_until_closed(connection: socket.socket, piece: bytes) -> int:
    """How many bytes of a text without end went out before the service hung up."""
    piece, sent = piece * 16, 0
    try:
        while sent < ENOUGH:
            connection.sendall(piece)
            sent += len(piece)
    except (BrokenPipeError, ConnectionResetError):
        pass
    return sent


def everything(connection: socket.socket) -> bytes:
    """All that comes until the service closes the connection."""
    received = b""
    try:
        while piece := connection.recv(1 << 16):
            received += piece
    except ConnectionResetError:  # it had more to read when it hung up
        pass
    return received


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        pytest.param(b"GET /search?q=", b"a" * 4096, id="an address"),
        pytest.param(GET + b"X-Long: ", b"a" * 4096, id="a header"),
        pytest.param(GET, b"X-Many: 1\r\n" * 400, id="headers"),
        pytest.param(CHUNKED + b"1\r\na\r\n0\r\n", b"X-Trailer: 1\r\n" * 300, id="trailers"),
        pytest.param(CHUNKED + b"1;", b"a" * 4096, id="the extension of a chunk"),
    ],
)
def test_what_never_ends_is_cut_off(connection: socket.socket, start: bytes, piece: bytes) -> None:
    connection.sendall(start)

    assert sent_until_closed(connection, piece) < ENOUGH


def test_a_head_that_is_too_long_is_told_so(connection: socket.socket) -> None:
    connection.sendall(GET)
    connection.sendall(b"X-Long: " + b"a" * MAX_HEAD)

    answer = everything(connection)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.endswith(b"The head of the request is too large.")


def test_a_head_that_is_too_long_is_refused_even_if_it_comes_at_once(connection: socket.socket) -> None:
    connection.sendall(GET + b"X-Long: " + b"a" * MAX_HEAD + b"\r\nConnection: close\r\n\r\n")

    assert everything(connection).startswith(b"HTTP/1.1 400 ")


def test_a_long_head_with_an_end_is_fine(connection: socket.socket) -> None:
    connection.sendall(GET + b"X-Long: ")
    connection.sendall(b"a" * (MAX_HEAD // 2) + b"\r\nConnection: close\r\n\r\n")

    assert everything(connection).startswith(b"HTTP/1.1 200 ")


def test_any_number_of_requests_come_over_one_connection(connection: socket.socket) -> None:
    for _ in range(40):
        connection.sendall(GET + b"X-Padding: " + b"a" * 4096 + b"\r\n\r\n")
        answer = b""
        while not answer.endswith(OK):
            answer += connection.recv(1 << 16)
        assert answer.startswith(b"HTTP/1.1 200 ")


def test_requests_sent_ahead_are_answered_in_their_order(connection: socket.socket) -> None:
    connection.sendall(
        b"".join(
            b"GET /search?facets=0&q=word%d HTTP/1.1\r\nHost: blog.example\r\n%s\r\n"
            % (number, b"Connection: close\r\n" if number == 29 else b"")
            for number in range(30)
        )
    )

    answers = everything(connection)

    places = [answers.find(b'{"q":"word%d"' % number) for number in range(30)]
    assert -1 not in places
    assert places == sorted(places)


def test_more_requests_than_anybody_sends_ahead_are_no_work(connection: socket.socket) -> None:
    request = GET + b"\r\n"

    connection.sendall(request * (100 * MAX_AHEAD))
    answers = everything(connection)

    assert answers.count(OK) <= 1 + MAX_AHEAD
    assert b"HTTP/1.1 400 " in answers


@pytest.mark.parametrize(
    "request_line",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /search?q=\xff\xfe HTTP/1.1",
        b"GET / HTTP/9.9",
        b"FOO / HTTP/1.1",
        b"CONNECT blog.example:443 HTTP/1.1",
    ],
)
def test_what_is_no_request_is_refused(connection: socket.socket, request_line: bytes) -> None:
    connection.sendall(request_line + b"\r\nHost: blog.example\r\nConnection: close\r\n\r\n")

    assert everything(connection).startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 405 ", b"HTTP/1.1 404 "))


@pytest.mark.parametrize("hosts", [b"", b"Host: a.example\r\nHost: b.example\r\n"])
def test_a_request_without_its_one_host_is_refused(connection: socket.socket, hosts: bytes) -> None:
    connection.sendall(b"GET /healthz HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")

    assert everything(connection).startswith(b"HTTP/1.1 400 ")


def test_an_old_client_needs_no_host(connection: socket.socket) -> None:
    connection.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")

    assert everything(connection).startswith(b"HTTP/1.1 200 ")


def test_an_offer_of_http_2_is_declined_and_the_request_answered(connection: socket.socket) -> None:
    upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n"
    connection.sendall(GET + upgrade)

    assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200 ")


class Impatient(BoundedProtocol):
    patience = 0.2


async def answer_at_length(_scope: Scope, _receive: Receive, send: Send) -> None:
    body = b"a" * (1 << 20)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET / HT", id="a part of a head"),
        pytest.param(GET + b"\r\nGET", id="a part of the next one"),
        pytest.param((GET + b"\r\n") * MAX_AHEAD, id="requests whose answers it doesn't read"),
    ],
)
def test_who_keeps_a_connection_for_nothing_loses_it(sent: bytes) -> None:
    async def connected() -> None:
        config = uvicorn.Config(answer_at_length, log_config=None)
        state = ServerState()
        server = await asyncio.get_running_loop().create_server(lambda: Impatient(config, state, {}), "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
            writer.write(sent)
            async with asyncio.timeout(20):
                while not state.connections:
                    await asyncio.sleep(0.01)
                while state.connections:
                    await asyncio.sleep(0.01)
            writer.close()

    asyncio.run(connected())


def test_the_service_lives_on(service: Service, connection: socket.socket) -> None:
    connection.sendall(GET + b"Connection: close\r\n\r\n")

    assert everything(connection).endswith(OK)
    assert service.process.poll() is None
