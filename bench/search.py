"""All engines in one process, the same queries one after the other: latency, building, size, start and memory."""

from __future__ import annotations

import gc
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search_service.engine.model import Document

from .cold import Cold, cold_start
from .corpus import Blog
from .measure import Metered, Spread, megabytes_below
from .peers import PEERS, Peer, peer_class
from .plot import latency_plot
from .querylog import KINDS, Asked
from .tables import Section, Table, number, spread
from .worst import worst_table

BASELINES = ("tantivy", "SQLite FTS5", *PEERS)
"""What ratios are ratios to: the first of these that is measured."""

WHOLE = "Postseek, full"
"""The engine that answers all that a visitor can ask, by its name among the peers."""

_COLD_QUERIES = 200
_STARTS = 3
_SLOW_SECONDS = 0.1
"""A query that took longer isn't asked again: noise matters little to it, and a log of them takes hours."""


@dataclass(frozen=True, slots=True)
class Built:
    """What building an index took and takes."""

    cpu_seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of CPU time over the queries of one kind, and the share of them that found something."""

    milliseconds: Spread
    answered: float


Latencies = Mapping[str, Mapping[str, Latency]]
"""By peer and kind."""


def build(peer: Peer, documents: Iterable[Document]) -> Built:
    """Build a peer's index. CPU of all threads; making the documents isn't counted."""
    metered = Metered(documents)
    gc.collect()
    started = time.process_time()
    peer.build(metered)
    return Built(time.process_time() - started - metered.seconds, megabytes_below(peer.folder))


def latencies(peers: Mapping[str, Peer], log: Sequence[Asked], *, passes: int) -> Latencies:
    """The best of several passes for every query, all engines in turn at each query.

    The order is another one every time: who comes second on a shared index finds it in the processor's caches.
    """
    best: dict[tuple[str, Asked], float] = {}
    answered: dict[tuple[str, Asked], bool] = {}
    order = random.Random(0)
    gc.collect()
    gc.disable()
    try:
        for _ in range(passes):
            for index, asked in enumerate(log):
                for name in order.sample(list(peers), len(peers)):
                    if asked.kind in peers[name].kinds and best.get((name, asked), 0) < _SLOW_SECONDS:
                        started = time.thread_time()
                        found = peers[name].search(asked)
                        taken = time.thread_time() - started
                        best[name, asked] = min(taken, best.get((name, asked), taken))
                        answered[name, asked] = bool(found)
                if index % 100 == 0:
                    gc.collect()
    finally:
        gc.enable()
    times: defaultdict[str, defaultdict[str, list[tuple[float, bool]]]] = defaultdict(lambda: defaultdict(list))
    for (name, asked), taken in best.items():
        times[name][asked.kind].append((1000 * taken, answered[name, asked]))
    return {
        name: {
            kind: Latency(Spread.of([taken for taken, _ in each]), sum(found for _, found in each) / len(each))
            for kind, each in kinds.items()
        }
        for name, kinds in ((name, times[name]) for name in peers)
    }


def search_section(
    names: Sequence[str], folder: Path, blog: Blog, *, size: int, log: Sequence[Asked], passes: int
) -> Section:
    """Build, open and ask all of these peers, on the first `size` posts of the blog."""
    peers = {name: peer_class(name)(folder) for name in names}
    built: dict[str, Built] = {}
    for name, peer in peers.items():
        if not peer.folder.exists():  # the same index serves two peers
            built[name] = build(peer, blog.documents(0, size))
    starts = {
        name: cold_start(name, folder, _answerable(peer, log)[:_COLD_QUERIES], starts=_STARTS)
        for name, peer in peers.items()
    }
    for peer in peers.values():
        peer.open()
    measured = latencies(peers, log, passes=passes)
    # Postseek with all that a page of results needs, which is what a visitor can make it do.
    worst = tuple(
        worst_table(peers[name], name, log, keyword_ms=measured[name]["keyword"].milliseconds.p50)
        for name in peers
        if name == WHOLE
    )
    for peer in peers.values():
        peer.close()
    baseline = next(name for name in BASELINES if name in measured)
    return Section(
        "Queries",
        (
            _ratios(measured, baseline),
            _milliseconds(measured),
            _answered(measured),
            *worst,
            _indexes(built),
            _starts(starts),
        ),
        plot=latency_plot(
            {name: {kind: each.milliseconds for kind, each in kinds.items()} for name, kinds in measured.items()}
        ),
    )


def _answerable(peer: Peer, log: Sequence[Asked]) -> list[Asked]:
    return [asked for asked in log if asked.kind in peer.kinds]


def _ratios(measured: Latencies, baseline: str) -> Table:
    base = measured[baseline]

    def ratio(name: str, kind: str) -> str:
        mine, theirs = measured[name].get(kind), base.get(kind)
        return spread(mine.milliseconds.over(theirs.milliseconds)) if mine and theirs else "-"

    return _by_kind(
        f"Time relative to {baseline}, p50 p95 p99",
        {name: {kind: ratio(name, kind) for kind in KINDS} for name in measured},
        "Less than 1 is faster. Thread CPU time, a ranked top ten with address and title; Postseek, full, adds the"
        " exact total, facets over all hits and ten snippets.",
    )


def _milliseconds(measured: Latencies) -> Table:
    rows = {
        name: {kind: spread(latency.milliseconds) for kind, latency in kinds.items()}
        for name, kinds in measured.items()
    }
    return _by_kind("Milliseconds, p50 p95 p99", rows, "The same runs.")


def _answered(measured: Latencies) -> Table:
    rows = {
        name: {kind: f"{latency.answered:.0%}" for kind, latency in kinds.items()} for name, kinds in measured.items()
    }
    return _by_kind("Queries with at least one hit", rows, "An empty answer is a fast one.")


def _by_kind(title: str, rows: Mapping[str, Mapping[str, str]], note: str) -> Table:
    cells = ((name, *(kinds.get(kind, "-") for kind in KINDS)) for name, kinds in rows.items())
    return Table(title, ("engine", *KINDS), tuple(cells), note)


def _indexes(built: Mapping[str, Built]) -> Table:
    return Table(
        "Indexes",
        ("engine", "build, CPU s", "MB on disk"),
        tuple((name, number(each.cpu_seconds, 1), number(each.megabytes, 1)) for name, each in built.items()),
        "Built from documents in memory. Only Postseek, tantivy and SQLite keep the bodies, and only Postseek syncs"
        " and checksums its files.",
    )


def _starts(starts: Mapping[str, Cold]) -> Table:
    return Table(
        "A fresh process",
        ("engine", "import, ms", "open, ms", "first query, ms", "private MB before", "private MB", "anonymous MB"),
        tuple(
            (
                name,
                *(number(value, 1) for value in (start.import_ms, start.open_ms, start.first_ms)),
                *(number(value) for value in (start.before.private, start.after.private, start.after.anonymous)),
            )
            for name, start in starts.items()
        ),
        f"CPU milliseconds with files in the page cache, the best of {_STARTS} starts; memory after {_COLD_QUERIES}"
        " queries. Pages of an index file count as private while a single process maps them; anonymous memory is what"
        " each further worker takes.",
    )
