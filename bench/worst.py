"""Queries that are meant to cost much, in terms of an ordinary one."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Mapping, Sequence

from .peers import Peer
from .querylog import Asked
from .tables import Table, number

LIMIT = 20
"""Times the median keyword query that no kind of query should exceed."""

MOST_WORDS = 64
"""Words of a query that are searched."""

_ATTEMPTS = 5
_ORDINARY = 100


def worst_table(peer: Peer, name: str, log: Sequence[Asked], rare: Sequence[str], *, keyword_ms: float) -> Table:
    """The cost of each kind of such queries over that of the median keyword query."""
    rows = []
    for kind, text in worst_texts(log, rare).items():
        peer.close()
        peer.open()
        for asked in log[:_ORDINARY]:
            peer.search(asked)
        gc.collect()  # else what the closed index left behind
        first = 1000 * _seconds(peer, text)
        again = 1000 * min(_seconds(peer, text) for _ in range(_ATTEMPTS))
        figures = (number(first, 2), number(again, 2), number(first / keyword_ms, 1), number(again / keyword_ms, 1))
        rows.append((kind, *figures))
    return Table(
        f"{name}: queries that are meant to cost much",
        ("query", "ms, at first sight", "ms, again", "times the median keyword query, at first sight", "again"),
        tuple(rows),
        f"Thread CPU time: once, when {_ORDINARY} ordinary queries were asked since the index was opened and nothing is"
        f" remembered of this one; then the best of {_ATTEMPTS}. None should be above {LIMIT} times.",
    )


def worst_texts(log: Sequence[Asked], rare: Sequence[str]) -> Mapping[str, str]:
    """One text of each kind, made of the words of a log, and of words that few posts hold."""
    chance = random.Random(0)
    words = list(dict.fromkeys(word for asked in log for word in asked.words))
    chance.shuffle(words)
    long = [word for word in words if len(word) >= 8]
    return {
        "as many words as are searched": " ".join(words[:MOST_WORDS]),
        "as many as a text holds": " ".join(words),
        "words that few posts hold": " ".join(rare[:MOST_WORDS]),
        "misspelt words": " ".join(f"{word[:3]}{word[4:]}qz" for word in long),
        "characters of all scripts": "".join(chr(chance.randrange(0x20, 0x3000)) for _ in range(1000)),
        "phrases of rare and frequent words": " ".join(f'"of the {word}"' for word in words[:8]),
        "phrases of frequent words": '"of the" "in the" "to the" "is a" "and the" "for the" "on the" "from the"',
        "exclusions": "the -of -to -in -and -is -for -on -it",
        "words that say nothing": "the of and to in is it for on that",
        "a script without spaces": "東京" * 500,
        "all letters of a script without spaces": "".join(chr(0x4E00 + number) for number in range(1000)),
        "a word without an end": "a" * 1000,
        "nothing": "",
    }


def _seconds(peer: Peer, text: str) -> float:
    asked = Asked("keyword", text)
    started = time.thread_time()
    peer.search(asked)
    return time.thread_time() - started
