"""Phrases in the read model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.read_model.planning import planner
from search_service.engine.embedded.read_model.stored.adjacent import OWN, own_terms, term_byte, term_bytes

from ..posts import ask, post, publish

TERMS = st.integers(0, 2**32 - 1)


@given(st.lists(TERMS, min_size=1), st.lists(TERMS, max_size=OWN, unique=True))
def test_a_query_gives_a_term_the_byte_that_the_writer_does(terms: list[int], own: list[int]) -> None:
    ascending = sorted(own)
    numbers = {term: number for number, term in enumerate(ascending)}
    terms += own
    written = term_bytes(np.array(terms, np.uint32), np.array(ascending, np.uint32)).tolist()
    assert [term_byte(term, numbers) for term in terms] == written


@given(st.lists(TERMS, max_size=OWN, unique=True), TERMS)
def test_a_byte_of_a_term_of_its_own_stands_for_no_other(own: list[int], term: int) -> None:
    numbers = {term: number for number, term in enumerate(sorted(own))}
    assert (term_byte(term, numbers) < OWN) == (term in numbers)


def test_the_most_frequent_terms_have_a_byte_of_their_own() -> None:
    places = np.arange(1000) % 500
    assert own_terms(places).tolist() == [*range(436, 500), *range(936, 1000)]


def test_of_phrases_of_frequent_words_the_rarest_is_looked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = EmbeddedEngine(tmp_path)
    publish(
        engine, post("a", "One", "of the sea, of the sky, in the sun"), post("b", "Two", "of the sea, and in the rain")
    )
    searcher = engine.searcher()
    found = {}
    for most in (3, 4):
        monkeypatch.setattr(planner, "MAX_POSITIONS", most)
        for text in ('"of the" "in the sun"', '"in the sun" "of the"', 'sea -"in the sun" -"of the"'):
            results = ask(searcher, text)
            found[most, text] = (results.total, [each.word for each in results.dropped])
            assert all("too frequent" in each.why for each in results.dropped)
    assert list(found.values()) == [
        (1, ["of the"]),
        (1, ["of the"]),
        (1, ["of the"]),
        (1, []),
        (1, []),
        (0, []),
    ]
    searcher.close()
