"""The parts of a post that the extraction of its text left out, put back in their places."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.extract.markup.blocks import Block, Kind, Place, letters_of

from .furniture import FOREIGN, is_prose

_COVERED = 0.8
"""The share of the prose of the main text that an extraction holds which makes it complete."""
_FAR = 60
"""Lines that an anchor may lie ahead; what is found further on stands there a second time."""
_SHORTEST_MATCH = 12
_SHORTEST_ANCHOR = 25
_PARAGRAPH = 40
_LEAD = 60
_BETWEEN = 20
_CELL = 3
MAX_WORK = 500_000_000
"""Characters to compare; a page beyond keeps the text as it was extracted."""
# A standfirst stands in the boxes for teasers and dates.
_NO_NOTE = FOREIGN & ~(Kind.ASIDE | Kind.FOOTER)
_NOT_A_LEAD = FOREIGN & ~Kind.RELATED


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which blocks an extracted text holds, and after which of its lines each of the others belongs."""

    held: frozenset[int]
    anchors: Sequence[int]
    coverage: float
    """The share of the prose in the main text that the text holds; 1 where there is none."""


def aligned(lines: Sequence[str], blocks: Sequence[Block]) -> Alignment:
    """The alignment of an extracted text with the blocks of its page."""
    keys = [letters_of(line) for line in lines]
    whole = "".join(keys)
    if len(blocks) * len(whole) > MAX_WORK:
        return Alignment(frozenset(), (), 1.0)
    starts = list(accumulate(map(len, keys), initial=0))[:-1]
    held, anchors, anchor = set[int](), [], -1
    prose = covered = 0
    for at, block in enumerate(blocks):
        place = whole.find(block.key) if len(block.key) >= _SHORTEST_MATCH else -1
        if place >= 0:
            held.add(at)
            line = bisect_right(starts, place) - 1
            if len(block.key) >= _SHORTEST_ANCHOR and (anchor < 0 or anchor < line < anchor + _FAR):
                anchor = line
        anchors.append(anchor)
        if block.place & Place.CONTENT and is_prose(block, kinds=FOREIGN | Kind.META, at_least=_PARAGRAPH):
            prose += len(block.text)
            covered += len(block.text) if place >= 0 else 0
    return Alignment(frozenset(held), anchors, covered / prose if prose else 1.0)


def completed(lines: Sequence[str], blocks: Sequence[Block], alignment: Alignment, *, title: str) -> list[str]:
    """The lines with the prose of the post that is missing among them, and the headings above it."""
    if not alignment.anchors:
        return list(lines)
    keys, ends = [letters_of(line) for line in lines], _ends(alignment.anchors, len(lines))
    missing = defaultdict[int, list[str]](list)
    for at in _missing(blocks, alignment, letters_of(title)):
        anchor, key = alignment.anchors[at], blocks[at].key
        if len(key) >= _SHORTEST_MATCH or key not in keys[max(anchor, 0) : ends[at] + 1]:
            missing[anchor].append(blocks[at].text)
    whole = missing[-1]
    for at, line in enumerate(lines):
        whole += [line, *missing[at]]
    return whole


def _ends(anchors: Sequence[int], size: int) -> list[int]:
    """For each block the line of the next anchor, up to which what is too short to be aligned may stand."""
    ends, end = [], size
    for at in range(len(anchors) - 1, -1, -1):
        ends.append(end)
        if at and anchors[at - 1] != anchors[at]:
            end = anchors[at]
    return ends[::-1]


def _missing(blocks: Sequence[Block], alignment: Alignment, title: str) -> list[int]:
    """The blocks to be put back, in order."""
    anchored = [at for at in alignment.held if len(blocks[at].key) >= _SHORTEST_ANCHOR]
    first, last = min(anchored, default=0), max(anchored, default=len(blocks))
    seen = {title, ""}
    wanted = []
    for at, block in enumerate(blocks):
        if at in alignment.held or block.key in seen:
            continue
        seen.add(block.key)
        if _belongs(block, complete=alignment.coverage >= _COVERED, before=at < first, between=first < at < last):
            wanted.append(at)
    return sorted({*wanted, *_headings(blocks, alignment, wanted, first=first, title=title)})


def _belongs(block: Block, *, complete: bool, before: bool, between: bool) -> bool:
    if block.place & Place.CONTENT:
        in_list = block.kind & (Kind.LIST | Kind.TABLE)
        if not complete and is_prose(block, at_least=_CELL if in_list else _PARAGRAPH):
            return True
        if between and is_prose(block, at_least=_BETWEEN):
            return True
        if block.kind & Kind.NOTE and is_prose(block, kinds=_NO_NOTE, at_least=_BETWEEN):
            return True
    below_heading = block.place & Place.POST and block.place & Place.BELOW_HEADING
    return before and bool(below_heading) and is_prose(block, kinds=_NOT_A_LEAD, at_least=_LEAD)


def _headings(
    blocks: Sequence[Block], alignment: Alignment, wanted: list[int], *, first: int, title: str
) -> Iterator[int]:
    """The headings right above a block that is put back, or above one of the main text that was there."""
    put_back = set(wanted)
    for at in range(len(blocks) - 1):
        block, following = blocks[at], at + 1
        if not block.kind & Kind.HEADING or block.kind & FOREIGN or at in alignment.held or block.key in {title, ""}:
            continue
        in_text = following in alignment.held and block.place & Place.CONTENT and at > first
        if following in put_back or in_text:
            yield at
