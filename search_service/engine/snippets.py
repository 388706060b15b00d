"""The passage of a text that answers a query best, as text and ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .model import Snippet
from .text import token_end

LENGTH = 240
"""Characters of a snippet, about three lines of a result list."""

_REACH = LENGTH - 40
"""Characters between the beginnings of the first and the last word of a window; the last word has its own length."""
_ONE_LINE = str.maketrans("\n\r\t\f\v", "     ")
_LAST_SENTENCE_END = re.compile(r".*(?:[.!?…][\"'”’»)]*\s|[。！？\n])\s*", re.DOTALL)


Occurrence = tuple[int, int]
"""A word of the query, by its number, and where it stands in a text: the index of its first character."""


def marked(text: str, occurrences: Sequence[Occurrence]) -> Snippet:
    """The whole of a short text, such as a title, with the words of the query marked."""
    return Snippet(text, _marks(text, occurrences, 0, len(text)))


def best_passage(body: str, occurrences: Sequence[Occurrence], *, fallback: str | None = None) -> Snippet:
    """About `LENGTH` characters of `body`: those with the most different words, then with the most occurrences.

    `occurrences` are in order. Without any, the `fallback` (a summary) or the beginning.
    """
    if not occurrences:
        return _beginning(" ".join((fallback or "")[: 2 * LENGTH].split()) or " ".join(body[: 2 * LENGTH].split()))
    start, end = _window(body, occurrences)
    passage = body[start:end].rstrip()
    before, after = "… " if start > 0 else "", " …" if end < len(body) else ""
    marks = _marks(body, occurrences, start, start + len(passage), shift=len(before))
    if not passage.isprintable():
        passage = passage.translate(_ONE_LINE)
    return Snippet(before + passage + after, marks)


def _beginning(text: str) -> Snippet:
    if len(text) <= LENGTH:
        return Snippet(text)
    return Snippet(text[: _word_boundary(text, LENGTH, back=True)].rstrip() + " …")


def _window(text: str, occurrences: Sequence[Occurrence]) -> tuple[int, int]:
    """The half-open range of the best window; a two-pointer sweep over the occurrences."""
    counts: dict[int, int] = {}
    best, best_first, best_last = (0, 0), 0, 0
    first = 0
    for last, (word, start) in enumerate(occurrences):
        counts[word] = counts.get(word, 0) + 1
        while start - occurrences[first][1] > _REACH:
            left = occurrences[first][0]
            counts[left] -= 1
            if not counts[left]:
                del counts[left]
            first += 1
        quality = (len(counts), last - first)
        if quality > best or last == 0:
            best, best_first, best_last = quality, first, last
    begins, ends = occurrences[best_first][1], token_end(text, occurrences[best_last][1])
    start = _sentence_start(text, begins, max(0, LENGTH - (ends - begins)))
    # What is longer than a snippet, data in the text of a page, say, is no word to show in whole.
    wanted = ends - start if ends - begins <= LENGTH else LENGTH
    end = min(len(text), start + max(LENGTH, wanted))
    return start, end if end == len(text) else _word_boundary(text, end, back=end > ends)


def _sentence_start(text: str, at: int, spare: int) -> int:
    """Where the sentence that holds `at` begins, if that is within `spare` characters; else a word shortly before."""
    earliest = max(0, at - spare)
    if earliest == 0:
        return 0
    last = _LAST_SENTENCE_END.match(text, earliest, at)
    return last.end() if last else min(at, _word_boundary(text, at - spare // 3, back=False))


def _word_boundary(text: str, at: int, *, back: bool) -> int:
    """The nearest end (`back`) or beginning of a word; `at` itself where words are long or there are no spaces."""
    if back:
        space = text.rfind(" ", max(0, at - 40), at + 1)
        return space if space > 0 else at
    space = text.find(" ", max(0, at - 1), at + 40)
    return space + 1 if space >= 0 else at


def _marks(
    text: str, occurrences: Sequence[Occurrence], start: int, end: int, *, shift: int = 0
) -> tuple[tuple[int, int], ...]:
    """The ranges of the words between `start` and `end`, relative to `start` less `shift`; overlapping ones are one."""
    ranges: list[tuple[int, int]] = []
    marked = origin = start - shift
    for _, begins in occurrences:
        if begins < start:
            continue
        if begins >= end:
            break
        ends = token_end(text, begins)
        if ends > end:
            break
        if ranges and begins <= marked:
            marked = max(marked, ends)
            ranges[-1] = (ranges[-1][0], marked - origin)
        else:
            marked = ends
            ranges.append((begins - origin, ends - origin))
    return tuple(ranges)
