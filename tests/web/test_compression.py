"""gzip where it saves something."""

from __future__ import annotations

import gzip

import pytest
from starlette.testclient import TestClient

from search_service.web.compression import accepts_gzip

GZIP = {"Accept-Encoding": "gzip, br"}
PLAIN = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize(
    "path", ["/", "/search?q=back", "/recent?format=html", "/feed", "/openapi.json", "/docs", "/static/postseek.css"]
)
def test_long_texts_come_compressed_to_those_who_accept_it_and_say_that_they_vary(blog: TestClient, path: str) -> None:
    plain, packed = blog.get(path, headers=PLAIN), blog.get(path, headers=GZIP)
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "Accept-Encoding" in packed.headers["vary"]
    if len(plain.content) < 1024:
        assert "content-encoding" not in packed.headers
        return
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content)
    if path not in ("/search?q=back",):  # took_ms
        assert packed.content == plain.content
    # The bytes differ, so the tag must not claim that they are the same.
    assert packed.headers["etag"].startswith('W/"')


def test_short_texts_stay_as_they_are(blog: TestClient) -> None:
    answer = blog.get("/healthz", headers=GZIP)
    assert "content-encoding" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_the_module_is_compressed_once(blog: TestClient) -> None:
    with blog.stream("GET", "/postseek.js", headers=GZIP) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        raw = b"".join(answer.iter_raw())
    assert gzip.decompress(raw) == blog.get("/postseek.js", headers=PLAIN).content


def test_head_tells_the_length_that_get_has(blog: TestClient) -> None:
    for headers in (PLAIN, GZIP):
        head, get = blog.head("/openapi.json", headers=headers), blog.get("/openapi.json", headers=headers)
        assert head.headers["content-length"] == get.headers["content-length"]
        assert head.headers.get("content-encoding") == get.headers.get("content-encoding")


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("x-gzip", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("br", False),
        ("", False),
        ("*", False),
        ("gzippy", False),
        ("," * 100_000 + "gzip", False),
    ],
)
def test_gzip_is_for_those_who_accept_it(value: str, accepted: bool) -> None:
    assert accepts_gzip(value) is accepted


def test_a_file_has_one_tag_however_it_is_asked_for(blog: TestClient) -> None:
    path = "/static/postseek.css"
    packed = blog.get(path, headers={"Accept-Encoding": "gzip"})
    tag = packed.headers["etag"]
    assert (tag[:3], packed.headers["content-encoding"]) == ('W/"', "gzip")
    assert blog.get(path, headers={"Accept-Encoding": "identity"}).headers["etag"] == tag
    assert blog.head(path, headers={"Accept-Encoding": "gzip"}).headers["etag"] == tag
    again = blog.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["etag"]) == (304, tag)
