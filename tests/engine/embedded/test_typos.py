"""Edit distance and the neighbours of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.embedded.read_model.typos import edit_distance, is_correctable


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


@given(st.text(max_size=12), st.text(max_size=12))
def test_the_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    distance = edit_distance(one, other, at_most=20)
    assert distance == edit_distance(other, one, at_most=20)
    assert distance is not None
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))
    assert (distance == 0) == (one == other)


def test_numbers_and_short_words_are_meant_as_they_are() -> None:
    assert [word for word in ("yoga", "yog", "2025", "b2b4", "x" * 25) if is_correctable(word)] == ["yoga"]
