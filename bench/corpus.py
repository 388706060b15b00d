"""A blog of any size, made of real paragraphs: the same prose and seed give the same posts, post by post."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from search_service.engine.model import Document
from search_service.engine.tags import tags_of

from .prose import Prose

ADDRESS = "https://blog.example"
FIRST_DAY, DAYS = dt.date(2015, 1, 1), 3652
PARAGRAPHS_PER_HEADING = 4
"""A heading stands before every so many paragraphs, but for the first."""

_TAGS = 200
_TAG_SKEW = 0.9
_MEAN_LOG_WORDS, _DEVIATION = 5.95, 0.5
_LEAST_WORDS, _MOST_WORDS = 60, 3000
_AUTHORS = ("Ada Brandt", "Jonas Weil", "Mira Okafor", "Tom Castell", "Yuki Sato")
_WORD = re.compile(r"[a-z]{6,}")


class Blog:
    """Posts of 60 to 3,000 words (log-normal, 460 on average) on ten years, the newer the more.

    Each takes most of its paragraphs from one text, has one to five of 200 tags, whose frequencies follow Zipf's law
    and of which one goes with the text, and a few words that no other post has. Post n doesn't depend on the size of
    the blog: a smaller one is the beginning of a larger one.
    """

    def __init__(self, prose: Prose, *, seed: int = 1) -> None:
        self._texts = prose.texts
        self._seed = seed
        self._text_weights = list(accumulate(map(len, prose.texts)))
        self.tags = _middling_words(prose)
        self._tag_weights = list(accumulate((rank + 1) ** -_TAG_SKEW for rank in range(len(self.tags))))

    def documents(self, first: int, count: int) -> Iterator[Document]:
        """Posts `first` to `first + count - 1`."""
        return map(self.post, range(first, first + count))

    def post(self, number: int, *, version: int = 0) -> Document:
        """One post; another `version` of it has the same address and other text."""
        chance = random.Random(f"{self._seed}/{number}/{version}")
        topic, paragraphs = self._paragraphs(chance)
        title = _words_of(paragraphs[0], chance.randint(3, 8)).capitalize()
        fixed = random.Random(f"{self._seed}/{number}")
        date = FIRST_DAY + dt.timedelta(days=int(DAYS * fixed.random() ** 0.7))
        headings = [_words_of(paragraph, 5) for paragraph in paragraphs[PARAGRAPHS_PER_HEADING::PARAGRAPHS_PER_HEADING]]
        return Document(
            url=f"{ADDRESS}/{date:%Y/%m}/post-{number}/",
            title=title,
            body="\n".join(paragraphs),
            headings=tuple(headings),
            tags=tags_of(self._labels(chance, topic)),
            date=date,
            author=chance.choices(_AUTHORS, weights=(8, 5, 3, 2, 1))[0],
            summary=paragraphs[0][:160].rsplit(" ", 1)[0],
            lang="en",
        )

    def _paragraphs(self, chance: random.Random) -> tuple[int, list[str]]:
        """Where the post's text comes from, and the text."""
        wanted = min(_MOST_WORDS, max(_LEAST_WORDS, chance.lognormvariate(_MEAN_LOG_WORDS, _DEVIATION)))
        topic = self._text(chance)
        taken: list[str] = []
        words, source = 0, topic
        while words < wanted:
            text = self._texts[source]
            start = chance.randrange(len(text))
            for paragraph in text[start : start + chance.randint(1, 4)]:
                taken.append(paragraph)
                words += paragraph.count(" ") + 1
                if words >= wanted:
                    break
            source = topic if chance.random() < 0.5 else self._text(chance)
        taken[-1] += f" Written with {_invented(chance)} and {_invented(chance)} {chance.randrange(400) / 10}."
        return topic, taken

    def _text(self, chance: random.Random) -> int:
        return chance.choices(range(len(self._texts)), cum_weights=self._text_weights)[0]

    def _labels(self, chance: random.Random, topic: int) -> list[str]:
        own = random.Random(f"{self._seed}/tags/{topic}").choices(self.tags, cum_weights=self._tag_weights, k=2)
        count = chance.choices((0, 1, 2, 3, 4), weights=(2, 4, 4, 2, 1))[0]
        return [chance.choice(own), *chance.choices(self.tags, cum_weights=self._tag_weights, k=count)]


def _middling_words(prose: Prose) -> list[str]:
    """Words to be tags: neither the most frequent ones nor rare ones."""
    counts = Counter(word for text in prose.texts[::3] for paragraph in text for word in _WORD.findall(paragraph))
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    return ordered[min(150, len(ordered) // 4) :][:_TAGS]


def _words_of(paragraph: str, count: int) -> str:
    return " ".join(re.findall(r"[^\W\d_]{2,}", paragraph)[:count])


def _invented(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(3, 5)))
