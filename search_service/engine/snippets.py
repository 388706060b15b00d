"""The passage of a text that answers a query best, as text and ranges."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from .model import FoundSection, Section, Snippet

LENGTH = 240
"""Characters of a snippet, about three lines of a result list."""

_REACH = LENGTH - 40
"""Characters between the beginnings of the first and the last word of a window; the last word has its own length."""
_ONE_LINE = str.maketrans("\n\r\t\f\v", "     ")
_LAST_SENTENCE_END = re.compile(r".*(?:[.!?…][\"'”’»)]*\s|[。！？\n])\s*", re.DOTALL)

_DOT = " · "
_ADDED = len(_DOT) - len("\n")
"""Characters by which a dot is longer than the end of a line."""

Ranges = tuple[tuple[int, int], ...]

Occurrence = tuple[int, int, int]
"""Where a word of the query stands in a text, the half-open range of its characters, and the word's number."""

Passage = tuple[Snippet, FoundSection | None]
"""An excerpt, and the section of the text that it begins in."""


def marked(text: str, occurrences: Sequence[Occurrence]) -> Snippet:
    """The whole of a short text, such as a title, with the words of the query marked."""
    return Snippet(text, _marks(occurrences, 0, len(text)))


def beginning(text: str, *, length: int = LENGTH) -> Snippet:
    """The first words of a text, on one line, with dots where there are more."""
    text = " ".join(text[: 2 * length].split())
    if len(text) <= length:
        return Snippet(text)
    return Snippet(text[: _word_boundary(text, length, back=True)].rstrip() + " …")


def best_passage(
    body: str, occurrences: Sequence[Occurrence], *, sections: Sequence[Section] = (), fallback: str | None = None
) -> Passage:
    """About `LENGTH` characters of `body`: those with the most different words, then with the most occurrences.

    `occurrences` are in order. Without any, the `fallback` (a summary) or the beginning. A passage that would begin
    with the heading of its section begins after it: the heading is shown as such, with its own marks.
    """
    if not occurrences:
        begun = beginning(fallback or "")
        return begun if begun.text else beginning(body), None
    first, last = _densest(occurrences)
    begins, ends = occurrences[first][0], occurrences[last][1]
    section, origin, limit = None, 0, len(body)
    if sections:
        # Sections are compared as the tuples that they are: by where they start.
        number = bisect_left(sections, (begins + 1,))
        if number and (below := _next_line(body, sections[number - 1].end)) < limit:
            section, origin = sections[number - 1], below
        # The next heading ends a passage that doesn't need it.
        number = bisect_left(sections, (max(ends, origin + 1),), number)
        if number < len(sections):
            limit = sections[number].start
    start, end = _window(body, max(begins, origin), max(ends, origin), origin, limit)
    # The marks of the heading, those of the passage: all before the window are skipped once.
    snippet = _excerpt(body, occurrences[first:], start, end, origin)
    if section is None or section.start == section.end:
        return snippet, None
    stop = min(section.end, section.start + LENGTH)
    heading = Snippet(body[section.start : stop], _marks(occurrences, section.start, stop))
    return snippet, FoundSection(heading, section.anchor)


def _next_line(text: str, at: int) -> int:
    """Where the line after the one that `at` is in begins."""
    return text.find("\n", at) + 1 or len(text)


def _excerpt(body: str, occurrences: Sequence[Occurrence], start: int, end: int, origin: int) -> Snippet:
    """The text from `start` to `end` on one line, with dots where some was left out, after `origin` or at the end."""
    passage = body[start:end].rstrip()
    before, after = "… " if start > origin else "", " …" if end < len(body) else ""
    marks = _marks(occurrences, start, start + len(passage), shift=len(before))
    # Ends of lines are most of what a line can't hold, and `translate` takes longer than all the rest.
    if "\n" in passage:
        passage, marks = _joined(passage, marks, shift=len(before))
    if "\r" in passage or "\t" in passage or "\f" in passage or "\v" in passage:
        passage = passage.translate(_ONE_LINE)
    return Snippet(before + passage + after, marks)


def _joined(passage: str, marks: Ranges, *, shift: int) -> tuple[str, Ranges]:
    """Lines as one, with the marks where they are then: a dot parts what ends like a heading from what follows."""
    first, *others = passage.split("\n")
    joined, cuts = first, list[int]()
    for line in others:
        if joined[-1:].isalnum():
            cuts.append(len(joined) + shift - _ADDED * len(cuts))
            joined += _DOT + line
        else:
            joined += " " + line
    if cuts:
        moved = [_ADDED * bisect_left(cuts, begins) for begins, _ in marks]
        marks = tuple([(begins + by, ends + by) for (begins, ends), by in zip(marks, moved, strict=True)])
    return joined, marks


def _densest(occurrences: Sequence[Occurrence]) -> tuple[int, int]:
    """The first and the last occurrence, by their numbers, of the best window; a two-pointer sweep over all."""
    if occurrences[-1][0] - occurrences[0][0] <= _REACH:
        return 0, len(occurrences) - 1
    counts: dict[int, int] = {}
    distinct = most = longest = best = first = 0
    begins, _, leaving = occurrences[0]
    for last, (start, _, word) in enumerate(occurrences):
        count = counts.get(word, 0)
        counts[word] = count + 1
        if not count:
            distinct += 1
        while start - begins > _REACH:
            counts[leaving] = count = counts[leaving] - 1
            if not count:
                distinct -= 1
            first += 1
            begins, _, leaving = occurrences[first]
        if distinct > most or (distinct == most and last - first > longest):
            most, longest, best = distinct, last - first, first
    return best, best + longest


def _window(text: str, begins: int, ends: int, origin: int, limit: int) -> tuple[int, int]:
    """The half-open range of the passage around what stands from `begins` to `ends`, between `origin` and `limit`."""
    wide = ends - begins
    start = _sentence_start(text, begins, LENGTH - wide if wide < LENGTH else 0, origin)
    end = start + LENGTH
    # What is longer than a snippet, data in the text of a page, say, is no word to show in whole.
    if end < ends and wide <= LENGTH:
        end = ends
    if end > limit:
        end = limit
    return start, end if end == limit else _word_boundary(text, end, back=end > ends)


def _sentence_start(text: str, at: int, spare: int, origin: int) -> int:
    """Where the sentence that holds `at` begins, if that is within `spare` characters; else a word shortly before.

    The `origin` itself where that is as near.
    """
    earliest = max(origin, at - spare)
    if earliest == origin:
        return origin
    last = _LAST_SENTENCE_END.match(text, earliest, at)
    return last.end() if last else min(at, _word_boundary(text, at - spare // 3, back=False))


def _word_boundary(text: str, at: int, *, back: bool) -> int:
    """The nearest end (`back`) or beginning of a word; `at` itself where words are long or there are no spaces."""
    if back:
        space = text.rfind(" ", max(0, at - 40), at + 1)
        return space if space > 0 else at
    space = text.find(" ", max(0, at - 1), at + 40)
    return space + 1 if space >= 0 else at


def _marks(occurrences: Sequence[Occurrence], start: int, end: int, *, shift: int = 0) -> Ranges:
    """The ranges of the words between `start` and `end`, relative to `start` less `shift`; overlapping ones are one."""
    ranges: list[tuple[int, int]] = []
    marked = origin = start - shift
    for begins, ends, _ in occurrences:
        if begins < start:
            continue
        if ends > end:
            break
        if ranges and begins <= marked:
            marked = max(marked, ends)
            ranges[-1] = (ranges[-1][0], marked - origin)
        else:
            marked = ends
            ranges.append((begins - origin, ends - origin))
    return tuple(ranges)
