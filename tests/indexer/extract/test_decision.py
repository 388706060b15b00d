"""Which pages are posts, and what is said of those that are none."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.extract.page import extract
from indexer.sources.model import Page

from .conftest import PARAGRAPHS, URL, article, html, read

LISTED = "".join(
    f'<article><h2><a href="/notes/{n}/">Note {n}</a></h2><time datetime="2019-06-0{n}">{n} June</time>'
    "<p>A few words.</p></article>"
    for n in range(1, 6)
)
OF_ARTICLE = '<meta property="og:type" content="article"><meta property="article:published_time" content="2019-06-02">'
DATED = '<meta property="article:published_time" content="2019-06-02T10:00:00+02:00">'


def test_an_article_with_a_date_is_a_post() -> None:
    extraction = read(html(article()))
    assert (extraction.is_post, extraction.why) == (True, None)


def test_a_theme_may_call_the_body_of_every_page_its_home() -> None:
    assert read(html(article(), lang='lang="en"><body id="index" class="home"')).is_post


def test_several_entries_without_headings_are_a_listing() -> None:
    entry = (
        f'<dl class="entry hentry"><dt><a href="/1.html">A note</a></dt><dd>{PARAGRAPHS}</dd><dd>2 June 2019</dd></dl>'
    )
    assert read(html(f"<div><h1>Notes</h1>{entry * 3}</div>")).why == "a listing of other pages"


@pytest.mark.parametrize("name", ["archives/123", "archives/12-bees.html", "archive/123/", "2971.html"])
def test_posts_may_be_filed_below_archives_whatever_they_say_of_themselves(name: str) -> None:
    assert read(html(article()), url=f"https://blog.example/{name}").is_post


@pytest.mark.parametrize(
    ("content", "url", "why"),
    [
        (
            html(f"<main><h1>Notes</h1>{LISTED}</main>", title="Notes"),
            "https://blog.example/notes/",
            "a listing of other pages",
        ),
        (html(article()), "https://blog.example/", "a listing of other pages"),
        (html(article()), "https://blog.example/tags/bees/", "a tag or archive page"),
        (html(article(), head=DATED), "https://blog.example/tags/bees/", "a tag or archive page"),
        (html(article()), "https://blog.example/notes/page/3/", "a tag or archive page"),
        (html(article()), "https://blog.example/2019/06/", "a tag or archive page"),
        (html(article(), lang='lang="en"><body class="archive category"'), URL, "a tag or archive page"),
        (html(article(), head=OF_ARTICLE), "https://blog.example/search/label/bees", "a tag or archive page"),
        (html(article()), "https://blog.example/tag:bees", "a tag or archive page"),
        (html(article()), "https://blog.example/archives/06-2019.html", "a tag or archive page"),
        (html(article()), "https://blog.example/2019.html", "a tag or archive page"),
        (html(article()), "https://blog.example/?skip=20", "a tag or archive page"),
        (html(article()), "https://blog.example/keeping-bees/comment-page-2/", "a page of a post's comments"),
        (html(article()), "https://blog.example/keeping-bees/?cpage=2", "a page of a post's comments"),
        (html(article("")), URL, "no date"),
        (html(article()), "https://blog.example/about/", "a page of the site, not of the blog"),
        (
            html(article(""), title="Page not found", lang="").replace(b"Keeping bees", b"Page not found"),
            URL,
            "an error page",
        ),
        (html(article(), head='<meta name="robots" content="noindex, follow">'), URL, "noindex"),
        (html("", head='<meta http-equiv="refresh" content="0; url=/new/">'), URL, "a redirect"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', URL, "a feed saved as HTML"),
        (
            html(article(text='<form class="post-password-form"><input type="password" name="p"></form>')),
            URL,
            "password-protected",
        ),
        (
            html(f"<main><h1>Keeping bees</h1>{'<a href=/x/>Something else to read here</a> ' * 40}</main>"),
            URL,
            "a listing of other pages",
        ),
    ],
)
def test_a_page_that_is_no_post_says_why(content: bytes, url: str, why: str) -> None:
    extraction = read(content, url=url)
    assert (extraction.is_post, extraction.why) == (False, why)


def test_a_post_dated_tomorrow_or_later_is_no_post_yet() -> None:
    soon = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
    extraction = read(html(article(f'<time datetime="{soon}">{soon}</time>')))
    assert (extraction.is_post, extraction.why) == (False, "dated in the future")


@pytest.mark.parametrize("text", ['<p><img src="/hive.jpg" alt=""></p>', "<p>They swarmed.</p>"])
def test_a_post_with_hardly_any_text_is_still_a_post(text: str) -> None:
    sidebar = f"<aside><h3>Elsewhere</h3>{PARAGRAPHS}</aside>"
    extraction = read(html(article(text=text) + sidebar))
    assert extraction.is_post
    assert "swarm of the year" not in extraction.document.body


def test_a_collection_of_links_is_a_post_where_the_page_gives_its_date() -> None:
    links = "".join(
        f'<li><a href="https://other.example/{n}">A thing worth reading, number {n}</a></li>' for n in range(20)
    )
    assert read(html(article(text=f"<ul>{links}</ul>"), head=DATED)).is_post


def test_a_post_about_tags_is_a_post() -> None:
    assert read(
        html(article(), head=f'{DATED}<meta property="og:type" content="article">'), url="https://blog.example/git/tag/"
    ).is_post


def test_related_posts_as_articles_do_not_make_a_post_a_listing() -> None:
    assert read(html(article() + f"<section>{LISTED}</section>")).is_post


def test_comments_with_their_dates_do_not_make_a_post_a_listing() -> None:
    comments = "".join(f'<li><time datetime="2020-01-0{n}">then</time> Well said.</li>' for n in range(1, 9))
    page = f'<div><h1>Keeping bees</h1><p>2 June 2019</p>{PARAGRAPHS}<div id="comments"><ul>{comments}</ul></div></div>'
    extraction = read(html(page))
    assert extraction.is_post
    assert extraction.document.date == dt.date(2019, 6, 2)


def test_the_dates_of_the_latest_posts_beside_a_post_do_not_make_it_a_listing() -> None:
    latest = "".join(f'<div><a href="/{n}/">Note {n}</a><time>2020-01-0{n}</time></div>' for n in range(1, 6))
    post = f"<main><article>{PARAGRAPHS}</article></main>"
    head = '<div><h1>Keeping bees</h1><time datetime="2019-06-02">2 June 2019</time></div>'
    extraction = read(html(f'<div>{head}<div>{post}<div class="aside-column">{latest}</div></div></div>'))
    assert extraction.is_post
    assert extraction.document.date == dt.date(2019, 6, 2)


def test_a_page_that_is_no_post_has_its_document_all_the_same() -> None:
    extraction = read(html(article()), url="https://blog.example/about/")
    assert extraction.document.title == "Keeping bees"
    assert "The first swarm of the year" in extraction.document.body


def test_single_extracts_in_full_without_changing_the_decision() -> None:
    extraction = read(html(article()), url="https://blog.example/about/", single=True)
    assert not extraction.is_post
    assert extraction.sources["body"] == "trafilatura"


def test_with_all_posts_every_page_is_one_but_redirects_and_feeds() -> None:
    assert read(html(article("")), url="https://blog.example/about/", all_posts=True).is_post
    assert not read(html("", head='<meta http-equiv="refresh" content="0; url=/new/">'), all_posts=True).is_post
    assert not read(b"<rss><channel/></rss>", all_posts=True).is_post


def test_where_only_noindex_speaks_against_a_post_it_is_extracted_in_full() -> None:
    extraction = read(html(article(), head='<meta name="robots" content="noindex">'))
    assert extraction.why == "noindex"
    assert extraction.sources["body"] == "trafilatura"


def test_what_the_server_asks_not_to_index_is_no_post() -> None:
    page = Page(url=URL, content=html(article()), noindex=True)
    assert extract(page).why == "noindex"
