"""Globs over paths; `--include` and `--exclude`: which pages of a source are wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import translate


@dataclass(frozen=True, slots=True)
class Selection:
    """Globs over paths, `*` crossing folders; without `include` everything is included, `exclude` has the last word.

    A path is what stands below the directory, or behind the host of an address; a leading slash makes no difference.
    """

    include: tuple[re.Pattern[str], ...]
    exclude: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, include: Sequence[str], exclude: Sequence[str]) -> Selection:
        """The selection that these globs make."""
        return cls(tuple(map(pattern_of, include)), tuple(map(pattern_of, exclude)))

    def excludes(self, path: str) -> bool:
        """Whether `path` is ruled out by name."""
        return any(glob.match(path.lstrip("/")) for glob in self.exclude)

    def admits(self, path: str) -> bool:
        """Whether the page at `path` is wanted."""
        included = not self.include or any(glob.match(path.lstrip("/")) for glob in self.include)
        return included and not self.excludes(path)


def pattern_of(glob: str) -> re.Pattern[str]:
    """What matches the whole of each path, without its leading slash, that a glob means."""
    return re.compile(translate(glob.lstrip("/")))
