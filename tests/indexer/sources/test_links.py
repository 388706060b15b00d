"""The scan for tags and links."""

from __future__ import annotations

import pytest

from indexer.sources.links import MAX_LINKS, read_links
from indexer.sources.markup import start_tags

URL = "https://blog.example/posts/"


def links(html: str) -> list[str]:
    return list(read_links(html.encode(), URL).links)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="a">', ["a"]),
        ("<A CLASS=x HREF='a'>", ["a"]),
        ("<a\n  href = a >", ["a"]),
        ('<a title="x > y" href="a">', ["a"]),
        ('<a href="?x=1&amp;y=2">', ["?x=1&y=2"]),
        ('<a href=" a ">', ["a"]),
        ('<a href="a" href="b">', ["a"]),
        ('<a data-href="a">', []),
        ('<area href="a">', ["a"]),
        ('<link rel="next" href="page/2">', ["page/2"]),
        ('<link rel="stylesheet" href="x.css">', []),
        ('<meta http-equiv="refresh" content="0; url=/new/">', ["/new/"]),
        ('<a href="a"><a href="a">', ["a"]),
        ("<abbr href=a>", []),
        ('<!-- <a href="a"> --><a href="b">', ["b"]),
        ('<script>"<a href=a>"</script><a href="b">', ["b"]),
        ('<!-- <a href="a">', []),
    ],
)
def test_links_are_found_as_a_browser_finds_them(html, expected):
    """Any quoting, case and spacing; not in comments and scripts."""
    assert links(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<a rel="nofollow noopener" href="a">',
        '<meta name="robots" content="noindex, nofollow"><a href="a">',
        '<a href="a"><META NAME=Robots CONTENT=none>',
    ],
)
def test_nofollow_is_respected(html):
    """On a link, and on a page wherever it says so."""
    assert links(html) == []


def test_a_base_element_is_what_links_are_relative_to():
    """The first one counts; it may itself be relative to the page."""
    found = read_links(b'<base href="../sub/"><base href="/x/"><a href="a">', URL)
    assert found.base == "https://blog.example/sub/"


def test_feeds_are_told_from_links():
    """A feed is no page."""
    found = read_links(b'<link rel=alternate type="application/rss+xml" href="/feed/">', URL)
    assert (found.feeds, found.links) == (("/feed/",), ())


def test_links_of_one_page_are_bounded():
    """A page of nothing but links is a trap, not an archive."""
    html = "".join(f"<a href={n}>" for n in range(MAX_LINKS + 500))
    assert len(links(html)) == MAX_LINKS


GOOD = ("a", {"href": "good"})


@pytest.mark.parametrize(
    ("stretch", "end", "tags"),
    [
        ("<a <a ", "", []),
        ("<a href='", "'>", [("a", {"href": ""})]),
        ('<a x="', '">', [("a", {"x": ""})]),
        ("<a " + "x" * 500, "", []),
        ("<!--", "-->", []),
        ("<script>", "</script>", []),
        ("<a x=y ", ">", [("a", {"x": "y"})]),
        ("<meta name=robots content=", ">", [("meta", {"name": "robots", "content": ""})]),
        ("<<<<", "", []),
        ("<a \t\n", ">", [("a", {})]),
    ],
)
def test_two_megabytes_of_anything_are_scanned_in_linear_time(stretch, end, tags):
    """A scan that looked twice at anything would run for minutes. What never ends is no tag, what does is one."""
    hostile = stretch * (2_000_000 // len(stretch))
    assert list(start_tags(hostile.encode())) == []
    assert list(start_tags(f'{hostile}{end}<a href="good">'.encode())) == [*tags, GOOD]


def test_attributes_beyond_the_limit_are_not_read():
    """A tag of two megabytes is no link."""
    assert links("<a " + "x" * 10_000 + " href=a>") == []
