"""How well the example blog is searched, with floors: a change that lowers one has to say why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean

import pytest
from click.testing import CliRunner

from search_service.cli import main
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.port import Searcher

from ..posts import ask
from .judged import JUDGED, POSTS

BLOG = Path(__file__).parents[3] / "examples" / "riverstone"

FLOORS = {
    "words": 1.0,
    "other forms": 0.88,
    "questions": 0.94,
    "misspelt": 1.0,
    "in one or two words": 1.0,
    "words side by side": 1.0,
    "phrases, tags and filters": 1.0,
}
"""Mean reciprocal rank of the first post that answers, by kind of query."""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("riverstone")
    indexed = CliRunner().invoke(main, ["index", str(BLOG), "--index", str(folder)])
    assert indexed.exit_code == 0, indexed.output
    searcher = EmbeddedEngine(folder).searcher()
    yield searcher
    searcher.close()


def short_names(urls: Sequence[str]) -> list[str]:
    return [name for url in urls for name, ending in POSTS.items() if url.endswith(ending)]


def test_every_judged_post_is_indexed(searcher: Searcher) -> None:
    assert sorted(short_names([hit.url for hit in ask(searcher, per_page=100).hits])) == sorted(POSTS)


@pytest.mark.parametrize("kind", JUDGED)
def test_the_post_that_answers_comes_first(searcher: Searcher, kind: str) -> None:
    ranks = {}
    for text, *answers in JUDGED[kind]:
        found = short_names([hit.url for hit in ask(searcher, text).hits])
        ranks[text] = next((1 / rank for rank, name in enumerate(found, start=1) if name in answers), 0.0)
    assert fmean(ranks.values()) >= FLOORS[kind], {text: rank for text, rank in ranks.items() if rank < 1}


def typed(searcher: Searcher, ask_for: Callable[[str], Sequence[str]]) -> tuple[float, float]:
    """Mean keys until a post is among the first three, its title being typed; share of later keys without it."""
    keys, gone = [], []
    for hit in ask(searcher, per_page=100).hits:
        title = hit.title.text.casefold()
        shown = [hit.url in ask_for(title[:end])[:3] for end in range(1, len(title) + 1)]
        assert any(shown), title
        first = shown.index(True)
        keys.append(first + 1)
        gone.append(shown[first:].count(False) / len(shown[first:]))
    return fmean(keys), fmean(gone)


def test_a_post_is_suggested_after_a_few_keys_and_stays(searcher: Searcher) -> None:
    keys, gone = typed(searcher, lambda text: [post.url for post in searcher.suggest(text).posts])
    assert keys <= 2
    assert gone == 0


def test_a_post_is_found_after_a_few_keys_and_stays(searcher: Searcher) -> None:
    keys, gone = typed(searcher, lambda text: [hit.url for hit in ask(searcher, text).hits])
    assert keys <= 4
    assert gone <= 0.05
