"""Scripts without spaces: pairs of letters, and what stands beside them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.bigrams import added_letter, parts
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


@given(st.text(st.sampled_from("東ｼﾞか้ทาี្ខញ゙္က本"), max_size=12))
def test_pairs_of_letters_make_the_run_again_that_they_are_of(text: str) -> None:
    text = "本" + text
    words, starts = Analyzer("und").words(text)
    assert all(token_end(text, start) == start + len(pair) for pair, start in zip(words, starts, strict=True))
    added = [added_letter(before, pair) for before, pair in pairwise(words)]
    assert "".join(letter or "?" for letter in [words[0], *added]) == text
