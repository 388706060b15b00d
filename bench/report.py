"""docs/benchmarks.md: on what machine, when, how, and what came out."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .tables import Section

PAGE, PLOT = "benchmarks.md", "benchmarks.svg"

_PACKAGES = (
    "postseek",
    "numpy",
    "whoosh-reloaded",
    "tantivy",
    "bm25s",
    "xapian-bindings-binary",
    "trafilatura",
    "pagefind",
)
_BUSY_SHARE = 0.5
_INTRODUCTION = """\
# Benchmarks

Written by `make bench`; nothing in here is typed by hand. Read the ratios: engines take turns in one process, so what
slows one down slows the others down too. Each answers some 25 queries of a kind in one go, as a service does that
answers query after query; what comes out when another engine is asked at every query has a table of its own.
Milliseconds are those of this machine on that day. Times are CPU time of the calling thread, the best of several
passes; what is by the clock says so. How well posts are read and found, beside the best known tools, is in
[quality](quality.md).
"""


def write_report(folder: Path, sections: Sequence[Section], facts: Sequence[tuple[str, str]]) -> Path:
    """Write the page, and the plot beside it; the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [_INTRODUCTION, "| | |\n| --- | --- |\n" + "\n".join(f"| {name} | {value} |" for name, value in facts)]
    for section in sections:
        parts.append(f"## {section.title}")
        if section.plot:
            (folder / PLOT).write_text(section.plot, encoding="utf-8")
            parts.append(f"![Latency by kind of query and engine]({PLOT})")
        for table in section.tables:
            parts += [f"### {table.title}", table.as_markdown()]
    page = folder / PAGE
    page.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")
    return page


def machine() -> list[tuple[str, str]]:
    """What the numbers depend on."""
    versions = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES if _version(name))
    return [
        ("Date", f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"),
        ("Machine", f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("Packages", versions),
    ]


def noise(loads: Sequence[float]) -> tuple[str, str]:
    """A line about what else ran: the load averages before and after; this program's own part is one or two."""
    cores = os.cpu_count() or 1
    said = " and ".join(f"{load:.1f}" for load in loads)
    busy = loads[0] > _BUSY_SHARE * cores
    verdict = ": other work ran at the same time, so read nothing but ratios" if busy else ""
    return "Load average before and after", said + verdict


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
