"""The page at `/`, as a visitor without JavaScript, with a screen reader or with bad intentions sees it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.engine.model import Document, Section
from search_service.engine.tags import Tag
from search_service.settings import Config
from search_service.web.app import create_app

from ..engine.posts import post, publish
from .conftest import POSTS
from .page import Page

STATES = {
    "start": "/",
    "results": "/?q=back",
    "filtered": "/?q=back&tag=massage&after=2017&before=2017&sort=date&author=kim&lang=en&not_tag=running",
    "pages": "/?per_page=1&page=3",
    "beyond": "/?page=99",
    "nothing": "/?q=xyzzy&tag=massage",
    "refused": "/?q=back&sort=sideways",
}


def page(blog: TestClient, address: str, *, status: int = 200) -> Page:
    response = blog.get(address)
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response.text)


@pytest.mark.parametrize("address", STATES.values(), ids=STATES)
def test_every_state_of_the_page_is_sound_for_assistive_technology(blog: TestClient, address: str) -> None:
    shown = Page(blog.get(address).text)
    assert shown.all("html")[0].attributes["lang"] == "en"
    assert len(shown.all("h1")) == len(shown.all("main")) == len(shown.all("title")) == 1
    assert len(shown.all("header")) == len(shown.all("footer")) == 1
    assert shown.all("form")[0].attributes["role"] == "search"
    labelled = {label.attributes["for"] for label in shown.all("label")}
    fields = [field for field in shown.all("input") if field.attributes.get("type") != "hidden"]
    assert {field.attributes["id"] for field in fields} == labelled
    levels = [int(element.tag[1]) for element in shown.elements if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    ids = [element.attributes["id"] for element in shown.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in shown.elements:
        referred = element.attributes.get("aria-labelledby")
        assert referred is None or referred in ids
    assert all("alt" in image.attributes for image in shown.all("img"))
    assert all(link.text for link in shown.all("a"))
    assert all(nav.attributes["aria-label"] for nav in shown.all("nav"))


@pytest.mark.parametrize("address", STATES.values(), ids=STATES)
def test_nothing_is_inline_so_that_the_content_policy_can_forbid_it(blog: TestClient, address: str) -> None:
    response = blog.get(address)
    shown = Page(response.text)
    assert [script.attributes for script in shown.all("script")] == [{"type": "module", "src": "./postseek.js"}]
    assert shown.texts("script") == [""]
    assert not shown.all("style")
    assert not [name for element in shown.elements for name in element.attributes if name == "style"]
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert "require-trusted-types-for 'script'" in policy


def test_without_a_query_the_page_is_an_index_of_tags_and_recent_posts(blog: TestClient) -> None:
    shown = page(blog, "/")
    assert shown.texts("h1") == ["Find a post on The Example"]
    assert shown.texts("h2") == ["Tags", "Recent posts"]
    assert shown.links()["Back Pain 1"] == "?tag=back-pain"
    assert shown.links()["C++ 1"] == "?tag=c%2B%2B"
    assert shown.texts("h3")[0] == "東京タワーのマッサージ"
    assert "x-robots-tag" not in blog.get("/").headers


def test_what_the_owner_features_comes_first(tmp_path: Path) -> None:
    featured = ("https://blog.example/running", "https://blog.example/gone", "https://blog.example/cpp")
    config = Config(index=tmp_path / "index", featured=featured, access_log=False)
    engine = open_engine(config)
    publish(engine, *POSTS)
    with TestClient(create_app(config, engine)) as client:
        shown = page(client, "/")
    assert shown.texts("h2") == ["Featured posts", "Tags", "Recent posts"]
    assert [item.text for item in shown.all("li")[:2]] == ["Running on easy days", "Templates in C++ & <friends>"]
    assert shown.links()["Running on easy days"] == featured[0]


def test_the_page_of_a_tag_says_which(blog: TestClient) -> None:
    assert page(blog, "/?tag=Back+Pain").texts("h1") == ["1 post tagged Back Pain"]
    assert page(blog, "/?tag=massage&tag=running,back-pain").texts("h1") == [
        "1 post tagged Massage + Back Pain / running"
    ]


def test_dates_can_be_chosen_without_losing_the_rest(blog: TestClient) -> None:
    shown = page(blog, "/?q=back&tag=massage&after=2017-02&page=1")
    assert shown.all("input", name="after")[-1].attributes["value"] == "2017-02-01"
    form = shown.all("form")[1].attributes
    assert form == {"class": "dates", "action": "./", "method": "get", "aria-label": "Dates"}
    kept = [field.attributes["value"] for field in shown.all("input", type="hidden")]
    assert kept == ["massage", "2017-02", "back", "massage"]


def test_what_was_probably_meant_is_proposed_and_the_filters_stay(tmp_path: Path) -> None:
    engine = open_engine(Config(index=tmp_path / "index"))
    meant = [post(f"{number}", "Title", "The government", tags=["x"]) for number in range(10)]
    publish(engine, *meant, post("slip", "Title", "The goverment <b>", tags=["x"]))
    with TestClient(create_app(Config(), engine)) as client:
        shown = page(client, "/?q=goverment+<b>&tag=x&page=1")
        answer = client.get("/search?q=goverment").json()
    [link] = [element for element in shown.all("a") if "government" in element.attributes["href"]]
    assert link.attributes["href"] == "?tag=x&q=government+%3Cb%3E"
    assert "Did you mean government <b>?" in " ".join(" ".join(shown.texts("p")).split())
    assert (answer["total"], answer["corrected"], answer["did_you_mean"]) == (1, None, "government")


def test_a_section_is_a_link_where_its_address_is_known(tmp_path: Path) -> None:
    engine = open_engine(Config(index=tmp_path / "index"))
    body = "Sore backs\nRest is best."
    publish(
        engine,
        post("known", "Known", body, sections=(Section(0, 10, "backs"),)),
        post("unknown", "Unknown", body, sections=(Section(0, 10),)),
    )
    with TestClient(create_app(Config(), engine)) as client:
        html = client.get("/?q=back").text
    assert html.count('<p class="section" dir="auto">') == 2
    assert '<a href="https://blog.example/known#backs">Sore <mark>backs</mark></a></p>' in html
    assert '<p class="section" dir="auto">Sore <mark>backs</mark></p>' in html


def test_results_show_marked_words_dates_tags_facets_and_dropped_words(blog: TestClient) -> None:
    shown = page(blog, "/?q=lower+back+releif")
    assert shown.texts("h1") == ["2 posts for “lower back releif”"]
    assert shown.links()["Relief for the lower back"] == "https://blog.example/lower-back"
    assert {"lower", "back", "Back"} <= set(shown.texts("mark"))
    assert shown.texts("time") == ["22 March 2017", "1 June 2018"]
    assert shown.links()["Massage 1"] == "?q=lower+back+releif&tag=massage"
    assert shown.links()["2018 1"] == "?q=lower+back+releif&after=2018&before=2018"
    assert shown.links()["Massage"] == "?tag=massage"
    assert "Showing results for lower back relief." in shown.all("main")[0].text
    assert shown.links()["Search for lower back releif as it is written"] == "?q=lower+back+%22releif%22"
    assert "In no post: xyzzyq." in page(blog, "/?q=back+xyzzyq").all("main")[0].text
    assert shown.all("img")[0].attributes["src"] == "https://blog.example/back.jpg"
    assert [article.attributes["lang"] for article in shown.all("article")] == ["en", "en"]
    assert blog.get("/?q=back").headers["x-robots-tag"] == "noindex"


def test_filters_in_force_are_kept_by_the_box_and_can_be_taken_away(blog: TestClient) -> None:
    shown = page(blog, "/?q=back&tag=massage&after=2017&before=2017&not_tag=running&author=kim&page=1")
    kept = {(field.attributes["name"], field.attributes["value"]) for field in shown.all("input", type="hidden")}
    assert kept == {
        ("tag", "massage"),
        ("after", "2017"),
        ("before", "2017"),
        ("not_tag", "running"),
        ("author", "kim"),
        ("q", "back"),  # the form of dates keeps the words, too
    }
    links = {link.attributes.get("aria-label", ""): link.attributes["href"] for link in shown.all("a")}
    assert links["Remove filter: 2017"] == "?q=back&tag=massage&not_tag=running&author=kim"
    assert links["Remove filter: Massage"] == "?q=back&after=2017&before=2017&not_tag=running&author=kim"
    assert links["Remove filter: without running"] == "?q=back&tag=massage&after=2017&before=2017&author=kim"
    assert links["Remove filter: by kim"] == "?q=back&tag=massage&after=2017&before=2017&not_tag=running"


def test_pages_lead_through_all_results(blog: TestClient) -> None:
    seen: list[str] = []
    address = "/?per_page=2"
    while address:
        shown = page(blog, address)
        seen += shown.texts("h2")[-len(shown.all("article")) :]
        following = shown.all("a", rel="next")
        address = "/" + following[0].attributes["href"] if following else ""
    assert len(seen) == len(set(seen)) == 5
    links = page(blog, "/?per_page=2&page=2").all("a")
    [current] = [link for link in links if link.attributes.get("aria-current") == "page"]
    assert (current.text, current.attributes["aria-label"]) == ("2", "Page 2")


def test_of_a_year_one_goes_to_any_other_year_and_finds_as_many_posts_as_it_says(blog: TestClient) -> None:
    for address, chosen in (("/?after=2017&before=2017", "2017"), ("/?after=2016-02", None), ("/?q=back", None)):
        links = [link for link in page(blog, address).all("a") if re.fullmatch(r"20\d\d \d+", link.text)]
        years = [link.text.split()[0] for link in links]
        assert len(years) > 1
        assert chosen not in years
        for link in links:
            counted = blog.get("/search" + link.attributes["href"]).json()["total"]
            assert link.text.split()[1] == str(counted)


def test_with_alternatives_no_tag_is_offered_that_would_not_find_as_many_posts_as_it_says(blog: TestClient) -> None:
    assert page(blog, "/?q=back").all("ul", **{"aria-labelledby": "by-tag"})
    assert not page(blog, "/?q=back&tag=massage,running").all("ul", **{"aria-labelledby": "by-tag"})


@pytest.mark.parametrize(
    ("address", "offered", "chosen"),
    [
        ("/?q=back", ["Best match", "Newest", "Oldest"], "Best match"),
        ("/?q=back&sort=relevance", ["Best match", "Newest", "Oldest"], "Best match"),
        ("/?q=back&sort=date", ["Best match", "Newest", "Oldest"], "Oldest"),
        ("/?tag=back-pain,running", ["Newest", "Oldest"], "Newest"),
        ("/?tag=back-pain,running&q=&sort=date", ["Newest", "Oldest"], "Oldest"),
    ],
)
def test_without_a_text_no_match_is_called_the_best(
    blog: TestClient, address: str, offered: list[str], chosen: str
) -> None:
    links = [link for link in page(blog, address).all("a") if link.text in ("Best match", "Newest", "Oldest")]
    assert [link.text for link in links] == offered
    assert [link.text for link in links if link.attributes.get("aria-current")] == [chosen]


def test_empty_results_say_what_may_help(blog: TestClient) -> None:
    shown = page(blog, "/?q=xyzzy")
    assert shown.texts("h1") == ["No posts for “xyzzy”"]
    assert any("spelling" in text for text in shown.texts("li"))
    assert shown.links()["Massage 1"] == "?tag=massage"


def test_a_page_beyond_the_last_one_leads_back(blog: TestClient) -> None:
    assert page(blog, "/?q=back&page=40").links()["Back to the first page"] == "?q=back"


def test_unknown_parameters_are_ignored_here(blog: TestClient) -> None:
    assert page(blog, "/?q=back&utm_source=mail&fbclid=1").texts("h1") == ["2 posts for “back”"]
    assert page(blog, "/?utm_source=mail").texts("h2")[0] == "Tags"


def test_a_bad_value_gets_a_friendly_page_that_keeps_the_words(blog: TestClient) -> None:
    shown = page(blog, "/?q=back+pain&sort=sideways", status=400)
    assert shown.all("input", name="q")[0].attributes["value"] == "back pain"
    assert any("sort" in text for text in shown.texts("p"))


def test_days_in_the_wrong_order_are_put_right(blog: TestClient) -> None:
    shown = page(blog, "/?q=back&after=2018-12-31&before=2017")
    assert [shown.all("input", name=name)[-1].attributes["value"] for name in ("after", "before")] == [
        "2017-01-01",
        "2018-12-31",
    ]
    assert shown.texts("h1") == page(blog, "/?q=back&after=2017&before=2018-12-31").texts("h1")


@pytest.mark.parametrize("value", ["yesterday", "12020-01-01", "2020-02-30"])
def test_what_is_no_day_is_left_out(blog: TestClient, value: str) -> None:
    assert page(blog, f"/?q=back&after={value}").texts("h1") == page(blog, "/?q=back").texts("h1")


def test_the_stylesheet_and_the_icon_are_served(blog: TestClient) -> None:
    for link in Page(blog.get("/").text).all("link"):
        response = blog.get("/" + link.attributes["href"])
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(
            ("text/css", "image/svg+xml", "application/opensearchdescription+xml")
        )
        assert response.headers["x-content-type-options"] == "nosniff"


CANARIES = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;script&gt;",
)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A blog all of whose texts are attacks, and whose addresses are scripts."""
    engine = open_engine(Config(index=tmp_path_factory.mktemp("poisoned") / "index"))
    attacks = [
        post(
            f"{number}",
            f"canary {canary}",
            f"canary {canary} body\ncanary {canary} heading\nof a section",
            sections=(Section(len(canary) + 13, 2 * len(canary) + 28, canary),),
            tags=[canary],
            author=canary,
            date=dt.date(2020, 1, 1 + number),
            lang=canary,
            image=f"javascript:alert({number})",
        )
        for number, canary in enumerate(CANARIES)
    ]
    attacks.append(Document(url="javascript:alert(1)", title="canary", tags=(Tag("canary", "canary"),)))
    publish(engine, *attacks)
    with TestClient(create_app(Config(site_name=CANARIES[0]), engine)) as client:
        yield client


def assert_harmless(html: str) -> None:
    shown = Page(html)
    assert not {element.tag for element in shown.elements} & {"svg", "style", "iframe", "object"}
    assert [script.attributes.get("src") for script in shown.all("script")] == ["./postseek.js"]
    assert shown.texts("script") == [""]
    for element in shown.elements:
        for name, value in element.attributes.items():
            assert not name.startswith("on")
            assert not (name in ("href", "src", "action") and value.strip().lower().startswith(("javascript", "data")))


def test_what_a_post_says_never_becomes_markup(poisoned: TestClient) -> None:
    for address in ("/", "/?q=canary", "/?q=canary&sort=date", "/?tag=canary", "/?q=nothing"):
        assert_harmless(poisoned.get(address).text)
    assert "alert" in poisoned.get("/?q=canary").text


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("parameter", ["q", "tag", "not_tag", "author", "lang", "after", "sort", "page"])
def test_what_a_visitor_sends_never_becomes_markup(poisoned: TestClient, parameter: str, canary: str) -> None:
    response = poisoned.get("/", params={parameter: canary, "per_page": "1"})
    assert response.status_code in (200, 400)
    assert_harmless(response.text)


def test_a_site_without_a_name_and_an_index_without_posts_have_a_page_too(tmp_path: Path) -> None:
    engine = open_engine(Config(index=tmp_path / "index"))
    with engine.build() as writer:
        writer.write_state("pages", b"")
        writer.seal()
        writer.publish()
    with TestClient(create_app(Config(), engine)) as client:
        shown = page(client, "/")
        assert shown.texts("h1") == ["Find a post"]
        assert page(client, "/?q=anything").texts("h1") == ["No posts for “anything”"]
