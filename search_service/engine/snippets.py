"""The passage of a text that answers a query best, as text and ranges."""

from __future__ import annotations

import re
from collections.abc import Set

from .model import Snippet
from .text import Analyzer, Token

LENGTH = 240
"""Characters of a snippet, about three lines of a result list."""

_SCANNED = 30_000
"""Characters of a body that are searched for a passage: bounds the cost of a hit."""
_WHITE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)]*\s*$")


def marked(text: str, terms: Set[str], analyse: Analyzer) -> Snippet:
    """The whole of a short text, such as a title, with the words of the query marked."""
    tokens = [token for token in analyse.tokens(text) if token.term in terms]
    return Snippet(text, _joined(tokens, 0, len(text)))


def best_passage(body: str, terms: Set[str], analyse: Analyzer, *, fallback: str | None = None) -> Snippet:
    """About `LENGTH` characters of `body`: those with the most different terms of the query, then the most of them.

    Without any, the `fallback` (a summary) or the beginning.
    """
    text = _WHITE.sub(" ", body[:_SCANNED]).strip()
    tokens = [token for token in analyse.tokens(text) if token.term in terms] if terms else []
    if not tokens:
        return _beginning(_WHITE.sub(" ", fallback or "").strip() or text)
    start, end = _window(text, tokens)
    passage = text[start:end].rstrip()
    before, after = "… " if start > 0 else "", " …" if end < len(text) else ""
    marks = _joined(tokens, start, start + len(passage))
    return Snippet(before + passage + after, tuple((first + len(before), last + len(before)) for first, last in marks))


def _beginning(text: str) -> Snippet:
    if len(text) <= LENGTH:
        return Snippet(text)
    return Snippet(text[: _word_boundary(text, LENGTH, back=True)].rstrip() + " …")


def _window(text: str, tokens: list[Token]) -> tuple[int, int]:
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
    for gap in range(at, earliest, -1):
        if text[gap - 1].isspace() and _SENTENCE_END.search(text[max(0, gap - 4) : gap]):
            return gap
    return min(at, _word_boundary(text, at - spare // 3, back=False))


def _word_boundary(text: str, at: int, *, back: bool) -> int:
    """The nearest end (`back`) or beginning of a word; `at` itself where words are long or there are no spaces."""
    if back:
        space = text.rfind(" ", max(0, at - 40), at + 1)
        return space if space > 0 else at
    space = text.find(" ", max(0, at - 1), at + 40)
    return space + 1 if space >= 0 else at


def _joined(tokens: list[Token], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The ranges of the tokens between `start` and `end`, relative to `start`; overlapping ones are one."""
    ranges: list[tuple[int, int]] = []
    for token in tokens:
        if start <= token.start and token.end <= end:
            if ranges and token.start - start <= ranges[-1][1]:
                ranges[-1] = (ranges[-1][0], max(ranges[-1][1], token.end - start))
            else:
                ranges.append((token.start - start, token.end - start))
    return tuple(ranges)
