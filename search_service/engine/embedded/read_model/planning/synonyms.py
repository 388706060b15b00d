"""Words and short phrases that stand for each other, as the owner of the blog says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

Key = tuple[frozenset[bytes], ...]
"""A text as it is compared: the terms that each of its words may stand for."""


class Synonyms:
    """Groups of texts. `key_of` analyses a text; its words are the surfaces that were typed, without stop words."""

    def __init__(self, groups: Sequence[Sequence[str]], key_of: Callable[[str], Key]) -> None:
        self._others: defaultdict[Key, list[str]] = defaultdict(list)
        for group in groups:
            keys = [key_of(text) for text in group]
            for key in filter(None, keys):
                self._others[key] += [text for text, other in zip(group, keys, strict=True) if other not in (key, ())]
        self._longest = max(map(len, self._others), default=0)

    def __bool__(self) -> bool:
        return bool(self._others)

    def of(self, words: Key) -> Sequence[str]:
        """The texts that stand for just these words."""
        return self._others.get(words, ())

    def found(self, words: Key) -> Iterator[tuple[int, int, Sequence[str]]]:
        """Where a text stands among some words, how many words it is, and the texts that stand for it."""
        for start in range(len(words) if self._longest else 0):
            for length in range(1, self._longest + 1):
                others = self._others.get(words[start : start + length]) if start + length <= len(words) else None
                if others:
                    yield start, length, others
