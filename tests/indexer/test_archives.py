"""A day that a post shows without a year is of the year in which an archive page of its site lists it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from indexer.archives import MOST, Periods, is_archive, period_of, periods_on
from indexer.dated_lists import days_on
from indexer.extract.addresses.keys import address_key
from indexer.gate import Gate
from indexer.pipeline import index_sources
from indexer.plan import Plan
from indexer.report import Report
from indexer.sources import Page, open_source
from search_service.engine.embedded.engine import EmbeddedEngine

from .site.conftest import prose
from .sources.conftest import SiteServer

BASE = "https://mill.example"
MONTHS = ("January", "February", "March", "April", "May", "June")
GATE = Gate(max_lost_share=90, max_failed_share=90)


def post(number: int, *, byline: str | None = None) -> str:
    """A post that shows its day and month."""
    byline = f"{MONTHS[number % 6]} {number}" if byline is None else byline
    return (
        f"<!doctype html><html lang=en><head><title>Entry {number} | The Mill</title></head><body>"
        f"<header><a href='/'>The Mill</a> <a href='/about/'>About</a></header><main><div class=entry>"
        f"<h1>Entry {number}</h1><p class=byline>{byline}</p><div class=text>{prose(number)}</div></div>"
        "</main></body></html>"
    )


def listing(numbers: range | list[int], around: str = "{}") -> str:
    links = "".join(f"<li><a href='/{n}/'>Entry {n}</a></li>" for n in numbers)
    return f"<!doctype html><title>Archive</title><a href='/about/'>About</a>{around.format(f'<ul>{links}</ul>')}"


def write(folder: Path, pages: dict[str, str]) -> None:
    for path, markup in pages.items():
        file = folder / path.strip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(markup)


def indexed(folder: Path, index: Path) -> dict[str, str]:
    """The days of the posts, by name."""
    engine = EmbeddedEngine(index)
    source = open_source(str(folder), base_url=f"{BASE}/")
    index_sources(engine, [source], Plan(workers=1, seconds=60, gate=GATE, force=True))
    return dates(index, BASE, range(1, 30))


def dates(index: Path, base: str, numbers: range) -> dict[str, str]:
    searcher = EmbeddedEngine(index).searcher()
    found = {str(n): searcher.document(f"{base}/{n}/") for n in numbers}
    searcher.close()
    return {name: str(document.date) for name, document in found.items() if document}


@pytest.mark.parametrize("half", [2, 10], ids=["page by page", "by template"])
@pytest.mark.parametrize(
    "archive",
    [
        lambda first, second: {"2020": listing(first), "2021": listing(second)},
        lambda first, second: {
            "archives": f"<h1>Archive</h1><h2>2021</h2>{listing(second)}<h2>2020</h2>{listing(first)}"
        },
    ],
    ids=["years in addresses", "years in headings"],
)
def test_posts_take_their_year_from_the_archive(
    tmp_path: Path, half: int, archive: Callable[[range, range], dict[str, str]]
) -> None:
    first, second = range(1, half + 1), range(half + 1, 2 * half + 1)
    write(tmp_path / "public", {f"{n}": post(n) for n in (*first, *second)} | archive(first, second))
    assert indexed(tmp_path / "public", tmp_path / "index") == {
        f"{n}": f"{2020 if n in first else 2021}-{n % 6 + 1:02}-{n:02}" for n in (*first, *second)
    }


def test_a_full_date_is_not_changed(tmp_path: Path) -> None:
    pages = {"1": post(1, byline="February 1, 2015"), "2": post(2), "2020": listing([2]), "2021": listing([1])}
    write(tmp_path / "public", pages)
    assert indexed(tmp_path / "public", tmp_path / "index") == {"1": "2015-02-01", "2": "2020-03-02"}


def test_a_page_that_is_in_the_archive_and_shows_no_day_is_no_post(tmp_path: Path) -> None:
    pages = {"1": post(1, byline="by Ada"), "2": post(2), "2020": listing([2]), "2021": listing([1])}
    write(tmp_path / "public", pages)
    assert list(indexed(tmp_path / "public", tmp_path / "index")) == ["2"]


def test_a_day_of_another_month_than_that_of_the_archive_is_not_the_posts(tmp_path: Path) -> None:
    pages = {"1": post(1), "2": post(2), "2020/02": listing([1]), "2020/04": listing([2])}
    write(tmp_path / "public", pages)
    assert indexed(tmp_path / "public", tmp_path / "index") == {"1": "2020-02-01"}


@pytest.fixture
def server() -> Iterator[SiteServer]:
    server = SiteServer()
    yield server
    server.close()


def crawl(server: SiteServer, index: Path) -> Report:
    source = open_source(f"{server.url}/sitemap.xml")
    return index_sources(EmbeddedEngine(index), [source], Plan(workers=1, seconds=60, gate=GATE))


def test_a_crawl_reads_a_post_again_when_the_archive_lists_it_and_remembers_what_it_said(
    server: SiteServer, tmp_path: Path
) -> None:
    for number in (1, 2, 3):
        server.file(f"/{number}/", post(number), "text/html", ETag=f'"{number}"')
    server.file("/2020/", listing([1]), "text/html", ETag='"2020"')
    server.file("/2021/", listing([2]), "text/html", ETag='"2021"')
    server.sitemap("/sitemap.xml", "/1/", "/2/", "/3/", "/2020/", "/2021/")
    crawl(server, tmp_path)
    assert dates(tmp_path, server.url, range(1, 4)) == {"1": "2020-02-01", "2": "2021-03-02"}
    server.file("/2021/", listing([2, 3]), "text/html", ETag='"new"')
    assert crawl(server, tmp_path).added == 1
    server.file("/1/", post(1).replace("part 1", "part one"), "text/html", ETag='"new"')
    assert crawl(server, tmp_path).changed == 1
    assert dates(tmp_path, server.url, range(1, 4)) == {"1": "2020-02-01", "2": "2021-03-02", "3": "2021-04-03"}
    assert not crawl(server, tmp_path).published


def page(path: str, content: str) -> Page:
    return Page(url=BASE + path, content=content.encode())


def usable(*pages: Page) -> dict[str, str]:
    periods = Periods({})
    for each in pages:
        periods.note(chain(periods_on(each), days_on(each, period_of(each))))
    return {
        path: period
        for path in ("/1/", "/2/", "/3/", "/about/")
        if (period := periods.usable.get(address_key(BASE + path)))
    }


def test_what_several_years_link_is_of_none() -> None:
    assert usable(page("/2020/", listing([1])), page("/2021/", listing([2]))) == {"/1/": "2020", "/2/": "2021"}


def test_a_month_says_more_than_its_year() -> None:
    years = page("/2020/", listing([1, 2])), page("/2021/", listing([3]))
    assert usable(*years, page("/2020/03/", listing([1])))["/1/"] == "2020-03"
    assert usable(page("/2020/03/", listing([1])), *years)["/1/"] == "2020-03"


ROW = "<li><span class=date>{day}</span> <a href='/{n}/'>Entry {n}</a></li>"
CARD = (
    "<div class=card><a href='/{n}/'><img alt=''></a><p><a href='/{n}/'>Entry {n}</a> in <a href='/tags/bees/'>bees</a>"
    " <a href='/author/ada/'>Ada</a></p><div><time datetime='{iso}'>{day}</time></div></div>"
)
NESTED = (
    "<div><h2><a href='/{n}/'>Entry {n}</a></h2><ul><li>{day}</li><li><a href='/tag/bees'>bees</a></li></ul><p>x</p>"
)
CLICKED = "<div class=card><div class=card-title>Entry {n}</div><p>Date: {day}</p><p>What a swarm needs.</p></div>"
SIGNED = (
    "<article><header><a href='/{n}/'>Entry {n}</a></header><p>x</p>"
    "<footer>Posted <time>{day}</time></footer></article>"
)
FLAT = "<p>{day}</p><h2><a href='/{n}/'>Entry {n}</a></h2>"


def dated_list(item: str, numbers: range) -> str:
    items = (item.format(n=n, day=f"{MONTHS[n % 6]} {n}, 2020", iso=f"2020-0{n % 6 + 1}-0{n}") for n in numbers)
    return f"<!doctype html><title>Blog</title><a href='/about/'>About</a>{''.join(items)}"


@pytest.mark.parametrize("item", [ROW, CARD, NESTED, CLICKED, SIGNED])
@pytest.mark.parametrize("byline", ["by Ada", "Last updated: May 9, 2024"])
def test_a_post_without_a_date_has_the_one_beside_its_link_or_title(tmp_path: Path, item: str, byline: str) -> None:
    pages = {f"{n}": post(n, byline=byline) for n in range(1, 5)}
    write(tmp_path / "public", pages | {"blog": dated_list(item, range(1, 4))})
    found = indexed(tmp_path / "public", tmp_path / "index")
    assert {n: found.get(n) for n in "123"} == {"1": "2020-02-01", "2": "2020-03-02", "3": "2020-04-03"}
    assert found.get("4", "2024-05-09") == "2024-05-09"


@pytest.mark.parametrize("byline", ["by Ada", "Last edited <span class=date>May {n}, 2024</span>"])
@pytest.mark.parametrize("half", [4, 12], ids=["page by page", "by template"])
def test_lists_of_any_name_and_their_later_pages_are_asked(tmp_path: Path, half: int, byline: str) -> None:
    pages = {f"{n}": post(n, byline=byline.format(n=n)) for n in range(1, 2 * half + 1)}
    lists = {"weblog": range(1, half + 1), "weblog/page/2": range(half + 1, 2 * half + 1)}
    write(tmp_path / "public", pages | {path: dated_list(ROW, numbers) for path, numbers in lists.items()})
    found = indexed(tmp_path / "public", tmp_path / "index")
    assert found == {f"{n}": f"2020-{n % 6 + 1:02}-{n:02}" for n in range(1, 2 * half + 1)}


def test_a_list_tells_where_else_on_a_page_its_day_is_shown(tmp_path: Path) -> None:
    beside = "</article><aside class=sidebar><h2>2020-0{month}-{n:02}</h2></aside><article>"
    pages = {f"{n}": post(n, byline=beside.format(n=n, month=n % 6 + 1)) for n in range(1, 21)}
    write(tmp_path / "public", pages | {"blog": dated_list(ROW, range(1, 16))})
    found = indexed(tmp_path / "public", tmp_path / "index")
    assert found == {f"{n}": f"2020-{n % 6 + 1:02}-{n:02}" for n in range(1, 21)}


def test_a_list_whose_dates_may_be_of_the_post_before_says_nothing_nor_do_two_dates() -> None:
    for items, numbers in ((FLAT, range(1, 5)), (ROW, range(1, 3))):
        assert usable(page("/blog/", dated_list(items, numbers))) == {}
    assert usable(page("/2020/", dated_list(ROW, range(1, 3))))["/1/"] == "2020-02-01"


def test_where_posts_show_their_dates_a_list_makes_no_post_of_another_page(tmp_path: Path) -> None:
    pages = {f"{n}": post(n, byline=f"May {n}, 2019") for n in range(1, 25)}
    pages["25"] = post(25, byline="by Ada")
    write(tmp_path / "public", pages | {"blog": dated_list(ROW, range(23, 26))})
    found = indexed(tmp_path / "public", tmp_path / "index")
    assert len(found) == 24
    assert "25" not in found


def test_one_period_alone_says_nothing() -> None:
    assert usable(page("/2020/", listing([1, 2, 3]))) == {}


def test_a_heading_below_that_of_the_year_goes_on_with_it_and_one_like_it_ends_it() -> None:
    markup = (
        "<h2><span>2020</span></h2><h3>March</h3><a href=/1/>1</a>"
        "<h2>2021</h2><a href='/2/'>2</a><h2>Links</h2><a href=/3/>3</a>"
    )
    assert usable(page("/archives/", markup)) == {"/1/": "2020", "/2/": "2021"}


def test_what_is_kept_is_bounded() -> None:
    periods = Periods(dict.fromkeys(range(MOST), "2020"))
    assert periods.note(periods_on(page("/2021/", listing(range(9))))) == frozenset()
    assert len(periods.found) == MOST


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"{BASE}/2021/", True), (f"{BASE}/blog/2021/03/", True), ("2021/index.html", True), ("archives.html", True),
        (f"{BASE}/2021/page/2/", True), (f"{BASE}/2021/13/", False), (f"{BASE}/2021/a-post/", False),
        (f"{BASE}/archives/123/", False), (f"{BASE}/weblog/", True), (f"{BASE}/arkiv.html", True),
        ("about/index.html", False), (f"{BASE}/", True), ("index.html", True), ("article/index.html", True),
    ],
)  # fmt: skip
def test_archives_are_known_by_their_addresses(address: str, *, expected: bool) -> None:
    assert is_archive(address) is expected
