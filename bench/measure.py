"""What a run cost: CPU, memory, bytes; read from the kernel's own books."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_TICKS = os.sysconf("SC_CLK_TCK")


class Spread(NamedTuple):
    """Percentiles, in the unit of the values."""

    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The percentiles of at least one value, by nearest rank."""
        ordered = sorted(values)
        return cls(*(ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.50, 0.95, 0.99)))

    def over(self, base: Spread) -> Spread:
        """These in terms of other ones."""
        return Spread(*(mine / theirs for mine, theirs in zip(self, base, strict=True)))


class Memory(NamedTuple):
    """Megabytes of a process: `private` is what it shares with none, `anonymous` what no file backs."""

    resident: float
    private: float
    anonymous: float


class Metered(Generic[T]):
    """An iterable that knows how much CPU time (of this thread) making its elements took, in `seconds`."""

    def __init__(self, source: Iterable[T]) -> None:
        self._source = source
        self.seconds = 0.0

    def __iter__(self) -> Iterator[T]:
        iterator = iter(self._source)
        while True:
            started = time.thread_time()
            try:
                element = next(iterator)
            except StopIteration:
                return
            finally:
                self.seconds += time.thread_time() - started
            yield element


def cpu_seconds_of(pid: int) -> float:
    """CPU seconds that a running process has used, all its threads together (proc(5), /proc/PID/stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory_of(pid: int | str = "self") -> Memory:
    """The memory of a running process (proc(5), /proc/PID/smaps_rollup)."""
    kilobytes: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, value, *_ = line.split()
        kilobytes[name.rstrip(":")] = int(value)
    private = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return Memory(*(size / 1024 for size in (kilobytes["Rss"], private, kilobytes["Anonymous"])))


def megabytes_below(folder: Path) -> float:
    """The size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
