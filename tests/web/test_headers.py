"""What every answer says of itself, whoever gives it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from search_service.web.routes import PLACES, Kind

PATHS = {
    route: route.replace("{tag}", "massage").replace("/static/{path}", "/static/icon.svg")
    for route, place in PLACES.items()
    if route not in ("/example/{path}", "/reindex")
}
ERRORS = ("/nothing", "/search?page=0", "/related?url=https://blog.example/gone", "/static/nothing", "/reindex")


@pytest.mark.parametrize("path", [*PATHS.values(), *ERRORS])
def test_no_answer_can_be_framed_sniffed_or_made_to_run_what_it_holds(blog: TestClient, path: str) -> None:
    headers = blog.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] in ("no-cache", "no-store", "public, max-age=3600")
    assert "server" not in headers
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", [PATHS[route] for route, place in PLACES.items() if place.kind is Kind.API])
def test_answers_are_not_for_search_engines(blog: TestClient, path: str) -> None:
    assert blog.get(path).headers["x-robots-tag"] == "noindex"


def test_the_page_of_results_is_not_for_search_engines_and_the_start_page_is(blog: TestClient) -> None:
    assert blog.get("/?q=back").headers["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in blog.get("/").headers


@pytest.mark.parametrize("path", PATHS.values())
def test_head_says_what_get_says(blog: TestClient, path: str) -> None:
    path = path if path != "/related" else "/related?url=https://blog.example/running"
    head, get = blog.head(path), blog.get(path)
    assert head.status_code == get.status_code == 200
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize("path", PATHS.values())
def test_what_only_reads_cant_be_written_to(blog: TestClient, path: str) -> None:
    for method in ("POST", "PUT", "DELETE", "TRACE"):
        answer = blog.request(method, path)
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
