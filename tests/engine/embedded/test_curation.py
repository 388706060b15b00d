"""What a blog's owner decides about results: featured and pinned posts, synonyms, and how much newer posts gain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.model import Curation, Pinned, Sort

from ..posts import SITE, ask, found, names, post, publish, update

Curated = Callable[..., EmbeddedEngine]


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    """Opens the test's index under some curation."""
    return lambda **decided: EmbeddedEngine(tmp_path / "index", curation=Curation(**decided))


def test_featured_posts_come_in_the_owners_order_without_those_that_arent_indexed(curated: Curated) -> None:
    engine = curated(featured=(SITE + "b", SITE + "unknown", SITE + "a", SITE + "b", "not an address"))
    publish(engine, post("a"), post("b"), post("c"))
    assert names(engine.searcher().featured()) == ["b", "a"]
    update(engine, gone=["b"])
    assert names(engine.searcher().featured()) == ["a"]


def test_an_address_may_have_a_slash_at_its_end_or_not(curated: Curated) -> None:
    engine = curated(featured=(SITE + "b/", SITE + "b", SITE + "a/"))
    publish(engine, post("a"), post("b"))
    assert names(engine.searcher().featured()) == ["b", "a"]
    assert engine.searcher().related(SITE + "a/") is not None


def test_a_synonym_is_found_after_the_typed_word(curated: Curated) -> None:
    engine = curated(synonyms=(("physio", "physiotherapy"), ("ms", "multiple sclerosis", "encephalomyelitis")))
    publish(
        engine,
        post("short", "A text", "physio for beginners"),
        post("long", "A text", "physiotherapy for beginners"),
        post("ms", "A text", "living with ms"),
        post("whole", "A text", "living with multiple sclerosis"),
        post("parts", "A text", "multiple cases of another sclerosis"),
        post("rare", "A text", "encephalomyelitis, explained"),
    )
    for text, expected in [
        ("physio ", ["short", "long"]),
        ("Physiotherapy ", ["long", "short"]),
        ("ms ", ["ms", "rare", "whole"]),
        ("multiple sclerosis ", ["ms", "parts", "rare", "whole"]),
    ]:
        assert found(engine, text)[0] == expected[0] if len(expected) == 2 else True, text
        assert sorted(found(engine, text)) == sorted(expected), text
    assert found(engine, "multiple sclerosis ")[0] == "whole"
    assert sorted(found(engine, '"physio"')) == ["short"], "what is quoted is meant as it is"
    hit = ask(engine.searcher(), "ms ", per_page=1).hits[0]
    assert hit.url == SITE + "ms"


def test_synonyms_work_in_scripts_without_spaces(curated: Curated) -> None:
    engine = curated(synonyms=(("東京タワー", "スカイツリー"),))
    publish(engine, post("a", "東京タワーの話", lang="ja"), post("b", "スカイツリーの話", lang="ja"))
    assert found(engine, "東京タワー ") == ["a", "b"]


def test_pinned_posts_come_first_in_order_and_are_counted_once(curated: Curated) -> None:
    engine = curated(pins=(Pinned("back pains", (SITE + "2", SITE + "off-topic", SITE + "gone")),))
    publish(engine, *(post(str(number), "Back pain", "back " * number) for number in range(12)), post("off-topic"))
    with_pins = found(engine, "Pain in the back ", per_page=100)
    assert with_pins[:2] == ["2", "off-topic"]
    assert sorted(with_pins) == sorted([*map(str, range(12)), "off-topic"])
    searcher = engine.searcher()
    pages = [ask(searcher, "back pain", page=page, per_page=5) for page in (1, 2, 3)]
    assert [name for page in pages for name in names(page)][:2] == ["2", "off-topic"]
    assert len({name for page in pages for name in names(page)}) == 13
    assert {page.total for page in pages} == {13}
    assert names(ask(searcher, "back pain", per_page=1)) == ["2"]
    assert names(ask(searcher, "back pain", sort=Sort.NEWEST))[:2] != ["2", "off-topic"]
    assert "off-topic" not in found(engine, "back pain neck")
    assert found(engine, "back pain tag:yoga") == [], "filters apply to pinned posts too"


def test_a_pin_finds_its_post_with_a_slash_at_the_end_or_without(curated: Curated) -> None:
    engine = curated(pins=(Pinned("tea", (SITE + "green/", SITE + "black")),))
    publish(engine, post("green"), post("black/"), post("white", "Tea", "tea"))
    assert found(engine, "tea ")[:2] == ["green", "black/"]


def test_newer_posts_gain_a_little_but_never_against_a_title(curated: Curated) -> None:
    posts = [
        post("old", "A text", "massage and massage", date=dt.date(2005, 1, 1)),
        post("new", "A text", "massage and something", date=dt.date(2024, 1, 1)),
        post("undated", "A text", "massage and massage and more"),
        post("title", "Massage", "and something", date=dt.date(2001, 1, 1)),
        *(post(f"other-{number}", "Other", "five words of no use", date=dt.date(2024, 1, 2)) for number in range(20)),
    ]
    publish(curated(), *posts)
    assert found(curated(), "massage ").index("old") < found(curated(), "massage ").index("new")
    preferring = found(curated(recency=0.5), "massage ")
    assert preferring[:2] == ["title", "new"]
    assert sorted(preferring) == sorted(found(curated(), "massage "))


@pytest.mark.parametrize("decided", [{}, {"recency": 0.2}, {"synonyms": (("back", "spine"), ("pain", "ache"))}])
def test_the_parts_of_a_score_add_up(curated: Curated, decided: dict[str, object]) -> None:
    engine = curated(**decided)
    publish(
        engine,
        post("a", "Back pain", "pain in the back", tags=["Back"], headings=("On pain",), date=dt.date(2020, 1, 1)),
        post("b", "Spine", "an ache of the spine", date=dt.date(2021, 1, 1)),
        post("ja", "東京タワー", "東京タワーの話", lang="ja"),
    )
    searcher = engine.searcher()
    for text in ("back pain ", "back pian ", "東京タワー ", "spine"):
        for hit in ask(searcher, text, explain=True).hits:
            assert hit.explanation
            assert sum(part.points for part in hit.explanation) == pytest.approx(hit.score, abs=0.01)
        assert all(hit.explanation == () for hit in ask(searcher, text).hits)
    sources = [part.source for part in ask(searcher, "back pain ", explain=True).hits[0].explanation]
    assert sources[0] == "the title is what was typed: comes first"
    assert {'"back" in the title', '"back" in tags', '"pain" in headings', '"pain" in the post'} <= set(sources)
