"""GET /search as product and documentation promise it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.engine.model import Section
from search_service.settings import Config
from search_service.web.app import create_app

from ..engine.posts import post, publish


def urls(answer: dict[str, object]) -> list[str]:
    return [hit["url"].removeprefix("https://blog.example/") for hit in answer["hits"]]  # type: ignore[attr-defined]


def ask(blog: TestClient, query: str) -> list[str]:
    response = blog.get(f"/search?{query}")
    assert response.status_code == 200, response.text
    return urls(response.json())


def test_an_answer_has_exactly_the_documented_fields_in_their_order(blog: TestClient) -> None:
    answer = blog.get("/search", params={"q": "lower back releif xyzzyq"}).json()
    assert list(answer) == [
        "q", "total", "relation", "page", "per_page", "took_ms", "hits", "facets", "corrected", "did_you_mean",
        "dropped", "index",
    ]  # fmt: skip
    hit = answer["hits"][0]
    assert list(hit) == [
        "url", "title", "date", "tags", "author", "image", "lang", "score", "snippet", "title_marks",
    ]  # fmt: skip
    assert (answer["q"], answer["total"], answer["relation"]) == ("lower back releif xyzzyq", 2, "eq")
    assert (answer["page"], answer["per_page"]) == (1, 10)
    assert answer["corrected"] == {"from": "lower back releif xyzzyq", "to": "lower back relief xyzzyq"}
    assert answer["took_ms"] > 0
    assert answer["dropped"] == [{"word": "xyzzyq", "why": "in no post"}]
    assert answer["facets"] == {
        "tags": [
            {"tag": "back-pain", "label": "Back Pain", "count": 1},
            {"tag": "massage", "label": "Massage", "count": 1},
            {"tag": "running", "label": "running", "count": 1},
        ],
        "years": [{"year": 2018, "count": 1}, {"year": 2017, "count": 1}],
    }
    assert (hit["url"], hit["date"], hit["author"]) == ("https://blog.example/lower-back", "2017-03-22", "Kim Lee")
    assert hit["tags"][0] == {"tag": "back-pain", "label": "Back Pain"}
    assert list(hit["snippet"]) == ["text", "marks", "html", "section"]
    assert list(answer["index"]) == ["generation", "documents", "indexed_at"]
    assert answer["index"]["documents"] == 5
    assert answer["index"]["indexed_at"].endswith("Z")


def test_marks_count_code_points_and_the_html_marks_the_same_words(blog: TestClient) -> None:
    hit = blog.get("/search", params={"q": "東京"}).json()["hits"][0]
    assert [hit["title"][start:end] for start, end in hit["title_marks"]] == ["東京"]
    snippet = hit["snippet"]
    assert [snippet["text"][start:end] for start, end in snippet["marks"]] == ["東京"]
    assert snippet["html"] == "<mark>東京</mark>タワーでマッサージを受けました。"


def test_snippet_html_is_escaped_but_text_is_not(blog: TestClient) -> None:
    snippet = blog.get("/search", params={"q": "template"}).json()["hits"][0]["snippet"]
    assert snippet["text"].startswith("A <b>template</b>")
    assert snippet["html"].startswith("A &lt;b&gt;<mark>template</mark>&lt;/b&gt;")


@pytest.mark.parametrize(
    ("anchor", "fragment"),
    [
        ("sore-backs", "#sore-backs"),
        ("Rücken 100%:~:text=x", "#R%C3%BCcken%20100%25%3A~%3Atext%3Dx"),
        ('"><script>', "#%22%3E%3Cscript%3E"),
        ("half \ud800", "#half%20%EF%BF%BD"),
        (None, None),
    ],
)
def test_a_snippet_says_which_section_it_stands_in_and_how_to_get_there(
    tmp_path: Path, anchor: str | None, fragment: str | None
) -> None:
    engine = open_engine(Config(index=tmp_path / "index"))
    body = "Before it.\nSore <b>backs</b>\nRest is best."
    publish(engine, post("a", "Title", body, sections=(Section(11, 28, anchor),)))
    with TestClient(create_app(Config(), engine)) as client:
        assert client.get("/search?q=before").json()["hits"][0]["snippet"]["section"] is None
        assert client.get("/recent").json()["hits"][0]["snippet"]["section"] is None
        assert client.get("/search?q=back+rest").json()["hits"][0]["snippet"] == {
            "text": "Rest is best.",
            "marks": [[0, 4]],
            "html": "<mark>Rest</mark> is best.",
            "section": {
                "title": "Sore <b>backs</b>",
                "marks": [[8, 13]],
                "url": f"https://blog.example/a{fragment}" if fragment else None,
            },
        }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=run", ["running"]),
        ("q=ubung", ["uebung"]),
        ("q=c%2B%2B", ["cpp"]),
        ("q=", ["tokyo", "running", "lower-back", "uebung", "cpp"]),
        ("tag=Back+Pain", ["lower-back"]),
        ("tag=%23Massage&tag=back_pain", ["lower-back"]),
        ("tag=massage&tag=running", []),
        ("tag=massage,running", ["running", "lower-back"]),
        ("tag=massage,running&not_tag=running", ["lower-back"]),
        ("not_tag=massage,running&not_tag=C%2B%2B", ["tokyo", "uebung"]),
        ("after=2017-03&before=2018", ["running", "lower-back"]),
        ("after=2017-03-23&before=2018-06-01", ["running"]),
        ("author=kim", ["lower-back"]),
        ("lang=de", ["uebung"]),
        ("q=back&sort=date", ["lower-back", "running"]),
        ("q=back&sort=-date", ["running", "lower-back"]),
        ("per_page=2&page=2", ["lower-back", "uebung"]),
        ("page=9", []),
    ],
)
def test_words_score_and_parameters_narrow(blog: TestClient, query: str, found: list[str]) -> None:
    assert ask(blog, query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tag:massage&tag=back-pain", ["lower-back"]),
        ("q=tag:massage&tag=running", []),
        ("q=after:2016&after=2018&before=2018", ["running"]),
        ("q=before:2016&before=2019", ["uebung"]),
        ("q=author:kim&author=lee", ["lower-back"]),
        ("q=author:kim&author=park", []),
        ("q=after:2019&before=2016", []),
    ],
)
def test_filters_within_q_hold_together_with_the_parameters(blog: TestClient, query: str, found: list[str]) -> None:
    assert ask(blog, query) == found


def test_empty_values_count_as_not_given_as_plain_forms_send_them(blog: TestClient) -> None:
    assert len(ask(blog, "q=&tag=&not_tag=&after=&before=&author=&lang=&sort=&page=&per_page=&facets=")) == 5


def test_facets_can_be_left_out(blog: TestClient) -> None:
    assert blog.get("/search?q=back&facets=0").json()["facets"] is None


def test_the_link_header_leads_through_the_pages_and_keeps_the_query(blog: TestClient) -> None:
    response = blog.get("/search?q=&tag=massage,running&per_page=1&page=2&sort=date")
    assert response.headers["link"] == (
        '<?q=&tag=massage%2Crunning&per_page=1&sort=date&page=1>; rel="first", '
        '<?q=&tag=massage%2Crunning&per_page=1&sort=date&page=1>; rel="prev", '
        '<?q=&tag=massage%2Crunning&per_page=1&sort=date&page=2>; rel="last"'
    )
    following = blog.get("/search?per_page=2").links["next"]["url"]
    assert ask(blog, following.removeprefix("?")) == ["lower-back", "uebung"]


def test_a_query_too_long_for_a_header_has_no_link_header(blog: TestClient) -> None:
    response = blog.get("/search", params={"q": "東京" * 400})
    assert response.status_code == 200
    assert "link" not in response.headers


def test_result_pages_are_not_for_search_engines_and_always_revalidated(blog: TestClient) -> None:
    headers = blog.get("/search?q=back").headers
    assert headers["content-type"] == "application/json"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["cache-control"] == "no-cache"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "referrer-policy" in headers


def test_half_a_character_in_a_post_spoils_no_answer(tmp_path: Path) -> None:
    engine = open_engine(Config(index=tmp_path / "index"))
    publish(
        engine, post("a", "half a \ud83d smile", "words \udc00 of a post", author="\ud800"), post("b", body="words")
    )
    with TestClient(create_app(Config(), engine)) as client:
        assert set(ask(client, "q=words")) == {"a", "b"}
        assert client.get("/recent").json()["hits"][0]["title"] == "half a \ufffd smile"
        assert client.get("/?q=words").status_code == client.get("/").status_code == 200
