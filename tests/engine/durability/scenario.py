"""An index before and after a run that may be cut short, and what must hold afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.errors import IndexMissing
from search_service.engine.model import Document

from ..posts import SITE, ask, names, post

OLD = [post(f"old-{number}", "Old post", "word " * 20, tags=["Old"]) for number in range(6)]
NEW = [post(f"new-{number}", "New post", "word " * 20, tags=["New"]) for number in range(6)]


def build(root: Path) -> None:
    """A full build of NEW."""
    with EmbeddedEngine(root).build() as writer:
        for document in NEW:
            writer.put(document)
        writer.write_state("pages", b"new")
        writer.seal()
        writer.publish()


def update(root: Path) -> None:
    """An update that puts NEW in the place of OLD."""
    with EmbeddedEngine(root).update() as writer:
        for document in OLD:
            writer.delete(document.url)
        for document in NEW:
            writer.put(document)
        writer.write_state("pages", b"new")
        writer.seal()
        writer.publish()


def rollback(root: Path) -> None:
    """Back to the generation before the live one."""
    EmbeddedEngine(root).rollback()


RUNS: dict[str, Callable[[Path], None]] = {"build": build, "update": update}


def prepare(root: Path, *, generations: int = 8) -> None:
    """An index that serves OLD and has as many generations as are kept, so that the next run prunes."""
    engine = EmbeddedEngine(root)
    for number in range(generations):
        with engine.build() if number % 2 == 0 else engine.update() as writer:
            for document in OLD:
                writer.put(document)
            writer.write_state("pages", b"old")
            writer.seal()
            writer.publish()


def served(root: Path) -> str | None:
    """Which of OLD and NEW an index serves, whole and without a flaw; None where there is no index.

    AssertionError for anything between the two.
    """
    engine = EmbeddedEngine(root)
    try:
        searcher = engine.searcher()
    except IndexMissing:
        return None
    try:
        hits = sorted(names(ask(searcher, "post", per_page=100)))
        everything = {name: documents for name, documents in (("old", OLD), ("new", NEW)) if hits == named(documents)}
        assert len(everything) == 1, f"neither the old generation nor the new one: {hits}"
        ((which, documents),) = everything.items()
        assert [searcher.document(document.url) for document in documents] == documents
        assert searcher.generation.documents == len(documents)
        assert [tag.tag for tag in searcher.tags()] == [which]
        engine.verify(searcher.generation.id)
    finally:
        searcher.close()
    return which


def named(documents: list[Document]) -> list[str]:
    return sorted(document.url.removeprefix(SITE) for document in documents)


def recovers(root: Path, which: str | None) -> None:
    """The next writer works, starts from what is served, and leaves no litter."""
    engine = EmbeddedEngine(root)
    with engine.update() as writer:
        assert (writer.read_state("pages") or b"").decode() == (which or "")
        writer.put(post("after", "After the accident"))
        writer.seal()
        generation = writer.publish()
    searcher = engine.searcher()
    try:
        assert searcher.generation.id == generation.id
        expected = {"old": OLD, "new": NEW, None: []}[which]
        assert sorted(names(ask(searcher, per_page=100))) == sorted([*named(expected), "after"])
    finally:
        searcher.close()
    complete = {generation.id for generation in engine.generations()}
    assert set(os.listdir(root / "generations")) == complete
    assert set(os.listdir(root)) == {"CURRENT", "LOCK", "generations"}
    assert all(engine.verify(generation) for generation in complete)
