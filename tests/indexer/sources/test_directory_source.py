"""Directories of built HTML and single files, on a real disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.sources import Failed, Page, open_source
from indexer.sources.model import MAX_BYTES
from search_service.engine.errors import ConfigError, SourceError


def write(root: Path, **pages: str) -> Path:
    for path, html in pages.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html)
    return root


def paths(source) -> list[str]:
    return [visit.path for visit in source.visit({})]


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


def test_every_html_file_is_a_page_in_the_order_of_paths(tmp_path):
    """Any of the usual extensions counts, in any case; other files don't."""
    write(tmp_path, **{"b/index.html": "b", "a.HTM": "a", "c.xhtml": "c", "style.css": "", "notes.txt": ""})
    source = open_source(str(tmp_path), base_url="https://blog.example")
    assert paths(source) == ["a.HTM", "b/index.html", "c.xhtml"]
    assert source.count() == 3
    assert source.complete
    assert source.key == str(tmp_path)


def test_files_of_a_copy_that_keep_the_query_of_their_address_are_pages(tmp_path):
    """As wget names them. A script without a query, and what is no script, is none."""
    names = ["index.html?p=5", "post.php?id=7", "style.css?ver=5.2", "post.php"]
    write(tmp_path, **dict.fromkeys(names, "a"))
    source = open_source(str(tmp_path), base_url="https://blog.example")
    assert [visit.url for visit in source.visit({})] == [
        "https://blog.example/index.html%3Fp%3D5",
        "https://blog.example/post.php%3Fid%3D7",
    ]
    assert paths(open_source(str(tmp_path / "index.html?p=5"))) == ["index.html?p=5"]


def test_feeds_lie_where_generators_put_them(tmp_path):
    """In the site's folder, or in that of its blog, by their usual names or endings."""
    names = ["blog.rss", "posts/index.atom", "atom.xml", "feeds/all.rss.xml"]
    write(tmp_path, **{name: name for name in names}, **{"index.html": "", "posts/1/pictures/x.rss": "", "a.txt": ""})
    assert sorted(open_source(str(tmp_path)).feeds()) == sorted(name.encode() for name in names)


def test_what_is_no_part_of_the_site_is_skipped(tmp_path):
    """Hidden folders and files, and node_modules wherever it lies."""
    write(tmp_path, **{"index.html": "", ".git/x.html": "", "a/node_modules/y.html": "", "a/.z.html": ""})
    assert paths(open_source(str(tmp_path))) == ["index.html"]


def test_symbolic_links_are_followed_inside_the_directory_only(tmp_path):
    """A link to a page of the site is a page; one that leads out is not, nor is a folder that loops."""
    write(tmp_path, **{"site/post.html": "post", "secret.html": "secret"})
    site = tmp_path / "site"
    (site / "alias.html").symlink_to("post.html")
    (site / "leak.html").symlink_to(tmp_path / "secret.html")
    (site / "gone.html").symlink_to("nowhere.html")
    (site / "loop").symlink_to(site)
    (site / "out").symlink_to(tmp_path)
    assert paths(open_source(str(site))) == ["alias.html", "post.html"]


def test_what_is_no_regular_file_is_never_opened(tmp_path):
    """A pipe named like a page would block for ever."""
    write(tmp_path, **{"index.html": ""})
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "folder.html").mkdir()
    assert paths(open_source(str(tmp_path))) == ["index.html"]


def test_a_page_is_at_the_base_url_and_its_path(tmp_path):
    """Percent-encoded, and an index page at its directory."""
    write(tmp_path, **{"index.html": "", "a b/index.html": "", "tags/50% #é?.html": ""})
    source = open_source(str(tmp_path), base_url="https://blog.example/sub")
    assert source.base_url == "https://blog.example/sub/"
    assert [visit.url for visit in source.visit({})] == [
        "https://blog.example/sub/a%20b/",
        "https://blog.example/sub/",
        "https://blog.example/sub/tags/50%25%20%23%C3%A9%3F.html",
    ]


def test_a_file_name_in_no_encoding_has_an_address_of_its_own(tmp_path):
    """Names on disk are bytes; the address has these bytes, the path shown is text that JSON can hold."""
    for name in (b"caf\xe9.html", b"caf\xe8.html"):
        (tmp_path / os.fsdecode(name)).write_text("x")
    visits = list(open_source(str(tmp_path), base_url="https://blog.example/").visit({}))
    assert {visit.url for visit in visits} == {
        "https://blog.example/caf%E8.html",
        "https://blog.example/caf%E9.html",
    }
    assert {visit.path for visit in visits} == {"caf\ufffd.html"}


def test_sources_whose_names_are_in_no_encoding_have_keys_of_their_own_that_json_can_hold(tmp_path):
    keys = set()
    for name in (b"caf\xe9", b"caf\xe8"):
        folder = tmp_path / os.fsdecode(name)
        folder.mkdir()
        page = folder / os.fsdecode(name + b".html")
        page.write_text("x")
        keys |= {open_source(str(path), base_url="https://blog.example/").key.encode() for path in (folder, page)}
    assert len(keys) == 4


def test_content_is_delivered_as_it_is(tmp_path):
    """Bytes, not text: the encoding is the extraction's business."""
    (tmp_path / "a.html").write_bytes(b"\xff\x00caf\xe9")
    (visit,) = open_source(str(tmp_path), base_url="https://blog.example/").visit({})
    assert visit == Page(url="https://blog.example/a.html", path="a.html", content=b"\xff\x00caf\xe9")


def test_a_page_over_the_limit_fails_and_names_both_sizes(tmp_path):
    """One byte more than the limit is too much, the limit itself is not."""
    (tmp_path / "huge.html").write_bytes(b"x" * (MAX_BYTES + 1))
    (tmp_path / "large.html").write_bytes(b"x" * MAX_BYTES)
    huge, large = open_source(str(tmp_path)).visit({})
    assert isinstance(huge, Failed)
    assert "2,000,001" in str(huge.error)
    assert "2,000,000" in str(huge.error)
    assert isinstance(large, Page)


def test_a_file_that_vanishes_during_the_visit_is_gone(tmp_path):
    """A rebuild of the site under a running visit is no crash."""
    write(tmp_path, **{"a.html": "", "b.html": ""})
    visits = open_source(str(tmp_path)).visit({})
    next(visits)
    (tmp_path / "b.html").unlink()
    (visit,) = visits
    assert isinstance(visit, Failed)
    assert visit.error.gone


def test_a_path_too_long_for_an_address_fails_by_its_path(tmp_path):
    """Percent-encoding triples the length of a name."""
    folder = tmp_path.joinpath(*["é" * 100] * 5)
    folder.mkdir(parents=True)
    (folder / "x.html").write_text("")
    (visit,) = open_source(str(tmp_path)).visit({})
    assert isinstance(visit, Failed)
    assert visit.url.endswith("/x.html")


def test_include_and_exclude_say_what_the_site_is(tmp_path):
    """An excluded page counts as gone: the visit is complete."""
    write(tmp_path, **{"posts/2017/a.html": "", "posts/draft.html": "", "about.html": ""})
    source = open_source(str(tmp_path), include=["posts/*"], exclude=["*/draft*"])
    assert paths(source) == ["posts/2017/a.html"]
    assert source.complete


def test_a_leading_slash_in_a_glob_makes_no_difference(tmp_path):
    """The same globs serve a directory and a site."""
    write(tmp_path, **{"posts/a.html": "", "about.html": ""})
    assert paths(open_source(str(tmp_path), include=["/posts/*"])) == ["posts/a.html"]


def test_a_limit_makes_a_visit_incomplete_only_where_it_cuts(tmp_path):
    """What a limit left out is not gone."""
    write(tmp_path, **{"a.html": "", "b.html": "", "c.html": ""})
    cut, whole = (open_source(str(tmp_path), limit=limit) for limit in (2, 3))
    assert (paths(cut), cut.count(), cut.complete) == (["a.html", "b.html"], 2, False)
    assert (len(paths(whole)), whole.complete) == (3, True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read_makes_a_visit_incomplete(tmp_path):
    """Its pages are not gone."""
    write(tmp_path, **{"a.html": "", "locked/b.html": ""})
    (tmp_path / "locked").chmod(0)
    source = open_source(str(tmp_path))
    assert paths(source) == ["a.html"]
    assert not source.complete
    (tmp_path / "locked").chmod(0o700)


@pytest.mark.parametrize(
    ("spec", "remedy"),
    [
        ("nowhere", "no such file"),
        ("", "SOURCE is empty"),
        ("notes.txt", "no HTML file"),
        ("empty", "folder that the site is built into"),
        ("ftp://blog.example/", "https://"),
        ("https://", "https://"),
        ("file:///etc/hosts.html", "https://"),
    ],
)
def test_a_source_that_is_none_says_what_to_name_instead(tmp_path, monkeypatch, spec, remedy):
    """The error comes before anything was indexed."""
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match=remedy):
        list(open_source(spec).visit({}))


@pytest.mark.parametrize("base_url", ["blog", "ftp://blog.example/", "https://blog.example/?page=1"])
def test_a_base_url_that_is_none_is_refused(tmp_path, base_url):
    """Every address in the index would be wrong."""
    with pytest.raises(ConfigError, match="--base-url"):
        open_source(str(tmp_path), base_url=base_url)


def test_a_base_url_for_an_address_is_refused():
    """It would have no effect, which its author doesn't expect."""
    with pytest.raises(ConfigError, match="leave it out"):
        open_source("https://blog.example/", base_url="https://other.example/")


class TestBaseUrl:
    """Where a directory is published, as its own files tell."""

    def test_canonical_links_that_end_in_the_path_tell(self, tmp_path):
        """Whether addresses keep the extension, drop it, or end in a slash."""
        write(
            tmp_path,
            **{
                "2017/a.html": canonical("https://blog.example/sub/2017/a"),
                "2017/b/index.html": canonical("https://blog.example/sub/2017/b/"),
                "2017/c.html": canonical("https://blog.example/sub/2017/c.html"),
                "é.html": canonical("https://blog.example/sub/%C3%A9/"),
            },
        )
        source = open_source(str(tmp_path))
        assert source.base_url == "https://blog.example/sub/"
        assert not source.base_url_is_guess

    def test_most_pages_win_over_one_that_points_elsewhere(self, tmp_path):
        """A post that was first published elsewhere names that place as its canonical one."""
        pages = {f"p{n}.html": canonical(f"https://blog.example/p{n}") for n in range(3)}
        write(tmp_path, **pages, **{"guest.html": canonical("https://other.example/x/guest")})
        assert open_source(str(tmp_path)).base_url == "https://blog.example/"

    def test_blogs_side_by_side_are_refused_with_their_addresses(self, tmp_path):
        """One address for both would send most readers nowhere, and nobody would notice."""
        for blog in ("alpha", "beta"):
            write(tmp_path, **{f"{blog}/p{n}/index.html": canonical(f"https://{blog}.example/p{n}/") for n in range(4)})
        write(tmp_path, **{"index.html": canonical("https://portal.example/")})
        refusal = r"alpha at https://alpha\.example/, beta at https://beta\.example/.*SOURCE of its own.*--base-url"
        with pytest.raises(ConfigError, match=refusal):
            paths(open_source(str(tmp_path)))
        assert open_source(str(tmp_path / "alpha")).base_url == "https://alpha.example/"
        assert open_source(str(tmp_path), base_url="https://portal.example/").base_url == "https://portal.example/"

    def test_folders_of_posts_that_first_came_out_elsewhere_are_no_blogs(self, tmp_path):
        """Nor is the only one in which addresses lack its name."""
        own = {f"about/p{n}/index.html": canonical(f"https://blog.example/about/p{n}/") for n in range(8)}
        for place in ("magazine", "diary"):
            write(tmp_path, **{f"{place}/a{n}.html": canonical(f"https://{place}.example/a{n}") for n in range(3)})
        write(tmp_path, **own)
        assert open_source(str(tmp_path)).base_url == "https://blog.example/"
        posts = {f"_posts/p{n}/index.html": canonical(f"https://blog.example/p{n}/") for n in range(8)}
        assert open_source(str(write(tmp_path / "flat", **posts))).base_url == "https://blog.example/"

    def test_og_url_stands_in_for_a_canonical_link(self, tmp_path):
        """Relative canonical links, as some generators write them, tell nothing."""
        html = canonical("/a.html") + '<meta property="og:url" content="https://blog.example/a.html">'
        write(tmp_path, **{"a.html": html})
        assert open_source(str(tmp_path)).base_url == "https://blog.example/"

    def test_an_address_of_a_preview_build_tells_nothing(self, tmp_path):
        """A build for the author's own machine names localhost."""
        write(tmp_path, **{"a.html": canonical("http://localhost:4000/a.html"), "CNAME": "blog.example\n"})
        assert open_source(str(tmp_path)).base_url == "https://blog.example/"

    def test_a_sitemap_tells_where_its_pages_lie(self, tmp_path):
        """The part of an address that no file has is the base."""
        sitemap = "<urlset><url><loc>https://blog.example/sub/2017/a/</loc></url></urlset>"
        write(tmp_path, **{"2017/a/index.html": "", "sitemap.xml": sitemap})
        assert open_source(str(tmp_path)).base_url == "https://blog.example/sub/"

    @pytest.mark.parametrize(
        ("name", "feed"),
        [
            ("rss.xml", "<rss><channel><item><link>https://blog.example/a</link></item></channel></rss>"),
            ("atom.xml", '<feed><entry><link href="https://blog.example/a"/></entry></feed>'),
            ("feed.json", '{"items": [{"url": "https://blog.example/a"}]}'),
        ],
    )
    def test_a_feed_tells_where_its_posts_lie(self, tmp_path, name, feed):
        """RSS, Atom and JSON alike."""
        write(tmp_path, **{"a.html": "", name: feed})
        assert open_source(str(tmp_path)).base_url == "https://blog.example/"

    def test_a_cname_file_tells_the_host(self, tmp_path):
        """GitHub Pages keeps the domain there."""
        write(tmp_path, **{"a.html": "", "CNAME": "www.blog.example"})
        source = open_source(str(tmp_path))
        assert source.base_url == "https://www.blog.example/"
        assert not source.base_url_is_guess

    def test_where_nothing_tells_the_base_is_a_guess_that_leads_nowhere(self, tmp_path):
        """And says so, for the operator to give one."""
        write(tmp_path, **{"a.html": ""})
        source = open_source(str(tmp_path))
        assert source.base_url == "https://site.invalid/"
        assert source.base_url_is_guess


class TestFile:
    """One HTML file."""

    def test_its_canonical_link_is_its_address(self, tmp_path):
        """One page says nothing about others: never complete."""
        write(tmp_path, **{"saved.html": canonical("https://blog.example/2017/post")})
        source = open_source(str(tmp_path / "saved.html"))
        (page,) = source.visit({})
        assert page.url == "https://blog.example/2017/post"
        assert page.path == "saved.html"
        assert source.base_url == "https://blog.example/2017/"
        assert not source.base_url_is_guess
        assert (source.key, source.count(), source.complete) == (str(tmp_path / "saved.html"), 1, False)

    def test_a_base_url_that_is_given_counts_more(self, tmp_path):
        """The operator knows better."""
        write(tmp_path, **{"post.html": canonical("https://blog.example/2017/post")})
        source = open_source(str(tmp_path / "post.html"), base_url="https://new.example/")
        assert [page.url for page in source.visit({})] == ["https://new.example/post.html"]

    def test_without_either_its_address_is_a_guess(self, tmp_path):
        """As for a directory."""
        write(tmp_path, **{"post.html": ""})
        source = open_source(str(tmp_path / "post.html"))
        assert [page.url for page in source.visit({})] == ["https://site.invalid/post.html"]
        assert source.base_url_is_guess
