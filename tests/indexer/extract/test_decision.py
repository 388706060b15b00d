"""Which pages are posts, and what is said of those that are none."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.extract.model import Given
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


def test_a_list_whose_entries_state_their_dates_in_microdata_is_no_post() -> None:
    entries = "".join(
        f'<div itemscope itemtype="http://schema.org/Article"><h3><a href="/notes/{n}/">Note {n}</a></h3><p>A word.</p>'
        f'<p><time datetime="2019-06-0{n}">0{n}.06.2019<meta itemprop="datePublished" content="2019-06-0{n}"></time>'
        "</p></div>"
        for n in range(1, 6)
    )
    assert read(html(f"<div><h1>Notes</h1>{entries}</div>", title="Notes")).why == "a listing of other pages"


@pytest.mark.parametrize("name", ["archives/123", "archives/12-bees.html", "archive/123/", "2971.html"])
def test_posts_may_be_filed_below_archives_whatever_they_say_of_themselves(name: str) -> None:
    assert read(html(article()), url=f"https://blog.example/{name}").is_post


@pytest.mark.parametrize(
    ("name", "stated", "is_post"),
    [
        ("archive/keeping-bees/", "Keeping bees", True),
        ("archive/keeping-bees/", "Letters from the mill", False),
        ("archive/2019/06/", "Keeping bees", False),
        ("archives/tag/bees/", "Keeping bees", False),
    ],
)
def test_letters_that_were_sent_are_filed_in_an_archive(name: str, stated: str, *, is_post: bool) -> None:
    head = f'<meta property="og:type" content="article"><meta property="og:title" content="{stated}">'
    assert read(html(article(), head=head), url=f"https://blog.example/{name}").is_post is is_post


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
        (html(article()), "https://blog.example/2019/week22/", "a tag or archive page"),
        (html(article(), lang='lang="en"><body class="archive category"'), URL, "a tag or archive page"),
        (html(article(), head=OF_ARTICLE), "https://blog.example/search/label/bees", "a tag or archive page"),
        (html(article()), "https://blog.example/tag:bees", "a tag or archive page"),
        (html(article()), "https://blog.example/archives/06-2019.html", "a tag or archive page"),
        (html(article()), "https://blog.example/blog-date-201906.html", "a tag or archive page"),
        (html(article()), "https://blog.example/2019_06_01_archive.html", "a tag or archive page"),
        (html(article()), "https://blog.example/archive1-201906.html", "a tag or archive page"),
        (html(article()), "https://blog.example/archive-06-2019.html", "a tag or archive page"),
        (html(article()), "https://blog.example/archive/201906", "a tag or archive page"),
        (html(article()), "https://blog.example/categorie-10234567.html", "a tag or archive page"),
        (html(article()), "https://blog.example/search?updated-max=2019-06-02&max-results=7", "a tag or archive page"),
        (html(article()), "https://blog.example/search%3Fupdated-max=2019-06-02.html", "a tag or archive page"),
        (html(article()), "https://blog.example/2019.html", "a tag or archive page"),
        (html(article()), "https://blog.example/etiketler/bees/", "a tag or archive page"),
        (
            html(article()),
            "https://blog.example/%D1%80%D1%83%D0%B1%D1%80%D0%B8%D0%BA%D0%B0/bees/",
            "a tag or archive page",
        ),
        (html(article()), "https://blog.example/sayfa/2/", "a tag or archive page"),
        (html(article()), "https://blog.example/hakkimda/", "a page of the site, not of the blog"),
        (html(article()), "https://blog.example/quem-somos/", "a page of the site, not of the blog"),
        (html(article()), "https://blog.example/liens/", "a page of the site, not of the blog"),
        (html(article()), "https://blog.example/友链/", "a page of the site, not of the blog"),
        (html(article()), "https://blog.example/?skip=20", "a tag or archive page"),
        (html(article()), "https://blog.example/keeping-bees/comment-page-2/", "a page of a post's comments"),
        (html(article()), "https://blog.example/keeping-bees/?cpage=2", "a page of a post's comments"),
        (html(article()), "https://blog.example/1024.html?thread=3072", "a page of a post's comments"),
        (html(article()), "https://blog.example/1024.html%3Fmode=reply.html", "a page of a post's comments"),
        (html(article()), "https://blog.example/p/keeping-bees/comments", "a page of a post's comments"),
        (
            html(article(), lang='lang="en"><body class="single single-elementor_library postid-7"'),
            URL,
            "no post by its type",
        ),
        (
            html(article(""), lang='lang="zh"><body class="single page"'),
            "https://blog.example/2.html",
            "a page of the site, not of the blog",
        ),
        (html(article("")), URL, "no date"),
        (html(article()), "https://blog.example/about/", "a page of the site, not of the blog"),
        (html(article()), "https://blog.example/profile/profile.html", "a page of the site, not of the blog"),
        (html(article(), head=OF_ARTICLE), "https://blog.example/about/site/", "a page of the site, not of the blog"),
        (html(article()), "https://blog.example/cv/", "a page of the site, not of the blog"),
        (html(article(), head=OF_ARTICLE), "https://blog.example/ru/about/", "a page of the site, not of the blog"),
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
            html(
                article(
                    text='<div id="hexo-blog-encrypt"><p>Hey, a password is required.</p><input type="password"></div>'
                )
            ),
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


@pytest.mark.parametrize(
    ("mirrored", "why"),
    [
        ("blog.example/?p=12", None),
        ("blog.example/keeping-bees/?share=twitter", None),
        ("blog.example/?cat=3", "a tag or archive page"),
        ("blog.example/?paged=2", "a tag or archive page"),
        ("blog.example/2019/06/index.html", "a tag or archive page"),
        ("blog.example/", "a listing of other pages"),
        ("blog.example/keeping-bees/?replytocom=7", "a page of a post's comments"),
    ],
)
def test_a_copy_is_judged_by_the_address_that_it_was_copied_from(mirrored: str, why: str | None) -> None:
    """HTTrack gives pages that were asked for with a query names of its own."""
    note = (
        f"<!-- Mirrored from {mirrored} by HTTrack Website Copier/3.x [XR&CO'2014], Sun, 17 Jul 2016 05:03:02 GMT -->"
    )
    page = html(article()).replace(b"<head>", note.encode() + b"<head>")
    assert read(page, url="https://blog.example/index5757.html").why == why
    assert read(html(article()), url="https://blog.example/index5757.html").why == "a tag or archive page"


@pytest.mark.parametrize(
    "note", ["\n Page saved with SingleFile \n url: {} \n saved date: Fri Jan 12 2024 ", " saved from url=(0033){} "]
)
@pytest.mark.parametrize(
    ("saved", "why"),
    [
        ("https://blog.example/keeping-bees/", None),
        ("https://blog.example/tag/bees/", "a tag or archive page"),
        ("https://blog.example/", "a listing of other pages"),
        ("https://themes.example/tag/bees/", None),
    ],
)
def test_a_saved_page_is_judged_by_the_address_that_it_was_saved_from(note: str, saved: str, why: str | None) -> None:
    """The last one is that of the page which all posts of this blog were made from."""
    links = '<footer><a href="https://blog.example/">Home</a> <a href="https://blog.example/a/">A</a></footer>'
    canonical = '<link rel="canonical" href="https://blog.example/keeping-bees/"><head>'
    page = html(article() + links).replace(b"<head>", f"<!--{note.format(saved)}-->{canonical}".encode())
    assert read(page, url="https://blog.example/Bees.html").why == why


def test_the_links_of_a_saved_page_lead_to_other_pages_of_its_site() -> None:
    entry = '<h2><a href="https://blog.example/{0}/">Of {0}</a></h2><p>2 June 2019</p><p>What {0} say of the mill.</p>'
    entries = "".join(map(entry.format, ("bees", "eels", "pears", "wax")))
    page = html(f"<main><h1>Garden</h1>{entries}</main>")
    assert read(page, url="https://copies.example/Garden.html").why is None
    note = b"<!-- saved from url=(0027)https://blog.example/garden --><head>"
    saved = read(page.replace(b"<head>", note), url="https://copies.example/Garden.html")
    assert saved.why == "a listing of other pages"


@pytest.mark.parametrize("name", ["notes/comments/", "2019/06/comments/", "1024.html?mode=replying"])
def test_a_post_may_be_called_as_pages_of_comments_are(name: str) -> None:
    assert read(html(article()), url=f"https://blog.example/{name}").is_post


def test_a_post_dated_tomorrow_or_later_is_no_post_yet() -> None:
    soon = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
    extraction = read(html(article(f'<time datetime="{soon}">{soon}</time>')))
    assert (extraction.is_post, extraction.why) == (False, "dated in the future")


def test_what_marks_itself_alone_as_a_blog_post_is_one_without_a_date() -> None:
    kind = "https://schema.org/BlogPosting"
    post = f'<article itemscope itemtype="{kind}"><h1>Keeping bees</h1><div itemprop="articleBody">{PARAGRAPHS}</div>'
    card = f'<section itemscope itemtype="{kind}"><h2><a href="/eels/">Eels</a></h2></section>'
    assert read(html(f"<main>{post}</article></main>")).is_post
    assert read(html(f"<main>{post}</article>{card}</main>")).why == "no date"
    assert read(html(f"<main>{post.replace(kind, 'https://schema.org/Article')}</article></main>")).why == "no date"


@pytest.mark.parametrize(
    ("shown", "folder", "is_post"),
    [
        ("juin 2019", "2019/06", True),
        ("junho de 2019", "2019/06", True),
        ("2019年6月", "2019/06", True),
        ("06.2019", "2019/6", True),
        ("juin 2019", "2019/07", False),
        ("in juin 2019", "2019/06", False),
        ("juin 2019", "notes", False),
    ],
)
def test_a_post_may_show_no_more_than_the_month_that_it_is_filed_in(shown: str, folder: str, is_post: bool) -> None:
    post = f"<article><h1>Keeping bees</h1><p>{shown}</p><div><p>They swarmed.</p></div></article>"
    assert read(html(post), url=f"https://blog.example/{folder}/bees/").is_post is is_post


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


def test_a_short_post_beside_a_form_to_sign_in_is_a_post() -> None:
    form = '<form><p><input name="user"></p><p><input type="password" name="secret"></p></form>'
    assert read(html(article(text=f"<p>They swarmed.</p>{form}"))).is_post


@pytest.mark.parametrize("name", ["166b9040", "d2bef6c", "1741"])
def test_what_is_filed_by_a_number_is_a_post(name: str) -> None:
    assert read(html(article()), url=f"https://blog.example/archives/{name}/").is_post


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


CARDS = "".join(
    f'<a href="/notes/{n}/"><img src="/{n}.jpg" alt=""><h3>Note {n}</h3><p>A few words.</p><i>1{n} June 2019</i></a>'
    for n in range(1, 5)
)
HEADER = "<h1>Keeping bees</h1><div><span>Ines</span> · <span>2 June 2019</span> · 4 min</div>"


def test_a_table_of_short_links_each_with_its_day_is_a_listing() -> None:
    rows = "".join(
        f'<tr><td><a href="/notes/{n}/">Wax {n}</a></td><td><span class="date">{n} June 2019</span></td></tr>'
        for n in range(1, 9)
    )
    assert read(html(f"<div><table>{rows}</table></div>")).why == "a listing of other pages"


@pytest.mark.parametrize("others", [CARDS, LISTED])
def test_other_posts_below_a_post_do_not_make_it_a_listing(others: str) -> None:
    extraction = read(html(f"<main>{HEADER}<div>{PARAGRAPHS}</div><section><h2>More</h2>{others}</section></main>"))
    assert (extraction.is_post, extraction.document.date) == (True, dt.date(2019, 6, 2))


@pytest.mark.parametrize(("stated", "is_post"), [("Keeping bees", True), ("The Mill", False)])
def test_a_post_that_states_its_date_may_show_it_without_the_year_above_others(stated: str, *, is_post: bool) -> None:
    head = f'{OF_ARTICLE}<meta property="og:title" content="{stated}">'
    post = f"<p>Ines, 2 June</p><h1>Keeping bees</h1><div>{PARAGRAPHS}</div>"
    assert read(html(f"<main>{post}<section>{LISTED}</section></main>", head=head)).is_post is is_post


def test_the_date_of_a_post_with_others_below_may_stand_behind_its_subtitle() -> None:
    post = f'<h1>Keeping bees</h1><h2 class="subtitle">On a wall</h2><p>2 June 2019</p><div>{PARAGRAPHS}</div>'
    assert read(html(f"<main>{post}<section>{LISTED}</section></main>")).is_post


@pytest.mark.parametrize(
    "text",
    [
        f"<main><h1>Bees</h1><div>{PARAGRAPHS}</div>{CARDS}</main>",
        f"<main><h1>Bees</h1><h2>Wax</h2><p>2 June 2019</p>{PARAGRAPHS}{CARDS}</main>",
        f"<main><h1>Bees</h1><p>2 June 2019</p><h2><a href='/wax/'>Wax</a></h2>{PARAGRAPHS}{CARDS}</main>",
    ],
)
def test_a_list_below_an_introduction_or_without_a_date_above_it_is_a_listing(text: str) -> None:
    assert read(html(text, title="Bees")).why == "a listing of other pages"


def test_a_list_of_one_entry_is_a_listing() -> None:
    entry = f"<h2><a href='/keeping-bees/'>Keeping bees</a></h2><p>2 June 2019</p>{PARAGRAPHS[:300]}</p>"
    page = html(f"<main><h1>Wax</h1><div>{entry}</div></main>", title="Wax")
    assert read(page, url="https://blog.example/about-wax/").why == "a listing of other pages"


@pytest.mark.parametrize(("target", "is_post"), [("first-swarm/", False), ("swarm.jpg", True), ("/hives/", True)])
def test_a_list_of_one_entry_whose_title_is_no_heading_is_a_listing(target: str, *, is_post: bool) -> None:
    entry = f'<div><a href="{target}">The first swarm</a></div><p>What it was.</p><div>2 June 2019</div>'
    body = f"<main><h1>Of bees</h1><div>{entry}</div></main>"
    assert read(html(body, title="Of bees"), url="https://blog.example/bees/").is_post == is_post


def test_the_front_page_of_a_language_is_a_listing() -> None:
    page = html(article(), lang='lang="nl-BE"')
    assert read(page, url="https://blog.example/nl/").why == "a listing of other pages"
    assert read(page, url="https://blog.example/it/").is_post


@pytest.mark.parametrize(("name", "is_post"), [("Keeping bees", False), ("Open day", True)])
def test_what_says_that_it_is_an_event_is_no_post(name: str, *, is_post: bool) -> None:
    data = f'{{"@context": "https://schema.org", "@type": "Event", "name": "{name}", "startDate": "2019-07-01"}}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert read(html(article(), head=head)).is_post == is_post


def test_the_chapters_of_a_recording_do_not_make_a_post_a_listing() -> None:
    chapters = "".join(f"<li><time>{n}:1{n}</time> Chapter {n}</li>" for n in range(1, 6))
    page = html(f"<div>{HEADER}<div>{PARAGRAPHS}</div><ul>{chapters}</ul></div>")
    assert read(page).is_post


EVENT = '{"@type": "MusicEvent", "name": "A fair", "startDate": "2019-07-05T10:00", "endDate": "2019-07-06"}'


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("<p>5 July 2019</p>", f'<script type="application/ld+json">{EVENT}</script>'),
        ('<p><span itemprop="startDate" content="2019-07-05T10:00">5 July 2019, 10:00</span></p>', ""),
    ],
)
def test_the_day_of_an_event_makes_no_post(text: str, head: str) -> None:
    assert read(html(f"<main><h1>Keeping bees</h1>{text}{PARAGRAPHS}</main>", head=head)).why == "no date"
    announced = read(html(f"<main><h1>Keeping bees</h1><p>2 June 2019</p>{text}{PARAGRAPHS}</main>", head=head))
    assert announced.document.date == dt.date(2019, 6, 2)


@pytest.mark.parametrize("kind", ["product", "tribe_events", "job_listing", "stellenangebote"])
def test_what_wordpress_calls_something_else_is_no_post(kind: str) -> None:
    body = f'lang="en"><body class="{kind}-template-default single single-{kind} postid-7"'
    assert read(html(article(), lang=body)).why == "no post by its type"
    assert read(html(article(), lang=body.replace(kind, "podcast"))).is_post
    assert read(html(article(), lang=body.replace(kind, f"{kind}_review"))).is_post


@pytest.mark.parametrize(
    "name", ["index.php?tag=bees", "?cat=3", "index.html%3Ftag=bees.html", "view.php@author=7.html"]
)
def test_an_address_that_asks_for_a_list_is_one_also_in_a_copy(name: str) -> None:
    assert read(html(article()), url=f"https://blog.example/{name}").why == "a tag or archive page"
    for post in ("index.php?id=5&cat=3", "bees/?m=1", "@author/bees/"):
        assert read(html(article()), url=f"https://blog.example/{post}").is_post


@pytest.mark.parametrize(("target", "is_post"), [("https://{}.example/", True), ("/notes/{}/", False)])
def test_links_to_other_sites_are_what_an_author_collected_links_to_pages_a_list(target: str, is_post: bool) -> None:
    links = "".join(f'<li><a href="{target.format(n)}">A thing worth reading, number {n}</a></li>' for n in range(9))
    assert read(html(f"<div><h1>Links of the week</h1><p>2 June 2019</p><ul>{links}</ul></div>")).is_post is is_post
    assert read(html(f"<div><h1>Whom I read</h1><ul>{links}</ul></div>")).why == "a listing of other pages"


@pytest.mark.parametrize(("count", "folder", "is_post"), [(9, "notes", False), (4, "notes", True), (9, "wax", True)])
def test_a_page_that_lists_what_is_in_its_folder_is_no_post(count: int, folder: str, is_post: bool) -> None:
    items = "".join(
        f'<li><a href="/{folder}/{n}.html">({n})</a> What was done at the mill and in the garden, part {n}</li>'
        for n in range(count)
    )
    page = html(f"<div><h1>Notes</h1><p>All of them, the newest first.</p><ul>{items}</ul><p>2 June 2019</p></div>")
    assert read(page, url="https://blog.example/notes/").is_post is is_post


def test_sources_that_are_called_by_their_addresses_are_no_collection() -> None:
    links = "".join(f"<li>PDF: <a href='https://{n}.example/a'>https://{n}.example/a</a></li>" for n in range(9))
    page = html(f"<div><h1>Talks</h1><p>2 June 2019</p><ul>{links}</ul></div>")
    assert read(page).why == "a listing of other pages"


def test_the_lists_of_a_copy_that_links_to_where_it_was_made_are_lists() -> None:
    links = "".join(
        f'<li>{n} June 2019 <a href="https://mill.example/{n}/">What happened at the mill, note {n}</a></li>'
        for n in range(1, 9)
    )
    assert read(html(f"<div><h1>Notes</h1><p>2 June 2019</p><ul>{links}</ul></div>")).why == "a listing of other pages"


def test_systems_that_file_all_posts_below_archives_have_posts_there() -> None:
    halo = html(article("<p>2 June 2019</p>"), head='<meta name="generator" content="Halo 2.20.0">')
    assert read(halo, url="https://blog.example/archives/keeping-bees").is_post
    assert not read(halo, url="https://blog.example/archives/2019/06").is_post
    assert not read(html(article("<p>2 June 2019</p>")), url="https://blog.example/archives/keeping-bees").is_post


@pytest.mark.parametrize(
    "title", ['The Mill — Posts tagged "bees"', "Entries tagged :: bees", "Beiträge mit dem Tag Wax"]
)
def test_a_page_that_calls_itself_a_list_of_posts_is_none(title: str) -> None:
    assert read(html(article("<p>2 June 2019</p>"), title=title)).why == "a tag or archive page"
    assert read(html(article("<p>2 June 2019</p>"), title="How to list posts tagged twice")).is_post


def test_a_page_with_a_heading_that_calls_it_a_list_of_posts_is_none_nor_one_with_main_headings_of_others() -> None:
    entry = '<div class="post-date">2 June 2019</div><h1 class="post-title"><a href="/{0}.html">Note {0}</a></h1>'
    listed = f"<div>{{}}{''.join(entry.format(n) + PARAGRAPHS for n in (1, 2, 3))}</div>"
    tagged = html(listed.format('<h1 class="title">Posts tagged "bees":</h1>'), title="The Mill")
    assert read(tagged).why == "a tag or archive page"
    assert read(html(listed.format('<h1 class="title">Bees</h1>'), title="The Mill")).why == "a listing of other pages"


def test_comments_that_are_articles_in_an_aside_do_not_make_a_post_a_listing() -> None:
    comments = '<aside id="replies">' + "<article><p>So do ours.</p></article>" * 3 + "</aside>"
    post = f"<h1>Keeping bees</h1><article><header><p>2 June 2019</p></header>{PARAGRAPHS}</article>"
    assert read(html(f"<section>{post}{comments}</section>")).is_post


def test_several_permanent_links_to_other_pages_make_a_listing() -> None:
    link = 'posted at: 10:10 | <a href="/2019/{0}#n">permanent link to this entry</a>'
    day = "<h3>Sun, 02 Jun 2019</h3>"
    own = f'{day}<p><a name="keeping-bees"><b>Keeping bees</b></a><br>{PARAGRAPHS}</p>{link.format(6)}'
    assert read(html(f"<center>The Mill</center>{own}")).is_post
    others = f"{own}{own.replace('/2019/6', '/2019/5')}".replace('name="keeping-bees"', 'name="n"')
    assert read(html(f"<center>The Mill</center>{others}")).why == "a listing of other pages"


def test_a_page_whose_entries_each_go_on_elsewhere_is_a_listing() -> None:
    lead = f"{PARAGRAPHS.partition('</p>')[0]}</p>"
    entry = f"<div><h2>{{0}} hives</h2><div class=date>{{0}} June 2019</div></div>{lead}<a href='/{{0}}/'>Go on →</a>"
    entries = "".join(map(entry.format, (2, 3, 4)))
    assert not read(html(f"<div id=post>{entries}</div>", title="The Mill Garden: Home")).is_post
    own = f"<h1>Hives</h1><p>1 June 2019</p>{PARAGRAPHS}"
    assert read(html(f"<div id=post>{own}{entries}</div>", title="Hives")).is_post


def test_a_list_of_two_entries_with_their_dates_first_is_a_listing() -> None:
    entry = (
        '<div><p class="info"><time datetime="2019-06-0{0}">0{0}.06.2019</time> by Ines</p>'
        '<h2><a href="/notes/{0}/">Note {0}</a></h2><p>A few words.</p></div>'
    )
    assert not read(html(f"<main><h1>News</h1>{entry.format(1)}{entry.format(2)}</main>")).is_post


def test_the_heading_of_a_post_may_be_its_own_link_without_the_ending_of_its_file() -> None:
    post = f'<h2><a href="/bees">Keeping bees</a></h2><time>2 June 2019</time>{PARAGRAPHS}'
    page = html(f"<main>{post}{LISTED.replace('article', 'div')}</main>")
    assert read(page, url="https://blog.example/bees.html").is_post


def test_a_field_for_a_password_that_readers_dont_see_locks_nothing() -> None:
    box = '<div class="password-wrapper" style="display:none;"><label><input type="password"></label></div>'
    post = html(box + article(text="<p>They swarmed.</p>"))
    assert read(post).is_post
    assert read(post.replace(b"display:none;", b"")).why == "password-protected"


def test_dates_of_other_posts_below_a_short_one_do_not_make_it_a_listing() -> None:
    others = "".join(
        f'<li><a href="/notes/{n}/">Note {n}</a> <time datetime="2019-05-0{n}">{n} May</time></li>' for n in range(1, 6)
    )
    text = '<time datetime="2019-06-02">2 June 2019</time><div><p>They swarmed, and we took them in.</p></div>'
    page = f'<div><h1>Keeping bees</h1>{text}<section class="{{}}"><ul>{others}</ul></section></div>'
    assert read(html(page.format("related-posts"))).is_post
    assert read(html(page.format("posts"))).why == "a listing of other pages"


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("blog/keeping-bees/", 2 * PARAGRAPHS, None),
        ("de/blog/garden/keeping-bees", 2 * PARAGRAPHS, None),
        ("blog/keeping-bees/", PARAGRAPHS, "no date"),
        ("garden/keeping-bees/", 2 * PARAGRAPHS, "no date"),
        ("blog/tags/", 2 * PARAGRAPHS, "a tag or archive page"),
    ],
)
def test_a_long_text_in_a_folder_of_posts_needs_no_date(path: str, text: str, why: str | None) -> None:
    page = html(f"<main><h1>Keeping bees</h1>{text}</main>")
    assert read(page, url=f"https://firm.example/{path}").why == why


def test_nothing_is_a_post_by_its_folder_where_posts_show_their_dates() -> None:
    page = Page(url="https://firm.example/blog/keeping-bees/", content=html(f"<h1>Keeping bees</h1>{2 * PARAGRAPHS}"))
    assert extract(page).is_post
    assert extract(page, given=Given(dated=True)).why == "no date"


@pytest.mark.parametrize(("headline", "is_post"), [("Keeping bees", True), ("Note 1", False)])
def test_cards_below_the_one_article_do_not_make_it_a_listing(headline: str, *, is_post: bool) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "{headline}", "datePublished": "2019-06-02"}}'
    head = f'<meta property="og:type" content="article"><script type="application/ld+json">{data}</script>'
    text = f"<div><h1>Keeping bees</h1><div>{PARAGRAPHS}</div></div>"
    assert read(html(f"<main>{text}<div>{LISTED}</div></main>", head=head)).is_post == is_post
