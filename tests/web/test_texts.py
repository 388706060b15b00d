"""What the search page says in twelve languages, and how each of them writes numbers and days."""

from __future__ import annotations

import datetime as dt
import re
import tomllib

import pytest

from search_service.languages import NAMES, canonical, spoken
from search_service.web.texts import plural, shared, texts_for

from .test_script import LANGUAGES, STATIC

OWN = STATIC.parent / "languages"
COUNTED = re.compile(r"-(zero|one|two|few|many|other)$")
DAY = dt.date(2019, 9, 2)


def own(language: str) -> dict[str, str]:
    texts: dict[str, str] = tomllib.loads((OWN / f"{language}.toml").read_text("utf-8"))["texts"]
    return texts


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


def test_the_languages_of_the_page_are_those_of_the_elements() -> None:
    assert sorted(path.stem for path in OWN.iterdir()) == sorted(NAMES)
    assert sorted(NAMES) == sorted(["en", *(path.stem for path in LANGUAGES)])


@pytest.mark.parametrize("language", NAMES)
def test_a_language_says_all_that_english_says_and_nothing_twice(language: str) -> None:
    english, texts = own("en"), own(language)
    assert {COUNTED.sub("", key) for key in texts} == {COUNTED.sub("", key) for key in english}
    assert not set(texts) & set(shared(language))
    for key, text in texts.items():
        same = english.get(key) or english[COUNTED.sub("-other", key)]
        assert placeholders(same) - {"{n}"} <= placeholders(text) <= placeholders(same), key
        assert text == text.strip()
    assert {COUNTED.sub("-other", key) for key in english if COUNTED.search(key)} <= set(texts)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de", "de"),
        ("DE-at", "de"),
        ("pt-BR", "pt"),
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-Hans-TW", "zh"),
        ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("en-x-private", None),
        ("sv", None),
        ("deutsch", None),
        ("de<script>", None),
        ("de-", None),
        ("", None),
    ],
)
def test_a_tag_means_one_of_the_languages_or_none(tag: str, language: str | None) -> None:
    assert spoken(tag) == language


def test_tags_are_written_as_they_should_be() -> None:
    assert [canonical(tag) for tag in ("DE", "pt-br", "ZH-HANT-hk")] == ["de", "pt-BR", "zh-Hant-HK"]


@pytest.mark.parametrize(
    ("tag", "day", "month", "thousands"),
    [
        ("ar", "2 سبتمبر 2019", "سبتمبر 2019", "1,234"),
        ("de", "2. September 2019", "September 2019", "1.234"),
        ("de-CH", "2. September 2019", "September 2019", "1’234"),
        ("en", "2 September 2019", "September 2019", "1,234"),
        ("en-US", "September 2, 2019", "September 2019", "1,234"),
        ("es", "2 de septiembre de 2019", "septiembre de 2019", "1234"),
        ("es-MX", "2 de septiembre de 2019", "septiembre de 2019", "1,234"),
        ("fr", "2 septembre 2019", "septembre 2019", "1\u202f234"),
        ("it", "2 settembre 2019", "settembre 2019", "1234"),
        ("ja", "2019年9月2日", "2019年9月", "1,234"),
        ("ko", "2019년 9월 2일", "2019년 9월", "1,234"),
        ("nl", "2 september 2019", "september 2019", "1.234"),
        ("pt-BR", "2 de setembro de 2019", "setembro de 2019", "1.234"),
        ("pt-PT", "2 de setembro de 2019", "setembro de 2019", "1234"),
        ("zh", "2019年9月2日", "2019年9月", "1,234"),
        ("zh-TW", "2019年9月2日", "2019年9月", "1,234"),
    ],
)
def test_days_and_numbers_are_written_as_the_language_writes_them(
    tag: str, day: str, month: str, thousands: str
) -> None:
    texts = texts_for(tag)
    assert texts.lang == tag
    assert texts.date(DAY) == texts.period("2019-09-02") == day
    assert texts.period("2019-09") == month
    assert texts.number(1234) == thousands
    assert [texts.period(other) for other in ("2019-13", "soon")] == ["2019-13", "soon"]


def test_years_are_written_as_the_language_writes_them() -> None:
    assert [texts_for(tag).period("2019") for tag in ("de", "ja", "ko", "zh-TW")] == [
        "2019",
        "2019年",
        "2019년",
        "2019年",
    ]


def test_large_numbers_are_grouped_where_small_ones_are_not() -> None:
    assert [texts_for(tag).number(1_234_567) for tag in ("es", "it", "pt-PT")] == [
        "1.234.567",
        "1.234.567",
        "1\u00a0234\u00a0567",
    ]


def test_numbers_have_the_form_of_their_category() -> None:
    assert [plural("ar", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111)] == (
        ["zero", "one", "two", "few", "few", "many", "many", "other", "other", "few", "many"]
    )
    assert [plural("fr", n) for n in (0, 1, 2)] == ["one", "one", "other"]
    assert [plural("de", n) for n in (0, 1, 2)] == ["other", "one", "other"]
    assert [plural("ja", n) for n in (0, 1, 2)] == ["other"] * 3
    assert [texts_for("ar").count("found", n) for n in (1, 2, 3, 11, 100)] == [
        "مقال واحد",
        "مقالان",
        "3 مقالات",
        "11 مقالًا",
        "100 مقال",
    ]
    assert texts_for("de").count("wait", 1) == "Bitte versuchen Sie es in 1 Sekunde noch einmal."


def test_what_is_put_into_a_text_is_escaped_unless_it_is_markup() -> None:
    texts = texts_for("en")
    inner = texts.say("meant", q="<b>{n}")
    assert inner == "Did you mean &lt;b&gt;{n}?"
    assert texts.say("find-on", site=inner) == "Find a post on Did you mean &lt;b&gt;{n}?"
