"""The later pages of a post are none of their own: what only they say finds the post at its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.extract.head.metadata import Metadata
from indexer.extract.model import LATER_PAGE, LaterPage
from indexer.extract.verdict.later_pages import goes_on, later_page
from indexer.gate import Gate
from indexer.pipeline import index_sources
from indexer.plan import Plan
from indexer.report import Report
from indexer.sources import open_source
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.model import FoundSection, Snippet
from search_service.engine.query import parse_query

from .conftest import PAGE, Blog
from .sources.conftest import SiteServer

POST = "https://blog.example/the-post/"


def metadata(**links: str) -> Metadata:
    return Metadata(title=None, lang=None, metas={}, links={rel: (url,) for rel, url in links.items()})


def serial(blog: Blog, second: str = "The kingfisher came on the second day.", *, pages: int = 2) -> None:
    """Publish a post that goes on."""
    links = "".join(f'<a href="/serial/{number}/">{number}</a> ' for number in range(2, pages + 1))
    blog.write("serial", f"The ibis came on the first day.</p><p>Pages: 1 {links}", title="A serial")
    if pages > 1:
        blog.write("serial/2", second, title="A serial")
    for number in range(3, pages + 1):
        blog.write(f"serial/{number}", f"On day {number} came a bird called bird{number}.", title="A serial")
    for number in range(2, pages + 1):
        page = blog.folder / f"serial/{number}/index.html"
        before = "/serial/" if number == 2 else f"/serial/{number - 1}/"
        page.write_text(page.read_text().replace("<head>", f'<head><link rel="prev" href="{before}">'))


OTHERS = pytest.mark.parametrize("others", [4, 16], ids=["page by page", "by template"])


@OTHERS
def test_a_word_on_the_second_page_finds_the_post(make_blog: Callable[..., Blog], others: int) -> None:
    blog = make_blog(others)
    serial(blog)
    report = blog.reindex()
    assert (report.posts, dict(report.no_posts)) == (others + 1, {LATER_PAGE: 1})
    assert blog.found("kingfisher") == blog.found("ibis") == ["serial"]


@OTHERS
def test_pages_are_put_in_order_and_their_common_frame_once(make_blog: Callable[..., Blog], others: int) -> None:
    blog = make_blog(others)
    serial(blog, pages=12)
    blog.reindex()
    searcher = blog.engine.searcher()
    document = searcher.document("https://blog.example/serial/")
    searcher.close()
    assert document is not None
    marks = ["ibis", "kingfisher", *(f"bird{number}" for number in range(3, 13))]
    places = [document.body.index(f"{mark}") for mark in marks]
    assert places == sorted(places)
    assert document.body.count("whoever sits on the bridge long enough") <= 1, "a template leaves it out"


@OTHERS
@pytest.mark.parametrize("suffix", ["", " - Page {}", " ({}/3)", " – Seite {} von 3", " {}"])
def test_pages_that_are_dated_and_called_like_the_first_which_links_to_them_go_on(
    make_blog: Callable[..., Blog], others: int, suffix: str
) -> None:
    blog = make_blog(others)
    links = "".join(f'<a href="/walk/{number}/">{number}</a> ' for number in (2, 3))
    blog.write("walk", f"The ibis came on the first day.</p><p>Pages: {links}", title="The walk home")
    for number, bird in ((2, "kingfisher"), (3, "cormorant")):
        blog.write(f"walk/{number}", f"A {bird} came.", title=f"The walk home{suffix.format(number)}")
    report = blog.reindex()
    assert (report.posts, dict(report.no_posts)) == (others + 1, {LATER_PAGE: 2})
    assert blog.found("kingfisher") == blog.found("cormorant") == ["walk"]
    blog.write("walk/2", "A heron's feather.", title=f"The walk home{suffix.format(2)}")
    assert blog.reindex().posts == others + 1
    assert blog.found("feather") == ["walk"]


@pytest.mark.parametrize(
    ("title", "date", "link"),
    [
        ("The walk back", "2020-05-01", "/walk/2/"),
        ("The walk home - Page 3", "2020-05-01", "/walk/2/"),
        ("The walk home", "2020-05-02", "/walk/2/"),
        ("The walk home", "2020-05-01", "/walk/"),
    ],
    ids=["title", "number", "date", "no link"],
)
def test_what_isnt_called_or_dated_or_linked_so_is_a_post_of_its_own(
    blog: Blog, title: str, date: str, link: str
) -> None:
    blog.write("walk", f"The ibis came on the first day.</p><p><a href='{link}'>On</a>", title="The walk home")
    blog.write("walk/2", "A kingfisher came.", title=title, date=date)
    assert blog.reindex().posts == 6
    assert blog.found("kingfisher") == ["walk/2"]


def test_a_post_whose_name_is_a_number_is_read_alone_when_it_changes(blog: Blog) -> None:
    blog.write("advent", "All windows.</p><p><a href='/advent/2/'>2</a>", title="Advent")
    blog.write("advent/2", "A candle.", title="The second window")
    blog.reindex()
    blog.write("advent/2", "A lantern.", title="The second window")
    report = blog.reindex()
    assert (report.changed, report.unchanged) == (1, 5)


@OTHERS
def test_posts_that_are_called_page_are_posts(make_blog: Callable[..., Blog], others: int) -> None:
    blog = make_blog(others)
    for number in range(1, 8):
        text, title = f"On day {number} came a bird called bird{number}.", f"Diary, {'abcdefgh'[number]}"
        blog.write(f"diary/page-{number}", text, title=title, date=f"2020-06-0{number}")
    report = blog.reindex()
    assert (report.posts, dict(report.no_posts)) == (others + 7, {})
    assert blog.found("bird1") == ["diary/page-1"]


def test_posts_whose_names_are_numbers_are_no_pages_of_one(blog: Blog) -> None:
    for number in range(1, 5):
        blog.write(f"journal/{number}", f"Day {number} at the ferry{number}.", title="From the journal")
        page = blog.folder / f"journal/{number}/index.html"
        page.write_text(page.read_text().replace("<head>", f'<head><link rel="prev" href="/journal/{number - 1}/">'))
    assert blog.reindex().posts == 8
    assert blog.found("ferry3") == ["journal/3"]


def test_a_later_page_that_asks_not_to_be_found_is_not(blog: Blog) -> None:
    serial(blog)
    page = blog.folder / "serial/2/index.html"
    page.write_text(page.read_text().replace("<head>", '<head><meta name="robots" content="noindex">'))
    blog.reindex()
    assert (blog.found("kingfisher"), blog.found("ibis")) == ([], ["serial"])


def test_a_later_page_behind_a_password_is_not_found(blog: Blog) -> None:
    form = '<form class="post-password-form"><input name="post_password" type="password"></form>'
    serial(blog, f"The kingfisher came.</p>{form}<p>")
    blog.reindex()
    assert (blog.found("kingfisher"), blog.found("ibis")) == ([], ["serial"])


def test_the_first_page_once_more_is_not_appended(blog: Blog) -> None:
    serial(blog, "The ibis came on the first day.")
    blog.reindex()
    searcher = blog.engine.searcher()
    document = searcher.document("https://blog.example/serial/")
    searcher.close()
    assert document is not None
    assert document.body.count("ibis") == 1


def test_what_every_page_says_is_said_once(blog: Blog) -> None:
    summary = "In which the birds of the lower weir are counted, one day after the other, by two people."
    serial(blog, f"Day two.</p><p>{summary}</p><p>The kingfisher came.")
    first = blog.folder / "serial/index.html"
    first.write_text(first.read_text().replace("<p>The ibis", f"<p>Day one.</p><p>{summary}</p><p>The ibis"))
    blog.reindex()
    searcher = blog.engine.searcher()
    document = searcher.document("https://blog.example/serial/")
    searcher.close()
    assert document is not None
    assert document.body.count("birds of the lower weir") == 1
    assert "Day two." in document.body


def test_what_a_later_page_says_stands_below_its_own_headings(make_blog: Callable[..., Blog]) -> None:
    blog = make_blog(16)
    serial(
        blog,
        'The kingfisher came on the second day.</p><h2 id="noon">At noon</h2><p>The cormorant came.</p>'
        "<h2>At night</h2><p>The owl came.",
        pages=3,
    )
    first = blog.folder / "serial/index.html"
    first.write_text(first.read_text().replace("<p>The ibis", '<h2 id="dawn">At dawn</h2><p>The ibis'))
    blog.reindex()
    searcher = blog.engine.searcher()
    hits = {bird: searcher.search(parse_query(bird)).hits[0] for bird in ("ibis", "kingfisher", "owl", "bird3")}
    document = searcher.document("https://blog.example/serial/")
    searcher.close()
    assert hits["ibis"].section == FoundSection(Snippet("At dawn"), "dawn")
    assert hits["kingfisher"].section is None
    assert hits["owl"].section == FoundSection(Snippet("At night"), None)
    assert hits["bird3"].section is None
    assert document is not None
    assert [document.body[section.start : section.end] for section in document.sections] == [
        "At dawn", "", "At noon", "At night", "",
    ]  # fmt: skip


class TestAnUpdate:
    """Whichever of its pages changes, the post is what its pages say together."""

    def test_of_the_second_page_alone(self, blog: Blog) -> None:
        serial(blog)
        blog.reindex()
        serial(blog, "The cormorant came on the second day.")
        report = blog.reindex()
        assert (report.changed, report.added, report.removed) == (1, 0, 0)
        assert [blog.found(bird) for bird in ("kingfisher", "cormorant", "ibis")] == [[], ["serial"], ["serial"]]

    def test_counts_each_page_once_however_often_it_is_read(self, blog: Blog) -> None:
        serial(blog, pages=3)
        blog.reindex()
        serial(blog, "The cormorant came on the second day.", pages=3)
        report = blog.reindex()
        assert (report.pages, report.changed, report.unchanged) == (7, 1, 4)
        assert dict(report.no_posts) == {LATER_PAGE: 2}

    def test_of_the_first_page_alone(self, blog: Blog) -> None:
        serial(blog)
        blog.reindex()
        first = blog.folder / "serial/index.html"
        first.write_text(first.read_text().replace("ibis", "egret"))
        blog.reindex()
        assert [blog.found(bird) for bird in ("kingfisher", "egret", "ibis")] == [["serial"], ["serial"], []]

    def test_that_finds_nothing_new_reads_nothing(self, blog: Blog) -> None:
        serial(blog, pages=4)
        blog.reindex()
        report = blog.reindex()
        assert (report.unchanged, report.changes, report.published) == (8, [], False)

    def test_after_the_second_page_has_gone(self, blog: Blog) -> None:
        serial(blog)
        blog.reindex()
        blog.remove("serial/2")
        blog.reindex()
        assert [blog.found(bird) for bird in ("kingfisher", "ibis")] == [[], ["serial"]]

    def test_that_finds_a_third_page(self, blog: Blog) -> None:
        serial(blog)
        blog.reindex()
        serial(blog, pages=3)
        blog.reindex()
        assert [blog.found(bird) for bird in ("bird3", "kingfisher")] == [["serial"], ["serial"]]

    def test_in_which_a_later_page_becomes_a_post_of_its_own(self, blog: Blog) -> None:
        serial(blog)
        blog.reindex()
        blog.write("serial", "The ibis came on the first day.", title="A serial")
        blog.write("serial/2", "The kingfisher came on the second day.", title="A post called 2")
        blog.reindex()
        assert [blog.found(bird) for bird in ("kingfisher", "ibis")] == [["serial/2"], ["serial"]]


@pytest.fixture
def server() -> Iterator[SiteServer]:
    server = SiteServer()
    yield server
    server.close()


def publish(server: SiteServer, path: str, text: str, *, head: str = "") -> None:
    page = PAGE.format(title="A serial", canonical=server.url + path, date="2020-05-01", text=text, tag="water")
    server.file(path, page.replace("<head>", f"<head>{head}"), "text/html", ETag=f'"{hash(page)}"')


def crawl(server: SiteServer, index: Path) -> Report:
    gate = Gate(max_lost_share=90, max_failed_share=20)
    plan = Plan(workers=1, seconds=20, gate=gate)
    return index_sources(EmbeddedEngine(index), [open_source(server.url + "/")], plan)


def found(index: Path, text: str) -> int:
    searcher = EmbeddedEngine(index).searcher()
    total = searcher.search(parse_query(text)).total
    searcher.close()
    return total


def test_pages_that_a_parameter_numbers_are_found_along_their_links(server: SiteServer, tmp_path: Path) -> None:
    server.html("/", '<a href="/serial/">A serial</a>')
    publish(server, "/serial/", "The ibis came.</p><p>Pages: 1 <a href='?page=2'>2</a>")
    publish(server, "/serial/?page=2", "The kingfisher came.</p><p>Pages: <a href='?page=3'>3</a>")
    publish(server, "/serial/?page=3", "The cormorant came.")
    assert crawl(server, tmp_path).posts == 1
    assert [found(tmp_path, bird) for bird in ("ibis", "kingfisher", "cormorant")] == [1, 1, 1]


def test_a_crawl_asks_for_the_other_pages_of_a_post_of_which_one_changed(server: SiteServer, tmp_path: Path) -> None:
    later = '<link rel="prev" href="/serial/">'
    server.html("/", '<a href="/serial/">A serial</a>')
    server.sitemap("/sitemap.xml", "/serial/", "/serial/2/")
    publish(server, "/serial/", "The ibis came.</p><p>Pages: 1 <a href='/serial/2/'>2</a>")
    publish(server, "/serial/2/", "The kingfisher came.", head=later)
    assert crawl(server, tmp_path).posts == 1
    assert found(tmp_path, "kingfisher") == found(tmp_path, "ibis") == 1
    publish(server, "/serial/2/", "The cormorant came.", head=later)
    assert crawl(server, tmp_path).changed == 1
    assert [found(tmp_path, bird) for bird in ("kingfisher", "cormorant", "ibis")] == [0, 1, 1]
    server.requests.clear()
    assert not crawl(server, tmp_path).published
    assert server.asked.count("/serial/") == 1, "what didn't change isn't asked for twice"


@pytest.mark.parametrize(
    ("url", "links", "body_class", "page"),
    [
        (f"{POST}2/", {"prev": POST}, "", LaterPage(POST.rstrip("/"), 2, True)),
        (f"{POST}3/", {"prev": f"{POST}2/"}, "", LaterPage(POST.rstrip("/"), 3, False, follows=True)),
        (f"{POST}3/", {"canonical": POST}, "", LaterPage(POST.rstrip("/"), 3, True)),
        (f"{POST}page/2/", {"prev": "/the-post/"}, "", LaterPage(POST.rstrip("/"), 2, True)),
        (f"{POST}?page=2", {"canonical": POST}, "", LaterPage(POST, 2, True)),
        (f"{POST}?p=37&page=2", {}, "single single-paged-2", LaterPage(f"{POST}?p=37", 2, True)),
        (f"{POST}2/", {}, "", LaterPage(POST.rstrip("/"), 2, False)),
        (f"{POST}2/", {"prev": "/another/"}, "", LaterPage(POST.rstrip("/"), 2, False)),
        (f"{POST}1/", {"canonical": POST}, "", None),
        ("https://blog.example/archives/123/", {"prev": "https://blog.example/archives/122/"}, "", None),
    ],
)  # fmt: skip
def test_an_address_with_a_number_and_what_the_page_says_of_it_make_a_later_page(
    url: str, links: dict[str, str], body_class: str, page: LaterPage | None
) -> None:
    assert later_page(url, metadata(**links), body_class=body_class) == page


def test_a_list_in_pages_that_names_its_first_as_the_canonical_one_is_no_post_that_goes_on() -> None:
    stated = Metadata(title=None, lang=None, metas={"og:type": ("website",)}, links={"canonical": (POST,)})
    assert later_page(f"{POST}page/2/", stated, body_class="") is None


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<a href="/the-post/2/">2</a>', True), ("<a href=2/>2</a>", True), ("<a href='?page=2'>2</a>", True),
        ('<a href="https://blog.example/the-post/page/2">next</a>', True), ('<a href="?x=1&amp;page=2">2</a>', False),
        ('<a href="/the-post/3/">3</a>', False), ('<a href="/another/2/">2</a>', False), ('<a href="/2/">2</a>', False),
    ],
)  # fmt: skip
def test_a_post_goes_on_where_it_links_to_a_second_page_of_its_own(link: str, *, expected: bool) -> None:
    assert goes_on(link.encode(), POST) is expected
