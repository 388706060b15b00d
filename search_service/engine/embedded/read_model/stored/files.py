"""The files of the read model in a generation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from search_service.engine.errors import IndexCorrupt

from .arrays import Arrays, write_arrays
from .segment import Segment

MAIN = "main.arrays"
DELTA = "delta.arrays"
DEAD = "dead.arrays"
"""The documents of the main segment that were replaced or removed since it was written."""


def open_segments(folder: Path) -> list[Segment]:
    """The segments of a generation: the main one, without its dead documents, and the delta if there is one."""
    if not (folder / MAIN).exists():
        raise IndexCorrupt(f"{folder} holds no read model; rebuild the index with `postseek index --full`")
    dead = Arrays(folder / DEAD)["dead"].astype(np.int64) if (folder / DEAD).exists() else np.zeros(0, np.int64)
    segments = [Segment(folder / MAIN, dead)]
    if (folder / DELTA).exists():
        segments.append(Segment(folder / DELTA))
    return segments


def write_dead(folder: Path, dead: Sequence[int]) -> None:
    """Note the dead documents of the main segment."""
    write_arrays(folder / DEAD, {"dead": np.array(dead, np.uint32)}, {})
