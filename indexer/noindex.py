"""A `noindex` that is on all posts of a source: a setting of the site, not the wish of the author of each."""

from __future__ import annotations

from dataclasses import dataclass

from .extract.model import NOINDEX, Extraction

_SHARE = 0.9
_FEWEST = 3
"""The share, and the number, of all posts that must ask not to be indexed."""


@dataclass(slots=True)
class Noindexed:
    """Counts posts, and pages that are none only because they ask not to be indexed."""

    posts: int = 0
    asking: int = 0

    def note(self, extraction: Extraction) -> None:
        """A page that was read."""
        self.posts += extraction.is_post
        self.asking += extraction.why == NOINDEX

    def is_setting(self, *, unread: int, was_setting: bool) -> bool:
        """Whether it is a setting; so many posts weren't read, which asked for it too if it `was_setting` before."""
        asking = self.asking + (unread if was_setting else 0)
        return asking >= max(_FEWEST, _SHARE * (self.asking + self.posts + unread))
