"""The API's description is that of the API: by its types, by its routes, and by thousands of requests made from it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.app import create_app
from search_service.web.operations import OPERATIONS
from search_service.web.parameters import PARAMETERS
from search_service.web.routes import NOWHERE, PLACES, place_of

from ..engine.posts import post, publish
from .conftest import POSTS
from .page import Page
from .service import running

SECRET = "0123456789abcdef0123456789abcdef"


def paths_of_the_service(tmp_path: Path) -> set[str]:
    example = tmp_path / "example"
    example.mkdir()
    (example / "index.html").write_text("<!doctype html>")
    config = Config(index=tmp_path / "index", example=str(example))
    found = set()
    for route in create_app(config, open_engine(config)).routes:
        if isinstance(route, Mount):
            found.add(route.path + "/{path}")
        elif isinstance(route, Route):
            found.add(route.path.replace(":path", ""))
    return found - {"/example"}


def test_every_route_has_a_place_and_every_place_a_route(tmp_path: Path) -> None:
    assert paths_of_the_service(tmp_path) == set(PLACES)
    assert place_of("/tags/a/b").route == "/tags/{tag}"
    assert place_of("/tags/") is PLACES["/tags/{tag}"]
    assert {place_of(path) for path in ("", "/x", "/searchx", "/search/", "//search")} == {NOWHERE}


def test_every_route_but_pages_and_files_is_described(blog: TestClient, tmp_path: Path) -> None:
    described = set(blog.get("/openapi.json").json()["paths"])
    pages = {"/", "/docs", "/robots.txt", "/postseek.js", "/static/{path}", "/example/{path}"}
    assert described == paths_of_the_service(tmp_path) - pages


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.method == "get"], ids=lambda each: each.path)
def test_examples_of_parameters_are_accepted_and_unknown_ones_refused(blog: TestClient, operation: Any) -> None:
    path = operation.path.replace("{tag}", "massage")
    required = {name: "https://blog.example/running" for name in operation.parameters if PARAMETERS[name].required}
    for name in operation.parameters:
        parameter = PARAMETERS[name]
        for value in (*parameter.examples, *parameter.choices, *filter(None, (parameter.least, parameter.most, ""))):
            if (name, value) != ("page", parameter.most):  # together with per_page that is too deep
                answer = blog.get(path, params=required | {name: str(value)})
                assert answer.status_code == 200, (name, value)
    if operation.parameters:
        assert blog.get(path, params=required | {"unheard": "of"}).status_code == 400


def test_answers_have_the_described_shape_down_to_the_last_field(blog: TestClient) -> None:
    document = blog.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    for path in ("/search", "/recent", "/tags", "/suggest", "/healthz", "/readyz", "/tags/{tag}"):
        described = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        name = described["schema"]["$ref"].rsplit("/", 1)[1]
        answer = blog.get(path.replace("{tag}", "massage"), params={"q": "r"} if path == "/suggest" else {}).json()
        assert set(answer) == set(schemas[name]["properties"]) == set(described["examples"]["example"]["value"])


def test_the_description_is_for_the_address_at_which_visitors_reach_the_service(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index", public_url="https://search.example/find/")
    with TestClient(create_app(config, open_engine(config))) as client:
        assert client.get("/openapi.json").json()["servers"] == [{"url": "https://search.example/find"}]
        assert "https://search.example/find" in client.get("/docs").text


def test_the_page_for_people_says_all_that_the_description_says_without_a_script(blog: TestClient) -> None:
    response = blog.get("/docs")
    shown = Page(response.text)
    assert "script" not in response.headers["content-security-policy"]
    assert not shown.all("script") + shown.all("style")
    assert not [name for element in shown.elements for name in element.attributes if name.startswith(("on", "style"))]
    assert response.headers["x-robots-tag"] == "noindex"
    text = shown.all("main")[0].text
    for operation in OPERATIONS:
        assert f"{operation.method.upper()} {operation.path}" in shown.texts("h2")
        assert operation.summary in text
        for name in operation.parameters:
            assert PARAMETERS[name].help.replace("`", "") in text
    ids = [element.attributes["id"] for element in shown.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert {link.attributes["href"].removeprefix("#") for link in shown.all("a") if "#" in link.attributes["href"]} <= {
        *ids
    }


def test_the_description_is_a_whole_openapi_document(blog: TestClient) -> None:
    document = blog.get("/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    text = blog.get("/openapi.json").text
    references = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert references <= set(document["components"]["schemas"])
    assert references >= {"SearchAnswer", "HitAnswer", "Problem", "Tag", "ReindexBody"}
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


@pytest.mark.served
def test_schemathesis_finds_no_answer_that_the_description_does_not_foresee(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index", port=0, rate_limit=0, access_log=False, reindex_secret=SECRET)
    publish(open_engine(config), *POSTS, post("undated", date=dt.date(2020, 1, 1)))
    # Two checks are left out. Schemas can't say that 2017-02-30 is no day and that page 11 of 100 lies too deep, nor
    # that an empty parameter counts as not given.
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", "--no-color", "--max-examples=10", "--seed=1"),
        *("--phases=examples,coverage,fuzzing", f"--header=Authorization: Bearer {SECRET}"),
        "--exclude-checks=positive_data_acceptance,negative_data_rejection,ignored_auth",
    ]
    with running(config) as service:
        done = subprocess.run(
            [*command, service.address + "openapi.json"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert not [line for line in service.log if " ERROR " in line]
    assert done.returncode == 0, done.stdout[-4000:]
    assert "No issues found" in done.stdout
