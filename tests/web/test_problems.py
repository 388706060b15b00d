"""Errors are RFC 9457 problems that name everything that is wrong."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.read_model.searcher import ReadModelSearcher
from search_service.engine.model import TagCount
from search_service.settings import Config
from search_service.web.app import create_app

from ..engine.posts import post, publish


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("pgae=2", "pgae", "did you mean page?"),
        ("perpage=2", "perpage", "did you mean per_page?"),
        ("xyzzy=1", "xyzzy", "there are q, tag"),
        ("q=a&q=b", "q", "more than once"),
        ("page=0", "page", "from 1 to 1000"),
        ("page=-1", "page", "from 1 to 1000"),
        ("page=2.5", "page", "whole number"),
        ("page=%EF%BC%91", "page", "whole number"),
        ("per_page=101", "per_page", "from 1 to 100"),
        ("page=11&per_page=100", "page", "at most 1000"),
        ("sort=best", "sort", "relevance, -date, date"),
        ("facets=yes", "facets", "0, 1"),
        ("after=yesterday", "after", "YYYY-MM-DD"),
        ("before=2017-02-30", "before", "not a day"),
        ("after=2018&before=2017", "after", "later than before"),
        ("tag=%23,-", "tag", "names no tag"),
        ("tag=" + "a," * 60, "tag", "more than 50"),
        ("not_tag=" + "&not_tag=".join("abc" * 20), "not_tag", "more than 50"),
        ("lang=english!", "lang", "en or pt-BR"),
        ("author=" + "a" * 201, "author", "longer than 200"),
        ("author=!!!", "author", "names nobody"),
    ],
)
def test_a_wrong_parameter_is_named_with_the_remedy(blog: TestClient, query: str, parameter: str, detail: str) -> None:
    response = blog.get(f"/search?{query}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert list(body) == ["type", "title", "status", "detail", "code", "errors"]
    assert (body["title"], body["status"], body["code"]) == ("Bad Request", 400, "invalid_parameter")
    assert [error["parameter"] for error in body["errors"]] == [parameter]
    assert detail in body["errors"][0]["detail"]


def test_everything_that_is_wrong_is_named_at_once(blog: TestClient) -> None:
    errors = blog.get("/search?page=0&sort=x&after=x&tga=y").json()["errors"]
    assert {error["parameter"] for error in errors} == {"page", "sort", "after", "tga"}


def test_thousands_of_unknown_parameters_cost_a_short_answer(blog: TestClient) -> None:
    response = blog.get("/search?" + "&".join(f"x{number}=1" for number in range(3000)))
    assert response.status_code == 400
    assert len(response.json()["errors"]) == 10


def test_an_unknown_address_is_not_found_and_never_a_redirect(blog: TestClient) -> None:
    for path in ("/nope", "/search/", "/tags/", "/static/../app.py", "/static/nope.css", "/static/%00"):
        response = blog.get(path, follow_redirects=False)
        assert (response.status_code, response.json()["code"]) == (404, "not_found"), path


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_method_that_is_not_possible_is_answered_with_those_that_are(blog: TestClient, method: str) -> None:
    response = blog.request(method, "/search")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}


class _FailingSearcher(ReadModelSearcher):
    def tags(self) -> Sequence[TagCount]:
        raise RuntimeError("the secret of the house")


class _FailingEngine(EmbeddedEngine):
    def searcher(self, *, refuse: frozenset[str] = frozenset()) -> ReadModelSearcher:
        opened = super().searcher(refuse=refuse)
        folder = self._store.folder(opened.generation.id) / "read_model"
        return _FailingSearcher(folder, opened.generation)


def test_what_nobody_foresaw_is_logged_and_tells_the_client_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = _FailingEngine(tmp_path / "index")
    publish(engine, post("a"))
    with TestClient(create_app(Config(), engine)) as client, caplog.at_level(logging.ERROR):
        response = client.get("/tags")
    assert (response.status_code, response.json()["code"]) == (500, "internal_error")
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "the secret of the house" in caplog.text


@pytest.mark.parametrize(("path", "up"), [("/serach", "./"), ("/blog/2017/a-post", "../../"), ("/example/none", "../")])
def test_a_browser_that_is_lost_sees_a_page_that_leads_back(blog: TestClient, path: str, up: str) -> None:
    response = blog.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response.headers["cache-control"]) == (404, "no-store")
    assert "There is no such page" in response.text
    assert f'href="{up}static/postseek.css"' in response.text
    assert f'action="{up}"' in response.text
    assert path not in response.text


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/serach", "*/*"),
        ("/tags/", "text/html"),
        ("/related?url=https://blog.example/none", "text/html"),
        ("/a" * 30, "text/html"),
    ],
)
def test_a_program_that_is_lost_reads_a_problem(blog: TestClient, path: str, accept: str) -> None:
    response = blog.get(path, headers={"Accept": accept})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
