"""The grammar of what visitors type."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from search_service.engine.model import Query
from search_service.engine.query import MAX_TEXT, parse_query, period, tag_group


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", {}),
        ("  \n\t ", {}),
        ("lower back pain", {"words": ("lower", "back", "pain")}),
        ('"lower back" pain', {"words": ("pain",), "phrases": ("lower back",)}),
        ("“lower back”", {"phrases": ("lower back",)}),
        ("„unterer Rücken“", {"phrases": ("unterer Rücken",)}),
        ("«bas du dos»", {"phrases": ("bas du dos",)}),
        ("「東京タワー」", {"phrases": ("東京タワー",)}),
        ('"lower back', {"words": ("lower", "back")}),
        ('lower" back', {"words": ("lower", "back")}),
        ('""', {}),
        ('"  "', {}),
        ('yoga"lower back"sleep', {"words": ("yoga", "sleep"), "phrases": ("lower back",)}),
        ("back -massage", {"words": ("back",), "not_words": ("massage",)}),
        ('back -"deep tissue"', {"words": ("back",), "not_phrases": ("deep tissue",)}),
        ("e-mail", {"words": ("e-mail",)}),
        ("-", {"words": ("-",)}),
        ("--help", {"words": ("--help",)}),
        ("- yoga", {"words": ("-", "yoga")}),
        ("C++ C# node.js", {"words": ("C++", "C#", "node.js")}),
        ("tag:yoga", {"tags_all": (frozenset({"yoga"}),)}),
        ("TAG:#Yoga", {"tags_all": (frozenset({"yoga"}),)}),
        ("tag:yoga,Sleep", {"tags_all": (frozenset({"yoga", "sleep"}),)}),
        ("tag:yoga tag:sleep", {"tags_all": (frozenset({"yoga"}), frozenset({"sleep"}))}),
        ('tag:"back pain"', {"tags_all": (frozenset({"back-pain"}),)}),
        ("-tag:yoga,sleep", {"tags_none": frozenset({"yoga", "sleep"})}),
        ("tag:", {"words": ("tag:",)}),
        ("tag: yoga", {"words": ("tag:", "yoga")}),
        ("tag:,", {"words": ("tag", ",")}),
        ("stag:yoga", {"words": ("stag:yoga",)}),
        ("status:draft", {"words": ("status:draft",)}),
        ("author:kim", {"author": "kim"}),
        ('author:"Kim Lee"', {"author": "Kim Lee"}),
        ('-author:kim -author:"Ann Cox"', {"authors_none": ("kim", "Ann Cox")}),
        ("author:!", {"words": ("author", "!")}),
        ("-author:!", {"not_words": ("author:!",)}),
        ("after:2016", {"after": dt.date(2016, 1, 1)}),
        ("after:2016-05", {"after": dt.date(2016, 5, 1)}),
        ("before:2018", {"before": dt.date(2018, 12, 31)}),
        ("before:2016-2", {"before": dt.date(2016, 2, 29)}),
        ("before:2018-03-05", {"before": dt.date(2018, 3, 5)}),
        (
            "after:2015 after:2017 before:2019 before:2018",
            {"after": dt.date(2017, 1, 1), "before": dt.date(2018, 12, 31)},
        ),
        ("-before:2018", {"after": dt.date(2019, 1, 1)}),
        ("-after:2016-05", {"before": dt.date(2016, 4, 30)}),
        ("-before:9999", {"not_words": ("before:9999",)}),
        ("yoga -before:dawn", {"words": ("yoga",), "not_words": ("before:dawn",)}),
        ("before:dawn", {"words": ("before", "dawn")}),
        ("after:2018-13", {"words": ("after", "2018-13")}),
        ("after:٢٠١٨", {"words": ("after", "٢٠١٨")}),
        ("(back OR pain) AND *", {"words": ("(back", "OR", "pain)", "AND", "*")}),
    ],
)
def test_a_text_asks_for_this(text: str, clauses: dict[str, object]) -> None:
    assert replace(parse_query(text), unfinished=False) == Query(text=text.strip(), **clauses)  # type: ignore[arg-type]


def test_what_is_no_text_separates_words() -> None:
    assert parse_query("back\x00pain\ud800relief").words == ("back", "pain", "relief")


def test_a_text_of_the_greatest_length_is_searched_whole() -> None:
    text = ("word " * MAX_TEXT)[: MAX_TEXT - 1] + "x"
    assert len(text) == MAX_TEXT
    query = parse_query(text)
    assert query.overlong == ()
    assert len(query.words) == MAX_TEXT // 5


def test_a_longer_text_is_cut_between_words_and_the_rest_is_named() -> None:
    query = parse_query("word " * 300 + "last")
    assert len(query.text) <= MAX_TEXT
    assert set(query.words) == {"word"}
    assert 0 < len(query.overlong) <= 20


def test_a_longer_text_without_spaces_is_cut() -> None:
    query = parse_query("a" * 1_000_000)
    assert query.text == "a" * MAX_TEXT
    assert all(len(word) <= 64 for word in query.overlong)


@given(st.one_of(st.text(st.characters()), st.text(st.sampled_from('ab -":,tagfterbo209“」\n'), max_size=80)))
def test_any_text_parses_within_bounds(text: str) -> None:
    query = parse_query(text)
    words = query.words + query.phrases + query.not_words + query.not_phrases
    assert all(words)
    assert sum(map(len, words)) <= MAX_TEXT
    assert parse_query(query.text).words == query.words


@given(st.text(st.sampled_from('ab -":tag,“'), min_size=MAX_TEXT, max_size=5 * MAX_TEXT))
def test_any_long_text_parses_within_bounds(text: str) -> None:
    query = parse_query(text)
    assert len(query.text) <= MAX_TEXT
    assert len(query.words) + len(query.phrases) <= MAX_TEXT
    assert len(query.overlong) <= 20


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", dt.date(2017, 1, 1), dt.date(2017, 12, 31)),
        ("2016-02", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
        ("2017-2", dt.date(2017, 2, 1), dt.date(2017, 2, 28)),
        ("2017-12", dt.date(2017, 12, 1), dt.date(2017, 12, 31)),
        ("2017-03-22", dt.date(2017, 3, 22), dt.date(2017, 3, 22)),
        ("9999", dt.date(9999, 1, 1), dt.date(9999, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: dt.date, last: dt.date) -> None:
    assert period(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "17", "20177", "0000", "2017-00", "2017-13", "2017-02-29", "2017-1-1-1", "2017/03", " 2017", "2017\n", "٢٠١٧"],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no date|is not a day"):
        period(text)


def test_a_group_of_tags_is_normalised() -> None:
    assert tag_group("#Back Pain,yoga,,YOGA, ") == {"back-pain", "yoga"}
    assert tag_group(" ,#,") == frozenset()


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [
        ("back", True),
        ("back pai", True),
        ("back ", False),
        ('"back"', False),
        ("-back", False),
        ("tag:yoga", False),
        ("", False),
    ],
)
def test_a_last_word_that_nothing_follows_may_be_unfinished(text: str, unfinished: bool) -> None:
    assert parse_query(text).unfinished is unfinished
