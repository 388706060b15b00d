"""From text to terms."""

from __future__ import annotations

import threading

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search_service.engine.arabic import other_form
from search_service.engine.text import MAX_TOKEN, Analyzer, analyzer, is_emoji, primary_language

LANGUAGES = st.sampled_from([None, "en", "de-AT", "ar", "hi", "tr", "el", "ja", "xx", ""])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lower-back pain.", ["The", "lower", "back", "pain"]),
        ("C++, C# and F#; c#x", ["C++", "C#", "and", "F#", "c", "x"]),
        ("node.js 3.11", ["node", "js", "3", "11"]),
        ("don't Kim's l'eau it’s", ["don't", "Kim's", "l", "eau", "it’s"]),
        ("under_score", ["under", "score"]),
        ("शरीर की मालिश", ["शरीर", "की", "मालिश"]),
        ("شَرِبَ", ["شَرِبَ"]),
        ("שָׁלוֹם", ["שָׁלוֹם"]),
        ("東京タワー", ["東京", "京タ", "タワ", "ワー"]),
        ("iPhoneの用", ["iPhone", "の用"]),
        ("本", ["本"]),
        ("ﾏｯｻｰｼﾞ", ["ﾏｯ", "ｯｻ", "ｻｰ", "ｰｼﾞ"]),
        ("ที่ร้าน", ["ที่ร้", "ร้า", "าน"]),
        ("ที่", ["ที่"]),
        ("ខ្ញុំ", ["ខ្ញុំ"]),
        ("ශ්‍රී ලංකා", ["ශ්‍රී", "ලංකා"]),
        ("🧘🏽 🇨🇭", ["🧘", "🇨🇭"]),
        ("🧘 yoga", ["yoga"]),
        ("mas\u00adsage", ["mas\u00adsage"]),
        ("... !? --", []),
    ],
)
def test_a_text_has_these_words(text: str, words: list[str]) -> None:
    found, starts = Analyzer("und").words(text)
    assert found == words
    assert [text[start : start + len(word)] for word, start in zip(found, starts, strict=True)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Back", "BACK"),
        ("café", "CAFE"),
        ("cafe\u0301", "caf\u00e9"),
        ("Straße", "STRASSE"),
        ("Øre", "ore"),
        ("ｙｏｇａ", "yoga"),
        ("ﬁt", "fit"),
        ("it’s", "it's"),
        ("mas\u00adsage", "massage"),
        ("ΟΔΟΣ", "οδός"),
        ("İLK", "ilk"),
        ("マッ", "まっ"),
        ("ｰｼﾞ", "ーじ"),
        ("が", "が"),
        ("שלום", "שלומ"),
        ("مدرسة", "مدرسه"),
        ("२०१७", "2017"),
    ],
)
def test_these_words_have_the_same_term(one: str, other: str) -> None:
    assert Analyzer("und").term(one) == Analyzer("und").term(other)


def test_signs_that_make_another_word_are_kept() -> None:
    assert len({analyzer("en").term(word) for word in ("C", "C++", "C#")}) == 3
    assert analyzer("hi").term("काल") != analyzer("hi").term("कल")


@given(st.text(st.characters(), max_size=200), LANGUAGES)
def test_words_lie_in_the_text_in_order_and_have_its_terms(text: str, lang: str | None) -> None:
    words, starts = analyzer(lang).words(text)
    assert [analyzer(lang).term(word) for word in words] == analyzer(lang).terms(text)
    assert starts == sorted(set(starts))
    for word, start in zip(words, starts, strict=True):
        assert 0 <= start < start + len(word) <= len(text)
        assert text[start : start + len(word)] == word
        assert analyzer(lang).term(word)


@given(st.text(st.sampled_from("aÀﷺـ\u064b\u0e01東ßİㅀﬃ+#'"), max_size=400), LANGUAGES)
def test_terms_are_bounded_whatever_a_word_is(text: str, lang: str | None) -> None:
    for word in (text, "a" + text * 10):
        for term in (*analyzer(lang).terms(word), *analyzer(lang).alternatives(word or "x")):
            assert 0 < len(term) <= 2 * MAX_TOKEN


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80), LANGUAGES)
def test_a_word_stands_for_its_own_term(word: str, lang: str | None) -> None:
    assert analyzer(lang).term(word) in analyzer(lang).alternatives(word)


def test_words_that_begin_alike_beyond_the_limit_are_one_term() -> None:
    analyse = analyzer("und")
    assert analyse.term("a" * MAX_TOKEN) == analyse.term("a" * 10_000) == "a" * MAX_TOKEN


def test_a_word_is_found_by_those_who_leave_the_accents_out() -> None:
    assert analyzer("fr").term("élèves") in analyzer("fr").alternatives("eleves")
    assert analyzer("de").term("Übungen") in analyzer("de").alternatives("ubung")


def test_a_language_is_known_by_its_first_part() -> None:
    assert [primary_language(lang) for lang in ("de-AT", "pt_BR", "EN", None, "")] == ["de", "pt", "en", "en", "en"]
    assert analyzer("de-AT") is analyzer("de")


def test_languages_without_a_stemmer_are_analysed_as_one() -> None:
    """Else a site that makes up languages would make each query slower."""
    assert analyzer("ja") is analyzer("zz") is analyzer("made-up")
    assert analyzer("ja").lang == "und"


def test_each_thread_has_analyzers_of_its_own() -> None:
    """Snowball stemmers are not for sharing."""
    seen: list[Analyzer] = []
    thread = threading.Thread(target=lambda: seen.append(analyzer("en")))
    thread.start()
    thread.join()
    assert seen[0] is not analyzer("en")


@given(st.text() | st.text(st.characters(max_codepoint=127)))
def test_a_text_has_the_same_words_whatever_script_stands_beside_it(text: str) -> None:
    words, starts = Analyzer("en").words(text)
    assume(not any(map(is_emoji, words)))  # emoji are words where they stand alone
    beside = Analyzer("en").words(f"{text} \u672c")
    assert beside == ([*words, "\u672c"], [*starts, len(text) + 1])


@pytest.mark.parametrize(
    ("noun", "with_article"), [("شاي", "الشاي"), ("حب", "الحب"), ("تمرين", "التمرين"), ("يوغا", "اليوغا")]
)
def test_an_arabic_noun_stands_for_itself_with_its_article(noun: str, with_article: str) -> None:
    arabic = analyzer("ar")
    assert arabic.term(with_article) in arabic.alternatives(noun)
    assert arabic.term(noun) in arabic.alternatives(with_article)


@pytest.mark.parametrize("word", ["الله", "الان", "الم"])
def test_what_only_begins_like_the_arabic_article_has_none(word: str) -> None:
    assert other_form(word) == f"ال{word}"
