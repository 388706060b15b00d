"""POST /reindex: who knows the secret may ask for posts of this blog, once, and in small portions."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from search_service.engine.factory import open_engine
from search_service.engine.requests import ReindexRequests
from search_service.settings import Config
from search_service.web.app import create_app
from search_service.web.reindex import MAX_BODY, SIGNATURE, TIMESTAMP, signature

from ..engine.posts import post, publish
from .service import running

SECRET = "0123456789abcdef0123456789abcdef"
BEARER = {"Authorization": f"Bearer {SECRET}"}
BODY = json.dumps({"urls": ["https://blog.example/a", "HTTPS://Blog.Example/new?utm_source=x#top"]}).encode()
URLS = ("https://blog.example/a", "https://blog.example/new")


def signed(body: bytes, *, at: float | str | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at)) if not isinstance(at, str) else at
    return {TIMESTAMP: stamp, SIGNATURE: signature(secret, stamp, body)}


@pytest.fixture
def spool(tmp_path: Path) -> ReindexRequests:
    return ReindexRequests(tmp_path / "index")


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[TestClient]:
    """A service that takes requests."""
    config = Config(index=tmp_path / "index", reindex_secret=SECRET, rate_limit=0)
    engine = open_engine(config)
    publish(engine, post("a"))
    with TestClient(create_app(config, engine)) as client:
        yield client


def drained(spool: ReindexRequests) -> tuple[str, ...]:
    with spool.drain() as urls:
        return urls


def refused(client: TestClient, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    answer = client.post("/reindex", content=body, headers=dict(headers))
    assert answer.headers["content-type"] == "application/problem+json"
    assert SECRET not in answer.text
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("headers", [BEARER, {"Authorization": f"bearer  {SECRET}"}, {}])
def test_who_knows_the_secret_may_ask(blog: TestClient, spool: ReindexRequests, headers: dict[str, str]) -> None:
    answer = blog.post("/reindex", content=BODY, headers=headers or signed(BODY))
    assert (answer.status_code, answer.json()) == (202, {"accepted": 2})
    assert answer.headers["cache-control"] == "no-store"
    assert drained(spool) == URLS


def test_a_secret_of_any_letters_is_known_by_its_bytes(tmp_path: Path) -> None:
    secret = "Schlüssel für 花 und 鳥"
    config = Config(index=tmp_path / "index", reindex_secret=secret, rate_limit=0)
    engine = open_engine(config)
    publish(engine, post("a"))
    with TestClient(create_app(config, engine)) as client:
        answer = client.post("/reindex", content=BODY, headers={b"Authorization": f"Bearer {secret}".encode()})
    assert answer.status_code == 202


def test_addresses_may_come_as_lines(blog: TestClient, spool: ReindexRequests) -> None:
    lines = "\r\nhttps://blog.example/a\n  https://blog.example/new\nhttps://blog.example/a\n"
    headers = BEARER | {"Content-Type": "text/plain; charset=utf-8"}
    assert blog.post("/reindex", content=lines, headers=headers).json() == {"accepted": 2}
    assert drained(spool) == URLS


def test_without_a_secret_there_is_no_such_address(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index")
    with TestClient(create_app(config, open_engine(config))) as client:
        for token in ("", "x"):
            assert refused(client, BODY, {"Authorization": f"Bearer {token}"}) == (404, "not_found")
        assert refused(client, BODY, signed(BODY, secret="")) == (404, "not_found")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Basic {SECRET}"},
        {"Authorization": f"Bearer {SECRET}x"},
        {TIMESTAMP: "1"},
        {SIGNATURE: "sha256=" + "0" * 64},
        {TIMESTAMP: "1", SIGNATURE: "sha256=" + "0" * 64},
        signed(BODY, at="9" * 12),
        signed(BODY, at="-1"),
        signed(BODY, at="1e9"),
    ],
)
def test_who_does_not_know_it_may_not(blog: TestClient, spool: ReindexRequests, headers: dict[str, str]) -> None:
    assert refused(blog, BODY, headers) == (401, "unauthorized")
    assert blog.post("/reindex", content=BODY, headers=headers).headers["www-authenticate"].startswith("Bearer")
    assert drained(spool) == ()


def test_a_signature_is_good_for_this_body_this_secret_and_five_minutes(
    blog: TestClient, spool: ReindexRequests
) -> None:
    for headers in (
        {**signed(BODY), SIGNATURE: "sha256=" + "0" * 64},
        {**signed(BODY), "Authorization": "Bearer wrong"},
        signed(BODY, secret="x" * 32),
        signed(BODY + b" "),
        signed(BODY, at=time.time() - 301),
        signed(BODY, at=time.time() + 400),
    ):
        assert refused(blog, BODY, headers) == (401, "unauthorized")
    assert drained(spool) == ()


def test_a_signed_request_is_taken_once(blog: TestClient, spool: ReindexRequests) -> None:
    headers = signed(BODY)
    assert blog.post("/reindex", content=BODY, headers=headers).status_code == 202
    assert refused(blog, BODY, headers) == (409, "replayed")
    assert drained(spool) == URLS
    assert blog.post("/reindex", content=BODY, headers=signed(BODY, at=time.time() - 200)).status_code == 202


def test_a_signed_request_that_wasnt_taken_may_be_sent_again(
    blog: TestClient, spool: ReindexRequests, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = signed(BODY)
    monkeypatch.setattr("search_service.engine.requests.MAX_PENDING", 0)
    assert refused(blog, BODY, headers) == (429, "rate_limited")
    monkeypatch.undo()
    assert blog.post("/reindex", content=BODY, headers=headers).status_code == 202
    assert refused(blog, BODY, headers) == (409, "replayed")
    assert drained(spool) == URLS


def test_a_body_that_breaks_off_is_no_failure_of_the_service(blog: TestClient) -> None:
    pieces = [{"type": "http.request", "body": BODY[:9], "more_body": True}, {"type": "http.disconnect"}]
    sent: list[Message] = []

    async def receive() -> Message:
        return pieces.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"authorization", BEARER["Authorization"].encode())]
    scope = {"type": "http", "method": "POST", "path": "/reindex", "query_string": b"", "headers": headers}
    assert blog.portal is not None
    blog.portal.call(blog.app, scope, receive, send)

    assert sent[0]["status"] == 400


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", (400, "invalid_body")),
        (b"[]", (400, "invalid_body")),
        (b"{}", (400, "invalid_body")),
        (b'{"urls": "https://blog.example/a"}', (400, "invalid_body")),
        (b'{"urls": []}', (400, "invalid_body")),
        (b'{"urls": [], "url": ""}', (400, "invalid_body")),
        (b'{"urls": ["\xff"]}', (400, "invalid_body")),
        (b"[" * 50_000, (400, "invalid_body")),
        (json.dumps({"urls": ["https://other.example/a"]}).encode(), (400, "invalid_body")),
        (json.dumps({"urls": ["https://blog.example/a", "http://blog.example/a"]}).encode(), (400, "invalid_body")),
        (json.dumps({"urls": ["https://blog.example@127.0.0.1/"]}).encode(), (400, "invalid_body")),
        (json.dumps({"urls": ["file:///etc/passwd"]}).encode(), (400, "invalid_body")),
        (json.dumps({"urls": ["/a"]}).encode(), (400, "invalid_body")),
        (json.dumps({"urls": [f"https://blog.example/{n}" for n in range(101)]}).encode(), (413, "too_large")),
        (b" " * (MAX_BODY + 1), (413, "too_large")),
    ],
)
def test_what_cant_be_read_again_is_refused_with_the_reason(
    blog: TestClient, spool: ReindexRequests, body: bytes, error: tuple[int, str]
) -> None:
    assert refused(blog, body, BEARER) == error
    assert drained(spool) == ()


def test_a_spool_that_cant_be_written_is_a_problem_for_the_operator(blog: TestClient, tmp_path: Path) -> None:
    (tmp_path / "index/requests").write_text("a file where a folder belongs")
    answer = blog.post("/reindex", content=BODY, headers=BEARER)
    assert (answer.status_code, answer.json()["code"]) == (503, "spool_unavailable")
    assert "retry-after" in answer.headers


def test_without_an_index_nobody_knows_which_blog_this_is(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index", reindex_secret=SECRET)
    with TestClient(create_app(config, open_engine(config))) as client:
        assert refused(client, BODY, BEARER) == (503, "index_missing")


@pytest.mark.served
def test_of_one_signed_request_sent_to_all_workers_at_once_one_is_taken(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index", port=0, workers=2, reindex_secret=SECRET, rate_limit=0)
    publish(open_engine(config), post("a"))
    with running(config) as service:
        headers = signed(BODY)
        address = service.address + "reindex"
        statuses = [httpx2.post(address, content=BODY, headers=headers, timeout=30).status_code for _ in range(10)]
        assert sorted(statuses) == [202] + [409] * 9
        # A body without an end is refused while it is still coming.
        endless = httpx2.post(address, content=(b"x" * 10_000 for _ in range(50)), headers=BEARER, timeout=30)
        assert endless.status_code == 413
    assert drained(ReindexRequests(tmp_path / "index")) == URLS
    assert not [line for line in service.log if SECRET in line]
