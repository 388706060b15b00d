"""The safety gate: what is obviously wrong isn't published unless the operator insists."""

from __future__ import annotations

from dataclasses import dataclass

from search_service.engine.errors import BuildRejected

_TOLERATED = 2
"""Posts or pages that may go or fail whatever their share: in a blog of five, one is already a fifth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The thresholds, in per cent."""

    max_lost_share: int
    max_failed_share: int

    def check(self, *, posts: int, posts_before: int, lost: int, pages: int, failed: int) -> None:
        """Return where a build may be published; BuildRejected names the rule that it breaks.

        `lost` posts were in the live generation and aren't in the new one; `failed` of `pages` couldn't be read.
        """
        if posts == 0:
            if posts_before:
                raise _rejected(f"none of the {posts_before} posts of the live index is left")
            raise BuildRejected(
                f"not published: none of {pages} pages was recognised as a post; `postseek extract` shows why, and with"
                " --all-posts every page is one"
                if pages
                else "not published: the source has no pages"
            )
        if lost > max(_TOLERATED, posts_before * self.max_lost_share / 100):
            raise _rejected(
                f"{lost} of the {posts_before} posts of the live index would go, more than {self.max_lost_share} %"
                " (max_lost_share)"
            )
        if failed > max(_TOLERATED, pages * self.max_failed_share / 100):
            raise _rejected(
                f"{failed} of {pages} pages couldn't be read, more than {self.max_failed_share} % (max_failed_share)"
            )


def _rejected(rule: str) -> BuildRejected:
    return BuildRejected(
        f"not published: {rule}. The live index is untouched. Look at the report above; if it is right, run again"
        " with --force"
    )
