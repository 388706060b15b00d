"""All engines in one process on the same queries: latency, building, size, start and memory.

Engines take turns in blocks of queries of one kind. A service answers one query after the other and so runs with its
own code and tables in the processor's caches; asked in turn at every single query, each engine would find there what
the others left, and one that reads megabytes a query would slow all others down. Blocks are short, so that what else
the machine does hits all engines alike. What turns at every query give is in a table of its own.
"""

from __future__ import annotations

import gc
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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

BLOCK = 25
"""Queries of one kind that an engine answers in one go."""

_COLD_QUERIES = 200
_STARTS = 3
_IN_TURN_PASSES = 3
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


def latencies(peers: Mapping[str, Peer], log: Sequence[Asked], *, passes: int, block: int = BLOCK) -> Latencies:
    """The best of several passes for every query, the engines taking turns in blocks of queries.

    Their order is another one at every block, and that of the blocks at every pass: who comes second on a shared index
    finds it in the processor's caches.
    """
    best: dict[tuple[str, Asked], float] = {}
    answered: dict[tuple[str, Asked], bool] = {}
    chance = random.Random(0)
    blocks = _blocks(log, block)
    gc.collect()
    gc.disable()
    try:
        for _ in range(passes):
            for queries in chance.sample(blocks, len(blocks)):
                for name in chance.sample(list(peers), len(peers)):
                    for asked in queries:
                        if asked.kind in peers[name].kinds and best.get((name, asked), 0) < _SLOW_SECONDS:
                            taken, answered[name, asked] = _timed(peers[name], asked)
                            best[name, asked] = min(taken, best.get((name, asked), taken))
                gc.collect(0)
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


def _blocks(log: Sequence[Asked], most: int) -> list[list[Asked]]:
    """The queries in blocks of one kind each."""
    by_kind: defaultdict[str, list[Asked]] = defaultdict(list)
    for asked in log:
        by_kind[asked.kind].append(asked)
    return [queries[start : start + most] for queries in by_kind.values() for start in range(0, len(queries), most)]


def _timed(peer: Peer, asked: Asked) -> tuple[float, bool]:
    """The seconds of CPU time that an answer took, and whether there was one."""
    started = time.thread_time()
    found = peer.search(asked)
    return time.thread_time() - started, bool(found)


def search_section(
    names: Sequence[str], folder: Path, blog: Blog, *, size: int, log: Sequence[Asked], rare: Sequence[str], passes: int
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
    in_turn = latencies(peers, log, passes=min(passes, _IN_TURN_PASSES), block=1)
    # Postseek with all that a page of results needs, which is what a visitor can make it do.
    worst = tuple(
        worst_table(peers[name], name, log, rare, keyword_ms=measured[name]["keyword"].milliseconds.p50)
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
            _in_turn(in_turn, baseline),
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
    return _by_kind(
        f"Time relative to {baseline}, p50 p95 p99",
        _relative(measured, baseline, spread),
        "Less than 1 is faster. Thread CPU time, a ranked top ten with address and title; Postseek, full, adds the"
        " exact total, facets over all hits and ten snippets.",
    )


def _in_turn(measured: Latencies, baseline: str) -> Table:
    return _by_kind(
        f"The same with another engine at every query, p50 relative to {baseline}",
        _relative(measured, baseline, lambda ratios: spread(ratios[:1])),
        "Each engine finds the processor's caches full of what the others read. A service that does nothing else has"
        " them to itself, as in the table above.",
    )


def _relative(measured: Latencies, baseline: str, written: Callable[[Spread], str]) -> Mapping[str, Mapping[str, str]]:
    base = measured[baseline]
    return {
        name: {
            kind: written(latency.milliseconds.over(base[kind].milliseconds))
            for kind, latency in kinds.items()
            if kind in base
        }
        for name, kinds in measured.items()
    }


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
