"""Workers are killed when a page takes too long, dies with its worker, or is fine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.extract.model import Extraction
from indexer.extract.site.model import SiteTemplates
from indexer.messages import Read, encode
from indexer.sources import Page
from indexer.worker_process import serve
from indexer.workers import Reading, Workers
from search_service.engine.errors import ExtractionError, IndexerError

GOOD = (
    b"<html><head><title>Fine</title></head><body><article><h1>Fine</h1><p>Some words here.</p></article></body></html>"
)


def pages(count: int) -> list[Page]:
    return [Page(url=f"https://blog.example/{number}", content=GOOD) for number in range(count)]


def test_every_page_comes_back_once() -> None:
    with Workers(Reading(), count=2, seconds=60) as workers:
        outcomes = list(workers.extract(pages(20)))
    assert sorted(page.url for page, _ in outcomes) == sorted(page.url for page in pages(20))
    assert all(isinstance(outcome, Extraction) for _, outcome in outcomes)


def test_a_page_that_takes_too_long_is_given_up_and_named() -> None:
    with Workers(Reading(), count=1, seconds=0.0) as workers:
        outcomes = list(workers.extract(pages(2)))
    assert [type(outcome) for _, outcome in outcomes] == [ExtractionError] * 2
    assert "took longer than 0 s" in str(outcomes[0][1])


@pytest.mark.served
def test_a_page_that_was_read_in_time_counts_however_long_the_one_before_it_waits_to_be_settled() -> None:
    longer = GOOD.replace(b"<p>", b"<p>" + b"Some words stand here.</p><p>" * 2000)
    slow = Page(url="https://blog.example/slow", content=longer)
    with Workers(Reading(), count=2, seconds=4) as workers:
        found = workers.extract([*pages(1), slow])
        first = next(found)
        time.sleep(5)
        outcomes = [first, *found]
    assert [type(outcome) for _, outcome in outcomes] == [Extraction] * 2


@pytest.mark.served
def test_a_worker_that_dies_costs_one_page_and_no_more() -> None:
    with Workers(Reading(), count=1, seconds=60) as workers:
        assert len(list(workers.extract(pages(1)))) == 1
        (worker,) = workers._workers
        os.kill(worker.process.pid or 0, signal.SIGKILL)
        worker.process.join()
        outcomes = list(workers.extract(pages(3)))
    errors = [str(outcome) for _, outcome in outcomes if isinstance(outcome, ExtractionError)]
    assert len(outcomes) == 3
    assert errors == ["the process that read it died (SIGKILL)"]


def test_pages_that_are_given_at_once_come_back_one_by_one() -> None:
    with Workers(Reading(), count=2, seconds=60) as workers:
        outcomes = list(workers.extract(pages(21), at_once=8))
    assert sorted(page.url for page, _ in outcomes) == sorted(page.url for page in pages(21))
    assert all(isinstance(outcome, Extraction) for _, outcome in outcomes)


def test_each_of_the_pages_that_are_given_at_once_has_the_time_of_one() -> None:
    with Workers(Reading(), count=1, seconds=0.0) as workers:
        outcomes = list(workers.extract(pages(3), at_once=3))
    assert [page.url for page, _ in outcomes] == [page.url for page in pages(3)]
    assert ["took longer than 0 s" in str(outcome) for _, outcome in outcomes] == [True] * 3


@pytest.mark.served
def test_a_worker_that_dies_with_several_pages_costs_the_one_it_was_at() -> None:
    with Workers(Reading(), count=1, seconds=60) as workers:
        assert len(list(workers.extract(pages(1)))) == 1
        (worker,) = workers._workers
        os.kill(worker.process.pid or 0, signal.SIGKILL)
        worker.process.join()
        outcomes = list(workers.extract(pages(5), at_once=5))
    assert [page.url for page, _ in outcomes] == [page.url for page in pages(5)]
    assert [isinstance(outcome, Extraction) for _, outcome in outcomes] == [False, True, True, True, True]


def test_the_process_that_learned_a_site_reads_it() -> None:
    with Workers(Reading(), count=1, seconds=60) as workers:
        workers.use(workers.learn(pages(20), SiteTemplates()))
        learned_in = workers._workers[0].process.pid
        outcomes = list(workers.extract(pages(3)))
        assert workers._workers[0].process.pid == learned_in
    assert all(isinstance(outcome, Extraction) for _, outcome in outcomes)


class Broken:
    """Ends the process that unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return sys.exit, (3,)


@pytest.mark.served
def test_workers_that_cant_even_start_end_the_run() -> None:
    with (
        Workers(Reading(rules=(Broken(),)), count=1, seconds=60) as workers,  # type: ignore[arg-type]
        pytest.raises(IndexerError, match=r"before they have read a single one"),
    ):
        list(workers.extract(pages(20)))


QUESTION = encode(Read(tuple(pages(50))))


@pytest.mark.served
@pytest.mark.parametrize("sent", [b"a part of it", QUESTION], ids=["in the middle of a sentence", "before the answer"])
def test_a_worker_whose_parent_dies_ends_quietly(sent: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, Reading()))
    process.start()
    theirs.close()
    os.write(ours.fileno(), struct.pack("!i", len(QUESTION)) + sent)
    ours.close()
    process.join(60)
    assert process.exitcode == 0
    assert "Traceback" not in capfd.readouterr().err


PARENT = """
from indexer.workers import Reading, Workers
from tests.indexer.test_workers import pages
workers = Workers(Reading(), count=1, seconds=60)
list(workers.extract(pages(1)))
print(workers._workers[0].process.pid, flush=True)
input()
"""


@pytest.mark.served
def test_workers_end_when_their_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = Path("/proc") / parent.stdout.readline().decode().strip()
        assert worker.exists()
        parent.kill()
    for _ in range(200):
        if not worker.exists():
            break
        time.sleep(0.05)
    assert not worker.exists()


SCRIPT = """
import pathlib
with pathlib.Path("log").open("a") as log:
    log.write("ran\\n")
from indexer.workers import Reading, Workers
from tests.indexer.test_workers import pages
if __name__ == "__main__":
    with Workers(Reading(), count=1, seconds=60) as workers:
        assert len(list(workers.extract(pages(1)))) == 1
"""


@pytest.mark.served
def test_ctrl_c_waits_for_a_process_that_starts_and_is_for_the_parent_alone() -> None:
    code = (
        "import os, signal, subprocess\n"
        "from indexer.processes import apart\n"
        "try:\n"
        "    with apart():\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        print(subprocess.check_output(['grep', 'SigBlk', '/proc/self/status'], text=True).split()[1])\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    mask, then = done.stdout.split()
    assert int(mask, 16) >> signal.SIGINT - 1 & 1, "what was started would be interrupted"
    assert then == "interrupted"


def test_workers_dont_run_what_their_parent_runs(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "script.py"], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "log").read_text() == "ran\n"


def test_what_reads_pages_by_templates_needs_no_trafilatura() -> None:
    heavy = "{'trafilatura', 'htmldate', 'bs4', 'charset_normalizer'}"
    program = (
        f"import sys, indexer.extract.site.learn, indexer.extract.site.read; sys.exit(bool({heavy} & {{*sys.modules}}))"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
