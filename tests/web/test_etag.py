"""Weak entity tags: the same for as long as the answer is, and 304 for those who have it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.app import create_app
from search_service.web.etag import fingerprint

from ..engine.posts import post, publish

PATHS = (
    "/",
    "/?q=back",
    "/search?q=back",
    "/suggest?q=b",
    "/tags",
    "/tags/massage",
    "/recent",
    "/featured",
    "/feed?q=a",
    "/docs",
    "/opensearch.xml",
    "/openapi.json",
)


@contextmanager
def served(config: Config) -> Iterator[TestClient]:
    with TestClient(create_app(config, open_engine(config))) as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_who_has_an_answer_gets_304_without_a_body(blog: TestClient, path: str) -> None:
    first = blog.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    assert first.headers["cache-control"] == "no-cache"
    for kept in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = blog.get(path, headers={"If-None-Match": kept})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        # What a cache needs to go on with what it has (RFC 9110, 15.4.5).
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert again.headers.get("vary") == first.headers.get("vary")
        # A cache takes every header over: one that differs would replace the page's.
        assert {name: first.headers.get(name) for name in again.headers} == dict(again.headers)
    assert blog.head(path, headers={"If-None-Match": tag}).status_code == 304
    assert blog.get(path, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_parameters_count_whatever_their_order_and_only_those_with_a_value(blog: TestClient) -> None:
    tags = {
        blog.get(f"/search?{query}").headers["etag"]
        for query in ("q=back&tag=massage", "tag=massage&q=back", "q=back&tag=massage&author=&sort=")
    }
    assert len(tags) == 1
    others = {
        blog.get(f"/search?{query}").headers["etag"] for query in ("q=back", "q=bac", "q=back&tag=massage&page=2")
    }
    assert len(others | tags) == 4


def test_json_and_html_of_one_list_have_tags_of_their_own(blog: TestClient) -> None:
    plain, html = (blog.get("/recent", headers={"Accept": accept}) for accept in ("*/*", "text/html"))
    assert plain.headers["etag"] != html.headers["etag"]
    crossed = blog.get("/recent", headers={"Accept": "text/html", "If-None-Match": plain.headers["etag"]})
    assert crossed.status_code == 200


@pytest.mark.parametrize("path", ["/feed", "/opensearch.xml", "/tags?format=html", "/docs"])
def test_what_names_its_own_address_has_another_tag_at_another(blog: TestClient, path: str) -> None:
    here, there = (blog.get(path, headers={"Host": host}) for host in ("here.example", "there.example"))
    kept = {"Host": "there.example", "If-None-Match": here.headers["etag"]}
    assert blog.get(path, headers=kept).text == there.text
    assert here.headers["etag"] != there.headers["etag"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/search?page=0", "/nothing"])
def test_what_mustnt_be_kept_has_no_tag(blog: TestClient, path: str) -> None:
    answer = blog.get(path)
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] in ("no-store", "no-cache")


def test_a_new_generation_and_a_new_setting_change_every_tag(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index")
    engine = open_engine(config)

    def tags(config: Config) -> set[str]:
        with served(config) as client:
            return {client.get(path).headers["etag"] for path in PATHS}

    publish(engine, post("a"))
    first, same = tags(config), tags(config)
    renamed = tags(replace(config, site_name="Blog"))
    publish(engine, post("a"))
    assert first == same
    assert not first & renamed
    assert not first & tags(config)


def test_machines_that_answer_alike_have_the_same_tags_and_the_secret_is_in_none() -> None:
    here = Config()
    there = replace(here, host="0.0.0.0", port=80, workers=4, index=Path("other"), reindex_secret="s" * 32)
    assert fingerprint(here) == fingerprint(there)
    assert fingerprint(here) != fingerprint(replace(here, recency=10))
    # Another process hashes strings and orders sets in its own way.
    code = "from search_service.web.etag import *; print(fingerprint(Config()).hex())"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == fingerprint(here).hex()
    assert hashlib.blake2b(b"", key=fingerprint(here)).digest()  # is no longer than a key may be


def test_without_an_index_there_is_nothing_to_have(tmp_path: Path) -> None:
    with served(Config(index=tmp_path / "index")) as client:
        answer = client.get("/search", headers={"If-None-Match": "*"})
        assert answer.status_code == 503
        assert "etag" not in answer.headers
