"""Opens one peer's index in a fresh process: `python -m bench.cold PEER FOLDER`, queries as JSON on stdin.

What the packages take to import is counted apart: a service pays it once, before it is ready.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import msgspec

from .measure import Memory, memory_of
from .peers import peer_class
from .querylog import Asked


class Cold(msgspec.Struct):
    """CPU milliseconds of the first steps of a process, and its memory before opening and after all queries."""

    import_ms: float
    open_ms: float
    first_ms: float
    before: Memory
    after: Memory


def cold_start(name: str, folder: Path, log: list[Asked], *, starts: int) -> Cold:
    """What a fresh process measures, the quickest of several. The log holds queries that the peer can answer."""
    return min((_started(name, folder, log) for _ in range(starts)), key=lambda cold: cold.open_ms + cold.first_ms)


def _started(name: str, folder: Path, log: list[Asked]) -> Cold:
    command = [sys.executable, "-m", "bench.cold", name, str(folder)]
    done = subprocess.run(command, input=msgspec.json.encode(log), capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} can't be opened in a fresh process:\n{done.stderr.decode()}")
    return msgspec.json.decode(done.stdout, type=Cold)


def _measured(name: str, folder: Path, log: list[Asked]) -> Cold:
    begun = time.process_time()
    peer = peer_class(name)(folder)
    imported = time.process_time()
    before = memory_of()
    opening = time.process_time()
    peer.open()
    opened = time.process_time()
    peer.search(log[0])
    answered = time.process_time()
    for asked in log[1:]:
        peer.search(asked)
    return Cold(
        import_ms=1000 * (imported - begun),
        open_ms=1000 * (opened - opening),
        first_ms=1000 * (answered - opened),
        before=before,
        after=memory_of(),
    )


if __name__ == "__main__":
    queries = msgspec.json.decode(sys.stdin.buffer.read(), type=list[Asked])
    sys.stdout.buffer.write(msgspec.json.encode(_measured(sys.argv[1], Path(sys.argv[2]), queries)))
