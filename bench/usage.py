"""Runs a command and prints what it and all its descendants used: `python -m bench.usage COMMAND...`.

Worker processes may be nobody's children by the time they end; as a "subreaper" (prctl(2)) this process inherits and
counts them.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Usage:
    """`cpu_seconds` of all processes together, `seconds` by the clock."""

    cpu_seconds: float
    seconds: float


def usage_of(command: Sequence[str]) -> Usage:
    """Run a command to its end. SystemExit with its messages where it fails."""
    done = subprocess.run([sys.executable, "-m", "bench.usage", *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return Usage(**json.loads(done.stdout))


def _main(command: Sequence[str]) -> int:
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    started = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    seconds = time.monotonic() - started
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"cpu_seconds": used.ru_utime + used.ru_stime, "seconds": seconds}))
    return done.returncode


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
