"""What the feeds of a site say of its posts fills what their pages leave open, and no more than that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from indexer.feed_evidence import MOST, Listed, listed_by, remembered
from indexer.gate import Gate
from indexer.pipeline import index_sources
from indexer.plan import Plan
from indexer.preview import Preview, preview
from indexer.report import Report
from indexer.sources import Source, open_source
from indexer.workers import Reading
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.model import Document
from search_service.settings import SiteRules

from .conftest import Blog
from .site.conftest import prose
from .sources.conftest import SiteServer

HEAD = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
GATE = Gate(max_lost_share=90, max_failed_share=20)


@pytest.fixture
def server() -> Iterator[SiteServer]:
    server = SiteServer()
    yield server
    server.close()


def page(number: int, *, date: str = "", tags: str = "", head: str = "", title: str = "") -> str:
    """A post that says of itself what it is told to."""
    return (
        f"<!doctype html><html lang=en><head><title>{title or f'Entry {number}'} | The Mill</title>{head}</head>"
        f"<body><header><a href='/'>The Mill</a></header><main><article class=entry><h1>Entry {number}</h1>{date}"
        f"<div class=text>{prose(number)}</div>{tags}</article></main></body></html>"
    )


def publish(server: SiteServer, count: int, make: Callable[[int], str] = page) -> None:
    """Publish a site of so many posts, its front page, and a sitemap."""
    server.html("/", HEAD + "".join(f'<a href="/{n}/">Entry {n}</a> ' for n in range(1, count + 1)))
    for number in range(1, count + 1):
        server.file(f"/{number}/", make(number), "text/html", ETag=f'"{number}"')
    server.sitemap("/sitemap.xml", *(f"/{n}/" for n in range(1, count + 1)))


def feed(server: SiteServer, items: Mapping[int, str], path: str = "/feed.xml") -> None:
    listed = "".join(f"<item><link>{server.url}/{n}/</link>{text}</item>" for n, text in items.items())
    server.file(path, f"<rss><channel><title>The Mill</title>{listed}</channel></rss>", "application/rss+xml")


def dated(number: int) -> str:
    return f"<pubDate>{number:02} Mar 2018 10:00:00 GMT</pubDate>"


def labelled(*labels: str) -> str:
    return "".join(f"<category>{label}</category>" for label in labels)


def shown(source: Source, *rules: SiteRules) -> dict[str, Preview]:
    read = preview([source], Reading(rules=rules), workers=1, seconds=60)
    return {each.url.partition("//")[2].partition("/")[2].strip("/"): each for each in read}


def posts(source: Source) -> dict[str, Document]:
    return {
        name: each.extraction.document
        for name, each in shown(source).items()
        if each.extraction is not None and each.extraction.is_post
    }


def reindex(server: SiteServer, index: Path, **options: bool) -> Report:
    plan = Plan(workers=1, seconds=60, gate=GATE, **options)  # type: ignore[arg-type]
    return index_sources(EmbeddedEngine(index), [open_source(f"{server.url}/")], plan)


def tags(server: SiteServer, index: Path, number: int) -> list[str]:
    searcher = EmbeddedEngine(index).searcher()
    document = searcher.document(f"{server.url}/{number}/")
    searcher.close()
    assert document is not None
    return [tag.tag for tag in document.tags]


@pytest.mark.parametrize("count", [4, 20], ids=["page by page", "by template"])
def test_a_crawled_site_whose_posts_print_neither_date_nor_tags_has_those_of_its_feed(
    server: SiteServer, count: int
) -> None:
    publish(server, count)
    feed(server, {n: dated(n) + labelled("Bees", f"no {n}") for n in range(1, count + 1)})
    found = posts(open_source(f"{server.url}/"))
    assert {name: str(each.date) for name, each in found.items()} == {
        f"{n}": f"2018-03-{n:02}" for n in range(1, count + 1)
    }
    assert [tag.label for tag in found["3"].tags] == ["Bees", "no 3"]


def test_the_explanation_names_the_feed(server: SiteServer) -> None:
    publish(server, 3)
    feed(server, {n: dated(n) + labelled("Bees") for n in range(1, 4)})
    extraction = shown(open_source(f"{server.url}/"))["2"].extraction
    assert extraction is not None
    assert (extraction.sources["date"], extraction.sources["tags"]) == ("feed", "feed")


def test_a_post_says_itself_what_it_is_before_its_feed_does(server: SiteServer) -> None:
    publish(server, 4, lambda n: page(n, date="<time datetime=2020-01-01>1 January 2020</time>",
                                      tags="<p class=tags><a rel=tag href=/tags/water/>Water</a></p>"))  # fmt: skip
    feed(server, {n: dated(n) + labelled("Bees") + "<title>Another</title>" for n in range(1, 5)})
    post = posts(open_source(f"{server.url}/"))["2"]
    assert (str(post.date), [tag.tag for tag in post.tags], post.title) == ("2020-01-01", ["water"], "Entry 2")


def test_a_post_without_tags_among_others_that_print_theirs_has_none(server: SiteServer) -> None:
    def make(n: int) -> str:
        tags = "" if n == 5 else f"<p class=tags><a rel=tag href=/tags/t{n % 3}/>T{n % 3}</a></p>"
        return page(n, date=f"<time datetime=2020-01-{n:02}>{n} January 2020</time>", tags=tags)

    publish(server, 20, make)
    feed(server, {n: dated(n) + labelled("News") for n in range(1, 21)})
    found = posts(open_source(f"{server.url}/"))
    assert [[tag.tag for tag in found[name].tags] for name in ("4", "5")] == [["t1"], []]


def test_what_a_post_calls_its_category_is_no_tag_of_it(server: SiteServer) -> None:
    category = "<p class=cats><a rel='category' href=/category/garden/>Garden</a></p>"
    publish(server, 4, lambda n: page(n, tags=category))
    feed(server, {n: dated(n) + labelled("Garden", "Uncategorized", "Moss") for n in range(1, 5)})
    assert [tag.tag for tag in posts(open_source(f"{server.url}/"))["1"].tags] == ["moss"]


def test_a_selector_for_tags_that_selects_none_has_the_last_word(server: SiteServer) -> None:
    publish(server, 3)
    feed(server, {n: dated(n) + labelled("Bees") for n in range(1, 4)})
    extraction = shown(open_source(f"{server.url}/"), SiteRules(address=server.url, tags=".topics"))["2"].extraction
    assert extraction is not None
    assert (extraction.is_post, extraction.document.tags) == (True, ())


@pytest.mark.parametrize(
    ("path", "head", "why"),
    [
        ("/5/", '<meta name="robots" content="noindex">', "noindex"),
        ("/5/", '<script type="application/ld+json">{"@type":"BlogPosting","isAccessibleForFree":false}</script>',
         "for members only"),
        ("/about/", "", "a page of the site, not of the blog"),
        ("/tags/bees/", "", "a tag or archive page"),
    ],
)  # fmt: skip
def test_a_page_that_says_that_it_is_no_post_is_none_for_being_listed(
    server: SiteServer, path: str, head: str, why: str
) -> None:
    publish(server, 4)
    server.file(path, page(5, head=head), "text/html")
    server.sitemap("/sitemap.xml", *(f"/{n}/" for n in range(1, 5)), path)
    listed = "".join(
        f"<item><link>{server.url}{at}</link>{dated(n)}</item>"
        for n, at in enumerate(["/1/", "/2/", "/3/", "/4/", path], 1)
    )
    server.file("/feed.xml", f"<rss><channel>{listed}</channel></rss>")
    assert shown(open_source(f"{server.url}/"))[path.strip("/")].why == why


def test_a_feed_without_any_dates_vouches_for_its_posts_and_one_with_some_for_those(server: SiteServer) -> None:
    publish(server, 4)
    feed(server, {1: "", 2: ""})
    assert sorted(posts(open_source(f"{server.url}/"))) == ["1", "2"]
    feed(server, {1: dated(1), 2: ""})
    assert sorted(posts(open_source(f"{server.url}/"))) == ["1"]


def test_a_feed_of_comments_dates_no_post(server: SiteServer) -> None:
    publish(server, 3)
    items = "".join(f"<item><link>{server.url}/{n}/#comment-{n}</link>{dated(n)}</item>" for n in range(1, 4))
    server.file("/feed.xml", f"<rss><channel>{items}</channel></rss>")
    assert posts(open_source(f"{server.url}/")) == {}


def test_a_feed_that_robots_txt_disallows_is_not_asked_for(server: SiteServer) -> None:
    publish(server, 3)
    feed(server, {n: dated(n) for n in range(1, 4)})
    server.file("/robots.txt", "User-agent: *\nDisallow: /feed", "text/plain")
    assert posts(open_source(f"{server.url}/")) == {}
    assert "/feed.xml" not in server.asked


def test_the_feeds_of_a_site_that_is_read_from_its_sitemap_are_those_of_its_first_page(server: SiteServer) -> None:
    publish(server, 3, lambda n: page(n, head=HEAD))
    feed(server, {n: dated(n) for n in range(1, 4)})
    assert sorted(posts(open_source(f"{server.url}/sitemap.xml"))) == ["1", "2", "3"]
    assert server.asked.count("/feed.xml") == 1


def test_a_feed_as_the_source_says_what_its_posts_are(server: SiteServer) -> None:
    publish(server, 3)
    feed(server, {n: dated(n) + labelled("Bees") for n in range(1, 4)})
    found = posts(open_source(f"{server.url}/feed.xml"))
    assert [(name, [tag.tag for tag in each.tags]) for name, each in found.items()] == [
        ("1", ["bees"]),
        ("2", ["bees"]),
        ("3", ["bees"]),
    ]


class TestAnUpdate:
    """A feed is what it says today; what it said of a post is remembered."""

    def test_after_the_feed_has_forgotten_a_post_keeps_what_it_said(self, server: SiteServer, tmp_path: Path) -> None:
        publish(server, 3)
        feed(server, {n: dated(n) + labelled("Bees") for n in range(1, 4)})
        reindex(server, tmp_path)
        feed(server, {3: dated(3) + labelled("Bees")})
        server.file("/1/", page(1).replace("part 1", "part one"), "text/html", ETag='"new"')
        report = reindex(server, tmp_path)
        assert (report.changed, report.posts) == (1, 3)
        assert tags(server, tmp_path, 1) == ["bees"]

    def test_reads_pages_again_of_which_the_feed_says_more(self, server: SiteServer, tmp_path: Path) -> None:
        publish(server, 3)
        feed(server, {1: dated(1) + labelled("Bees")})
        assert reindex(server, tmp_path).posts == 1
        feed(server, {1: dated(1) + labelled("Bees"), 2: dated(2) + labelled("Bees"), 3: dated(3)})
        report = reindex(server, tmp_path)
        assert (report.added, report.changed, report.posts) == (2, 0, 3)
        assert tags(server, tmp_path, 2) == ["bees"]

    def test_asks_once_for_a_page_that_fails(self, server: SiteServer, tmp_path: Path) -> None:
        publish(server, 20)
        server.pages["/2/"] = (500, {}, b"")
        feed(server, {2: dated(2)})
        assert len(reindex(server, tmp_path).failures) == 1
        assert server.asked.count("/2/") == 1

    def test_with_the_same_feed_publishes_nothing(self, server: SiteServer, tmp_path: Path) -> None:
        publish(server, 3)
        feed(server, {n: dated(n) + labelled("Bees") for n in range(1, 4)})
        reindex(server, tmp_path)
        assert not reindex(server, tmp_path).published

    def test_of_a_directory_reads_pages_again_of_which_its_feed_says_more(self, blog: Blog) -> None:
        page = blog.folder / "post-0/index.html"
        page.write_text(page.read_text().partition("<p>Tags:")[0])
        blog.reindex()
        url = "https://blog.example/post-0/"
        (blog.folder / "feed.xml").write_text(
            f"<rss><channel><item><link>{url}</link>{labelled('Swans')}</item></channel></rss>"
        )
        assert blog.reindex().changed == 1
        searcher = blog.engine.searcher()
        document = searcher.document(url)
        searcher.close()
        assert document is not None
        assert [tag.tag for tag in document.tags] == ["swans"]


def test_a_title_that_names_the_site_along_is_that_of_the_feed(server: SiteServer) -> None:
    def make(n: int) -> str:
        markup = page(n, title=f"On weirs, part {n} at the blog of the mill")
        return markup.replace(f"<h1>Entry {n}</h1>", "").replace(" | The Mill", "")

    publish(server, 3, make)
    feed(server, {n: dated(n) + f"<title>On weirs, part {n}</title>" for n in range(1, 4)})
    assert posts(open_source(f"{server.url}/"))["2"].title == "On weirs, part 2"


def test_of_several_feeds_the_first_day_and_all_labels_count() -> None:
    items = [
        f"<rss><channel><item><link>/1/</link>{dated(n)}{labelled(f'l{n}')}</item></channel></rss>" for n in (3, 2)
    ]
    found = listed_by([item.encode() for item in items], base_url="https://a.example/")
    assert list(found.values()) == [Listed("2018-03-02", "", ("l3", "l2"))]


def test_an_undated_feed_of_a_part_of_the_site_vouches_for_nothing_beside_a_dated_one() -> None:
    items = [
        f"<rss><channel><item><link>/{n}/</link>{date}</item></channel></rss>" for n, date in ((1, dated(1)), (2, ""))
    ]
    found = listed_by([item.encode() for item in items], base_url="https://a.example/")
    assert [each.day for each in found.values()] == ["2018-03-01", None]


def test_what_is_remembered_is_bounded_and_stays_the_same() -> None:
    before = {key: Listed("2018-03-02", "", ()) for key in range(MOST)}
    now = {-key: Listed("2019-03-02", "", ()) for key in range(1, 4)}
    kept = remembered(now, before)
    assert len(kept) == MOST
    assert now.items() <= kept.items()
    assert remembered(now, kept) == kept
