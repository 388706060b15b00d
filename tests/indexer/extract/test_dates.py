"""When a post was published: which of the dates on a page is believed."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.extract.dates.in_address import dates_in_address
from indexer.extract.dates.labels import own_dates
from indexer.extract.dates.written import first_date, stated_date
from indexer.extract.page import extract
from indexer.sources import Page

from .conftest import PARAGRAPHS, article, html, read

PUBLISHED = '<meta property="article:published_time" content="2019-06-02">'
MODIFIED = '<meta property="article:modified_time" content="2021-07-05T10:00:00Z">'
UPDATED = '<time class="updated" datetime="2021-01-01">x</time>'


@pytest.mark.parametrize(
    "text",
    [
        "22 Mar 2017", "March 22, 2017", "Mar. 22nd, 2017", "22nd of March 2017", "22. März 2017", "2017-03-22",
        "2017/3/22", "2017年3月22日", "2017년 3월 22일", "22 de marzo de 2017", "le 22 mars 2017", "22 марта 2017 г.",
        "22 marca 2017", "22.03.2017", "03/22/2017", "22/03/2017", "22. maaliskuuta 2017",
        "2017. március 22.", "22 مارس 2017", "٢٢ مارس ٢٠١٧", "２０１７年３月２２日", "平成29年3月22日",
        "22 tháng 3, 2017", "2017 m. kovo 22 d.", "22 במרץ 2017", "22. márca 2017", "22 март 2017",
        "22 tháng 3 năm 2017", "22 Tháng Ba, 2017", "tháng 3 22, 2017", "22 thg 3, 2017", "Th3 22, 2017",
        "22 มีนาคม 2560", "๒๒ มีนาคม พ.ศ. ๒๕๖๐", "22 มี.ค. 2560", "22/03/2560", "22 مارس، 2017", "22\u200f/3\u200f/2017",
        "22 آذار 2017", "22 آذار/مارس 2017", "22 मार्च 2017", "২২ মার্চ, ২০১৭", "22 مارچ 2017", "מרץ 22, 2017",
        "22 marzec 2017", "Březen 22, 2017", "Μάρτιος 22, 2017", "Березень 22, 2017", "22. март 2017.",
        "2 فروردین 1396", "۲ فروردین ۱۳۹۶", "۱۳۹۶/۰۱/۰۲", "民國106年3月22日", "二〇一七年三月二十二日",
        "2017. gada 22. marts", "22. d’març de 2017", "March 22,2017", "March, 22 2017",
        "Mrz 22, 2017", "2017-Mar-22",
        "2017 оны 3-р сарын 22", "2017 оны 03 сарын 22", "22 մարտի 2017", "22 మార్చి 2017", "മാർച്ച് 22, 2017",
        "22 માર્ચ 2017", "22. марта 2017.",
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert first_date(f"Posted {text} by Ines") == dt.date(2017, 3, 22)


@pytest.mark.parametrize(
    "text", ["31 February 2017", "version 2.10.2017.4", "12345-67-89", "chapter 3, 2017", "", "in March"]
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert first_date(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12 stycznia 2017", "2017-01-12"), ("12 Tháng Mười Một, 2017", "2017-11-12"), ("30 اسفند 1399", "2021-03-20"),
        ("12 كانون الثاني 2017", "2017-01-12"), ("Μάιος 5, 2017", "2017-05-05"), ("1° aprile 2017", "2017-04-01"),
        ("12 พ.ค. 2560", "2017-05-12"), ("二零一七年十月十日", "2017-10-10"), ("۱۴۰۲/۱۲/۲۹", "2024-03-19"),
        ("民國元年1月2日", "1912-01-02"), ("2. јуна 2019.", "2019-06-02"), ("2. jula 2019.", "2019-07-02"),
    ],
)  # fmt: skip
def test_months_and_years_are_read_as_their_country_counts_and_calls_them(text: str, date: str) -> None:
    assert first_date(f"- {text} -") == dt.date.fromisoformat(date)


def test_what_a_month_is_called_and_where_a_year_begins_is_a_matter_of_the_language() -> None:
    assert first_date("12. listopada 2017.", lang="hr") == dt.date(2017, 10, 12)
    assert first_date("12 listopada 2017", lang="pl") == first_date("12 listopada 2017") == dt.date(2017, 11, 12)
    assert first_date("1396/1/2", lang="fa-IR") == dt.date(2017, 3, 22)
    assert first_date("1396/1/2", lang="en") is None


@pytest.mark.parametrize("text", ["31 مهر 1396", "12 فروردین 2017", "32 มีนาคม 2560", "tháng 12, 2017", "12 May 1402"])
def test_a_day_that_a_calendar_does_not_have_is_none(text: str) -> None:
    assert first_date(text, lang="fa") is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("2019ko ekainaren 2a", "eu"), ("2019(e)ko ekainak 2", "eu"), ("2 Mehefin 2019", "cy"),
        ("2 Qershor 2019", "sq"), ("2 маусым 2019", "kk"), ("2-iyun 2019", "uz"),
    ],
)  # fmt: skip
def test_the_names_of_some_languages_are_read_on_their_own_pages(text: str, lang: str) -> None:
    assert first_date(text, lang=lang) == dt.date(2019, 6, 2)
    assert first_date(text) is None


def test_the_order_of_day_and_month_follows_the_language() -> None:
    assert first_date("03/04/2017", lang="en-US") == dt.date(2017, 3, 4)
    assert first_date("03/04/2017", lang="en-GB") == dt.date(2017, 4, 3)
    assert first_date("03/04/2017", lang="fr") == dt.date(2017, 4, 3)


@pytest.mark.parametrize(
    "value",
    [
        "2017-03-22T10:00:00Z", "20170322", "2017-03-22 10:00", "Wed, 22 Mar 2017 10:00:00 GMT", "1490176800",
        "1490176800000",
    ],
)  # fmt: skip
def test_a_machine_readable_date_is_read(value: str) -> None:
    assert stated_date(value) == dt.date(2017, 3, 22)


@pytest.mark.parametrize(
    "value",
    [None, "", "yesterday", "2017-99-99", "0001-01-01T00:00:00Z", "1396-01-02T10:00:00+03:30", "\ud800", "9" * 10_000],
)
def test_a_machine_readable_date_that_is_none_gives_none(value: str | None) -> None:
    assert stated_date(value) is None


@pytest.mark.parametrize(
    ("head", "before", "url", "date", "source"),
    [
        (PUBLISHED, "1 May 2018", "/a/", "2019-06-02", "article:published_time"),
        ("", '<time datetime="2019-06-02">yesterday</time>', "/a/", "2019-06-02", "time"),
        ("", '<p class="post-date">2 June 2019</p>', "/a/", "2019-06-02", "date line"),
        ("", "<p>June 2nd, 2019</p>", "/a/", "2019-06-02", "date near the title"),
        ("", "<p>by Ines Robledo in Gardening on June 2nd, 2019</p>", "/a/", "2019-06-02", "text near the title"),
        ("", "", "/2019/06/02/a/", "2019-06-02", "address"),
        ("", "<p>3 June 2019</p>", "/notes/2019-06-02-a/", "2019-06-02", "address"),
        ('<meta name="date" content="2022-01-01">', "<p>2 June 2019</p>", "/a/", "2019-06-02", "date near the title"),
        ("", "<p>Last updated 5 July 2021. Published 2 June 2019.</p>", "/a/", "2019-06-02", "text near the title"),
        ("", '<time datetime="2019-06-02T08:00">2 days ago</time>', "/a/", "2019-06-02", "time"),
        ("", '<span class="date" title="2 June 2019">2 days ago</span>', "/a/", "2019-06-02", "date on hover"),
        ("", '<b class="x"><span itemprop="datePublished" content="2019-06-02">gestern</span></b>', "/a/", "2019-06-02",
         "date for machines"),
        ("", '<span class="time" data-timestamp="1559433600">gestern</span>', "/a/", "2019-06-02", "date for machines"),
        ("", '<i class="formatted-date" data-unix-time="1559433600"></i>', "/a/", "2019-06-02", "date for machines"),
        ("", "<p>June 2 by Ines</p>", "/2019/06/a/", "2019-06-02", "day near the title"),
        ("", "<p>2. Juni</p>", "/2019/06/a/", "2019-06-02", "day near the title"),
        ("", '<p class="date"><b>2</b> <b>Jun</b> <b>2019</b></p>', "/a/", "2019-06-02", "date line"),
        ('<link rel="canonical" href="https://blog.example/2019/06/02/a/">', "", "/a/", "2019-06-02", "rel=canonical"),
        ('<meta name="date" content="2019-06-02">', "<p>1 May 2018</p><p>2 June 2019</p>", "/a/", "2019-06-02",
         "date near the title"),
        ("", UPDATED + '<time class="published" datetime="2019-06-02">y</time>', "/a/", "2019-06-02", "time"),
    ],
)  # fmt: skip
def test_the_date_comes_from_the_most_reliable_place(head: str, before: str, url: str, date: str, source: str) -> None:
    extraction = read(html(article(before), head=head), url=f"https://blog.example{url}")
    assert (str(extraction.document.date), extraction.sources["date"]) == (date, source)


@pytest.mark.parametrize(
    ("banner", "date"),
    [
        ('<time datetime="2019-06-02 00:30">2 June</time>', "2019-06-02"),
        ('<time datetime="2019-06-12 00:30">12 June</time>', "2019-06-01"),
        ('<time datetime="2019-06-02">2 June</time> <time datetime="2019-05-02">2 May</time>', "2019-06-01"),
    ],
)
def test_the_day_in_a_banner_above_the_post_counts_where_it_can_be_the_stated_moment(banner: str, date: str) -> None:
    head = '<meta property="article:published_time" content="2019-06-01T22:30:00Z">'
    page = html(f'<div class="banner"><h2>Notes</h2>{banner}</div>{article("")}', head=head)
    assert str(read(page).document.date) == date


def test_the_day_on_which_a_film_in_the_post_was_made_is_not_the_posts() -> None:
    film = '<div itemtype="https://schema.org/VideoObject"><meta itemprop="uploadDate" content="2017-01-10"></div>'
    assert read(html(article(film))).document.date is None


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


def test_a_date_on_hover_is_the_local_day_and_a_moment_there_is_not() -> None:
    head = '<meta property="article:published_time" content="2019-06-02T03:10:00Z">'
    page = '<span data-hook="time-ago" title="%s">2 days ago</span>'
    assert str(read(html(article(page % "Jun 1, 2019"), head=head)).document.date) == "2019-06-01"
    assert str(read(html(article(page % "2019-06-01T23:10:00-04:00"), head=head)).document.date) == "2019-06-02"


@pytest.mark.parametrize(
    ("head", "shown", "date"),
    [
        (PUBLISHED, "1 May 2018", "2018-05-01"),
        (PUBLISHED + MODIFIED, "1 May 2020", "2020-05-01"),
        (PUBLISHED + MODIFIED, "1 May 2020</p><p>5 July 2021", "2019-06-02"),
        (PUBLISHED + MODIFIED, "5 July 2021", "2019-06-02"),
        (PUBLISHED + MODIFIED, "Stand: 1. Mai 2020", "2019-06-02"),
        (PUBLISHED, "As the paper of 1 May 2018 says, hives are moved at night.", "2019-06-02"),
    ],
    ids=["earlier", "later, and not that of the change", "two dates", "that of the change", "as of", "in a sentence"],
)
def test_the_one_date_that_readers_see_with_the_title_is_the_posts(head: str, shown: str, date: str) -> None:
    assert str(read(html(article(f"<p>{shown}</p>"), head=head)).document.date) == date


def test_a_day_and_a_month_are_told_apart_by_the_statement_that_can_not_be_misread() -> None:
    iso = '<meta property="article:published_time" content="2021-11-01T05:00:14">'
    assert str(read(html(article("<p>11/01/2021</p>"), head=iso)).document.date) == "2021-11-01"
    written = iso.replace("2021-11-01T05:00:14", "11-01-2021")
    assert str(read(html(article("<p>November 1, 2021</p>"), head=written)).document.date) == "2021-11-01"


def test_a_date_in_another_article_or_in_the_link_of_another_post_is_not_the_posts() -> None:
    teaser = '<article><h3>Wax</h3><span class="date">5 May 2021</span></article>'
    link = (
        '<a href="/wax/"><b>Everything that can be made out of the wax of one hive</b>'
        "<i>Candles, of course, but also soap, polish for the floor of the mill, and, if there is any left after that,"
        ' a very small bear.</i><span class="date">5 May 2021</span></a>'
    )
    for beside in (teaser, link):
        page = html(f"<main><h1>Keeping bees</h1><div>{beside}</div><div>{PARAGRAPHS}</div></main>")
        assert read(page).document.date is None


def test_the_latest_posts_below_a_short_one_do_not_date_it() -> None:
    latest = "".join(f'<li><a href="/{n}/">Note {n}</a> <span>2021-03-0{n}</span></li>' for n in range(1, 5))
    page = f"<div><p>2 June 2019</p><h1>Keeping bees</h1><p>A swarm came.</p><div><ul>{latest}</ul></div></div>"
    assert read(html(page)).document.date == dt.date(2019, 6, 2)


def test_a_line_at_the_foot_of_the_post_that_begins_with_published_dates_it() -> None:
    foot = "<p><b>(Re)Published:</b> 2 June 2019</p><p><b>Last edit:</b> 5 July 2021</p>"
    extraction = read(html(article("", after=foot)))
    assert (str(extraction.document.date), extraction.sources["date"]) == ("2019-06-02", "labelled date in the post")


@pytest.mark.parametrize(
    "note",
    [
        "This entry was posted on Sunday, June 2nd, 2019 at 10:12 and is filed under Garden.",
        "Dieser Eintrag wurde am Sonntag, 2. Juni 2019 um 10:12 in Garten veröffentlicht.",
        "Cet article a été publié le dimanche 2 juin 2019 à 10:12 et est classé dans Jardin.",
        "Esta entrada fue publicada el domingo, 2 de junio de 2019 a las 10:12 en Jardín.",
    ],
)
def test_a_long_note_at_the_foot_dates_the_post(note: str) -> None:
    more = "You can follow any responses to this entry through the feed, or leave a response from your own site. " * 2
    extraction = read(html(article("", after=f"<p><small>{note} {more}</small></p>")))
    assert extraction.document.date == dt.date(2019, 6, 2)


@pytest.mark.parametrize("level", ["{}", "<div><div>{}</div></div>"])
def test_the_day_right_above_a_post_dates_it_but_no_list(level: str) -> None:
    post = level.format(f"<div><h3>Keeping bees</h3><div>{PARAGRAPHS}</div></div>")
    page = f"<div><p>Before, after</p><h2>June 2, 2019</h2>{post}</div>"
    extraction = read(html(page))
    assert (extraction.document.date, extraction.is_post) == (dt.date(2019, 6, 2), True)
    assert not read(html(page.replace("<h3>Keeping bees", "<h3><a href='/bees/'>Keeping bees</a>"))).is_post


def test_a_box_for_advertisements_above_a_post_hides_no_day() -> None:
    page = f"<div><h2>June 2, 2019</h2><div class='ads'></div><div><h3>Keeping bees</h3>{PARAGRAPHS}</div></div>"
    assert read(html(page)).document.date == dt.date(2019, 6, 2)


def test_the_date_of_a_comment_below_a_short_post_is_not_the_posts() -> None:
    comment = '<div class="comment"><p class="comment-time">Fri, 03/02/2019 - 10:22</p><p>How true this is.</p></div>'
    post = article("<div><span>By Ines on 2 June 2019 at 10:12</span></div>", text="<p>Few words.</p>", after=comment)
    assert read(html(post)).document.date == dt.date(2019, 6, 2)


def test_the_date_of_a_change_is_taken_where_no_other_is_shown() -> None:
    both = "<p>Updated <b>5 July 2021</b></p><p>2 June 2019</p>"
    assert read(html(article(both))).document.date == dt.date(2019, 6, 2)
    extraction = read(html(article("<p>Updated <b>5 July 2021</b></p>")))
    assert (str(extraction.document.date), extraction.sources["date"]) == ("2021-07-05", "change near the title")
    within = read(html(article("<p>Updated on 5 July 2021 by Ines</p>")))
    assert (str(within.document.date), within.sources["date"]) == ("2021-07-05", "change near the title")


def test_what_the_web_page_states_of_itself_makes_no_post_but_dates_one() -> None:
    statement = '{"@graph": [{"@type": "WebPage", "datePublished": "2019-06-02T10:00:00+02:00"}]}'
    page = html(article(""), head=f'<script type="application/ld+json">{statement}</script>')
    assert read(page).why == "no date"
    assert read(page, all_posts=True).document.date == dt.date(2019, 6, 2)


@pytest.mark.parametrize("shown", ["2 days ago", "yesterday", "vor 2 Tagen", "June 2", "há 3 dias"])
def test_a_day_that_only_a_calendar_of_the_time_could_tell_is_no_date(shown: str) -> None:
    assert read(html(article(f"<p>{shown}</p>"))).why == "no date"


@pytest.mark.parametrize(
    ("moment", "shown", "date"),
    [
        ("2019-06-02T23:30:00+00:00", "3 June 2019", "2019-06-03"),
        ("2019-06-02T01:30:00+00:00", "1 June 2019", "2019-06-01"),
        ("2019-06-02T01:30:00Z", "3 June 2019", "2019-06-02"),
        ("2019-06-02T23:30:00.000+0200", "3 June 2019", "2019-06-03"),
        ("2019-06-02", "1 June 2019", "2019-06-01"),
    ],
)
def test_the_day_that_readers_see_is_that_of_the_stated_moment_where_it_is_that_day_somewhere(
    moment: str, shown: str, date: str
) -> None:
    head = f'<meta property="article:published_time" content="{moment}">'
    assert str(read(html(article(f"<p>{shown}</p>"), head=head)).document.date) == date


def test_of_several_times_the_quoted_and_the_changed_are_not_the_posts() -> None:
    times = (
        f'{UPDATED}<blockquote><time datetime="2018-01-01">x</time></blockquote><time datetime="2019-06-02">y</time>'
    )
    assert str(read(html(article(times))).document.date) == "2019-06-02"


def test_the_days_on_cards_of_other_posts_below_a_short_text_are_none_of_the_posts() -> None:
    card = '<div><a href="/{0}/"><div><img src="/a.jpg"></div><div><h3>{0}</h3><p>1{0}.08.2018</p></div></a></div>'
    cards = "".join(map(card.format, (1, 2, 3)))
    post = "<div><p>02.06.2019</p></div><div><h1>Keeping bees</h1></div><div><p>by Ines Robledo</p></div>"
    page = f"<main><div>{post}</div><div><p>The hive came through the frost.</p></div><div>{cards}</div></main>"
    assert str(read(html(page)).document.date) == "2019-06-02"


def test_a_day_without_a_year_that_is_called_a_change_is_none_of_publication() -> None:
    """The change stands nearer to the title."""
    posted, edited = '<time datetime="2019-06-02">Jun 2</time>', '<time datetime="2021-01-01">Jan 1</time>'
    line = f"<p>Posted on {posted} • Edited on {edited}</p>"
    page = html(f"<article>{line}<h1>Keeping bees</h1>{PARAGRAPHS}</article>")
    assert str(read(page).document.date) == "2019-06-02"


@pytest.mark.parametrize(
    ("address", "days"),
    [
        ("https://blog.example/2019/06/02/a/", ["2019-06-02"]),
        ("https://blog.example/2019/6/2/a-2018-01-01/", ["2019-06-02", "2018-01-01"]),
        ("https://blog.example/a-2018-01-01/2019/06/02", ["2019-06-02", "2018-01-01"]),
        ("https://blog.example/20190602.html", ["2019-06-02"]),
        ("https://blog.example/0a20190602ff.html", []),
        ("https://blog.example/notes/20190602103245-bees.html", ["2019-06-02"]),
        ("https://blog.example/notes/201906021032_bees/", ["2019-06-02"]),
        ("https://blog.example/notes/20190602993245.html", []),
        ("https://blog.example/2019/06/31/", []),
        ("https://blog.example/12019-06-021", []),
        ("https://blog.example/Bees%202019-06-02.html", ["2019-06-02"]),
        ("https://blog.example/Bees%20%281_12_2024%2010_11_12%20AM%29.html", []),
        ("https://blog.example/Bees%20%282024-01-12%2010_11_12%29.html", []),
        ("https://blog.example/Bees (2024-01-12 10\uff1a11\uff1a12).html", []),
        ("https://blog.example/Bees (2024-01-12).html", ["2024-01-12"]),
        ("http://[broken", []),
    ],
)
def test_the_days_in_an_address_are_those_of_its_folders_first(address: str, days: list[str]) -> None:
    assert list(map(str, dates_in_address(address))) == days


@pytest.mark.parametrize("foot", ["&copy; 2014 My blog", '<a href="/tag/t1995">t1995</a>'])
def test_a_year_alone_is_no_date(foot: str) -> None:
    body = f"<article><h1>Apples</h1><p>{'The apples are ripe. ' * 20}</p></article><footer>{foot}</footer>"
    page = Page(url="https://blog.example/apples", content=f"<body>{body}</body>".encode())
    assert extract(page, single=True).document.date is None


@pytest.mark.parametrize("title", ["Day 3, 2 June 2019: over the pass", "Mill 1.2.0 (2019-06-02)"])
def test_a_title_may_be_all_that_dates_a_post(title: str) -> None:
    extraction = read(html(f"<main><h1>{title}</h1>{PARAGRAPHS}</main>", title=title))
    assert (extraction.is_post, extraction.document.date) == (True, dt.date(2019, 6, 2))


@pytest.mark.parametrize("words", ["At the mill since", "Offer ends on", "Geöffnet bis", "Gérante depuis le"])
def test_the_day_on_which_something_else_began_or_ends_is_not_the_posts(words: str) -> None:
    assert read(html(f"<main><h1>Keeping bees</h1><p>{words} 2 June 2019</p>{PARAGRAPHS}</main>")).why == "no date"


def test_a_change_that_is_marked_up_above_a_text_is_not_its_date() -> None:
    changed = '<p class="note">Mis à jour le <time datetime="2021-07-05">5 juillet 2021</time></p>'
    foot = '<footer>Publié par Luc le <time datetime="2019-06-02">2 juin 2019</time></footer>'
    assert read(html(article(changed, after=foot), lang='lang="fr"')).document.date == dt.date(2019, 6, 2)


def test_of_a_moment_in_greenwich_the_day_that_readers_see_is_the_posts() -> None:
    shown = '<time datetime="2019-06-03T01:30:00.000Z">June 2, 2019</time>'
    stated = '<meta property="article:published_time" content="2019-06-03T01:30:00.000Z">'
    assert read(html(article(shown), head=stated)).document.date == dt.date(2019, 6, 2)
    # A day that was written as midnight, and a reader's clock west of it.
    midnight = shown.replace("01:30", "00:00")
    assert read(html(article(midnight))).document.date == dt.date(2019, 6, 3)


def test_the_line_above_the_text_of_a_note_without_a_title_tells_its_day_and_author() -> None:
    submitted = '<div class="submitted">Dom, 02/06/2019 - 07:25 by <a href="/pessoa/ines/">ines</a></div>'
    note = f'<div class="node">{submitted}<div class="content">{PARAGRAPHS}</div></div>'
    extraction = read(html(note, title="The Mill", lang='lang="pt"'))
    assert extraction.is_post
    assert (extraction.document.date, extraction.document.author) == (dt.date(2019, 6, 2), "ines")
    assert extraction.document.body.startswith("The first swarm")
    assert read(html(note.replace(submitted, ""), title="The Mill")).why == "no date"


@pytest.mark.parametrize(
    "note",
    ["Exported from Medium on 5 July 2020.", "Archiviert aus Blogger am 5. Juli 2020", "Seen at: 2020-07-05 6:48 am"],
)
def test_the_day_on_which_a_copy_was_made_is_not_the_posts(note: str) -> None:
    assert read(html(article(f"<p>{note}</p>"))).why == "no date"


def test_the_day_on_which_a_picture_was_taken_is_not_the_posts() -> None:
    facts = "<dl><dt>Camera</dt><dd>X100</dd><dt>Taken</dt><dd>5 July 2018</dd></dl>"
    assert read(html(article(facts))).why == "no date"
    taken = "<p>Taken on 5 July 2018, posted on 2 June 2019</p>"
    assert read(html(article(facts + taken))).document.date == dt.date(2019, 6, 2)


@pytest.mark.parametrize(
    "foot",
    [
        '<div class="iteminfo">02 Jun 2019 - 10:22:12 by Ines 17 views <a href="/c/">Notes</a> - 2 comments</div>',
        '<div class="panel"><div class="when"><a class="post-date" href="">June 2, 2019</a> <a>3 notes</a></div></div>',
    ],
)
def test_a_line_right_below_the_text_that_begins_with_a_date_dates_the_post(foot: str) -> None:
    page = html(f'<div class="item"><h2>Keeping bees</h2><div class="text">{PARAGRAPHS}</div>{foot}</div>')
    assert read(page).document.date == dt.date(2019, 6, 2)


@pytest.mark.parametrize(
    "below",
    [
        "<ul><li>2.6.2019 Summer fair</li><li>5.7.2019 Harvest</li></ul>",
        "<div><h3>Next</h3><p>2.6.2019 Summer fair</p></div>",
        "<div><h3>2 June 2019</h3></div>",
    ],
)
def test_lists_and_headings_below_the_text_do_not_date_it(below: str) -> None:
    page = html(f"<div><h1>Apples</h1><div>{PARAGRAPHS}</div>{below}</div>")
    assert read(page).why == "no date"


def test_what_stands_far_before_a_date_says_nothing_of_it() -> None:
    text = f"Updated {'by the miller and his bees ' * 10}, 2 June 2019"
    assert own_dates(text, lang="en") == [dt.date(2019, 6, 2)]
    assert own_dates("Updated by Ines, 2 June 2019", lang="en") == []


def test_what_a_text_ends_with_dates_it_if_it_is_a_date_and_no_more() -> None:
    signed = html(f"<h2>Keeping bees</h2>{PARAGRAPHS}<p align=right>The mill, 2 June 2019</p><hr>")
    assert read(signed).document.date == dt.date(2019, 6, 2)
    assert read(html(f"<h2>Keeping bees</h2>{PARAGRAPHS}<p>Since 2 June 2019</p>")).why == "no date"


def test_the_day_that_stands_before_the_title_in_its_heading_is_the_posts() -> None:
    page = html(f"<p><b>06/17/2019: Keeping bees</b></p>{PARAGRAPHS}<p>Swarms: 1 May 2021 or later, as it seems</p>")
    found = read(page).document
    assert (found.title, found.date) == ("Keeping bees", dt.date(2019, 6, 17))


def test_the_date_in_the_short_card_of_another_post_is_not_the_posts() -> None:
    card = '<a href="/wax/"><div class="card-date">5 May 2018</div><div class="card-title">Wax</div></a>'
    page = html(f"<div><p>Notes · 2 June 2019 · 3 min</p><h1>Keeping bees</h1></div><div>{PARAGRAPHS}</div>{card}")
    assert read(page).document.date == dt.date(2019, 6, 2)


@pytest.mark.parametrize(
    ("address", "shown", "date"),
    [
        ("/2019/06/12-keeping-bees/", "<p>2 June 2019</p>", "2019-06-02"),
        ("/2019/06/02-keeping-bees/", "", "2019-06-02"),
        ("/2019/06/12/keeping-bees/", "<p>2 June 2019</p>", "2019-06-12"),
    ],
)
def test_a_number_before_a_name_in_the_folder_of_a_month_is_a_day_where_none_is_shown(
    address: str, shown: str, date: str
) -> None:
    page = html(f"<main><h1>Keeping bees</h1>{shown}{PARAGRAPHS}</main>")
    assert read(page, url=f"https://blog.example{address}").document.date == dt.date.fromisoformat(date)


@pytest.mark.parametrize(
    "text",
    [
        "On 30 March 2021 the frequencies of all the hives by the mill were changed, and so were ours a week later",
        "Bob (WB4JUN) writes of them.",
    ],
)
def test_a_text_tells_no_date_of_another_month_than_that_of_its_folder_nor_the_end_of_a_word(text: str) -> None:
    page = html(f"<main><h1>Keeping bees</h1><p>{text}</p>{PARAGRAPHS}</main>")
    assert read(page, url="https://blog.example/2019/06/keeping-bees/").document.date is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("14.09.19", "2019-09-14"), ("Mo, 3.11.97", "1997-11-03"), ("09/14/99", "1999-09-14"),
        ("[14.9.03 10:22]", "2003-09-14"), ("Release 2.10.17 of the mill", None), ("2.10.17.1", None),
        ("31.12.45", None),
    ],
)  # fmt: skip
def test_a_year_of_two_digits_is_read_where_a_line_is_a_date_and_no_more(line: str, date: str | None) -> None:
    page = html(f"<div><h4>{line}</h4><h2>Keeping bees</h2>{PARAGRAPHS}</div>", lang="")
    assert read(page).document.date == (dt.date.fromisoformat(date) if date else None)


def test_an_aside_that_is_called_the_posts_may_hold_its_date() -> None:
    post = f'<article><h1>Keeping bees</h1>{PARAGRAPHS}<aside class="post-info">{{}}</aside></article>'
    assert read(html(post.format("June 2, 2019"))).document.date == dt.date(2019, 6, 2)
    assert read(html(post.replace("post-info", "notes").format("June 2, 2019"))).document.date is None


def test_a_line_in_an_aside_right_below_the_title_is_the_posts() -> None:
    page = "<main><h1>Keeping bees</h1><aside>글쓴이: 林克 • 2019년 6월 2일 일요일</aside><article>{}</article></main>"
    document = read(html(page.format(PARAGRAPHS))).document
    assert (document.date, document.author) == (dt.date(2019, 6, 2), "林克")


@pytest.mark.parametrize(("target", "date"), [("/notes/keeping-bees/", dt.date(2019, 6, 2)), ("/notes/wax/", None)])
def test_the_day_above_a_post_is_its_own_where_its_title_leads_to_the_page_itself(
    target: str, date: dt.date | None
) -> None:
    post = f'<h2>2 June 2019</h2><div class="entry"><h3><a href="{target}">Keeping bees</a></h3>{PARAGRAPHS}</div>'
    assert read(html(f"<div>{post}</div>")).document.date == date
