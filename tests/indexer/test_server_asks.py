"""What a server begins, or ceases, to ask of a page by X-Robots-Tag counts, though the page itself stays the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.gate import Gate
from indexer.pipeline import index_sources
from indexer.plan import Plan
from indexer.report import Report
from indexer.sources import Page, Validators, open_source
from indexer.state import digest
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.query import parse_query

from .conftest import PAGE
from .sources.conftest import SiteServer

NAMES = ("one", "two", "three", "four", "five")
VALIDATORS = [{}, {"ETag": '"1"'}]


class Indexed:
    """A site of five posts that its sitemap lists, and its index."""

    def __init__(self, server: SiteServer, index: Path) -> None:
        self.server = server
        self._engine = EmbeddedEngine(index)
        server.html("/")
        server.sitemap("/sitemap.xml", *(f"/{name}/" for name in NAMES))

    def publish(self, name: str, **headers: str) -> None:
        page = PAGE.format(
            title=f"About {name}", canonical=f"{self.server.url}/{name}/", date="2020-05-01", tag="water",
            text=f"The river is {name} tonight.",
        )  # fmt: skip
        self.server.file(f"/{name}/", page, "text/html; charset=utf-8", **headers)

    def run(self, **options: Any) -> Report:
        self.server.requests.clear()
        gate = Gate(max_lost_share=30, max_failed_share=20)
        return index_sources(
            self._engine, [open_source(self.server.url + "/")], Plan(workers=1, seconds=20, gate=gate, **options)
        )

    def found(self, text: str) -> list[str]:
        searcher = self._engine.searcher()
        hits = searcher.search(parse_query(text)).hits
        searcher.close()
        return sorted(hit.url.removeprefix(self.server.url).strip("/") for hit in hits)


@pytest.fixture
def server() -> Iterator[SiteServer]:
    server = SiteServer()
    yield server
    server.close()


@pytest.fixture(params=VALIDATORS, ids=["without validators", "with an ETag"])
def validators(request: pytest.FixtureRequest) -> dict[str, str]:
    headers: dict[str, str] = request.param
    return headers


@pytest.fixture
def site(server: SiteServer, tmp_path: Path, validators: dict[str, str]) -> Indexed:
    site = Indexed(server, tmp_path)
    for name in NAMES:
        site.publish(name, **validators)
    return site


def test_a_page_that_begins_to_say_noindex_leaves_the_index_and_comes_back(
    site: Indexed, validators: dict[str, str]
) -> None:
    assert site.run().added == 5
    site.publish("two", X_Robots_Tag="noindex", **validators)
    report = site.run()
    assert (report.removed, dict(report.no_posts), report.posts) == (1, {"noindex": 1}, 4)
    assert site.found("two") == []
    assert site.run().published is False
    site.publish("two", **validators)
    assert site.run().added == 1
    assert site.found("two") == ["two"]


def test_a_page_that_begins_to_say_nosnippet_is_found_by_its_title_alone(
    site: Indexed, validators: dict[str, str]
) -> None:
    site.run()
    assert "two" in site.found("river")
    site.publish("two", X_Robots_Tag="max-snippet: 0", **validators)
    assert site.run().changed == 1
    assert "two" not in site.found("river")
    assert site.found("two") == ["two"]


def test_a_page_leaves_when_the_last_day_that_its_server_names_is_over(
    site: Indexed, validators: dict[str, str]
) -> None:
    site.publish("two", X_Robots_Tag="unavailable_after: Sun, 02 Jun 2030 18:00:00 GMT", **validators)
    runs = [site.run(today=lambda day=day: dt.date(2030, 6, day)) for day in (1, 2, 3, 4)]
    assert [(run.added, run.removed, run.published) for run in runs] == [
        (5, 0, True),
        (0, 0, False),
        (0, 1, True),
        (0, 0, False),
    ]
    assert site.found("two") == []


def test_pages_of_which_nothing_is_asked_are_recognised_by_what_they_were_before() -> None:
    page = Page(url="https://blog.example/", content=b"abc")
    of_content = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(page) == of_content
    asked = [
        Page(url=page.url, content=b"abc", noindex=True),
        Page(url=page.url, content=b"abc", nosnippet=True),
        Page(url=page.url, content=b"abc", noindex=True, nosnippet=True),
        Page(url=page.url, content=b"abc", unavailable_after=("2030-06-02",)),
        Page(url=page.url, content=b"abc", unavailable_after=("2030-06-03",)),
    ]
    assert len({of_content, *map(digest, asked)}) == 6


def test_of_a_page_that_asks_nothing_only_a_short_answer_is_fetched_and_of_others_all(server: SiteServer) -> None:
    server.sitemap("/sitemap.xml", "/one/", "/two/")
    server.html("/")
    server.html("/one/", ETag='"1"', X_Robots_Tag="googlebot: noindex, nofollow")
    server.html("/two/", ETag='"1"', X_Robots_Tag="nosnippet")
    pages = {visit.url: visit for visit in open_source(server.url).visit({}) if isinstance(visit, Page)}
    kept = {url.removeprefix(server.url): page.validators for url, page in pages.items()}
    assert kept == {"/": Validators(), "/one/": Validators('"1"'), "/two/": Validators()}
