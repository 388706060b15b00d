"""Posts to index in tests, and the few steps that every test of an engine takes."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from search_service.engine.model import Document, Generation, Results
from search_service.engine.port import Engine, Searcher
from search_service.engine.query import parse_query
from search_service.engine.tags import tags_of

SITE = "https://blog.example/"


def post(name: str, title: str = "", body: str = "", *, tags: Iterable[str] = (), **fields: Any) -> Document:
    """The post at `SITE` + `name`; without a title its name is the title."""
    categories = tags_of(fields.pop("categories", ()))
    return Document(
        url=SITE + name, title=title or name, body=body, tags=tags_of(tags), categories=categories, **fields
    )


def publish(engine: Engine, *documents: Document) -> Generation:
    """Build a generation of these documents and make it live."""
    with engine.build() as writer:
        for document in documents:
            writer.put(document)
        writer.seal()
        return writer.publish()


def update(engine: Engine, *documents: Document, gone: Iterable[str] = ()) -> Generation:
    """Update the live generation with these documents, and without those named in `gone`."""
    with engine.update() as writer:
        for document in documents:
            writer.put(document)
        for name in gone:
            writer.delete(SITE + name)
        writer.seal()
        return writer.publish()


def ask(searcher: Searcher, text: str = "", **changes: Any) -> Results:
    """The answer to what a visitor typed, with some parameters of the request beside it."""
    return searcher.search(replace(parse_query(text), **changes))


def names(results: Results) -> list[str]:
    """The names of the hits in order."""
    return [hit.url.removeprefix(SITE) for hit in results.hits]


def found(engine: Engine, text: str = "", **changes: Any) -> list[str]:
    """The names of the posts that a new searcher of `engine` finds."""
    searcher = engine.searcher()
    try:
        return names(ask(searcher, text, **changes))
    finally:
        searcher.close()


def marked_forms(text: str, marks: Iterable[tuple[int, int]]) -> list[str]:
    """What the marks of a snippet mark."""
    return [text[start:end] for start, end in marks]


WORDS = tuple(f"w{number}" for number in range(40))
"""Words without any relation to each other, in any language."""

LABELS = tuple(f"Topic {number}" for number in range(30))


def random_posts(count: int, *, seed: int) -> list[Document]:
    """Posts of random `WORDS`, labels, dates and authors; the same ones for the same seed."""
    chance = random.Random(seed)
    posts = []
    for number in range(count):
        day = dt.date(2015, 1, 1) + dt.timedelta(days=chance.randrange(4 * 365))
        posts.append(
            post(
                f"{number:04}",
                " ".join(chance.choices(WORDS, k=chance.randint(1, 4))),
                " ".join(chance.choices(WORDS[: chance.choice((10, 40))], k=chance.randint(0, 30))),
                tags=chance.sample(LABELS[: chance.choice((5, 30))], k=chance.randint(0, 4)),
                date=None if chance.random() < 0.1 else day,
                author=chance.choice((None, "Kim Lee", "Kim Park", "Zoë Ng")),
            )
        )
    return posts
