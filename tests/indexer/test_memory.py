"""Indexing a large site: what the process that leads holds in memory doesn't grow with its texts."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import BASE, PAGE

PEAK = (
    "import sys\n"
    "from search_service.cli import main\n"
    "main(sys.argv[1:], standalone_mode=False)\n"
    # Not `getrusage`, whose peak begins with that of the process that started this one.
    "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"
)


def write_pages(folder: Path, count: int) -> None:
    """So many posts of some 150 words, every one with two that no other post has."""
    folder.mkdir()
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvwy", k=chance.randint(3, 10))) for _ in range(30_000)]
    for number in range(count):
        text = " ".join(chance.choices(words, k=150))
        page = PAGE.format(
            title=f"{text[:40]} {number}",
            canonical=f"{BASE}{number}.html",
            date=f"20{number % 20:02}-0{number % 9 + 1}-1{number % 10}",
            text=f"{text}. Only{number:x} unique{number:o}.",
            tag=f"tag {number % 300}",
        )
        (folder / f"{number}.html").write_text(page)


@pytest.mark.served
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks the kernel for the peak")
@pytest.mark.parametrize(("pages", "megabytes"), [(2_000, 180), pytest.param(100_000, 580, marks=pytest.mark.soak)])
def test_the_peak_of_memory_is_bounded(tmp_path: Path, pages: int, megabytes: int) -> None:
    write_pages(tmp_path / "public", pages)
    arguments = ["index", str(tmp_path / "public"), "--base-url", BASE, "--index", str(tmp_path / "index")]
    run = subprocess.run([sys.executable, "-c", PEAK, *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert f"{pages:,}" in run.stdout
    peak = int(run.stdout.split()[-2]) >> 10
    assert peak < megabytes, f"{peak} MB"
