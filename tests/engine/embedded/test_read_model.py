"""The read model finds what Whoosh finds and ranks as documented, on real text, with deltas and deletions."""

from __future__ import annotations

import datetime as dt
import random
import sysconfig
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import structs

from bench.corpus import Blog
from bench.prose import Prose, read_prose
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.read_model.searcher import ReadModelSearcher
from search_service.engine.model import MAX_DEPTH, Document, Query
from search_service.engine.stopwords import STOP_WORDS
from search_service.engine.text import analyzer

from ..posts import publish, update
from ..ranking import Ranking
from ..whoosh.searcher import WhooshSearcher

POSTS = 300


@pytest.fixture(scope="module")
def prose() -> Prose:
    """The documentation strings of a few packages of the standard library."""
    library = Path(sysconfig.get_path("stdlib"))
    return read_prose([library / "asyncio", library / "concurrent", library / "email", library / "importlib"])


@pytest.fixture(scope="module")
def posts(prose: Prose) -> list[Document]:
    return list(Blog(prose).documents(0, POSTS))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, posts: list[Document]) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("whole") / "index")
    publish(engine, *posts)
    return engine


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory, posts: list[Document]) -> EmbeddedEngine:
    """The same posts, but a few came, changed and went in updates."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("updated") / "index")
    publish(engine, *(replace(post, body="something else") for post in posts[:10]), *posts[10:], *_passing_posts(5))
    update(engine, *posts[:6])
    update(engine, *posts[6:10], gone=[post.url.removeprefix("https://blog.example/") for post in _passing_posts(5)])
    assert not engine.searcher().generation.full
    return engine


def _passing_posts(count: int) -> Iterator[Document]:
    for number in range(count):
        yield Document(url=f"https://blog.example/passing-{number}", title="Passing", body="module object class")


def queries(posts: Sequence[Document], count: int, *, seed: int) -> Iterator[Query]:
    """Words and phrases from the posts, with filters, in all mixtures."""
    chance = random.Random(seed)
    for _ in range(count):
        post = chance.choice(posts)
        words = [word for word in analyzer(None).words(post.body)[0] if word.casefold() not in STOP_WORDS["en"]]
        start = chance.randrange(max(1, len(words) - 3))
        asked = Query(words=tuple(words[start : start + chance.choice((0, 1, 1, 2, 3, 6))]))
        if chance.random() < 0.2:
            text = analyzer(None).words(post.body)[0]
            start = chance.randrange(max(1, len(text) - 4))
            asked = structs.replace(
                asked, words=asked.words[:2], phrases=(" ".join(text[start : start + chance.choice((2, 3))]),)
            )
        if chance.random() < 0.2:
            asked = structs.replace(asked, not_words=(chance.choice(words),))
        if chance.random() < 0.3:
            tags = [frozenset(tag.tag for tag in post.tags[:2]), frozenset(tag.tag for tag in post.tags[2:3])]
            asked = structs.replace(asked, tags_all=tuple(filter(None, tags)))
        if chance.random() < 0.2:
            asked = structs.replace(asked, tags_none=frozenset(tag.tag for tag in chance.choice(posts).tags[:1]))
        if chance.random() < 0.3:
            day = dt.date(2015, 1, 1) + dt.timedelta(chance.randrange(3600))
            asked = structs.replace(
                asked, after=day, before=chance.choice((None, day + dt.timedelta(chance.randrange(900))))
            )
        if chance.random() < 0.1:
            asked = structs.replace(asked, author=post.author)
        elif post.author and chance.random() < 0.1:
            asked = structs.replace(asked, authors_none=(post.author,))
        yield asked


def whoosh_searcher(engine: EmbeddedEngine, searcher: ReadModelSearcher) -> WhooshSearcher:
    return WhooshSearcher(engine._store.folder(searcher.generation.id) / "whoosh")


@pytest.mark.parametrize("count", [300, pytest.param(5000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("kind", ["engine", "updated"])
def test_hits_totals_and_facets_are_those_of_whoosh(
    kind: str, count: int, posts: list[Document], request: pytest.FixtureRequest
) -> None:
    engine: EmbeddedEngine = request.getfixturevalue(kind)
    searcher = engine.searcher()
    whoosh = whoosh_searcher(engine, searcher)
    for query in queries(posts, count, seed=1):
        results = searcher.search(structs.replace(query, per_page=100))
        found = whoosh.found(query)
        assert results.total == len(found), query
        if len(found) <= 100:
            assert {hit.url for hit in results.hits} == found, query
        tags, years = whoosh.facets(query)
        assert results.facets is not None
        ordered = sorted(tags.items(), key=lambda item: (-item[1], item[0]))[: len(results.facets.tags)]
        assert [(facet.tag, facet.count) for facet in results.facets.tags] == ordered, query
        assert {facet.year: facet.count for facet in results.facets.years} == years, query
    whoosh.close()


def test_hits_are_ranked_by_the_documented_formula(engine: EmbeddedEngine, posts: list[Document]) -> None:
    check_ranking(engine.searcher(), posts, Ranking(posts), seed=2)


def test_a_delta_is_ranked_with_the_statistics_of_its_main_segment(
    updated: EmbeddedEngine, posts: list[Document]
) -> None:
    main = [*(replace(post, body="something else") for post in posts[:10]), *posts[10:], *_passing_posts(5)]
    check_ranking(updated.searcher(), posts, Ranking(posts, main), seed=3)


def check_ranking(searcher: ReadModelSearcher, posts: list[Document], ranking: Ranking, *, seed: int) -> None:
    """No hit on the first page is worse than one that isn't on it, or stands above a better one, but for near ties."""
    for query in queries(posts, 120, seed=seed):
        if not query.words or query.phrases:
            continue
        everything = [searcher.search(structs.replace(query, page=page, per_page=100)) for page in range(1, 5)]
        ranked = [ranking.score(hit.url, query.words, ["en"]) for results in everything for hit in results.hits]
        tolerance = 2 * len(query.words) / searcher._segments[0].statistics.scale
        for (complete, score), (next_complete, next_score) in pairwise(ranked):
            assert complete >= next_complete, query
            assert complete > next_complete or score >= next_score - tolerance, query


@pytest.mark.parametrize("kind", ["engine", "updated"])
def test_the_first_hits_are_the_same_however_many_are_asked_for(
    kind: str, posts: list[Document], request: pytest.FixtureRequest
) -> None:
    """Few hits may be had in shorter ways than many, and be counted only."""
    searcher: ReadModelSearcher = request.getfixturevalue(kind).searcher()
    holders = Counter(word for post in posts for word in set(post.body.lower().split()) if word.isalpha())
    frequent = sorted(word for word, count in holders.items() if POSTS / 20 < count < POSTS / 3)
    chance = random.Random(5)
    for _ in range(200):
        asked = Query(words=tuple(chance.sample(frequent, chance.choice((1, 2, 2, 3)))), facets=False, snippets=False)
        many = searcher.search(structs.replace(asked, per_page=MAX_DEPTH))
        assert len(many.hits) == many.total
        for count in (1, 10):
            few = searcher.search(structs.replace(asked, per_page=count))
            assert (few.total, few.hits) == (many.total, many.hits[:count]), asked


def test_a_reopened_index_answers_the_same(engine: EmbeddedEngine, posts: list[Document]) -> None:
    first, second = engine.searcher(), engine.searcher()
    for query in queries(posts, 100, seed=4):
        assert first.search(query) == second.search(query)


def test_searching_imports_neither_whoosh_nor_anything_that_writes(engine: EmbeddedEngine) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from search_service.engine.embedded.engine import EmbeddedEngine\n"
        "from search_service.engine.query import parse_query\n"
        f"EmbeddedEngine(Path({str(engine._store.root)!r})).searcher().search(parse_query('module'))\n"
        "sys.exit('Whoosh was imported' if 'whoosh' in sys.modules else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
