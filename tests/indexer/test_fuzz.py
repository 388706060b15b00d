"""Damaged pages go through the real workers: every one comes back, and none costs more than a page may."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.extract.site.model import SiteTemplates
from indexer.extract.site.sample import FEWEST
from indexer.sources import Page
from indexer.workers import Outcome, Reading, Workers
from search_service.engine.errors import ExtractionError

from .fuzz import LARGEST, fuzzed
from .golden.blogs import BLOGS, Blog

SECONDS = 5.0
MEMORY = 256 << 20
_REFUSALS = ("elements", "attributes", "nested", "is empty", "can't be parsed", "bytes, more than")
EXAMPLE = Path(__file__).parents[2] / "examples" / "riverstone"


def _pages(blog: Blog) -> list[Page]:
    return [Page(url=f"{blog.base}{path}", content=markup.encode()) for path, markup in blog.pages.items()]


def _read(workers: Workers, blog: Blog, pages: int, *, seed: int, largest: int) -> Iterator[Outcome]:
    """What comes of damaged pages of a blog that are read as the blog's own."""
    own = _pages(blog)
    workers.use(workers.learn(own, SiteTemplates()) if len(own) >= FEWEST else None)
    sound = [page.content for page in own]
    if seed % 2:
        sound += [file.read_bytes() for file in sorted(EXAMPLE.rglob("*.html"))]
    yield from workers.extract(fuzzed(sound, pages, seed=seed, largest=largest))


def _unexpected(outcomes: list[Outcome]) -> list[str]:
    """The pages that failed in another way than by being refused, by their addresses."""
    failed = [(page, outcome) for page, outcome in outcomes if isinstance(outcome, ExtractionError)]
    assert all(error.url == page.url for page, error in failed)
    return [f"{page.url}: {error}" for page, error in failed if not any(why in str(error) for why in _REFUSALS)]


class Meter:
    """What the pages cost that go through the one worker of a pool, in seconds of its processor and bytes of memory.

    A worker that read a large page lives until the next one comes, so it can be asked.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._before: dict[int | None, float] = {}

    def read(self) -> tuple[float, int]:
        """The seconds since the last reading, and the most memory that the worker has had."""
        (worker,) = self._workers._workers
        process = Path(f"/proc/{worker.process.pid}")
        user, system = (process / "stat").read_text().rpartition(")")[2].split()[11:13]
        seconds = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        spent = seconds - self._before.get(worker.process.pid, 0.0)
        self._before[worker.process.pid] = seconds
        return spent, int((process / "status").read_text().partition("VmHWM:")[2].split()[0]) << 10


def test_a_sample_of_damaged_pages_is_read_or_refused_by_name() -> None:
    with Workers(Reading(), count=1, seconds=60) as workers:
        outcomes = [
            outcome
            for seed, blog in enumerate(BLOGS)
            for outcome in _read(workers, blog, 17, seed=seed, largest=60_000)
        ]
    addresses = Counter(page.url for page, _ in outcomes)
    assert (len(addresses), set(addresses.values())) == (17 * len(BLOGS), {1})
    assert len(addresses) >= 200
    assert _unexpected(outcomes) == []
    assert any(isinstance(outcome, ExtractionError) for _, outcome in outcomes)


@pytest.mark.soak
@pytest.mark.parametrize("blog", BLOGS, ids=lambda blog: blog.name)
def test_each_of_ten_thousand_damaged_pages_takes_five_seconds_at_most_and_256_mb(blog: Blog) -> None:
    pages = -(-5_000 // len(BLOGS))
    for reading, seed in ((Reading(), 1_000 + BLOGS.index(blog)), (Reading(single=True), 2_000 + BLOGS.index(blog))):
        # Of the processor's time, not of the clock's: the machine may be busy.
        with Workers(reading, count=1, seconds=120) as workers:
            meter = Meter(workers)
            costs: dict[str, tuple[float, int]] = {}
            outcomes = []
            for page, outcome in _read(workers, blog, pages, seed=seed, largest=LARGEST):
                costs[page.url] = meter.read()
                outcomes.append((page, outcome))
        assert len(costs) == pages
        assert _unexpected(outcomes) == []
        assert {url: cost for url, cost in costs.items() if cost[0] > SECONDS or cost[1] > MEMORY} == {}
