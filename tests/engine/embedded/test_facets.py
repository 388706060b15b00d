"""Facets are exact whichever way they are counted: beforehand, document by document, or in bits."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.read_model.stored.files import open_segments
from search_service.engine.embedded.read_model.writing import facet_rows
from search_service.engine.model import Document

from .. import oracle
from ..posts import SITE, WORDS, ask, post, publish, random_posts, update

POSTS = random_posts(450, seed=8)
GONE = ("0003", "0200", "0400")
CHANGED = post("0100", "w1 w2", "w3 w30", tags=["Topic 1", "Topic 29", "New"])


@pytest.mark.parametrize(("least", "columns", "width"), [(0, 1024, 16), (150, 1024, 16), (0, 8, 16), (150, 1024, 2)])
@pytest.mark.parametrize("updated", [False, True])
def test_facets_over_hits_of_words_are_what_brute_force_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: int, columns: int, width: int, updated: bool
) -> None:
    monkeypatch.setattr(facet_rows, "FACET_LEAST", least)
    monkeypatch.setattr(facet_rows, "FACET_COLUMNS", columns)
    monkeypatch.setattr(facet_rows, "FACET_WIDTH", width)
    engine = EmbeddedEngine(tmp_path)
    publish(engine, *POSTS)
    posts: dict[str, Document] = {each.url: each for each in POSTS}
    if updated:
        update(engine, CHANGED, gone=GONE)
        posts = {url: each for url, each in posts.items() if url.removeprefix(SITE) not in GONE}
        posts[CHANGED.url] = CHANGED
    searcher = engine.searcher()
    chance = random.Random(9)
    for _ in range(50):
        text = " ".join(chance.sample(WORDS, chance.randint(1, 4)))
        results = ask(searcher, text)
        hits = [each for each in posts.values() if oracle.matches(each, results.query)]
        assert results.facets is not None
        assert [(tag.tag, tag.count) for tag in results.facets.tags] == oracle.tag_counts(hits)[:20], text
        assert [(year.year, year.count) for year in results.facets.years] == oracle.year_counts(hits), text
    searcher.close()


def test_only_frequent_terms_are_counted_beforehand_and_nothing_where_tags_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facet_rows, "FACET_LEAST", 130)
    for columns in (1024, 8):
        monkeypatch.setattr(facet_rows, "FACET_COLUMNS", columns)
        generation = publish(EmbeddedEngine(tmp_path / str(columns)), *POSTS)
        folder = tmp_path / str(columns) / "generations" / generation.id / "read_model"
        (segment,) = open_segments(folder)
        for term in range(segment.terms.count):
            row = segment.facet_row(term)
            assert (row is not None) == (columns == 1024 and segment.document_frequency(term) > 130)
        assert len(segment.facet) == (0 if columns == 8 else len(segment._facet_term))
