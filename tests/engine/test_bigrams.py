"""Scripts without spaces: pairs of letters, and what stands beside them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.bigrams import added_letter, parts, parts_together
from search_service.engine.embedded.read_model.planning.unspaced import share
from search_service.engine.text import Analyzer, token_end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東京タワーの用", ["東", "京", "タワー", "用"]),
        ("三毛猫。猫", ["三", "毛", "猫"]),
        ("タワ ﾏｯｻｰｼﾞ", ["ﾏｯｻｰｼﾞ"]),
        ("本", []),
        ("iPhone用", []),
        ("iPhoneの用", ["用"]),
        ("ひらがな", []),
        ("안드로이드", []),
        ("the lower back, naïve", []),
    ],
)
def test_a_text_without_spaces_also_has_these_parts(text: str, expected: list[str]) -> None:
    found, starts = parts(text)
    assert found == expected
    assert [text[start : start + len(part)] for part, start in zip(found, starts, strict=True)] == expected


def test_han_characters_that_stand_together_are_told_from_those_between_other_letters() -> None:
    together = [("国", "民", "年", "金"), ("犬",), ("タワー",), ("入", "園")]
    assert parts_together("国民年金の犬とタワーへ入園") == together


def test_what_stands_behind_a_hiragana_counts_less_than_the_ending_of_a_word() -> None:
    assert share("本屋") == share("タワ") == share("book") == 1
    assert share("申し") > share("の申") == share("です")


@given(st.text(st.sampled_from("東ｼﾞか้ทาี្ខញ゙္က本"), max_size=12))
def test_pairs_of_letters_make_the_run_again_that_they_are_of(text: str) -> None:
    text = "本" + text
    words, starts = Analyzer("und").words(text)
    assert all(token_end(text, start) == start + len(pair) for pair, start in zip(words, starts, strict=True))
    added = [added_letter(before, pair) for before, pair in pairwise(words)]
    assert "".join(letter or "?" for letter in [words[0], *added]) == text
