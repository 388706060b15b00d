"""Whatever is typed costs a bounded number of steps and has an answer within the limits."""

from __future__ import annotations

import random
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from bench.corpus import Blog
from bench.prose import read_prose
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.read_model.planning.planner import MAX_PHRASES, MAX_WORDS
from search_service.engine.embedded.read_model.planning.vocabulary import MAX_EXPANSIONS, MAX_LOOKED_UP
from search_service.engine.embedded.read_model.results.facets import FACET_TAGS
from search_service.engine.embedded.read_model.searcher import ReadModelSearcher
from search_service.engine.model import Query, Results
from search_service.engine.query import MAX_TEXT, parse_query
from search_service.engine.snippets import LENGTH

from ..posts import post, publish, update

POSTS = 300
MOST_CALLS = 50_000
"""Calls that a query makes at most, of Python's functions and of C's; an ordinary one makes about a thousand.

A count of steps, since time depends on what else the machine does. The worst are hundreds of words of one or two
letters of all scripts, as many as a text can hold, of which few are in the index: some 40,000.
"""

SYNTAX = ['"', "“", "”", "-", "--", "tag:", "author:", "before:", "after:2016", "*", "~9", "(", ")", "NOT", "^", "\\"]
SIGNS = ["\x00", "\r\n", "\u202e", "\ufeff", "\ud800", "\u0301", "ﷺ", "<script>", "C++", "’", "_", "\u00ad", "🙂"]
UNSPACED = ["東京", "タワー", "按摩", "背", "นวดแผนไทย", "허리통증"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    """Real text with a delta beside it, in two languages and a script without spaces."""
    library = Path(sysconfig.get_path("stdlib"))
    engine = EmbeddedEngine(tmp_path_factory.mktemp("hostile") / "index")
    publish(engine, *Blog(read_prose([library / "asyncio", library / "email"])).documents(0, POSTS))
    update(
        engine,
        post("ja", "東京タワー", "東京タワーでマッサージを受けました。" * 50, lang="ja"),
        post("de", "Übung", "Eine Übung für den Rücken. " * 100, lang="de"),
        post("long", "x" * 5000, "of the " * 5000 + "a" * 20_000),
    )
    return engine


@pytest.fixture(scope="module")
def words(engine: EmbeddedEngine) -> list[str]:
    """The words of some posts, frequent ones as often as they stand there."""
    found = [engine.searcher().search(Query(per_page=100, page=page)) for page in (1, 2)]
    return [word for results in found for hit in results.hits for word in hit.snippet.text.split()]


def texts(words: list[str], count: int, *, seed: int) -> Iterator[str]:
    """Random and hostile texts, each of one kind or a mixture."""
    chance = random.Random(seed)

    def word() -> str:
        return chance.choice(words)

    def misspelt() -> str:
        letters = list(word())
        letters[chance.randrange(len(letters))] = chance.choice("aeiourst")
        return "".join(letters)

    def phrase() -> str:
        return '"' + " ".join(chance.choice(("of", "the", word())) for _ in range(chance.randint(1, 4))) + '"'

    def noise() -> str:
        return "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0x3000)))) for _ in range(8))

    kinds = [
        word,
        misspelt,
        phrase,
        noise,
        lambda: word()[: chance.randint(1, 3)],
        lambda: "-" + chance.choice((word, phrase))(),
        lambda: chance.choice(SYNTAX),
        lambda: chance.choice(SYNTAX) + word(),
        lambda: chance.choice(SIGNS),
        lambda: "".join(chance.choices(UNSPACED, k=chance.randint(1, 9))),
        lambda: word() * chance.choice((1, 1, 40)),
    ]
    for _ in range(count):
        chosen = chance.sample(kinds, chance.choice((1, 1, 2, len(kinds))))
        pieces = [chance.choice(chosen)() for _ in range(chance.choice((1, 2, 3, 10, 100, 400)))]
        yield chance.choice((" ", " ", " ", "")).join(pieces)


class Calls:
    """Counts calls, of functions in Python and in C, while it is entered."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Calls:
        sys.setprofile(self._note)
        return self

    def __exit__(self, *exc: object) -> None:
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, argument: object) -> None:
        self.count += event in {"call", "c_call"}


@pytest.mark.parametrize("count", [600, pytest.param(100_000, marks=pytest.mark.soak)])
def test_any_text_is_answered_within_the_limits_and_in_a_bounded_number_of_steps(
    engine: EmbeddedEngine, words: list[str], count: int
) -> None:
    searcher = engine.searcher()
    for text in texts(words, count, seed=count):
        with Calls() as calls:
            query = parse_query(text)
            results = searcher.search(query)
        assert calls.count <= MOST_CALLS, text
        check_answer(results, text)
        check_plan(searcher, query, text)
    searcher.close()


def test_of_more_words_than_are_looked_up_the_first_are_and_the_others_are_named(engine: EmbeddedEngine) -> None:
    searcher = engine.searcher()
    typed = [f"q{number}" for number in range(2 * MAX_LOOKED_UP - 60)]
    plan = searcher._planner.plan(parse_query(" ".join([*typed, "email"])))
    assert (plan.words, searcher._planner._vocabulary.word.cache_info().misses) == ((), MAX_LOOKED_UP)
    late = [dropped.word for dropped in plan.dropped if dropped.why == f"beyond the limit of {MAX_WORDS} words"]
    assert late == [*typed[MAX_LOOKED_UP:], "email"]
    searcher.close()


def check_answer(results: Results, text: str) -> None:
    """The answer is as long as an answer can be, and no longer."""
    assert len(results.hits) == min(10, results.total), text
    assert results.total <= POSTS + 3
    assert results.facets is not None
    assert len(results.facets.tags) <= FACET_TAGS
    assert sum(len(dropped.word) for dropped in results.dropped) <= 3 * MAX_TEXT, text
    for hit in results.hits:
        assert len(hit.snippet.text) <= LENGTH + 60, text
        for shown in (hit.title, hit.snippet):
            assert all(0 <= first < last <= len(shown.text) for first, last in shown.marks), text


def check_plan(searcher: ReadModelSearcher, query: Query, text: str) -> None:
    """What is looked up is limited in every direction."""
    plan = searcher._planner.plan(query)
    assert len(plan.words) <= MAX_WORDS
    assert len(plan.required) <= MAX_PHRASES
    assert len(plan.excluded) <= MAX_PHRASES
    assert all(len(terms.terms) <= MAX_EXPANSIONS for word in plan.words for terms in word.by_segment), text
