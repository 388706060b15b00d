"""The passage of a text that answers a query best, as text and ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .model import Snippet
from .text import Token

LENGTH = 240
"""Characters of a snippet, about three lines of a result list."""

_ONE_LINE = str.maketrans("\n\r\t\f\v", "     ")
_SENTENCE_END = re.compile(r"(?:[.!?…][\"'”’»)]*\s|[。！？\n])\s*")


def marked(text: str, tokens: Sequence[Token]) -> Snippet:
    """The whole of a short text, such as a title, with the tokens marked."""
    return Snippet(text, _joined(tokens, 0, len(text)))


def best_passage(body: str, tokens: Sequence[Token], *, fallback: str | None = None) -> Snippet:
    """About `LENGTH` characters of `body`: those with the most different of the tokens, then with the most of them.

    `tokens` are the matched ones, in order. Without any, the `fallback` (a summary) or the beginning.
    """
    # What is longer than a snippet, data in the text of a page, say, is no word to show.
    tokens = [token for token in tokens if token.end - token.start <= LENGTH]
    if not tokens:
        return _beginning(" ".join((fallback or "")[: 2 * LENGTH].split()) or " ".join(body[: 2 * LENGTH].split()))
    start, end = _window(body, tokens)
    passage = body[start:end].rstrip()
    if not passage.isprintable():
        passage = passage.translate(_ONE_LINE)
    before, after = "… " if start > 0 else "", " …" if end < len(body) else ""
    marks = _joined(tokens, start, start + len(passage))
    return Snippet(before + passage + after, tuple((first + len(before), last + len(before)) for first, last in marks))


def _beginning(text: str) -> Snippet:
    if len(text) <= LENGTH:
        return Snippet(text)
    return Snippet(text[: _word_boundary(text, LENGTH, back=True)].rstrip() + " …")


def _window(text: str, tokens: Sequence[Token]) -> tuple[int, int]:
    """The half-open range of the best window; a two-pointer sweep over the matched tokens."""
    counts: dict[str, int] = {}
    best, best_first, best_last = (0, 0), 0, 0
    first = 0
    for last, token in enumerate(tokens):
        counts[token.term] = counts.get(token.term, 0) + 1
        while token.end - tokens[first].start > LENGTH:
            left = tokens[first].term
            counts[left] -= 1
            if not counts[left]:
                del counts[left]
            first += 1
        quality = (len(counts), last - first)
        if quality > best:
            best, best_first, best_last = quality, first, last
    spare = max(0, LENGTH - (tokens[best_last].end - tokens[best_first].start))
    start = _sentence_start(text, tokens[best_first].start, spare)
    end = min(len(text), start + max(LENGTH, tokens[best_last].end - start))
    return start, end if end == len(text) else _word_boundary(text, end, back=end > tokens[best_last].end)


def _sentence_start(text: str, at: int, spare: int) -> int:
    """Where the sentence that holds `at` begins, if that is within `spare` characters; else a word shortly before."""
    earliest = max(0, at - spare)
    if earliest == 0:
        return 0
    ends = [match.end() for match in _SENTENCE_END.finditer(text, earliest, at)]
    return ends[-1] if ends else min(at, _word_boundary(text, at - spare // 3, back=False))


def _word_boundary(text: str, at: int, *, back: bool) -> int:
    """The nearest end (`back`) or beginning of a word; `at` itself where words are long or there are no spaces."""
    if back:
        space = text.rfind(" ", max(0, at - 40), at + 1)
        return space if space > 0 else at
    space = text.find(" ", max(0, at - 1), at + 40)
    return space + 1 if space >= 0 else at


def _joined(tokens: Sequence[Token], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The ranges of the tokens between `start` and `end`, relative to `start`; overlapping ones are one."""
    ranges: list[tuple[int, int]] = []
    for token in tokens:
        if start <= token.start and token.end <= end:
            if ranges and token.start - start <= ranges[-1][1]:
                ranges[-1] = (ranges[-1][0], max(ranges[-1][1], token.end - start))
            else:
                ranges.append((token.start - start, token.end - start))
    return tuple(ranges)
