"""The Atom feed and the description for browsers are what their standards ask for, whatever posts hold."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.app import create_app

from ..engine.posts import post, publish

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def feed(blog: TestClient, query: str = "") -> Element:
    response = blog.get(f"/feed{query}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root: Element = ElementTree.fromstring(response.content)
    return root


def texts(parent: Element, *names: str) -> list[str]:
    return [element.text or "" for element in parent.iterfind("/".join(ATOM + name for name in names))]


def links(parent: Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in parent.iterfind(ATOM + "link")}


@pytest.mark.parametrize("query", ["", "?q=back", "?q=xyzzy", "?q=%E6%9D%B1%E4%BA%AC&lang=ja", "?per_page=2&page=2"])
def test_a_feed_has_what_rfc_4287_asks_of_it(blog: TestClient, query: str) -> None:
    root = feed(blog, query)
    assert root.tag == ATOM + "feed"
    for parent in (root, *root.iterfind(ATOM + "entry")):
        for name in ("id", "title", "updated"):
            assert len(texts(parent, name)) == 1
        assert texts(parent, "id")[0].startswith(("http://", "https://"))
        assert dt.datetime.fromisoformat(texts(parent, "updated")[0]).tzinfo is not None
        assert links(parent)["alternate"]
    assert texts(root, "author", "name") == ["The Example"]
    assert links(root)["self"] == texts(root, "id")[0] == f"http://testserver/feed{query or '?'}"
    ids = texts(root, "entry", "id")
    assert len(ids) == len(set(ids))


def test_a_feed_is_a_search_the_newest_first_with_all_that_is_known_of_a_post(blog: TestClient) -> None:
    root = feed(blog, "?q=back")
    assert texts(root, "title") == ["The Example: back"]
    assert texts(root, "entry", "title") == ["Running on easy days", "Relief for the lower back"]
    entry = root.findall(ATOM + "entry")[1]
    assert links(entry) == {"alternate": "https://blog.example/lower-back"}
    assert texts(entry, "published") == texts(entry, "updated") == ["2017-03-22T12:00:00+00:00"]
    assert texts(entry, "author", "name") == ["Kim Lee"]
    assert "Back pain is common." in texts(entry, "summary")[0]
    categories = [element.attrib for element in entry.iterfind(ATOM + "category")]
    assert categories[0] == {"term": "back-pain", "label": "Back Pain"}
    assert texts(feed(blog, "?q=back&sort=date"), "entry", "title")[0] == "Relief for the lower back"
    assert texts(feed(blog, "?tag=massage,running&not_tag=running"), "entry", "title") == ["Relief for the lower back"]


def test_pages_of_a_feed_lead_to_each_other(blog: TestClient) -> None:
    found = links(feed(blog, "?per_page=2&page=2"))
    assert set(found) == {"self", "alternate", "first", "previous", "next", "last"}
    assert found["next"] == "http://testserver/feed?per_page=2&page=3"
    assert "next" not in links(feed(blog, "?per_page=2&page=3"))


def test_a_feed_refuses_what_a_search_refuses(blog: TestClient) -> None:
    for query in ("?page=0", "?after=yesterday", "?facets=1", "?unheard=of"):
        assert blog.get(f"/feed{query}").status_code == 400


def test_nothing_that_a_post_holds_breaks_the_xml(tmp_path: Path) -> None:
    config = Config(index=tmp_path / "index", site_name="<&>", public_url="https://search.example/find")
    engine = open_engine(config)
    worst = "]]> <!-- & \x00\x01\x0b\x1f\ufffe\uffff \ud83d <x> \x85 \u2028 😀"
    publish(engine, post("a&b", f"title {worst}", f"body {worst}", tags=[f"tag {worst}"], author=f"author {worst}"))
    with TestClient(create_app(config, engine)) as client:
        root = feed(client, "?q=body")
        assert texts(root, "entry", "title")[0].startswith("title ]]> <!-- & ")
        assert "😀" in texts(root, "entry", "title")[0]
        assert links(root)["self"] == "https://search.example/find/feed?q=body"
        assert ElementTree.fromstring(client.get("/opensearch.xml").content) is not None
        # What a visitor asks is shown in the title.
        assert feed(client, "?q=%00%1b%3Cx%3E").tag == ATOM + "feed"


def test_browsers_are_told_how_to_search_here(blog: TestClient) -> None:
    response = blog.get("/opensearch.xml")
    assert response.headers["content-type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(response.content)
    assert root.tag == OPENSEARCH + "OpenSearchDescription"
    assert root.findtext(OPENSEARCH + "ShortName") == "The Example"
    addresses = {url.attrib["type"]: url.attrib["template"] for url in root.iterfind(OPENSEARCH + "Url")}
    assert addresses["text/html"] == "http://testserver/?q={searchTerms}"
    for template in addresses.values():
        asked = template.replace("{searchTerms}", "back").replace("{startPage?}", "1")
        assert blog.get(asked).status_code == 200
