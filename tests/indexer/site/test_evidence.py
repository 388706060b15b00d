"""What other places than a page itself know of it, and what an operator is told of all that."""

from __future__ import annotations

import datetime as dt
import json

from click.testing import CliRunner

from search_service.cli import main

from .conftest import BASE, SENTENCES, Site, prose


def undated(site: Site, count: int = 16) -> None:
    for number in range(1, count + 1):
        text = f'<div class="entry-text">{prose(number)}</div>'
        main_part = f'<article class="entry"><h1 class="entry-title">Plain {number}</h1>{text}</article>'
        site.write(f"plain-{number}", main_part, title=f"Plain {number}")


def feed(site: Site, numbers: range) -> None:
    items = "".join(
        f"<item><link>{BASE}plain-{n}/?utm_source=feed</link><pubDate>{n:02} Mar 2018 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    site.folder.mkdir(parents=True, exist_ok=True)
    (site.folder / "feed.xml").write_text(f"<rss><channel>{items}</channel></rss>")


def test_a_feed_dates_the_posts_of_a_blog_that_prints_no_dates(site: Site) -> None:
    undated(site)
    assert site.documents() == {}
    feed(site, range(1, 17))
    found = site.documents()
    assert len(found) == 16
    assert found["plain-7"].date == dt.date(2018, 3, 7)


def test_posts_that_the_feed_has_forgotten_are_known_by_the_template_of_those_it_lists(site: Site) -> None:
    undated(site)
    feed(site, range(5, 17))
    found = site.documents()
    assert {"plain-1", "plain-16"} <= set(found)
    assert found["plain-1"].date is None


def test_a_page_that_dates_itself_is_not_dated_by_a_feed(site: Site) -> None:
    site.build()
    item = f"<item><link>{BASE}note-3/</link><pubDate>01 Jan 2001 10:00:00 GMT</pubDate></item>"
    (site.folder / "feed.xml").write_text(f"<rss><channel>{item}</channel></rss>")
    assert site.documents()["note-3"].date == dt.date(2019, 4, 4)


def test_a_front_page_that_asks_not_to_be_found_says_nothing_of_the_posts(site: Site) -> None:
    site.build()
    page = site.folder / "index.html"
    page.write_text(page.read_text().replace("<head>", '<head><meta name="robots" content="noindex">'))
    report = site.reindex()
    assert report.posts == 16
    assert not any("noindex" in note for note in report.notes)


def test_the_explanation_says_how_sure_each_field_is_and_what_else_the_page_says(site: Site) -> None:
    site.build(head='<meta property="og:title" content="A note, as shared"><meta name="date" content="2021-01-01">')
    arguments = ["extract", str(site.folder), "--base-url", BASE, "--explain"]
    lines = [json.loads(line) for line in CliRunner().invoke(main, [*arguments, "--jsonl"]).stdout.splitlines()]
    post = next(line for line in lines if line["path"] == "note-3/index.html")
    assert post["confidence"]["title"] == 1.0
    assert {"value": "A note, as shared", "source": "og:title"} in post["others"]["title"]
    assert {"value": "2021-01-01", "source": "date"} in post["others"]["date"]
    assert {"what": "Note 3 from the mill", "why": "the title"} in post["cut"]
    shown = CliRunner().invoke(main, arguments).stdout
    assert "title: h1.entry-title (1.00)" in shown
    assert "not og:title: A note, as shared" in shown
    assert all(line["why"] for line in lines if not line["is_post"])


def test_a_page_that_is_read_on_its_own_is_explained_too(site: Site) -> None:
    text = prose(3) + f'<div class="share"><a href="/share/">Tell them of {SENTENCES[0]}</a></div>'
    for number in range(1, 4):
        site.post(number, text=text)
    arguments = ["extract", str(site.folder), "--base-url", BASE, "--explain", "--jsonl"]
    lines = [json.loads(line) for line in CliRunner().invoke(main, arguments).stdout.splitlines()]
    post = next(line for line in lines if line["path"] == "note-3/index.html")
    assert post["template"] is None
    assert 0 < post["confidence"]["title"] < 1
    assert {"what": f"Tell them of {SENTENCES[0]}"[:80].rstrip(), "why": "nothing but links"} in post["cut"]


def test_marks_count_for_pages_that_are_read_by_their_template(site: Site) -> None:
    hidden = "<p data-nosnippet>The key lies below the third pot to the left of the door.</p>"
    for number in range(1, 17):
        site.post(number, text=prose(number) + (hidden if number == 3 else ""))
    site.post(17, text=prose(17), head='<meta name="robots" content="nosnippet">')
    documents = site.documents()
    assert "third pot" not in documents["note-3"].body
    assert documents["note-17"].body == ""
