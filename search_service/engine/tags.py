"""What makes two tags the same tag. The only definition; every filter, facet and address goes through it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import msgspec

# A comma is among the separators because `tag=a,b` means "a or b" in an address.
_SEPARATORS = re.compile(r"[\s_,\-\u2010]+")

STRAY_JOINERS = "(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
"""A pattern: elsewhere joiners are a matter of spelling, in Persian and Indic scripts, or make one emoji of several."""
_UNWANTED = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u2060\ufeff\ud800-\udfff]|{STRAY_JOINERS}"
)
# Labels keep the other joiners, comparisons don't.
_INVISIBLE = re.compile(f"{_UNWANTED.pattern}|[\u200c\u200d]")

MAX_LABEL = 100
"""Characters of a label; what is longer is a sentence that was marked up as a tag, and is cut."""
_LONGEST = 10 * MAX_LABEL
"""Characters of a text that are read for a tag: visitors send any, and what is remembered of them has to be bounded."""


class Tag(msgspec.Struct, frozen=True):
    """A tag of a post: `tag` is what it equals, `label` is how its author spelt it."""

    tag: str
    label: str

    @classmethod
    def of(cls, label: str) -> Tag | None:
        """The tag with this label; None where nothing is left of it after normalisation."""
        tag = normalize_tag(label)
        words = " ".join(_UNWANTED.sub("", label).split()).lstrip("# ")
        return cls(tag, words[:MAX_LABEL].rstrip()) if tag else None


def normalize_tag(label: str) -> str:
    """The form in which tags are compared: `#Back Pain`, `back_pain` and `Back-pain` all give `back-pain`.

    Unicode NFKC and case folding, a leading `#` ignored, runs of spaces, underscores, hyphens and commas
    as one hyphen. Everything else stays: `C++`, `C#`, `標籤` and `naïve` are tags of their own. "" for nothing.
    """
    return _normalized(label[:_LONGEST])


@lru_cache(maxsize=8192)  # a site's tags come again and again
def _normalized(label: str) -> str:
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", label)).casefold()
    # Case folding can undo NFKC; the second pass makes the function idempotent (UAX #31, NFKC_Casefold).
    joined = _SEPARATORS.sub("-", unicodedata.normalize("NFKC", folded)).lstrip("#-")
    return joined[:MAX_LABEL].rstrip("-")


def tags_of(labels: Iterable[str]) -> tuple[Tag, ...]:
    """The distinct tags with these labels, in order; of equal ones the first spelling stays."""
    distinct: dict[str, Tag] = {}
    for label in labels:
        tag = Tag.of(label)
        if tag is not None:
            distinct.setdefault(tag.tag, tag)
    return tuple(distinct.values())
