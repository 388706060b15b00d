"""What a page asks not to be found, or not to be shown, isn't."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.extract.model import Given
from indexer.extract.page import extract
from indexer.sources.model import Page

from .conftest import PARAGRAPHS, URL, article, html, read

HIDDEN = "The key of the mill lies below the third pot to the left of the door, as it always has."


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="robots" content="noindex, follow">',
        '<meta name="Robots" content="NONE">',
        '<meta name="postseek" content="noindex">',
        '<meta name="robots" content="index"><meta name="robots" content="noindex">',
        '<meta name="robots" content="unavailable_after: 2020-01-31">',
        '<meta name="robots" content="unavailable_after: Fri, 31 Jan 2020 15:00:00 GMT, noarchive">',
        '<meta name="robots" content="unavailable_after: Wed, 31 Jan 2140 15:00:00 GMT, noindex">',
    ],
)
def test_a_page_that_asks_not_to_be_found_is_no_post(head: str) -> None:
    extraction = read(html(article(), head=head))
    assert extraction.why == "noindex"
    assert extraction.document.body


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="googlebot" content="noindex">',
        '<meta name="robots" content="index, max-snippet:-1, max-image-preview:large">',
        f'<meta name="robots" content="unavailable_after: {dt.date.today() + dt.timedelta(days=9)}">',
        '<meta name="robots" content="noarchive">',
    ],
)
def test_what_is_asked_of_others_or_has_nothing_to_do_with_search_changes_nothing(head: str) -> None:
    extraction = read(html(article(), head=head))
    assert extraction.is_post
    assert "swarm" in extraction.document.body


@pytest.mark.parametrize("directive", ["nosnippet", "max-snippet:0", "index, max-snippet: 0"])
def test_a_post_whose_text_must_not_be_shown_is_found_by_its_title_alone(directive: str) -> None:
    head = f'<meta name="robots" content="{directive}"><meta name="description" content="About bees.">'
    extraction = read(html(article(), head=head))
    document = extraction.document
    assert extraction.is_post
    assert (document.title, document.body, document.summary, document.headings) == ("Keeping bees", "", None, ())
    assert extraction.cut


@pytest.mark.parametrize(
    ("moments", "noindex", "last_day"),
    [
        (["2030-06-01"], True, None),
        (["2030-06-02"], False, dt.date(2030, 6, 2)),
        (["Mon, 03 Jun 2030 15:09:53 GMT"], False, dt.date(2030, 6, 3)),
        (["2031-01-01", "2030-06-02"], False, dt.date(2030, 6, 2)),
        (["2031-01-01", "2030-06-01"], True, None),
        (["Monday, 03-Jun-30 15:09:53 GMT"], False, dt.date(2030, 6, 3)),
        (["Sat, 01 Jun 30 15:09:53 GMT"], True, None),
        (["soon"], False, None),
        (["9999-12-31"], False, None),
    ],
)
def test_a_page_may_name_its_last_day_in_its_head_or_by_its_server(
    moments: list[str], noindex: bool, last_day: dt.date | None
) -> None:
    head = "".join(f'<meta name="robots" content="unavailable_after: {moment}">' for moment in moments)
    in_head = Page(url=URL, content=html(article(), head=head))
    by_server = Page(url=URL, content=html(article()), unavailable_after=tuple(moments))
    for page in (in_head, by_server):
        extraction = extract(page, given=Given(today=dt.date(2030, 6, 2)))
        assert (extraction.why == "noindex", extraction.last_day) == (noindex, last_day)


def test_a_server_may_ask_the_same() -> None:
    page = Page(url=URL, content=html(article()), nosnippet=True)
    assert extract(page).document.body == ""


@pytest.mark.parametrize(
    "hidden",
    [
        f"<p data-pagefind-ignore>{HIDDEN}</p>",
        f'<section data-pagefind-ignore="all"><p>{HIDDEN}</p></section>',
        f"<div data-nosnippet><p>{HIDDEN}</p></div>",
        f"<div data-noindex><p>{HIDDEN}</p></div>",
        f"<div data-elastic-exclude><p>{HIDDEN}</p></div>",
        f'<div data-swiftype-index="false"><p>{HIDDEN}</p></div>',
        f'<div class="robots-nocontent"><p>{HIDDEN}</p></div>',
        f"<noindex><p>{HIDDEN}</p></noindex>",
        f"<!--googleoff: index--><p>{HIDDEN}</p><!--googleon: index-->",
        f"<!-- googleoff: all --><p>{HIDDEN}</p><!--googleon-->",
        "<!--googleoff: all-->" * 50_000 + f"<p>{HIDDEN}</p><!--googleon: all-->",
    ],
)
def test_text_that_is_marked_is_none_of_the_index(hidden: str) -> None:
    extraction = read(html(article(text=PARAGRAPHS + hidden)))
    assert HIDDEN not in extraction.document.body
    assert "smells of wax" in extraction.document.body


@pytest.mark.parametrize(
    "shown",
    [
        f'<p data-pagefind-ignore="false">{HIDDEN}</p>',
        f'<p data-noindex="false">{HIDDEN}</p>',
        f'<p data-swiftype-index="true">{HIDDEN}</p>',
        f"<!--googleoff: all--><p>{HIDDEN}</p>",
        f"<!--googleoff: anchor--><p>{HIDDEN}</p><!--googleon: anchor-->",
    ],
)
def test_marks_that_say_otherwise_hide_nothing(shown: str) -> None:
    assert HIDDEN in read(html(article(text=PARAGRAPHS + shown))).document.body


def test_a_date_in_text_that_is_not_indexed_still_counts_but_not_one_in_what_is_to_be_ignored() -> None:
    line = '<p data-pagefind-ignore{all}><time datetime="2019-06-02">2 June 2019</time></p>'
    assert read(html(article(line.format(all="")))).document.date == dt.date(2019, 6, 2)
    assert read(html(article(line.format(all='="all"')))).document.date is None


def test_of_a_page_that_marks_what_is_to_be_indexed_nothing_else_is() -> None:
    text = f"<p>{HIDDEN}</p><div data-pagefind-body>{PARAGRAPHS}</div>"
    body = read(html(article(text=text))).document.body
    assert HIDDEN not in body
    assert body.startswith("The first swarm")
