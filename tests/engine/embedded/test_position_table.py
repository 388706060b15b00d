"""Which document a position is in: what a table and a step or two say is what a search says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.embedded.read_model.stored.position_table import documents_at, position_table


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60), st.integers(0, 2**32 - 1))
def test_the_table_agrees_with_a_search(sizes: list[int], seed: int) -> None:
    first_position = np.concatenate([[0], np.cumsum(sizes)])
    table = position_table(first_position)
    positions = np.sort(np.random.default_rng(seed).integers(0, first_position[-1], 1_000)).astype(np.uint32)
    expected = np.searchsorted(first_position, positions, side="right") - 1
    for asked in (positions, positions[::10]):
        found = documents_at(asked, table, first_position.astype(np.uint32))
        assert found.dtype == np.int64
        assert found.tolist() == expected[:: len(positions) // len(asked)].tolist()


@pytest.mark.parametrize("documents", [0, 1])
def test_documents_may_have_no_positions(documents: int) -> None:
    first_position = np.zeros(documents + 1, np.int64)
    table = position_table(first_position)
    assert len(table) == 0
    assert len(documents_at(np.zeros(0, np.uint32), table, first_position.astype(np.uint32))) == 0
