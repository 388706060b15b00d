"""Whatever arrives, the service answers; a visitor's words are never an error."""

from __future__ import annotations

import os
import tracemalloc
from urllib.parse import quote, quote_from_bytes, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from search_service.engine.tags import normalize_tag
from search_service.web.parameters import SEARCH

ANY_TEXT = st.text(st.characters(), max_size=80)
SYNTAX = st.lists(
    st.sampled_from(
        [
            '"', "“", "”", "-", "--", "tag:", "author:", "before:", "after:", "before:99999", "after:0000", "tag:,",
            "*", "?", "~9", "(", ")", "[", "TO", "NOT", "AND", "OR", "^", "\\", "/", ":", "status:draft", "back", "C++",
            "東京", "\x00", "\r\n", "\x1b[31m", "\u202e", "\ufeff", "%", "<script>", "'", "{{", "\ud800",
        ]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip
EXAMPLES = [
    "(" * 1000,
    "NOT " * 500,
    "*a* " * 200,
    "a" * 50_000,
    "word " * 10_000,
    "-" * 3000,
    '"' * 3001,
    "tag:" * 800,
    " ".join(f"w{number}" for number in range(300)),
    "東京" * 2000,
    "back\x00pain\x1f\x7f",
    "\u0301" * 900,
    "ﷺ" * 900,
]


def query_string(**values: str) -> str:
    return urlencode(values, errors="surrogatepass")


@pytest.mark.parametrize("q", EXAMPLES, ids=lambda q: f"{q[:12]!r} x {len(q)}")
def test_words_meant_to_hurt_get_an_ordinary_answer(blog: TestClient, q: str) -> None:
    for path in ("/search", "/", "/suggest", "/feed", "/tags"):
        assert blog.get(f"{path}?{query_string(q=q)}").status_code == 200


def test_words_beyond_the_limit_of_length_are_named(blog: TestClient) -> None:
    answer = blog.get("/search", params={"q": "back " * 200 + "beyond"}).json()
    assert {"word": "beyond", "why": "beyond the limit of length"} in answer["dropped"]
    assert len(answer["q"]) <= 1000


@pytest.mark.parametrize("path", ["/", "/feed", "/search"])
def test_an_answer_repeats_of_a_text_only_what_counts_of_it(blog: TestClient, path: str) -> None:
    answer = blog.get(f"{path}?{query_string(q='back ' + '<' * 15_000, tag='massage')}")
    assert answer.status_code == 200
    assert len(answer.content) < 100_000
    assert len(answer.headers.get("link", "")) < 5_000


def test_a_deep_path_is_not_looked_up_step_by_step(blog: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    steps, lstat = [], os.lstat
    monkeypatch.setattr(os, "lstat", lambda path, **options: steps.append(path) or lstat(path, **options))
    assert blog.get("/static/" + "a/" * 20_000).status_code == 404
    assert len(steps) < 2000


def test_longer_tags_than_links_have_room_for_are_refused(blog: TestClient) -> None:
    long = "a" * 60
    allowed = [("tag", ",".join([long] * 16)), ("tag", ",".join([long] * 16)), ("not_tag", "b" * 2000)]
    assert blog.get("/search", params=allowed).status_code == 200
    for path in ("/search", "/"):
        refused = blog.get(path, params=[*allowed, ("tag", long)])
        assert refused.status_code == 400
        assert "tag has more than 2,000 characters" in refused.text


def test_what_is_asked_for_is_not_remembered_at_any_length() -> None:
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for number in range(100):
        normalize_tag(f"{number} {'a' * 100_000}")
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 1_000_000


@settings(max_examples=150)
@given(q=ANY_TEXT | SYNTAX)
def test_whatever_a_visitor_types_is_answered(blog: TestClient, q: str) -> None:
    answer = blog.get(f"/search?{query_string(q=q)}")
    assert answer.status_code == 200
    assert answer.json()["relation"] == "eq"
    for path in ("/", "/suggest", "/feed"):
        assert blog.get(f"{path}?{query_string(q=q)}").status_code == 200


@settings(max_examples=150)
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(SEARCH) | ANY_TEXT,
            ANY_TEXT | st.sampled_from(["0", "1", "2017", "-1", "9" * 400, "relevance", "a,b", ",", "en", "1e9", "٣"]),
        ),
        max_size=12,
    )
)
def test_any_soup_of_parameters_is_answered_or_refused_with_reasons(
    blog: TestClient, pairs: list[tuple[str, str]]
) -> None:
    soup = urlencode(pairs, errors="surrogatepass")
    for path in ("/search", "/tags", "/tags/massage", "/recent", "/featured", "/related", "/suggest", "/feed"):
        response = blog.get(f"{path}?{soup}")
        assert response.status_code in (200, 400) or (response.status_code, path) == (404, "/related")
        assert response.status_code != 400 or response.json()["errors"]
    assert blog.get(f"/?{soup}").status_code in (200, 400)


@settings(max_examples=200)
@given(raw=st.binary(max_size=60))
def test_any_bytes_behind_a_percent_sign_are_read_somehow(blog: TestClient, raw: bytes) -> None:
    escaped = quote_from_bytes(raw, safe="=&;+")
    assert blog.get(f"/search?{escaped}").status_code in (200, 400)
    assert blog.get(f"/search?q={quote_from_bytes(raw)}").status_code == 200
    assert blog.get(f"/tags/{quote_from_bytes(raw, safe='')}").status_code in (200, 404)
    assert blog.get(f"/static/{quote_from_bytes(raw, safe='')}").status_code in (200, 404)


def test_half_an_escape_and_a_thousand_tags_are_no_trouble(blog: TestClient) -> None:
    assert blog.get("/search?q=%E6%9D%&tag=%").status_code == 200
    assert blog.get("/search?" + "tag=a&" * 5000).status_code == 400
    assert blog.get("/search?q=" + quote("tag:a " * 160)).status_code == 200


@settings(max_examples=200)
@given(
    headers=st.dictionaries(
        st.sampled_from(
            [
                "Accept",
                "Accept-Encoding",
                "If-None-Match",
                "Origin",
                "Host",
                "X-Forwarded-For",
                "Authorization",
                "Range",
            ]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=80)
        | st.sampled_from(["gzip;q=1e9", "text/html;q=0.0001,*/*", 'W/"', "*", "null", "bytes=9-1", "[::1", ",,;;=="]),
    ),
    path=st.sampled_from(["/", "/search", "/recent", "/tags", "/feed", "/opensearch.xml", "/docs", "/static/icon.svg"]),
)
def test_no_header_can_break_an_answer(blog: TestClient, headers: dict[str, str], path: str) -> None:
    raw = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    assert blog.get(path, headers=raw).status_code in (200, 206, 304, 400, 416)  # type: ignore[arg-type]
