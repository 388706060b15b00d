"""A small blog on disk that tests change as its author would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from indexer.gate import Gate
from indexer.pipeline import index_sources
from indexer.plan import Plan
from indexer.report import Report
from indexer.sources import open_source
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.query import parse_query

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="canonical" href="{canonical}"><meta property="og:type" content="article">
<meta property="article:published_time" content="{date}T09:00:00Z"></head>
<body><header><nav><a href="/">Home</a></nav></header><main><article><h1>{title}</h1>
<p><time datetime="{date}">{date}</time></p>
<p>{text}</p><p>Every evening the water carries the light of the town a little further down the valley, and
whoever sits on the bridge long enough will see the herons come back to their trees.</p>
<p>Tags: <a rel="tag" href="/tags/{tag}/">{tag}</a></p></article></main><footer>All rights kept</footer></body></html>
"""

BASE = "https://blog.example/"


@dataclass
class Blog:
    """The blog's folder, its index, and what an author or an operator does with them."""

    folder: Path
    index: Path

    def write(
        self, name: str, text: str, *, title: str = "", tag: str = "water", date: str = "2020-05-01", of: str = ""
    ) -> None:
        """Publish a page; `of` makes it a copy of another one."""
        page = self.folder / name / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        canonical = f"{BASE}{of or name}/"
        title = title or f"About {name}"
        page.write_text(PAGE.format(title=title, canonical=canonical, date=date, text=text, tag=tag))

    def remove(self, name: str) -> None:
        """Take a page offline."""
        (self.folder / name / "index.html").unlink()

    @property
    def engine(self) -> EmbeddedEngine:
        return EmbeddedEngine(self.index)

    def reindex(self, *, limit: int | None = None, source: Path | None = None, **options: Any) -> Report:
        """Run `postseek index`."""
        gate = Gate(max_lost_share=30, max_failed_share=20)
        base = None if source is not None and source.is_file() else BASE  # a file says itself where it is published
        opened = open_source(str(source or self.folder), base_url=base, limit=limit)
        return index_sources(self.engine, [opened], Plan(workers=1, seconds=20, gate=gate, **options))

    def found(self, text: str) -> list[str]:
        """The names of the posts that a search finds, sorted."""
        searcher = self.engine.searcher()
        hits = searcher.search(parse_query(text)).hits
        searcher.close()
        return sorted(hit.url.removeprefix(BASE).strip("/") for hit in hits)


@pytest.fixture
def make_blog(tmp_path: Path) -> Callable[..., Blog]:
    def make(count: int = 4) -> Blog:
        blog = Blog(tmp_path / "public", tmp_path / "index")
        for number in range(count):
            blog.write(f"post-{number}", f"The river is number{number} tonight.")
        return blog

    return make


@pytest.fixture
def blog(make_blog: Callable[..., Blog]) -> Blog:
    return make_blog()
