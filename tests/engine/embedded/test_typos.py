"""Edit distance and the neighbours of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.embedded.read_model.planning.typos import edit_distance, is_correctable


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("back", "back", 0),
        ("back", "bakc", 1),
        ("back", "bck", 1),
        ("back", "baack", 1),
        ("back", "bask", 1),
        ("therapy", "thearpy", 1),
        ("massage", "mesage", 2),
        ("ca", "abc", 3),
        ("", "ab", 2),
    ],
)
def test_distances(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other, at_most=3) == distance
    assert edit_distance(other, one, at_most=3) == distance
    assert edit_distance(one, other, at_most=distance - 1) is None if distance else True


WORDS = st.text("abc", max_size=9) | st.text(max_size=9)


@given(WORDS, WORDS, st.integers(0, 3))
def test_the_distance_is_that_of_the_table_of_all_letters(one: str, other: str, most: int) -> None:
    distance = table_distance(one, other)
    assert edit_distance(one, other, at_most=most) == (distance if distance <= most else None)


def table_distance(one: str, other: str) -> int:
    """The optimal string alignment distance as textbooks have it, row by row."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, another in enumerate(other, start=1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != another))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == another:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]


def test_numbers_and_short_words_are_meant_as_they_are() -> None:
    assert [word for word in ("yoga", "yog", "2025", "b2b4", "x" * 25) if is_correctable(word)] == ["yoga"]
