"""When a post was published: which of the dates on a page is believed."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.extract.written_dates import first_date, stated_date

from .conftest import PARAGRAPHS, article, html, read

PUBLISHED = '<meta property="article:published_time" content="2019-06-02">'
UPDATED = '<time class="updated" datetime="2021-01-01">x</time>'


@pytest.mark.parametrize(
    "text",
    [
        "22 Mar 2017", "March 22, 2017", "Mar. 22nd, 2017", "22nd of March 2017", "22. März 2017", "2017-03-22",
        "2017/3/22", "2017年3月22日", "2017년 3월 22일", "22 de marzo de 2017", "le 22 mars 2017", "22 марта 2017 г.",
        "22 marca 2017", "22.03.2017", "03/22/2017", "22/03/2017", "22. maaliskuuta 2017",
        "2017. március 22.", "22 مارس 2017",
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert first_date(f"Posted {text} by Ines") == dt.date(2017, 3, 22)


@pytest.mark.parametrize(
    "text", ["31 February 2017", "version 2.10.2017.4", "12345-67-89", "chapter 3, 2017", "", "in March"]
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert first_date(text) is None


def test_the_order_of_day_and_month_follows_the_language() -> None:
    assert first_date("03/04/2017", lang="en-US") == dt.date(2017, 3, 4)
    assert first_date("03/04/2017", lang="en-GB") == dt.date(2017, 4, 3)
    assert first_date("03/04/2017", lang="fr") == dt.date(2017, 4, 3)


@pytest.mark.parametrize(
    "value", ["2017-03-22T10:00:00Z", "20170322", "2017-03-22 10:00", "Wed, 22 Mar 2017 10:00:00 GMT"]
)
def test_a_machine_readable_date_is_read(value: str) -> None:
    assert stated_date(value) == dt.date(2017, 3, 22)


@pytest.mark.parametrize("value", [None, "", "yesterday", "2017-99-99", "\ud800", "9" * 10_000])
def test_a_machine_readable_date_that_is_none_gives_none(value: str | None) -> None:
    assert stated_date(value) is None


@pytest.mark.parametrize(
    ("head", "before", "url", "date", "source"),
    [
        (PUBLISHED, "1 May 2018", "/a/", "2019-06-02", "article:published_time"),
        ("", '<time datetime="2019-06-02">yesterday</time>', "/a/", "2019-06-02", "time"),
        ("", '<p class="post-date">2 June 2019</p>', "/a/", "2019-06-02", "date line"),
        ("", "<p>by Ines on June 2nd, 2019</p>", "/a/", "2019-06-02", "text near the title"),
        ("", "", "/2019/06/02/a/", "2019-06-02", "address"),
        ("", "<p>3 June 2019</p>", "/notes/2019-06-02-a/", "2019-06-02", "address"),
        ('<meta name="date" content="2022-01-01">', "<p>2 June 2019</p>", "/a/", "2019-06-02", "text near the title"),
        ("", "<p>Last updated 5 July 2021. Published 2 June 2019.</p>", "/a/", "2019-06-02", "text near the title"),
        ("", UPDATED + '<time class="published" datetime="2019-06-02">y</time>', "/a/", "2019-06-02", "time"),
    ],
)  # fmt: skip
def test_the_date_comes_from_the_most_reliable_place(head: str, before: str, url: str, date: str, source: str) -> None:
    extraction = read(html(article(before), head=head), url=f"https://blog.example{url}")
    assert (str(extraction.document.date), extraction.sources["date"]) == (date, source)


def test_a_moment_in_utc_is_the_day_that_readers_see() -> None:
    head = '<meta property="article:published_time" content="2019-06-01T22:30:00Z">'
    assert read(html(article(), head=head)).document.date == dt.date(2019, 6, 2)


def test_the_date_of_another_post_on_the_page_is_not_the_posts() -> None:
    beside = '<div class="featured-posts"><h3><a href="/x/">Another</a></h3><span class="date">5 May 2021</span></div>'
    document = read(html(f"<div><div><h1>Keeping bees</h1>{PARAGRAPHS}</div>{beside}</div>")).document
    assert document.date is None


def test_a_post_changed_later_has_both_dates() -> None:
    head = '<meta property="article:modified_time" content="2020-01-05T10:00:00Z">'
    document = read(html(article(), head=head)).document
    assert (document.date, document.modified) == (dt.date(2019, 6, 2), dt.date(2020, 1, 5))


def test_an_accepted_post_without_a_date_of_its_own_gets_the_likeliest_of_the_page() -> None:
    page = html(article("", after="<p>First printed in the parish paper of 2 June 2019, page 4.</p>"))
    extraction = read(page, all_posts=True)
    assert (str(extraction.document.date), extraction.sources["date"]) == ("2019-06-02", "htmldate")


def test_the_day_that_readers_see_decides_between_two_that_the_page_states() -> None:
    statement = '{"@type": "BlogPosting", "datePublished": "2019-05-20T10:00:00Z"}'
    head = f'{PUBLISHED}<script type="application/ld+json">{statement}</script>'
    assert read(html(article(), head=head)).document.date == dt.date(2019, 6, 2)
    assert read(html(article(""), head=head)).document.date == dt.date(2019, 5, 20)


def test_a_later_date_that_readers_see_does_not_replace_the_stated_one() -> None:
    assert read(html(article("<p>1 May 2020</p>"), head=PUBLISHED)).document.date == dt.date(2019, 6, 2)


def test_the_date_of_a_change_is_taken_where_no_other_is_shown() -> None:
    both = "<p>Updated <b>5 July 2021</b></p><p>2 June 2019</p>"
    assert read(html(article(both))).document.date == dt.date(2019, 6, 2)
    extraction = read(html(article("<p>Updated <b>5 July 2021</b></p>")))
    assert (str(extraction.document.date), extraction.sources["date"]) == ("2021-07-05", "change near the title")


def test_what_the_web_page_states_of_itself_makes_no_post_but_dates_one() -> None:
    statement = '{"@graph": [{"@type": "WebPage", "datePublished": "2019-06-02T10:00:00+02:00"}]}'
    page = html(article(""), head=f'<script type="application/ld+json">{statement}</script>')
    assert read(page).why == "no date"
    assert read(page, all_posts=True).document.date == dt.date(2019, 6, 2)
