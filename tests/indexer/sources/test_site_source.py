"""Whole crawls of real sites on loopback."""

from __future__ import annotations

import gzip
import itertools
import json
import time

import pytest

from indexer.sources import Failed, NotModified, Page, Validators, open_source
from indexer.sources.crawl import MAX_FAILURES_IN_A_ROW
from indexer.sources.frontier import MAX_VARIANTS
from indexer.sources.model import MAX_BYTES
from indexer.sources.selection import Selection
from indexer.sources.site import Courtesy, SiteSource
from search_service.engine.errors import SourceError


def crawl(source, known=None):
    """What a visit delivers, by path: `page`, `same`, `gone` or `failed`. No page comes twice."""
    outcomes: dict[str, str] = {}
    for visit in source.visit(known or {}):
        path = visit.url.partition("://")[2].partition("/")[2]
        assert path not in outcomes
        match visit:
            case Page():
                outcomes[f"/{path}"] = "page"
            case NotModified():
                outcomes[f"/{path}"] = "same"
            case Failed(error=error):
                outcomes[f"/{path}"] = "gone" if error.gone else "failed"
    return outcomes


def known(site, *paths):
    return {site.url + path: Validators() for path in paths}


def impatient(site, path="/"):
    """The source, without the waits that a real server would be granted."""
    return SiteSource(
        site.url + path, selection=Selection.of((), ()), courtesy=Courtesy(pause=0.0, backoff=0.0, timeout=2.0)
    )


def links(*addresses):
    return "".join(f'<a href="{address}">x</a>' for address in addresses)


class TestDiscovery:
    """Where pages are found."""

    def test_a_site_without_a_sitemap_is_found_along_its_links(self, site):
        """Breadth first, every page once, and nothing that isn't below the address."""
        site.html("/", links("/a", "b/", "#top", "mailto:x@blog.example", "https://other.example/", "/pic.jpg"))
        site.html("/a", links("/", "/b/?utm_source=x", "/c"))
        site.html("/b/", links("../a", "d.html"))
        site.html("/b/d.html")
        site.html("/c")
        source = open_source(site.url)
        assert list(crawl(source)) == ["/", "/a", "/b/", "/c", "/b/d.html"]
        assert source.complete
        assert source.count() == 5
        assert source.base_url == site.url + "/"
        assert len(set(site.asked)) == len(site.asked)

    def test_pages_carry_what_the_server_said_of_them(self, site):
        """Encoding, validators and X-Robots-Tag."""
        site.html("/", ETag='"1"', X_Robots_Tag="googlebot: nofollow, noindex")
        site.html("/b", X_Robots_Tag="noindex")
        first, second = (next(iter(open_source(site.url + path).visit({}))) for path in ("/", "/b"))
        assert (first.charset, first.validators, first.noindex) == ("utf-8", Validators('"1"'), False)
        assert second.noindex

    def test_a_sitemap_that_robots_txt_names_is_read(self, site):
        """Wherever it lies, compressed or not; the usual places are left alone then."""
        site.file("/robots.txt", f"Sitemap: {site.url}/maps/all.xml.gz", "text/plain")
        site.sitemap("/maps/all.xml", "/hidden")
        site.file("/maps/all.xml.gz", gzip.compress(site.pages["/maps/all.xml"][2], mtime=0), "application/gzip")
        site.html("/")
        site.html("/hidden")
        assert crawl(open_source(site.url)) == {"/": "page", "/hidden": "page"}
        assert "/sitemap.xml" not in site.asked

    def test_nested_sitemap_indexes_are_gone_into(self, site):
        """Three deep, and not for ever where they name each other."""

        def index(path, *children):
            sitemaps = "".join(f"<sitemap><loc>{site.url}{child}</loc></sitemap>" for child in children)
            site.file(path, f"<sitemapindex>{sitemaps}</sitemapindex>")

        index("/sitemap_index.xml", "/one.xml", "/posts.xml", "/missing.xml")
        index("/one.xml", "/two.xml", "/sitemap_index.xml")
        index("/two.xml", "/three.xml")
        index("/three.xml", "/four.xml")
        site.sitemap("/posts.xml", "/post")
        site.sitemap("/four.xml", "/too-deep")
        for path in ("/", "/post", "/too-deep"):
            site.html(path)
        source = open_source(site.url)
        assert crawl(source) == {"/": "page", "/post": "page"}
        assert source.complete

    def test_a_sitemap_of_the_other_scheme_counts(self, site):
        """Old sitemaps name http:// long after a site moved to https://, and the other way round."""
        site.sitemap("/sitemap.xml", site.url.replace("http:", "https:") + "/post")
        site.html("/")
        site.html("/post")
        assert crawl(open_source(site.url)) == {"/": "page", "/post": "page"}

    @pytest.mark.parametrize(
        "sitemap",
        [
            "<urlset><url><loc>/a</loc>",
            '<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
            "<html>no sitemap</html>",
            b"\x1f\x8b broken",
            gzip.compress(bytes(60_000_000), mtime=0),
            "",
        ],
    )
    def test_a_broken_or_hostile_sitemap_leaves_the_links(self, site, sitemap):
        """It is no reason not to index the site."""
        site.file("/sitemap.xml", sitemap)
        site.html("/", links("/a"))
        site.html("/a")
        source = open_source(site.url)
        assert crawl(source) == {"/": "page", "/a": "page"}
        assert source.complete

    def test_sitemaps_on_other_hosts_are_not_fetched(self, site, other_site):
        """A robots.txt must not send the crawler elsewhere."""
        other_site.sitemap("/sitemap.xml", site.url + "/a")
        site.file("/robots.txt", f"Sitemap: {other_site.url}/sitemap.xml", "text/plain")
        site.html("/")
        assert crawl(open_source(site.url)) == {"/": "page"}
        assert other_site.requests == []

    def test_a_feed_that_the_start_page_names_seeds_the_crawl(self, site):
        """Its posts may be linked nowhere else."""
        site.html("/", '<link rel="alternate" type="application/atom+xml" href="/atom.xml">')
        site.file("/atom.xml", f'<feed><entry><link href="{site.url}/post"/></entry></feed>')
        site.html("/post")
        assert crawl(open_source(site.url)) == {"/": "page", "/post": "page"}

    def test_a_sitemap_named_as_the_source_is_the_list_of_pages(self, site):
        """No links are followed; what it lists is complete."""
        site.sitemap("/maps/posts.xml", "/a", "/b")
        site.html("/a", links("/c"))
        site.html("/b")
        site.html("/c")
        source = open_source(site.url + "/maps/posts.xml")
        assert crawl(source) == {"/a": "page", "/b": "page"}
        assert source.complete
        assert source.base_url == site.url + "/"

    def test_a_feed_named_as_the_source_is_never_complete(self, site):
        """It forgets old posts, which aren't gone; nor are they visited again."""
        site.file("/blog/feed/", f"<rss><channel><item><link>{site.url}/new</link></item></channel></rss>", "text/xml")
        site.html("/new")
        site.html("/old")
        source = open_source(site.url + "/blog/feed/")
        assert crawl(source, known(site, "/old")) == {"/new": "page"}
        assert not source.complete

    def test_a_json_feed_is_a_source_as_any_other_feed_is(self, site):
        """Its posts are visited, and what it says of them is evidence."""
        content = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"url": f"{site.url}/new"}]})
        site.file("/feed.json", content, "application/feed+json")
        site.html("/new")
        source = open_source(site.url + "/feed.json")
        assert crawl(source, known(site, "/old")) == {"/new": "page"}
        assert not source.complete
        assert list(source.feeds()) == [content.encode()]

    def test_a_damaged_feed_is_a_source_for_what_came_before(self, site, caplog):
        """With a warning."""
        site.file("/feed", f"<rss><channel><item><link>{site.url}/new</link></item><item>", "text/xml")
        site.html("/new")
        assert crawl(open_source(site.url + "/feed")) == {"/new": "page"}
        assert "damaged" in caplog.text

    def test_an_object_that_lists_nothing_is_no_source(self, site):
        """JSON is more than feeds."""
        site.file("/api.json", '{"posts": []}', "application/json")
        with pytest.raises(SourceError, match="no page, sitemap or feed"):
            crawl(open_source(site.url + "/api.json"))

    def test_a_list_without_a_page_of_its_own_site_is_no_source(self, site):
        """Better said than an empty index."""
        site.sitemap("/sitemap.xml", "https://other.example/a")
        with pytest.raises(SourceError, match="lists no page"):
            crawl(open_source(site.url + "/sitemap.xml"))


class TestScope:
    """Same origin, and below the address that was named."""

    @pytest.mark.parametrize("start", ["/blog/", "/blog/index.html", "/blog"])
    def test_a_crawl_stays_below_its_start(self, site, start):
        """Whatever the pages, the sitemap and the last visit name."""
        for path in ("/blog/", "/blog"):
            site.html(path, links("/blog/a", "/about", "/blogroll", "/blog/../secret"))
        for path in ("/blog/a", "/about", "/blogroll", "/secret"):
            site.html(path)
        site.sitemap("/sitemap.xml", "/about", "/blog/a")
        outcomes = crawl(open_source(site.url + start), known(site, "/about"))
        assert outcomes.keys() - {"/blog", "/blog/"} == {"/blog/a"}

    def test_a_page_that_redirects_out_of_the_site_is_not_followed(self, site, other_site):
        """A link that leads away is nothing; a listed page that moved away for good is gone."""
        site.html("/", links("/go"))
        site.sitemap("/sitemap.xml", "/left", "/away-for-now")
        site.redirect("/go", other_site.url + "/x")
        site.redirect("/left", other_site.url + "/x", 301)
        site.redirect("/away-for-now", other_site.url + "/x", 302)
        outcomes = crawl(open_source(site.url))
        assert outcomes == {"/": "page", "/left": "gone", "/away-for-now": "failed"}
        assert other_site.requests == []

    def test_a_redirect_inside_the_site_is_visited_once_at_its_target(self, site):
        """Whatever leads to it."""
        site.html("/", links("/old", "/older", "/new"))
        site.redirect("/older", "/old")
        site.redirect("/old", "/new")
        site.html("/new")
        assert crawl(open_source(site.url)) == {"/": "page", "/new": "page"}
        assert site.asked.count("/new") == 1

    def test_a_redirect_to_another_spelling_of_the_page_is_followed(self, site):
        """`/` and `/index.html` are one page, and some servers know it by the second name only."""
        site.html("/", links("/a/"))
        site.redirect("/a/", "/a/index.html")
        site.html("/a/index.html", "here")
        visits = list(open_source(site.url).visit({}))
        assert visits[1].url == site.url + "/a/"
        assert b"here" in visits[1].content

    @pytest.mark.parametrize("target", ["http://[\x01::1]/", "//[\x0b::1]/x", "http://[/"])
    def test_a_redirect_to_what_is_no_address_leads_nowhere(self, site, target):
        site.html("/", links("/a", "/odd"))
        site.html("/a")
        site.redirect("/odd", target)
        assert crawl(open_source(site.url)) == {"/": "page", "/a": "page", "/odd": "failed"}

    def test_what_is_the_same_though_nobody_asked_has_failed(self, site):
        site.html("/", links("/a"))
        site.sitemap("/sitemap.xml", "/a")
        site.pages["/a"] = (304, {}, b"")
        assert crawl(open_source(site.url)) == {"/": "page", "/a": "failed"}

    def test_redirects_in_circles_end(self, site):
        """A listed page in one has failed; a link into one is nothing, but to a page that redirects to itself."""
        site.html("/", links("/a", "/self"))
        site.sitemap("/sitemap.xml", "/listed")
        for path, target in (("/a", "/b"), ("/b", "/a"), ("/self", "/self"), ("/listed", "/l2"), ("/l2", "/listed")):
            site.redirect(path, target)
        outcomes = crawl(open_source(site.url))
        assert outcomes == {"/": "page", "/self": "failed", "/listed": "failed"}
        assert len(site.asked) < 20

    def test_redirects_that_go_on_for_ever_end(self, site):
        """Every one to a new address."""

        def onward(handler):
            handler.send_response(302)
            number = int(handler.path.rpartition("-")[2] or 0)
            handler.send_header("Location", f"/n-{number + 1}")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        site.file("/robots.txt", "", "text/plain")
        site.sitemap("/sitemap.xml", "/n-0")
        site.html("/")
        site.fallback = onward
        assert crawl(open_source(site.url)) == {"/": "page", "/n-0": "failed"}
        assert len(site.asked) < 20

    def test_a_site_that_moved_is_crawled_where_it_is(self, site):
        """The start may redirect; what was asked for moves along."""
        site.redirect("/", "/en/home/")
        site.html("/en/home/", links("/en/post"))
        site.html("/en/post")
        assert crawl(open_source(site.url)) == {"/en/home/": "page", "/en/post": "page"}


class TestRobots:
    """robots.txt is obeyed."""

    def test_what_is_disallowed_is_not_requested(self, site):
        """By links, sitemap, last visit and redirect alike; the group for `postseek` counts more than `*`."""
        rules = "User-agent: *\nDisallow: /\n\nUser-agent: postseek\nDisallow: /private\nDisallow: /*?print\n"
        site.file("/robots.txt", rules, "text/plain")
        site.html("/", links("/private/a", "/ok?print=1", "/ok", "/to-private"))
        site.html("/ok")
        site.redirect("/to-private", "/private/b")
        site.sitemap("/sitemap.xml", "/private/c")
        source = open_source(site.url)
        assert crawl(source, known(site, "/private/d")) == {"/": "page", "/ok": "page"}
        assert source.complete
        assert not [path for path in site.asked if "private" in path.removeprefix("/to-") and path != "/to-private"]

    def test_a_site_that_disallows_its_start_says_so(self, site):
        """The remedy is the operator's."""
        site.file("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
        with pytest.raises(SourceError, match="disallows"):
            crawl(open_source(site.url))
        assert site.asked == ["/robots.txt"]

    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_a_robots_txt_that_fails_stops_the_crawl(self, site, status):
        """RFC 9309: a server that can't say isn't asked for pages."""
        site.pages["/robots.txt"] = (status, {}, b"")
        site.html("/")
        with pytest.raises(SourceError, match=str(status)):
            crawl(impatient(site))
        assert set(site.asked) == {"/robots.txt"}

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_a_site_without_robots_txt_allows_everything(self, site, status):
        """RFC 9309, 2.3.1.3."""
        site.pages["/robots.txt"] = (status, {}, b"User-agent: *\nDisallow: /")
        site.html("/")
        assert crawl(open_source(site.url)) == {"/": "page"}

    def test_a_huge_robots_txt_is_read_to_the_limit(self, site):
        """What stands at its beginning counts."""
        rules = "User-agent: *\nDisallow: /private\n" + "# comment\n" * 100_000
        site.file("/robots.txt", rules, "text/plain")
        site.html("/", links("/private"))
        assert crawl(open_source(site.url)) == {"/": "page"}

    def test_a_robots_txt_that_redirects_to_a_private_address_is_not_followed(self, site, other_site):
        """It may lead to another host, but not to one behind the firewall."""
        site.redirect("/robots.txt", other_site.url + "/robots.txt")
        site.html("/")
        with pytest.raises(SourceError, match="refused"):
            crawl(open_source(site.url))
        assert other_site.requests == []

    def test_the_crawl_delay_is_kept(self, site):
        """On loopback, too, for it was asked for."""
        site.file("/robots.txt", "User-agent: *\nCrawl-delay: 0.2", "text/plain")
        moments = []
        site.html("/", links("/a", "/b"))
        page = site.pages["/"]

        def note(handler):
            moments.append(time.monotonic())
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.send_header("Content-Length", str(len(page[2])))
            handler.end_headers()
            handler.wfile.write(page[2])

        site.fallback = note
        crawl(open_source(site.url))
        assert len(moments) >= 3
        assert all(later - earlier >= 0.2 for earlier, later in itertools.pairwise(moments))

    def test_pages_that_ask_for_it_have_their_links_left_alone(self, site):
        """In the markup, in the header, on the link."""
        site.html("/", links("/meta", "/header") + '<a rel="nofollow" href="/linked">')
        site.html("/meta", '<meta name="robots" content="nofollow">' + links("/x"))
        site.html("/header", links("/x"), X_Robots_Tag="noindex, nofollow")
        site.html("/x")
        site.html("/linked")
        assert crawl(open_source(site.url)) == {"/": "page", "/meta": "page", "/header": "page"}


class TestAgain:
    """The second visit."""

    def test_pages_of_the_sitemap_that_did_not_change_are_not_sent_again(self, site):
        """ETag and Last-Modified go back as they came."""
        site.sitemap("/sitemap.xml", "/a", "/b")
        site.html("/")
        site.html("/a", ETag='"a1"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")
        site.html("/b", ETag='"b1"')
        source = open_source(site.url)
        validators = {visit.url: visit.validators for visit in source.visit({})}
        site.html("/b", "changed", ETag='"b2"')
        site.requests.clear()
        assert crawl(open_source(site.url), validators) == {"/": "page", "/a": "same", "/b": "page"}
        headers = dict(site.requests)["/a"]
        assert headers["if-none-match"] == '"a1"'
        assert headers["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"

    def test_pages_that_links_lead_through_are_read_each_time(self, site):
        """Else a page that a first visit didn't reach would never be found: a 304 has no links."""
        site.html("/", links("/list"), ETag='"1"')
        site.html("/list", links("/post"), ETag='"2"')
        site.html("/post", ETag='"3"')
        first = open_source(site.url, limit=2)
        validators = {visit.url: visit.validators for visit in first.visit({})}
        assert not first.complete
        assert crawl(open_source(site.url), validators) == {"/": "page", "/list": "page", "/post": "page"}

    def test_a_page_that_is_gone_is_told_from_one_that_failed(self, site):
        """404 and 410 are the end of a post, 500 isn't; a dead link that never was a page is nothing."""
        site.html("/", links("/dead"))
        site.pages["/gone"] = (410, {}, b"")
        site.pages["/broken"] = (500, {}, b"")
        outcomes = crawl(open_source(site.url), known(site, "/gone", "/missing", "/broken"))
        assert outcomes == {"/": "page", "/gone": "gone", "/missing": "gone", "/broken": "failed"}

    def test_an_owner_is_told_of_dead_links_and_of_what_robots_txt_keeps_closed(self, site):
        """Nothing comes of these addresses, and whoever wonders where a post is wants to know."""
        site.html("/", links("/private/a", *(f"/dead/{number}" for number in range(5)), "/post"))
        site.html("/post")
        site.file("/robots.txt", "User-agent: *\nDisallow: /private/", "text/plain")
        source = open_source(site.url)
        crawl(source)
        dead, closed = source.remarks()
        assert f"{site.url}/dead/0, {site.url}/dead/1, {site.url}/dead/2 and 2 more addresses" in dead
        assert closed == f"robots.txt keeps this closed: {site.url}/private/a"

    def test_there_is_nothing_to_say_of_a_site_where_all_is_well(self, site):
        """Nor before it was visited."""
        site.html("/", links("/post"))
        site.html("/post")
        source = open_source(site.url)
        assert not [*source.remarks()]
        crawl(source)
        assert not [*source.remarks()]

    def test_a_known_page_that_nothing_links_to_any_more_is_visited(self, site):
        """It is gone when the server says so, not when a list forgets it."""
        site.html("/")
        site.html("/orphan")
        assert crawl(open_source(site.url), known(site, "/orphan")) == {"/": "page", "/orphan": "page"}


class TestSelection:
    """--include, --exclude and --limit."""

    def test_excluded_pages_are_not_requested(self, site):
        """An excluded page is none of the site's: the visit is complete."""
        site.html("/", links("/tag/a", "/post?print=1", "/post"))
        site.html("/post")
        source = open_source(site.url, exclude=["/tag/*", "*print=*"])
        assert crawl(source) == {"/": "page", "/post": "page"}
        assert source.complete
        assert "/tag/a" not in site.asked

    def test_pages_that_are_not_included_are_read_for_their_links_only(self, site):
        """Posts are often linked from nowhere but the lists."""
        site.html("/", links("/list"))
        site.html("/list", links("/posts/a"))
        site.html("/posts/a")
        assert crawl(open_source(site.url, include=["posts/*"])) == {"/posts/a": "page"}

    def test_a_limit_ends_the_visit_early_and_incomplete(self, site):
        """No further page is requested."""
        site.html("/", links("/a", "/b", "/c"))
        for path in ("/a", "/b", "/c"):
            site.html(path)
        source = open_source(site.url, limit=2)
        assert crawl(source) == {"/": "page", "/a": "page"}
        assert not source.complete
        assert "/b" not in site.asked


class TestHostile:
    """Sites that would keep a crawler for ever, or do it harm."""

    def test_a_calendar_without_end_is_left(self, site):
        """Both ways in time."""

        def month(handler):
            year, number = map(int, handler.path.strip("/").split("/")[1:])
            later = f"/calendar/{year + number // 12}/{number % 12 + 1:02}"
            earlier = f"/calendar/{year - (number == 1)}/{(number - 2) % 12 + 1:02}"
            body = links(later, earlier).encode()
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        for path in ("/robots.txt", "/sitemap.xml", "/sitemap_index.xml"):
            site.pages[path] = (404, {}, b"")
        site.html("/", links("/calendar/2020/01"))
        site.fallback = month
        source = open_source(site.url)
        outcomes = crawl(source)
        assert 12 * 30 < len(outcomes) < 12 * 150
        assert source.complete

    def test_paths_that_grow_without_end_are_left(self, site):
        """A relative link on a server that answers everything: /a/a/a/a/..."""

        def anything(handler):
            body = links("a/", "b/").encode()
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        for path in ("/robots.txt", "/sitemap.xml", "/sitemap_index.xml"):
            site.pages[path] = (404, {}, b"")
        site.fallback = anything
        assert len(crawl(open_source(site.url))) < 100

    def test_query_strings_of_one_path_are_bounded_for_links_but_not_for_lists(self, site):
        """Filters multiply without end; a sitemap that lists `/?p=1` to `/?p=500` means it."""
        numbers = range(MAX_VARIANTS + 30)
        site.html("/", links(*(f"/list?filter={n}" for n in numbers)))
        site.sitemap("/sitemap.xml", *(f"/?p={n}" for n in numbers))
        for n in numbers:
            site.html(f"/list?filter={n}")
            site.html(f"/?p={n}")
        outcomes = crawl(open_source(site.url))
        assert sum("filter" in path for path in outcomes) == MAX_VARIANTS
        assert sum("?p=" in path for path in outcomes) == len(numbers)

    def test_posts_that_have_numbers_for_names_are_all_followed(self, site):
        """`/?p=1` to `/?p=500` are as many posts; beside another parameter the number may be a filter's."""
        numbers = range(MAX_VARIANTS + 30)
        site.html("/", links(*(f"/?p={n}" for n in numbers), *(f"/?p={n}&order=up" for n in numbers)))
        for n in numbers:
            site.html(f"/?p={n}")
            site.html(f"/?p={n}&order=up")
        outcomes = crawl(open_source(site.url))
        assert sum(path.startswith("/?") and "order" not in path for path in outcomes) == len(numbers)
        assert sum("order" in path for path in outcomes) == MAX_VARIANTS

    def test_what_is_no_page_is_skipped(self, site):
        """By extension before it is asked for, by type after; a type that isn't said is taken for HTML."""
        site.html("/", links("/a.pdf", "/json", "/plain", "/untyped"))
        site.file("/json", "{}", "application/json")
        site.file("/plain", "text", "text/plain")
        site.pages["/untyped"] = (200, {}, b"<p>hello")
        assert crawl(open_source(site.url)) == {"/": "page", "/untyped": "page"}
        assert "/a.pdf" not in site.asked

    def test_a_huge_page_fails_and_the_others_do_not(self, site):
        """By its address."""
        site.html("/", links("/huge", "/a"))
        site.html("/huge", "x" * MAX_BYTES)
        site.html("/a")
        assert crawl(open_source(site.url)) == {"/": "page", "/huge": "failed", "/a": "page"}

    def test_scripts_and_embedded_pictures_make_no_page_too_large(self, site):
        """They are left out before anything else sees the page."""
        site.html("/", links("/notebook") + "<script>" + "x" * MAX_BYTES + "</script>")
        site.html("/notebook", f'<p>A chart.</p><img src="data:image/png;base64,{"x" * MAX_BYTES}">')
        assert crawl(open_source(site.url)) == {"/": "page", "/notebook": "page"}

    def test_links_into_the_private_network_are_not_followed(self, site, other_site):
        """They are out of scope, and their addresses would be refused."""
        site.html("/", links(other_site.url + "/", "http://169.254.169.254/"))
        assert crawl(open_source(site.url)) == {"/": "page"}
        assert other_site.requests == []

    def test_a_site_that_goes_down_ends_the_crawl_incomplete(self, site):
        """What wasn't reached isn't gone, and a dead server isn't asked a thousand times more."""
        paths = [f"/p{n}" for n in range(MAX_FAILURES_IN_A_ROW + 20)]
        site.html("/", links(*paths))
        for path in paths:
            site.pages[path] = (503, {}, b"")
        source = impatient(site)
        outcomes = crawl(source)
        assert list(outcomes.values()).count("failed") == MAX_FAILURES_IN_A_ROW
        assert not source.complete


class TestNoSource:
    """Addresses that nothing can be indexed from."""

    def test_a_server_that_is_not_there(self, site):
        """Named with what to check."""
        site.close()
        with pytest.raises(SourceError, match="Check the address"):
            crawl(open_source(site.url))

    def test_a_host_that_does_not_resolve(self):
        """`.invalid` never does (RFC 2606)."""
        with pytest.raises(SourceError, match="doesn't resolve"):
            crawl(open_source("https://blog.invalid/"))

    @pytest.mark.parametrize("status", [404, 500])
    def test_a_start_that_fails(self, site, status):
        """With the server's answer."""
        site.pages["/"] = (status, {}, b"")
        with pytest.raises(SourceError, match=str(status)):
            crawl(open_source(site.url))

    def test_a_start_that_is_no_page(self, site):
        """With the type that it is."""
        site.file("/report.pdf", b"%PDF", "application/pdf")
        with pytest.raises(SourceError, match="application/pdf"):
            crawl(open_source(site.url + "/report.pdf"))

    def test_a_start_that_is_too_large(self, site):
        """With the limit."""
        site.html("/", "x" * MAX_BYTES)
        with pytest.raises(SourceError, match="2,000,000"):
            crawl(open_source(site.url))
