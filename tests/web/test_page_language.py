"""The search page speaks the language of the blog, whatever the visitor's browser asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from search_service.engine.model import Document
from search_service.engine.port import Engine
from search_service.languages import NAMES
from search_service.settings import Config
from search_service.web.app import create_app
from search_service.web.etag import fingerprint
from search_service.web.texts import shared, texts_for

from ..engine.posts import post, publish
from .conftest import POSTS
from .page import Page
from .test_feed import OPENSEARCH
from .test_live import eventually
from .test_search_page import STATES
from .test_texts import own

MORE_STATES = STATES | {
    "corrected": "/?q=lower+back+releif",
    "dropped": "/?q=back+xyzzyq",
    "unreadable": "/?q=back+" + "w" * 80,
    "tags": "/?tag=massage&tag=running,back-pain",
    "month": "/?after=2016-01&before=2018-03-12",
}


@contextmanager
def serving(engine: Engine, *, page_lang: str = "", site_name: str = "", rate_limit: int = 0) -> Iterator[TestClient]:
    config = Config(page_lang=page_lang, site_name=site_name, rate_limit=rate_limit, access_log=False)
    with TestClient(create_app(config, engine)) as client:
        yield client


def posts(lang: str | None, count: int = 3) -> list[Document]:
    return [post(f"{lang}-{number}", "Titel", "Text", lang=lang) for number in range(count)]


def html_of(client: TestClient, address: str = "/") -> tuple[str, str | None]:
    """The language and the direction that a page states."""
    [html] = Page(client.get(address, headers={"Accept-Language": "ko,it;q=0.8"}).text).all("html")
    return html.attributes["lang"], html.attributes.get("dir")


@pytest.fixture
def published(engine: Engine) -> Engine:
    publish(engine, *POSTS)
    return engine


def said(html: str) -> str:
    """All that a page says to its visitors but for what is marked as English."""
    shown = Page(re.sub(r'<ul class="note" lang="en".*?</ul>', "", html, flags=re.DOTALL))
    spoken = [element.attributes.get(name, "") for element in shown.elements for name in ("aria-label", "placeholder")]
    return "\n".join([*spoken, *shown.texts("title"), *shown.texts("body")])


@pytest.mark.parametrize("language", NAMES)
def test_every_page_says_everything_in_its_language(published: Engine, language: str) -> None:
    table, english = shared(language) | own(language), shared("en") | own("en")
    foreign = {text for text in english.values() if len(text) > 5 and "{" not in text} - set(table.values())
    pages = []
    with serving(published, page_lang=language, site_name="X") as client:
        pages += [client.get(address) for address in MORE_STATES.values()]
    with serving(published, page_lang=language, rate_limit=1) as client:
        pages += [client.get("/") for _ in range(2)]
    assert pages[-1].status_code == 429
    for response in pages:
        texts = said(response.text)
        assert not re.search(r"\{\w*\}", texts)
        if language != "en":
            assert [text for text in foreign if text in texts] == []
        [html] = Page(response.text).all("html")
        assert html.attributes == {"lang": language.replace("hant", "Hant")} | (
            {"dir": "rtl"} if language == "ar" else {}
        )


def test_without_an_index_the_page_speaks_the_language_that_is_set(engine: Engine) -> None:
    with serving(engine, page_lang="fr") as client:
        response = client.get("/")
    assert response.status_code == 503
    assert Page(response.text).texts("h1") == ["La recherche est momentanément indisponible"]


def test_an_index_of_german_posts_has_a_german_page(engine: Engine) -> None:
    publish(engine, *posts("de"), *posts("en", 2), *posts(None, 9))
    with serving(engine) as client:
        assert html_of(client) == ("de", None)
        shown = Page(client.get("/?q=titel&after=2016&before=2016-02-03").text)
        assert Page(client.get("/?q=titel").text).texts("h1") == ["14 Beiträge zu „titel“"]
    assert shown.texts("h1") == ["Keine Beiträge zu „titel“"]
    removing = [link.attributes["aria-label"] for link in shown.all("a", **{"class": "chosen"})]
    assert removing == ["Filter entfernen: ab 2016", "Filter entfernen: bis 3. Februar 2016"]


@pytest.mark.parametrize(
    ("tags", "lang"),
    [
        (["pt-BR", "pt-br", "pt", "en", "en"], "pt-BR"),
        (["zh-TW", "zh-TW", "zh", "en"], "zh-TW"),
        (["sv", "sv", "sv", "de", "de"], "en"),
        ([None], "en"),
        (["de-<b>", "de-<b>"], "de"),
    ],
)
def test_the_language_of_most_posts_is_that_of_the_page_if_it_is_known(
    engine: Engine, tags: list[str | None], lang: str
) -> None:
    publish(engine, *[post(f"{number}", "Title", lang=tag) for number, tag in enumerate(tags)])
    with serving(engine) as client:
        assert html_of(client)[0] == lang


def test_the_setting_wins(published: Engine) -> None:
    with serving(published) as client:
        assert html_of(client) == ("en", None)
    with serving(published, page_lang="AR") as client:
        assert html_of(client) == ("ar", "rtl")
        assert html_of(client, "/?q=back") == ("ar", "rtl")
    with serving(published, page_lang="zh-hk") as client:
        assert html_of(client) == ("zh-HK", None)
        assert Page(client.get("/").text).texts("button") == ["搜尋"]


def test_a_new_generation_may_speak_another_language(engine: Engine) -> None:
    publish(engine, *posts("en"))
    with serving(engine) as client:
        assert html_of(client) == ("en", None)
        publish(engine, *posts("ar"))
        assert eventually(lambda: html_of(client) == ("ar", "rtl"))


def test_posts_keep_their_own_language_and_what_is_said_of_them_is_in_that_of_the_page(published: Engine) -> None:
    with serving(published, page_lang="ja") as client:
        shown = Page(client.get("/?q=back").text)
    assert [article.attributes["lang"] for article in shown.all("article")] == ["en", "en"]
    assert {about.attributes["lang"] for about in shown.all("p", **{"class": "about"})} == {"ja"}
    assert sorted(shown.texts("time")) == ["2017年3月22日", "2018年6月1日"]


def test_what_a_visitor_typed_keeps_its_own_direction(published: Engine) -> None:
    with serving(published, page_lang="ar") as client:
        shown = Page(client.get("/?q=back+%26+%3Cb%3E").text)
    assert shown.texts("h1") == ["3 مقالات عن «back & <b>»"]
    assert shown.texts("title") == ["3 مقالات عن «back & <b>»"]
    assert "back & <b>" in shown.texts("bdi")


def test_what_programs_read_stays_english(published: Engine) -> None:
    with serving(published, page_lang="de") as client:
        assert client.get("/search?sort=sideways").json()["detail"] == "sort must be one of relevance, -date, date"
        assert Page(client.get("/docs").text).all("html")[0].attributes["lang"] == "en"
        refused = Page(client.get("/?sort=sideways").text)
    [details] = refused.all("ul", lang="en")
    assert details.text == "sort must be one of relevance, -date, date"
    assert "Etwas in der Adresse" in refused.texts("p")[1]


def test_browsers_name_the_search_in_its_language(published: Engine) -> None:
    with serving(published, page_lang="fr", site_name="Le jardin") as client:
        root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    assert root.findtext(OPENSEARCH + "Description") == "Rechercher dans les articles · Le jardin"
    with serving(published, page_lang="fr") as client:
        root = ElementTree.fromstring(client.get("/opensearch.xml").content)
        [link] = Page(client.get("/").text).all("link", rel="search")
    assert root.findtext(OPENSEARCH + "ShortName") == link.attributes["title"] == "Recherche"
    assert root.findtext(OPENSEARCH + "Description") == "Rechercher dans les articles"
    assert root.findtext(OPENSEARCH + "Language") == "fr"


def test_who_has_the_page_in_another_language_gets_it_anew(tmp_path: Path) -> None:
    config = Config(index=tmp_path)
    assert fingerprint(config) != fingerprint(replace(config, page_lang="de"))


def test_a_language_that_nobody_translated_is_english() -> None:
    assert texts_for("sv").lang == "en"
