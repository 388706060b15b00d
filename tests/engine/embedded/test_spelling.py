"""Distances to many words at once are those that one comparison after the other gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from search_service.engine.embedded.read_model.planning.typos import edit_distance
from search_service.engine.embedded.read_model.stored.titles import LETTERS, letters_of
from search_service.engine.embedded.read_model.suggesting.spelling import typed_distances

FAR = 9
WORDS = st.text(alphabet="abcß東", min_size=1, max_size=9)


def plain_distance(typed: str, word: str, *, at_most: int, whole: bool) -> int:
    beginnings = [word] if whole else [word[:length] for length in range(len(word) + 1)]
    distances = (edit_distance(typed, beginning, at_most=at_most) for beginning in beginnings)
    return min((distance for distance in distances if distance is not None), default=FAR)


@given(st.lists(WORDS, min_size=1, max_size=8), WORDS, st.sampled_from((1, 2)), st.booleans())
@settings(max_examples=300)
def test_typed_distances_are_edit_distances(words: list[str], typed: str, at_most: int, whole: bool) -> None:
    distances = typed_distances(letters_of(words), typed, at_most=at_most, whole=whole).tolist()
    for word, distance in zip(words, distances, strict=True):
        expected = plain_distance(typed, word, at_most=at_most, whole=whole)
        assert min(distance, at_most + 1) == min(expected, at_most + 1), word


def test_of_long_words_the_beginnings_are_compared() -> None:
    word = "donau" * 10
    assert typed_distances(letters_of([word]), word, at_most=2, whole=False).tolist() == [0]
    assert letters_of([word]).shape == (1, LETTERS)
