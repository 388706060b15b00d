"""`postseek serve` with one worker: how much it answers, how fast, and how soon it follows an update."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote_plus

import msgspec

from search_service.engine.embedded.engine import EmbeddedEngine

from .corpus import Blog
from .load import Load, Outcome, run_load
from .measure import cpu_seconds_of, memory_of
from .peers.postseek import Full
from .querylog import Asked
from .tables import Section, Table, number, spread

CONNECTIONS = 16
SHARE_OF_SATURATION = 0.6
CHANGED_POSTS = 10

_STARTED = "Postseek serves http://127.0.0.1:"
_GIVEN_UP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Service:
    """A running service."""

    pid: int
    port: int

    def total(self, text: str) -> int:
        """How many posts a search finds."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path_of(text)}") as response:
            return int(msgspec.json.decode(response.read())["total"])


@contextmanager
def service(index: Path) -> Iterator[Service]:
    """The service on an index, with one worker and a free port."""
    command = [sys.executable, "-m", "search_service.cli", "serve", "--index", str(index), "--port", "0"]
    environment = os.environ | {"POSTSEEK_RATE_LIMIT": "0"}
    with subprocess.Popen([*command, "--workers", "1"], env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            line = next((line for line in process.stderr if line.startswith(_STARTED)), None)
            if line is None:
                raise SystemExit("`postseek serve` ended before it served")
            running = Service(process.pid, int(line.removeprefix(_STARTED).strip(" /\n")))
            running.total("")
            yield running
        finally:
            process.terminate()


def path_of(text: str) -> str:
    """The address of a search, with facets and snippets, which come by default."""
    return f"/search?q={quote_plus(text)}"


def serving_section(folder: Path, blog: Blog, *, size: int, keywords: Sequence[Asked], seconds: float) -> Section:
    """Measure the service on Postseek's index, which is built unless it is there."""
    peer = Full(folder)
    if not peer.folder.exists():
        peer.build(blog.documents(0, size))
    paths = [path_of(asked.text) for asked in keywords]
    with service(peer.folder) as running:
        run_load(Load(running.port, paths, CONNECTIONS, min(1.0, seconds)))
        full = Load(running.port, paths, CONNECTIONS, seconds)
        saturated = _with_cpu(running, full)
        rate = SHARE_OF_SATURATION * saturated[0].per_second
        steady = _with_cpu(running, msgspec.structs.replace(full, rate=rate))
        alone = _with_cpu(running, msgspec.structs.replace(full, paths=["/healthz"]))
        memory = memory_of(running.pid)
        published, served = _update_seconds(running, peer.folder, blog, size)
    rows = (
        _row("/search, saturated", *saturated),
        _row(f"/search, {SHARE_OF_SATURATION:.0%} of that", *steady),
        _row("/healthz, saturated", *alone),
    )
    load_table = Table(
        "HTTP, one worker",
        ("load", "requests/s", "requests/CPU s", "ms, p50 p95 p99", "not 200", "kB/response"),
        rows,
        f"{len(set(paths)):,} different keyword queries over {CONNECTIONS} connections, with facets and snippets. The"
        " second row is open-loop: latency counts from when a request was due. The third is what HTTP alone costs."
        f" The service held {memory.private:.0f} MB private, {memory.anonymous:.0f} MB of it anonymous.",
    )
    update_table = Table(
        f"Update of {CHANGED_POSTS} posts in {size:,}",
        ("until", "seconds"),
        (("published", number(published, 2)), ("the running service answers from it", number(served, 2))),
        "From opening the writer; everything synced to disk and verified.",
    )
    return Section("Service", (load_table, update_table))


def _row(name: str, outcome: Outcome, cpu_seconds: float) -> tuple[str, ...]:
    return (
        name,
        number(outcome.per_second),
        number(outcome.answered / cpu_seconds) if cpu_seconds else "-",
        spread(outcome.latency),
        number(outcome.failed),
        number(outcome.kilobytes, 1),
    )


def _with_cpu(running: Service, load: Load) -> tuple[Outcome, float]:
    """What came of a load, and the CPU seconds that the service used for it."""
    before = cpu_seconds_of(running.pid)
    outcome = run_load(load)
    return outcome, cpu_seconds_of(running.pid) - before


def _update_seconds(running: Service, index: Path, blog: Blog, size: int) -> tuple[float, float]:
    """Seconds until a change of some posts is published, and until the service finds what is new in them."""
    news = "quixotrymendation"
    step = max(1, size // CHANGED_POSTS)
    changed = [blog.post(post, version=1) for post in range(0, size, step)][:CHANGED_POSTS]
    started = time.perf_counter()
    with EmbeddedEngine(index).update() as writer:
        for document in changed:
            writer.put(replace(document, body=f"{document.body}\n{news}"))
        writer.seal()
        writer.publish()
    published = time.perf_counter() - started
    while running.total(news) != len(changed):
        if time.perf_counter() - started > _GIVEN_UP_SECONDS:
            raise SystemExit("the service doesn't follow what was published")
        time.sleep(0.005)
    return published, time.perf_counter() - started
