"""Which generations are kept for a rollback."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Generation

KEPT_FULL = 3
"""Full builds that are kept: their files are their own, so that a flaw of the disk in one leaves the others good."""
KEPT_UPDATES = 3
"""Updates that are kept besides."""


def kept_generations(generations: Iterable[Generation], *, live: str) -> set[str]:
    """The ids of those to keep: the live one, and the newest of each kind. `generations` come the newest first."""
    kept = {live}
    left = {True: KEPT_FULL, False: KEPT_UPDATES}
    for generation in generations:
        if left[generation.full]:
            left[generation.full] -= 1
            kept.add(generation.id)
    return kept
