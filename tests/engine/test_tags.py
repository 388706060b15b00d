"""Equality of tags."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.tags import MAX_LABEL, Tag, normalize_tag, tags_of


@pytest.mark.parametrize(
    ("label", "tag"),
    [
        ("Back Pain", "back-pain"),
        ("#Back Pain", "back-pain"),
        ("back_pain", "back-pain"),
        ("Back-pain", "back-pain"),
        ("  back \t pain\n", "back-pain"),
        ("back\u00a0pain", "back-pain"),
        ("back\u2010pain", "back-pain"),
        ("back - pain", "back-pain"),
        ("-back-pain-", "back-pain"),
        ("# #back pain", "back-pain"),
        ("_#back pain", "back-pain"),
        ("back,pain", "back-pain"),
        ("back\u00adpain", "backpain"),
        ("\u200bYoga\ufeff", "yoga"),
        ("ＹＯＧＡ", "yoga"),
        ("Straße", "strasse"),
        ("ﬁtness", "fitness"),
        ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("F#", "f#"),
        (".NET", ".net"),
        ("node.js", "node.js"),
        ("标签", "标签"),
        ("#標籤", "標籤"),
        ("Здоровье", "здоровье"),
        ("naïve", "naïve"),
        ("nai\u0308ve", "naïve"),
        ("🧘", "🧘"),
        ("", ""),
        ("#", ""),
        (" - _ , # ", ""),
        ("\u200b", ""),
    ],
)
def test_a_label_has_this_tag(label: str, tag: str) -> None:
    assert normalize_tag(label) == tag


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("C", "C#"), ("C#", "C++"), ("naïve", "naive"), ("标签", "標籤")]
)
def test_these_are_different_tags(one: str, other: str) -> None:
    assert normalize_tag(one) != normalize_tag(other)


@given(st.text(st.characters(), max_size=150))
def test_a_normalised_tag_is_its_own_tag(label: str) -> None:
    tag = normalize_tag(label)
    assert normalize_tag(tag) == tag
    assert len(tag) <= MAX_LABEL


@given(st.text(st.sampled_from("ab#-_, \u00adÉéß\u0301\u0345İΣςΌ\u2010＃＿"), max_size=12))
def test_a_normalised_tag_of_difficult_letters_is_its_own_tag(label: str) -> None:
    tag = normalize_tag(label)
    assert normalize_tag(tag) == tag
    assert "," not in tag
    assert tag == tag.strip("-")


def test_every_letter_of_unicode_as_a_tag_is_its_own_tag() -> None:
    tags = [normalize_tag(chr(code)) for code in range(0x110000)]
    assert [tag for tag in tags if normalize_tag(tag) != tag] == []


@given(st.text(st.characters(), max_size=150))
def test_a_label_equals_the_text_it_was_made_from(label: str) -> None:
    tag = Tag.of(label)
    assert (tag.tag if tag else "") == normalize_tag(label)
    if tag is not None:
        assert 0 < len(tag.label) <= MAX_LABEL
        assert not re.search("[\x00-\x1f\x7f-\x9f]", tag.label)


def test_a_label_has_nothing_that_drives_a_terminal() -> None:
    assert Tag.of("a\x9b31mred\x85bee\x1b[0m") == Tag("a31mred-bee[0m", "a31mred bee[0m")


def test_a_tag_keeps_its_authors_spelling() -> None:
    assert Tag.of("  #Back   Pain ") == Tag("back-pain", "Back Pain")
    assert Tag.of("C#") == Tag("c#", "C#")
    assert Tag.of(" # ") is None


def test_a_sentence_marked_up_as_a_tag_is_cut() -> None:
    tag = Tag.of("word " * 1000)
    assert tag is not None
    assert len(tag.tag) <= MAX_LABEL
    assert len(tag.label) <= MAX_LABEL


def test_of_equal_tags_the_first_spelling_stays() -> None:
    assert tags_of(["Yoga", "#Back Pain", "back_pain", "", "YOGA"]) == (
        Tag("yoga", "Yoga"),
        Tag("back-pain", "Back Pain"),
    )
