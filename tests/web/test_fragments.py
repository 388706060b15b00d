"""Lists as HTML for a page's server to include, and who gets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.app import create_app
from search_service.web.fragments import prefers_html

from ..engine.posts import post, publish
from .page import Page

RELATED = "/related?url=https://blog.example/lower-back"


@pytest.mark.parametrize("path", ["/recent", "/featured", "/tags", RELATED])
def test_a_list_comes_as_html_for_a_parameter_or_a_header_and_else_as_json(blog: TestClient, path: str) -> None:
    plain = blog.get(path, headers={"Accept": "*/*"})
    assert plain.headers["content-type"] == "application/json"
    for parameters, accept in (({"format": "html"}, "*/*"), ({}, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")):
        fragment = blog.get(path, params={**plain.request.url.params, **parameters}, headers={"Accept": accept})
        assert fragment.headers["content-type"] == "text/html; charset=utf-8"
        assert "Accept" in fragment.headers["vary"].split(", ")
        assert Page(fragment.text).elements[0].tag == "ul"
    asked = blog.get(path, params={**plain.request.url.params, "format": "json"}, headers={"Accept": "text/html"})
    assert asked.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        ("text/html", True),
        ("TEXT/HTML", False),
        ("text/html;q=0", False),
        ("application/json, text/html;q=0.5", False),
        ("application/json;q=0.1, text/html ; q=0.5", True),
        ("*/*", False),
        ("", False),
        ("text/html" + ",x" * 5000, True),
    ],
)
def test_html_is_for_those_who_prefer_it_to_json(accept: str, html: bool) -> None:
    assert prefers_html(accept) is html


def test_a_fragment_of_posts_leads_to_the_posts_and_says_when_they_were_written(blog: TestClient) -> None:
    shown = Page(blog.get("/recent?format=html&per_page=2").text)
    assert shown.links() == {
        "東京タワーのマッサージ": "https://blog.example/tokyo",
        "Running on easy days": "https://blog.example/running",
    }
    assert shown.texts("time") == ["2019-09-09", "2018-06-01"]
    assert [item.attributes["lang"] for item in shown.all("li")] == ["ja", "en"]


def test_a_fragment_of_tags_leads_to_the_search_page_in_full(blog: TestClient) -> None:
    links = Page(blog.get("/tags?format=html&q=c").text).links()
    assert links["C++"] == "http://testserver/?tag=c%2B%2B"
    assert links["AC/DC"] == "http://testserver/?tag=ac%2Fdc"


def test_a_host_that_is_no_host_gets_into_no_link(blog: TestClient) -> None:
    fragment = blog.get("/tags?format=html", headers={"Host": 'x"><script>alert(1)</script>'}).text
    assert "script" not in fragment
    assert 'href="http://localhost/?tag=' in fragment


def test_nothing_of_a_post_becomes_markup_in_a_fragment(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index", public_url="https://search.example/find")
    engine = open_engine(config)
    publish(engine, post("a?b=\"'<", "<script>alert(1)</script> & half \ud83d", tags=['"><img src=x>'], lang='"><b>'))
    with TestClient(create_app(config, engine)) as client:
        for path in ("/recent", "/tags"):
            shown = Page(client.get(f"{path}?format=html").text)
            assert {element.tag for element in shown.elements} <= {"ul", "li", "a", "bdi", "span"}
        (link,) = shown.links().values()
        assert link.startswith("https://search.example/find/?tag=")


def test_a_format_that_is_none_is_named(blog: TestClient) -> None:
    for path in ("/recent", "/featured", "/tags", RELATED):
        answer = blog.get(path, params={"format": "xml", "url": "https://blog.example/x"})
        assert answer.status_code == 400
        assert "format" in {error["parameter"] for error in answer.json()["errors"]}
