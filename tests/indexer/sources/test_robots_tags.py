"""What a server asks of robots by X-Robots-Tag is read field by field, and as what the head of a page asks."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import pytest

from indexer.sources import Page, open_source
from indexer.sources.robots_tags import RobotsTags, asked_by_server, asked_in_head

from .conftest import SiteServer

MOMENT = "Wed, 03 Dec 2025 15:09:53 GMT"


@pytest.mark.parametrize(
    ("directives", "asked"),
    [
        ("", RobotsTags()),
        ("all, noarchive, max-snippet: 20, max-image-preview:large", RobotsTags()),
        ("NoIndex , NoFollow", RobotsTags(noindex=True, nofollow=True)),
        ("none", RobotsTags(noindex=True, nofollow=True)),
        ("noindex nofollow", RobotsTags(noindex=True, nofollow=True)),
        ("max-snippet:0", RobotsTags(nosnippet=True)),
        ("max-snippet : 0, nofollow", RobotsTags(nosnippet=True, nofollow=True)),
        ("max-snippet: 0 nofollow", RobotsTags(nosnippet=True, nofollow=True)),
        (f"unavailable_after: {MOMENT}", RobotsTags(unavailable_after=(MOMENT.lower(),))),
        (f"unavailable_after: {MOMENT}, noindex", RobotsTags(noindex=True, unavailable_after=(MOMENT.lower(),))),
        (
            "unavailable_after: December 3, 2025 15:09, nosnippet",
            RobotsTags(nosnippet=True, unavailable_after=("december 3, 2025 15:09",)),
        ),
        ("unavailable_after: 2025-12-03, noindex", RobotsTags(noindex=True, unavailable_after=("2025-12-03",))),
    ],
)
def test_head_and_server_are_read_alike(directives: str, asked: RobotsTags) -> None:
    assert asked_in_head([directives]) == asked
    assert asked_by_server([directives]) == asked


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        (["googlebot: nofollow", "noindex"], RobotsTags(noindex=True)),
        (["noindex", "googlebot: nofollow"], RobotsTags(noindex=True)),
        (["googlebot: noindex, nofollow"], RobotsTags()),
        (["googlebot: nofollow, postseek: noindex"], RobotsTags(noindex=True)),
        (["*: nosnippet", "PostSeek : nofollow"], RobotsTags(nosnippet=True, nofollow=True)),
        (["noindex, 360spider: nofollow"], RobotsTags(noindex=True)),
        ([f"googlebot: unavailable_after: {MOMENT}, noindex"], RobotsTags()),
    ],
)
def test_each_field_names_its_own_robots(fields: list[str], asked: RobotsTags) -> None:
    assert asked_by_server(fields) == asked


def test_of_many_moments_a_few_are_kept_and_none_without_end() -> None:
    asked = asked_by_server(["unavailable_after: " + "x" * 9_000] * 900)
    assert len(asked.unavailable_after) == 10
    assert set(map(len, asked.unavailable_after)) == {80}


def test_a_page_carries_what_all_fields_ask(site: SiteServer) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for value in ("googlebot: nofollow", "unavailable_after: Wed, 03 Dec 2125 15:09:53 GMT, noindex", "nosnippet"):
            handler.send_header("X-Robots-Tag", value)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.pages["/"] = answer
    [page] = open_source(site.url).visit({})
    assert isinstance(page, Page)
    assert (page.noindex, page.nosnippet) == (True, True)
