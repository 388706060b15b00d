"""/suggest, /tags, /tags/{tag}, /recent, /featured, /related, the module and the two probes."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.app import create_app

from ..engine.posts import post, publish
from .page import Page


def titles(blog: TestClient, path: str) -> list[str]:
    response = blog.get(path)
    assert response.status_code == 200, response.text
    return [hit["title"] for hit in response.json()["hits"]]


def test_tags_come_with_their_counts_and_the_spelling_of_their_posts(blog: TestClient) -> None:
    answer = blog.get("/tags").json()
    assert list(answer) == ["tags", "total", "index"]
    assert answer["total"] == len(answer["tags"]) == 7
    assert {"tag": "back-pain", "label": "Back Pain", "count": 1} in answer["tags"]


@pytest.mark.parametrize(
    ("q", "found"), [("BACK pa", ["back-pain"]), ("マッサ", ["マッサージ"]), ("c+", ["c++"]), ("nothing", [])]
)
def test_q_narrows_the_tags_whatever_its_case_and_spacing(blog: TestClient, q: str, found: list[str]) -> None:
    answer = blog.get("/tags", params={"q": q}).json()
    assert [tag["tag"] for tag in answer["tags"]] == found
    assert answer["total"] == len(found)


@pytest.mark.parametrize("spelling", ["back-pain", "Back Pain", "%23BACK_PAIN", "back,pain"])
def test_any_spelling_of_a_tag_leads_to_its_posts(blog: TestClient, spelling: str) -> None:
    assert titles(blog, f"/tags/{spelling}") == ["Relief for the lower back"]


def test_a_tag_may_have_a_slash(blog: TestClient) -> None:
    assert titles(blog, "/tags/ac%2Fdc") == ["Templates in C++ & <friends>"]


@pytest.mark.parametrize("path", ["/tags/unheard-of", "/tags/---", "/tags/%00"])
def test_a_tag_that_no_post_has_is_an_empty_list(blog: TestClient, path: str) -> None:
    answer = blog.get(path).json()
    assert (answer["total"], answer["hits"]) == (0, [])


def test_recent_posts_are_the_newest_first_and_undated_ones_last(blog: TestClient) -> None:
    dates = [hit["date"] for hit in blog.get("/recent").json()["hits"]]
    assert dates == ["2019-09-09", "2018-06-01", "2017-03-22", "2016-01-05", None]


def test_lists_have_the_shape_of_a_search(blog: TestClient) -> None:
    shape = list(blog.get("/search").json())
    assert list(blog.get("/recent").json()) == shape
    assert list(blog.get("/tags/massage").json()) == shape
    assert list(blog.get("/featured").json()) == shape
    assert list(blog.get("/related?url=https://blog.example/running").json()) == shape


def test_lists_are_paged(blog: TestClient) -> None:
    response = blog.get("/recent?per_page=2&page=2")
    assert len(response.json()["hits"]) == 2
    assert set(response.links) == {"first", "prev", "next", "last"}
    assert titles(blog, "/tags/massage?sort=date&per_page=1") == ["Relief for the lower back"]


def test_lists_refuse_what_they_do_not_know(blog: TestClient) -> None:
    assert blog.get("/recent?q=x").status_code == 400
    assert blog.get("/tags/massage?tag=x").status_code == 400
    assert blog.get("/tags?page=1").status_code == 400


def test_the_probes_say_that_the_process_lives_and_what_it_serves(blog: TestClient) -> None:
    assert blog.get("/healthz").json() == {"status": "ok"}
    ready = blog.get("/readyz").json()
    index = blog.get("/search").json()["index"]
    assert ready == {
        "status": "ready",
        "generation": index["generation"],
        "documents": 5,
        "indexed_at": index["indexed_at"],
    }
    assert blog.get("/readyz").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/search?q=back", "/tags", "/tags/massage", "/recent", "/healthz", "/readyz"])
def test_head_says_what_get_says_without_the_body(blog: TestClient, path: str) -> None:
    head, get = blog.head(path), blog.get(path)
    assert head.status_code == get.status_code == 200
    assert head.headers["content-type"] == get.headers["content-type"]


def test_suggestions_have_exactly_the_documented_fields_in_their_order(blog: TestClient) -> None:
    answer = blog.get("/suggest?q=run").json()
    assert list(answer) == ["q", "suggestions", "tags", "index"]
    suggestion = answer["suggestions"][0]
    assert list(suggestion) == ["title", "url", "marks", "tags"]
    assert (answer["q"], suggestion["title"]) == ("run", "Running on easy days")
    assert [suggestion["title"][first:last] for first, last in suggestion["marks"]] == ["Running"]
    assert suggestion["tags"] == [{"tag": "running", "label": "running"}]
    assert answer["tags"] == [{"tag": "running", "label": "running", "count": 1}]


def test_suggestions_are_as_many_as_asked_for_and_what_was_typed_is_never_wrong(blog: TestClient) -> None:
    assert len(blog.get("/suggest?q=r&limit=1").json()["suggestions"]) == 1
    for q in ("", " ", "\x00", '"(', "a" * 5000, "東", "%", "-x tag:"):
        assert blog.get("/suggest", params={"q": q}).status_code == 200
    assert blog.get("/suggest?q=r&limit=21").status_code == 400
    assert blog.get("/suggest?q=r&page=2").status_code == 400


def test_related_posts_are_those_near_to_one_and_never_itself(blog: TestClient) -> None:
    answer = blog.get("/related", params={"url": "HTTPS://blog.example/lower-back?utm_source=x#top", "limit": 2})
    assert answer.status_code == 200
    urls = [hit["url"] for hit in answer.json()["hits"]]
    assert "https://blog.example/lower-back" not in urls
    assert urls[0] == "https://blog.example/running"
    assert len(urls) <= 2


def test_a_slash_at_the_end_makes_no_other_post(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index")
    engine = open_engine(config)
    publish(engine, post("a/"), post("b"))
    with TestClient(create_app(config, engine)) as client:
        for name, status in (("a", 200), ("a/", 200), ("b/", 200), ("b", 200), ("c", 404), ("c/", 404)):
            assert client.get(f"/related?url=https://blog.example/{name}").status_code == status


@pytest.mark.parametrize(
    "url", ["https://blog.example/gone", "https://other.example/", "nonsense", "file:///x", "x" * 3000]
)
def test_what_isnt_indexed_has_no_related_posts_and_that_is_said(blog: TestClient, url: str) -> None:
    answer = blog.get("/related", params={"url": url})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["detail"] == "No post with this address is indexed."


def test_related_to_nothing_is_a_wrong_request(blog: TestClient) -> None:
    assert blog.get("/related").json()["errors"][0]["parameter"] == "url"


def test_featured_posts_come_in_the_owners_order_without_those_that_are_gone(tmp_path: Path) -> None:
    addresses = tuple(f"https://blog.example/{name}" for name in ("b", "gone", "a"))
    config = Config(index=tmp_path / "index", featured=addresses)
    engine = open_engine(config)
    publish(engine, post("a"), post("b"), post("c"))
    with TestClient(create_app(config, engine)) as client:
        answer = client.get("/featured").json()
        assert list(answer) == list(client.get("/search").json())
        assert [hit["title"] for hit in answer["hits"]] == ["b", "a"]
        assert Page(client.get("/featured?format=html").text).texts("a") == ["b", "a"]


def test_the_module_is_served_for_every_page_and_kept_for_an_hour(blog: TestClient) -> None:
    response = blog.get("/postseek.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cache-control"] == "public, max-age=3600"
    again = blog.get("/postseek.js", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
