"""The safety gate: what is obviously wrong isn't published."""

from __future__ import annotations

import pytest

from indexer.gate import Gate
from search_service.engine.errors import BuildRejected

GATE = Gate(max_lost_share=30, max_failed_share=20)
GOOD = {"posts": 100, "posts_before": 100, "lost": 0, "pages": 150, "failed": 0}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"lost": 30},
        {"failed": 30},
        {"posts": 1, "posts_before": 0},
        {"posts": 5, "posts_before": 5, "pages": 5, "failed": 2},
        {"posts": 3, "posts_before": 5, "lost": 2, "pages": 5},
        {"posts": 1, "posts_before": 2, "lost": 1, "pages": 2},
    ],
)
def test_what_may_well_be_right_is_let_through(changes: dict[str, int]) -> None:
    GATE.check(**GOOD | changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"posts": 0, "lost": 100}, "none of the 100 posts"),
        ({"posts": 0, "posts_before": 2, "lost": 2, "pages": 2}, "none of the 2 posts"),
        ({"posts": 0, "posts_before": 0}, "none of 150 pages.*--all-posts"),
        ({"posts": 0, "posts_before": 0, "pages": 0}, "no pages"),
        ({"lost": 31}, "max_lost_share"),
        ({"posts": 2, "posts_before": 5, "lost": 3, "pages": 5}, "max_lost_share"),
        ({"failed": 31}, "max_failed_share"),
        ({"posts": 2, "posts_before": 0, "pages": 5, "failed": 3}, "max_failed_share"),
    ],
)
def test_what_is_obviously_wrong_is_refused_by_a_named_rule(changes: dict[str, int], rule: str) -> None:
    with pytest.raises(BuildRejected, match=rule) as refusal:
        GATE.check(**GOOD | changes)
    assert str(refusal.value).startswith("not published: ")


def test_thresholds_are_the_operators() -> None:
    Gate(max_lost_share=100, max_failed_share=100).check(**GOOD | {"lost": 99, "failed": 150})
