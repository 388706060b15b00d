"""What visitors might have asked: queries of six kinds, taken from the posts of a blog."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from dataclasses import dataclass

from .corpus import DAYS, FIRST_DAY, Blog

KINDS = {"keyword": 200, "phrase": 60, "tag": 80, "tag+date": 60, "prefix": 50, "typo": 50}
"""The kinds of queries, and how many of each a log of 500 has."""

_SAMPLE = 4_000
_ATTEMPTS = 2_000
# Per cent of the posts that hold a word, and how often visitors ask for such words.
_BANDS = ((10, 60, 0.25), (2, 10, 0.35), (0.4, 2, 0.25), (0.0, 0.4, 0.15))
_STOP_WORDS = frozenset({
    "about", "after", "all", "also", "and", "any", "are", "because", "been", "but", "can", "could", "does", "each",
    "for", "from", "had", "has", "have", "here", "how", "into", "its", "just", "like", "may", "more", "most", "must",
    "not", "one", "only", "other", "our", "out", "over", "see", "should", "some", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "use", "used", "using", "was", "were", "what",
    "when", "where", "which", "while", "who", "will", "with", "would", "you", "your",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One query of the log. `meant` is the word that a typo or a prefix stands for."""

    kind: str
    text: str
    tag: str | None = None
    after: dt.date | None = None
    before: dt.date | None = None
    meant: str | None = None

    @property
    def words(self) -> list[str]:
        """The words of the text."""
        return self.text.split()


class QueryLog:
    """Makes queries about a blog of `size` posts, the same ones every time."""

    def __init__(self, blog: Blog, size: int, *, seed: int = 1) -> None:
        step = max(1, size // _SAMPLE)
        self._posts = [blog.post(number) for number in range(0, size, step)]
        self._words = [sorted(set(re.findall(r"\b[a-z]{3,}\b", post.body.lower()))) for post in self._posts]
        self._frequency = Counter(word for words in self._words for word in words)
        self._chance = random.Random(seed)

    def all_kinds(self, share: float = 1.0) -> list[Asked]:
        """Queries of all kinds, mixed."""
        makers = {
            "keyword": self._keyword,
            "phrase": self._phrase,
            "tag": self._tag,
            "tag+date": self._tag_and_date,
            "prefix": self._prefix,
            "typo": self._typo,
        }
        log = [makers[kind]() for kind, count in KINDS.items() for _ in range(max(1, round(count * share)))]
        self._chance.shuffle(log)
        return log

    def keywords(self, count: int) -> list[Asked]:
        """Keyword queries that are all different, as far as the text allows."""
        distinct: dict[str, Asked] = {}
        for _ in range(4 * count):
            asked = self._keyword()
            distinct.setdefault(asked.text, asked)
            if len(distinct) == count:
                break
        return list(distinct.values())

    def rare_words(self, count: int) -> list[str]:
        """Longer words that just one of the sampled posts holds."""
        rare = sorted(word for word, posts in self._frequency.items() if posts == 1 and len(word) >= 8)
        return random.Random(0).sample(rare, min(count, len(rare)))

    def _keyword(self) -> Asked:
        count = self._chance.choices((1, 2, 3), weights=(35, 40, 25))[0]
        return Asked("keyword", " ".join(self._some_words(count)))

    def _phrase(self) -> Asked:
        for _ in range(_ATTEMPTS):
            body = self._chance.choice(self._posts).body
            runs = re.findall(r"(?<![\w'-])[a-z]{3,}(?: [a-z]{3,}){1,2}(?![\w'-])", body)
            usable = [run for run in runs if not _STOP_WORDS & set(run.split())]
            if usable:
                return Asked("phrase", self._chance.choice(usable))
        raise SystemExit("the text has too few phrases for a query log: name a folder with more")

    def _tag(self) -> Asked:
        tag = self._chance.choice(self._chance.choice(self._posts).tags).tag
        return Asked("tag", " ".join(self._some_words(self._chance.randint(1, 2))), tag=tag)

    def _tag_and_date(self) -> Asked:
        asked = self._tag()
        first = FIRST_DAY.year + self._chance.randrange(DAYS // 366)
        last = first + self._chance.randrange(3)
        return Asked("tag+date", asked.text, asked.tag, dt.date(first, 1, 1), dt.date(last, 12, 31))

    def _prefix(self) -> Asked:
        """One or two words of which the last is unfinished, as while typing."""
        *before, word = self._some_words(self._chance.randint(1, 2), least_letters=6)
        typed = word[: self._chance.randint(3, min(6, len(word) - 1))]
        return Asked("prefix", " ".join([*before, typed]), meant=word)

    def _typo(self) -> Asked:
        """A word with one wrong, missing, additional or swapped letter, which stands in none of the sampled posts."""
        for _ in range(_ATTEMPTS):
            word = self._some_words(1, least_letters=6)[0]
            wrong = self._misspelt(word)
            if wrong not in self._frequency:
                return Asked("typo", wrong, meant=word)
        raise SystemExit("no word of the text can be misspelt: name a folder with more")

    def _misspelt(self, word: str) -> str:
        at, letter = self._chance.randrange(1, len(word) - 1), self._chance.choice("aeioulnrst")
        head, here, following, tail = word[:at], word[at], word[at + 1], word[at + 2 :]
        edits = (following + tail, letter + here + following + tail, letter + following + tail, following + here + tail)
        return head + self._chance.choice(edits)

    def _some_words(self, count: int, *, least_letters: int = 3) -> list[str]:
        """Distinct words that stand together in one post, of frequencies as visitors' words have them."""
        for _ in range(_ATTEMPTS):
            words = self._chance.choice(self._words)
            chosen = []
            for least, most, _ in self._chance.choices(_BANDS, weights=[share for *_, share in _BANDS], k=count):
                chosen += self._one_of(words, least, most, least_letters)
            if len(set(chosen)) == count:
                return chosen
        raise SystemExit("the text has too few words for a query log: name a folder with more")

    def _one_of(self, words: list[str], least: float, most: float, least_letters: int) -> list[str]:
        low, high = least * len(self._posts) / 100, most * len(self._posts) / 100
        fitting = [
            word
            for word in words
            if len(word) >= least_letters and low <= self._frequency[word] <= high and word not in _STOP_WORDS
        ]
        return [self._chance.choice(fitting)] if fitting else []
