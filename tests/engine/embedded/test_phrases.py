"""Phrases in the read model."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.embedded.read_model import inverted, phrases


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1))
def test_a_query_hashes_a_term_as_the_writer_does(terms: list[int]) -> None:
    assert [phrases.hashed(term) for term in terms] == inverted.hashed(np.array(terms, np.uint32)).tolist()
