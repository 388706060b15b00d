"""Whose pages may read what: the module everyone's, the API the blog's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.app import create_app

from ..engine.posts import post, publish

OWN = {"Origin": "https://blog.example"}
OTHER = {"Origin": "https://other.example"}
PREFLIGHT = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
ALLOWED = "access-control-allow-origin"
API = ("/search?q=back", "/suggest?q=b", "/tags", "/tags/massage", "/recent", "/featured", "/feed", "/openapi.json")


@pytest.mark.parametrize("path", API)
def test_pages_of_the_indexed_blog_may_read_the_api_and_others_may_not(blog: TestClient, path: str) -> None:
    own, other, none = (blog.get(path, headers=headers) for headers in (OWN, OTHER, {}))
    assert own.headers[ALLOWED] == "https://blog.example"
    assert ALLOWED not in other.headers
    assert ALLOWED not in none.headers
    # A shared cache must not give one origin's answer to another.
    assert all("Origin" in answer.headers["vary"].split(", ") for answer in (own, other, none))
    assert "access-control-allow-credentials" not in own.headers
    assert set(own.headers["access-control-expose-headers"].split(", ")) == {"ETag", "Link", "Retry-After"}


@pytest.mark.parametrize(
    "origin", ["http://blog.example", "https://blog.example:8443", "https://blog.example.evil", "null", ""]
)
def test_an_origin_that_only_resembles_the_blogs_is_another(blog: TestClient, origin: str) -> None:
    assert ALLOWED not in blog.get("/search", headers={"Origin": origin}).headers


@pytest.mark.parametrize("path", ["/postseek.js", "/static/postseek.css", "/static/elements/search.js"])
def test_any_page_may_load_the_module_and_what_it_imports(blog: TestClient, path: str) -> None:
    for headers in (OWN, OTHER, {}):
        answer = blog.get(path, headers=headers)
        assert answer.status_code == 200
        assert answer.headers[ALLOWED] == "*"
        assert "Origin" not in answer.headers.get("vary", "")


@pytest.mark.parametrize("path", ["/", "/metrics", "/healthz", "/readyz", "/docs", "/nothing"])
def test_what_is_for_people_and_operators_is_for_no_other_page(blog: TestClient, path: str) -> None:
    assert ALLOWED not in blog.get(path, headers=OWN).headers


def test_errors_can_be_read_too(blog: TestClient) -> None:
    refused = blog.get("/search?page=0", headers=OWN)
    assert (refused.status_code, refused.headers[ALLOWED]) == (400, "https://blog.example")


def test_a_preflight_is_answered_for_the_blogs_pages_alone(blog: TestClient) -> None:
    own = blog.options("/search", headers=OWN | PREFLIGHT)
    assert own.status_code == 204
    assert own.headers[ALLOWED] == "https://blog.example"
    assert own.headers["access-control-allow-methods"] == "GET, HEAD"
    assert "If-None-Match" in own.headers["access-control-allow-headers"]
    assert int(own.headers["access-control-max-age"]) > 0
    other = blog.options("/search", headers=OTHER | PREFLIGHT)
    assert not [name for name in other.headers if name.startswith("access-control-")]
    assert blog.options("/search", headers=OWN).status_code == 405  # no preflight


@pytest.mark.parametrize(
    ("allow", "origin", "answered"),
    [
        (("https://other.example",), "https://other.example", "https://other.example"),
        (("https://other.example",), "https://blog.example", "https://blog.example"),
        (("https://other.example",), "https://third.example", None),
        (("*",), "https://third.example", "*"),
        (("https://Bücher.example:443",), "https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        (("http://[::1]:8080",), "http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_operator_may_allow_more_origins(
    tmp_path: Path, allow: tuple[str, ...], origin: str, answered: str | None
) -> None:
    config = Config(index=tmp_path / "index", allow_origins=allow)
    engine = open_engine(config)
    publish(engine, post("a"))
    with TestClient(create_app(config, engine)) as client:
        assert client.get("/search", headers={"Origin": origin}).headers.get(ALLOWED) == answered


def test_every_origin_that_posts_have_is_the_blogs_own_and_no_other(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index")
    engine = open_engine(config)
    publish(engine, post("a"))
    with engine.update() as writer:
        for url in ("https://www.second.example:8443/b", "http://third.example/c", "mailto:kim@fourth.example"):
            document = post("x")
            writer.put(type(document)(url=url, title="b"))
        writer.seal()
        writer.publish()
    with TestClient(create_app(config, engine)) as client:
        asked = ("https://blog.example", "https://www.second.example:8443", "http://third.example", "mailto://")
        allowed = [origin for origin in asked if ALLOWED in client.get("/tags", headers={"Origin": origin}).headers]
        assert allowed == list(asked[:3])
