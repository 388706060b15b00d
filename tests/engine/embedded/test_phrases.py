"""Phrases in the read model."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.embedded.read_model.followers import OWN, follower_byte, follower_bytes, own_terms

TERMS = st.integers(0, 2**32 - 1)


@given(st.lists(TERMS, min_size=1), st.lists(TERMS, max_size=OWN, unique=True))
def test_a_query_gives_a_term_the_byte_that_the_writer_does(terms: list[int], own: list[int]) -> None:
    ascending = sorted(own)
    numbers = {term: number for number, term in enumerate(ascending)}
    terms += own
    written = follower_bytes(np.array(terms, np.uint32), np.array(ascending, np.uint32)).tolist()
    assert [follower_byte(term, numbers) for term in terms] == written


@given(st.lists(TERMS, max_size=OWN, unique=True), TERMS)
def test_a_byte_of_a_term_of_its_own_stands_for_no_other(own: list[int], term: int) -> None:
    numbers = {term: number for number, term in enumerate(sorted(own))}
    assert (follower_byte(term, numbers) < OWN) == (term in numbers)


def test_the_most_frequent_terms_have_a_byte_of_their_own() -> None:
    places = np.arange(1000) % 500
    assert own_terms(places).tolist() == [*range(436, 500), *range(936, 1000)]
