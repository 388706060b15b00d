"""/tags, /tags/{tag}, /recent and the two probes."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


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
    assert ready == {
        "status": "ready",
        "generation": blog.get("/search").json()["index"]["generation"],
        "documents": 5,
    }
    assert blog.get("/readyz").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/search?q=back", "/tags", "/tags/massage", "/recent", "/healthz", "/readyz"])
def test_head_says_what_get_says_without_the_body(blog: TestClient, path: str) -> None:
    head, get = blog.head(path), blog.get(path)
    assert head.status_code == get.status_code == 200
    assert head.headers["content-type"] == get.headers["content-type"]
