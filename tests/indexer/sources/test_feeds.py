"""Feeds tell what their posts are called, when they were published and what they are about; no more than they know."""

from __future__ import annotations

import json

import pytest

from indexer.sources.feeds import MAX_BYTES, MAX_ITEMS, MAX_LABELS, Feed, FeedItem, published_on, read_feed
from indexer.sources.json_entries import MAX_VALUES

RSS = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://a.example/</link>'
    "<item><title>One</title><link>https://a.example/1/</link><pubDate>Sun, 02 Jun 2019 23:30:00 -0500</pubDate></item>"
    "<item><link>https://a.example/2/</link><dc:date>2019-06-03</dc:date><source><link>no</link></source></item>"
    "<item><link>https://a.example/3/</link></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="edit" href="https://a.example/edit"/>'
    '<link href="https://a.example/1/"/><published>2019-06-02T23:30:00-05:00</published>'
    "<updated>2020-01-01T00:00:00Z</updated></entry>"
    '<entry><link href="https://a.example/2/"/><updated>2020-01-01T00:00:00Z</updated></entry></feed>'
)
JSON = json.dumps(
    {"items": [{"url": "https://a.example/1/", "date_published": "2019-06-02T23:30:00-05:00"}, {"url": 3}, "x"]}
)


def feed_of(text: str | bytes) -> Feed:
    """The feed that a text is."""
    feed = read_feed(text.encode() if isinstance(text, str) else text)
    assert feed is not None
    return feed


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON])
def test_every_kind_of_feed_gives_addresses_with_the_days_of_publication(feed: str) -> None:
    first = feed_of(feed).items[0]
    assert first.url == "https://a.example/1/"
    assert published_on(first.published) == "2019-06-02"


def test_half_a_character_becomes_a_question_mark() -> None:
    item = {"url": "https://a.example/\ud800", "title": "a\udc00b", "tags": ["c\ud83d"], "date_published": "\ud83d"}
    (read,) = feed_of(json.dumps({"items": [item]})).items
    assert (read.url, read.title, read.labels) == ("https://a.example/?", "a?b", ("c?",))


def test_the_day_of_a_change_is_not_the_day_of_publication() -> None:
    assert [bool(item.published) for item in feed_of(ATOM).items] == [True, False]


def test_what_stands_deeper_is_of_something_else() -> None:
    assert [item.url for item in feed_of(RSS).items] == [f"https://a.example/{n}/" for n in (1, 2, 3)]


def test_a_feed_that_dates_all_its_items_alike_dates_its_build() -> None:
    items = "".join(
        f"<item><link>https://a.example/{n}/</link><pubDate>Sun, 02 Jun 2019 10:00:0{n} GMT</pubDate></item>"
        for n in range(4)
    )
    feed = feed_of(f"<rss><channel>{items}</channel></rss>")
    assert feed.is_dated
    assert {item.published for item in feed.items} == {""}


LABELLED = [
    '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>Bees &amp;amp; <![CDATA[birds]]></title>'
    "<link>https://a.example/1/</link><category><![CDATA[Back Pain]]></category><category>yoga</category>"
    "<dc:subject>yoga</dc:subject></item></channel></rss>",
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Bees &amp;amp; birds</title>'
    '<link href="https://a.example/1/"/><category term="back-pain" label="Back Pain"/><category term="yoga"/>'
    '<category scheme="http://a.example/#kind" term="http://a.example/#post"/></entry></feed>',
    json.dumps(
        {
            "items": [
                {"url": "https://a.example/1/", "title": "Bees & birds", "tags": ["Back Pain", "yoga", 3]},
                {"url": 1},
            ]
        }
    ),
]


@pytest.mark.parametrize("feed", LABELLED, ids=["RSS", "Atom", "JSON"])
def test_every_kind_of_feed_gives_titles_and_labels(feed: str) -> None:
    assert feed_of(feed).items == (FeedItem("https://a.example/1/", "", "Bees & birds", ("Back Pain", "yoga")),)


def test_comments_are_no_posts_but_lead_to_them() -> None:
    feed = feed_of(
        "<rss><channel><item><link>https://a.example/1/#comment-7</link><title>By: Ada</title></item></channel></rss>"
    )
    assert (feed.items, feed.urls) == ((), ("https://a.example/1/#comment-7",))


def test_a_feed_without_end_is_read_to_the_limits() -> None:
    labels = "".join(f"<category>label {n}</category>" for n in range(1_000))
    items = "".join(
        f"<item><link>https://a.example/{n}/</link><title>{'x' * 700}</title>{labels}</item>" for n in range(300)
    )
    feed = feed_of(f"<rss><channel>{items}</channel></rss>" * 2)
    assert 100 < len(feed.items) < 300
    assert {(len(item.title), len(item.labels)) for item in feed.items} == {(500, MAX_LABELS)}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"<!DOCTYPE html><html><item><link>/a</link></item></html>",
        b"<html><body>no feed</body></html>", b'{"items": 3}', b"[" * 5000, b"{" * 5000,
        b'<!DOCTYPE r [<!ENTITY a "b">]><rss><channel><item><link>&a;</link><pubDate>x</pubDate></item></channel>',
    ],
)  # fmt: skip
def test_what_is_no_feed_is_none(content: bytes) -> None:
    assert read_feed(content) is None


@pytest.mark.parametrize(
    ("feed", "urls"),
    [
        (
            "<rss><channel><link>/</link><item><link>/a</link><source><link>/x</link></source></item></channel></rss>",
            ("/a",),
        ),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            "<item><link>/a</link></item></rdf:RDF>",
            ("/a",),
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry><link rel="edit" href="/x"/>'
            '<link rel="alternate" href="/a"/></entry><entry><link href="/b"/></entry></feed>',
            ("/a", "/b"),
        ),
        ('{"home_page_url": "/", "items": [{"url": "/a"}, {"id": "x"}, {"url": ""}]}', ("/a",)),
        ("<rss/>", ()),
        ('{"items": []}', ()),
    ],
)
def test_the_addresses_of_posts_are_listed_as_they_stand_there(feed: str, urls: tuple[str, ...]) -> None:
    assert (feed_of(feed).urls, feed_of(feed).problem) == (urls, None)


@pytest.mark.parametrize(("feed", "encoding"), [(RSS, "utf-8-sig"), (RSS, "utf-16"), (JSON, "utf-8-sig")])
def test_a_byte_order_mark_is_no_obstacle(feed: str, encoding: str) -> None:
    assert len(feed_of(feed.encode(encoding)).items) == len(feed_of(feed).items)


@pytest.mark.parametrize(
    ("begin", "item", "end"),
    [(b"<rss>", b"<item><link>/a</link></item>", b"</rss>"), (b'{"items": [{}', b', {"url": "/a"}', b"]}")],
)
def test_posts_beyond_the_limit_are_left_out_and_the_feed_says_so(begin: bytes, item: bytes, end: bytes) -> None:
    feed = feed_of(begin + item * (MAX_ITEMS + 1) + end)
    assert len(feed.items) == MAX_ITEMS
    assert feed.problem == "it lists more than 5,000 posts"
    more = read_feed(begin + item * (MAX_ITEMS + 1) + end, max_items=MAX_ITEMS + 1)
    assert more is not None
    assert (len(more.items), more.problem) == (MAX_ITEMS + 1, None)


def test_of_a_feed_in_json_that_is_too_long_the_latest_posts_are_read() -> None:
    posts = ({"url": f"/{n}", "content_html": "<p>Bees, [and] {wax}.</p>" * 1_000} for n in range(300))
    content = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": list(posts)}).encode()
    assert len(content) > MAX_BYTES
    feed = feed_of(content)
    assert 100 < len(feed.items) < 300
    assert "not well-formed JSON" in str(feed.problem)
    whole = read_feed(content, max_bytes=len(content))
    assert whole is not None
    assert (len(whole.items), whole.problem) == (300, None)


def test_no_feed_in_json_fills_the_memory() -> None:
    values = b"[" + b"[]," * MAX_VALUES + b"[]]"
    assert read_feed(b'{"items": [{"url": "/a", "tags": ' + values + b"}]}", max_bytes=50_000_000) is None


@pytest.mark.parametrize("length", [5_000, 3_000_000])
def test_an_address_without_end_is_none(length: int) -> None:
    address = "/" + "x" * length
    feed = feed_of(f"<rss><item><link>{address}</link></item><item><link>/a</link></item></rss>")
    assert feed.urls == ("/a",)
    assert feed_of(json.dumps({"items": [{"url": address}, {"url": "/a"}]})).urls == ("/a",)


@pytest.mark.parametrize(
    ("end", "problem"),
    [("<item><link>/b", "not well-formed"), ("<b>" * 200, "deep"), ("<b/>&nbsp;", "not well-formed")],
)
def test_a_damaged_feed_says_what_is_wrong(end: str, problem: str) -> None:
    feed = feed_of(f"<rss><item><link>/a</link></item>{end}")
    assert feed.urls == ("/a",)
    assert problem in str(feed.problem)


def test_what_came_before_the_damage_counts() -> None:
    cut = RSS[: RSS.index("<item><link>https://a.example/3/")] + "<item><link>&&"
    assert feed_of(cut).items[1] == FeedItem("https://a.example/2/", "2019-06-03")


@pytest.mark.parametrize(
    "written",
    [
        "", "soon", "2019-13-40", "Sun, 99 Jun 2019 10:00:00 GMT", f"Sun, 02 Jun {'9' * 30} 10:00:00 GMT",
        f"Sun, 02 Jun 2019 10:00:00 +{'9' * 30}", f"Sun, 02 Jun 2019 {'9' * 30}:00:00",
        "Mon, 01 Jan 0001 00:00:00 +0000", "0001-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(written: str) -> None:
    assert published_on(written) is None


@pytest.mark.parametrize(
    ("end", "problem"),
    [("", "not well-formed"), (' {"url": "/b"}]}', "no ,"), (", {,]}", "enclosed"), ("," + "[" * 9_000, "deep")],
)
def test_a_damaged_feed_in_json_says_so_too(end: str, problem: str) -> None:
    feed = feed_of('{"items": [{"url": "/a"}' + end)
    assert feed.urls == ("/a",)
    assert problem in str(feed.problem)
