"""Processes that read pages, and that can be killed: a page may be built to make its reader run for ever.

A pool of futures can't end one task, so each worker has a pipe of its own and a deadline for the page it holds.
"""

from __future__ import annotations

import datetime as dt
import logging
import multiprocessing
import os
import resource
import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from search_service.config import SiteRules
from search_service.engine.errors import ExtractionError, IndexerError

from .extract.legible import legible
from .extract.model import Extraction
from .extract.site.model import SiteTemplates
from .sources import Page

if TYPE_CHECKING:
    from .extract.site.read import SiteReader

log = logging.getLogger(__name__)

MEMORY = 1536 << 20
"""Bytes of address space that a worker may have: interpreter and libraries take a quarter of it."""

_TALKATIVE = ("trafilatura", "htmldate", "charset_normalizer")
"""Libraries that log what they think of every page."""

_RENEWED_AFTER = 2000
"""Pages after which a worker is replaced, so that what libraries cache doesn't add up."""
_HOPELESS = 10
"""Workers that die one after the other, without one page that was read, after which it isn't the pages' fault."""
_LARGE = 400_000
"""Bytes of a page after which, too, it is: 100 MB and more stay with the process that has read one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How pages are read; see `extract.extract`. With `explain` they also say what else they say, and what was cut."""

    single: bool = False
    all_posts: bool = False
    explain: bool = False
    rules: tuple[SiteRules, ...] = ()
    today: dt.date | None = None
    """The day as of which they are read: posts of a later one have to wait. None for that of the clock."""
    examples: int = 0
    """Pages of each template, posts and others apart, that each worker marks for people to look at."""

    @property
    def alone(self) -> bool:
        """Whether every page is read on its own, whatever its site looks like."""
        return self.single or self.all_posts


LEARNING_SECONDS = 120.0
"""What learning a site may take; a hundred pages take two."""

Outcome = tuple[Page, Extraction | ExtractionError]
_Message = Page | list[Page] | SiteTemplates


class Workers:
    """`count` processes that extract pages, each within `seconds`."""

    def __init__(self, reading: Reading, *, count: int, seconds: float) -> None:
        self._reading = reading
        self._count = count
        self._seconds = seconds
        self._context = multiprocessing.get_context("forkserver")
        # The server imports the libraries once, then every worker is there at once.
        self._context.set_forkserver_preload(["indexer.extract.site.learn", "indexer.extract.site.read"])
        self._workers: list[_Worker] = []
        self._site: SiteTemplates | None = None
        self._served = self._died = 0

    def learn(self, pages: Sequence[Page], listed: Mapping[int, str]) -> SiteTemplates:
        """What these pages have in common; `listed` as in `SiteTemplates`. ExtractionError where it takes too long."""
        worker = self._start()
        try:
            worker.connection.send(SiteTemplates(listed=dict(listed)))
            worker.connection.send(list(pages))
            if not worker.connection.poll(LEARNING_SECONDS):
                raise ExtractionError(f"learning the site took longer than {LEARNING_SECONDS:g} s", url=pages[0].url)
            answer = worker.connection.recv()
        except (EOFError, OSError) as exc:
            worker.process.join(1)
            why = f"the process that learned the site died ({_ended(worker.process.exitcode)})"
            raise ExtractionError(why, url=pages[0].url) from exc
        finally:
            worker.kill()
        if isinstance(answer, str):
            raise ExtractionError(answer, url=pages[0].url)
        site: SiteTemplates = answer
        return site

    def use(self, site: SiteTemplates | None) -> None:
        """Read the pages that are taken from now on by what was learned; on their own with None."""
        self._site = site

    def extract(self, pages: Iterable[Page]) -> Iterator[Outcome]:
        """Every page with what came of it, in the order of completion. Pages are taken as workers become free."""
        for page in pages:
            if len(self._workers) < self._count:
                self._workers.append(self._start())
            while not (idle := [worker for worker in self._workers if worker.page is None]):
                yield from self._finished()
            worker = self._replace(idle[0]) if idle[0].spent else idle[0]
            worker.give(page, self._seconds, self._site)
        while any(worker.page is not None for worker in self._workers):
            yield from self._finished()

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _finished(self) -> Iterator[Outcome]:
        busy = [worker for worker in self._workers if worker.page is not None]
        nearest = min(worker.deadline for worker in busy)
        ready = set(wait([worker.connection for worker in busy], timeout=max(0.0, nearest - time.monotonic())))
        for worker in busy:
            if worker.connection in ready:
                yield self._collect(worker)
            elif time.monotonic() >= worker.deadline:
                yield self._give_up(worker, f"reading it took longer than {self._seconds:g} s")

    def _collect(self, worker: _Worker) -> Outcome:
        try:
            outcome = worker.take()
        except (EOFError, OSError):
            worker.process.join(1)
            how = _ended(worker.process.exitcode)
            self._died += 1
            if self._died >= _HOPELESS and not self._served:
                raise IndexerError(
                    f"the processes that read pages die before they have read a single one ({how}); run"
                    " `postseek extract` on one page to see why"
                ) from None
            return self._give_up(worker, f"the process that read it died ({how})")
        self._served += 1
        worker.spent = worker.served >= _RENEWED_AFTER or len(outcome[0].content) > _LARGE
        return outcome

    def _give_up(self, worker: _Worker, why: str) -> Outcome:
        page = worker.page
        assert page is not None
        self._replace(worker)
        return page, ExtractionError(why, url=page.url)

    def _replace(self, worker: _Worker) -> _Worker:
        worker.kill()
        fresh = self._start()
        self._workers[self._workers.index(worker)] = fresh
        return fresh

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._reading), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection
    page: Page | None = None
    deadline: float = 0.0
    served: int = 0
    spent: bool = False
    site: SiteTemplates | None = None

    def give(self, page: Page, seconds: float, site: SiteTemplates | None) -> None:
        self.page, self.deadline = page, time.monotonic() + seconds
        try:
            if site is not self.site:
                self.connection.send(site or SiteTemplates())
                self.site = site
            self.connection.send(page)
        except OSError:
            log.debug("a worker died before it got %s", page.url)  # take() says so

    def take(self) -> Outcome:
        assert self.page is not None
        page, answer = self.page, self.connection.recv()
        self.page, self.served = None, self.served + 1
        return page, ExtractionError(answer, url=page.url) if isinstance(answer, str) else answer

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def _serve(connection: Connection, reading: Reading) -> None:
    """The life of a worker: pages in, extractions or errors out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.nice(5)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    from .extract.rules import RulesBySite
    from .extract.site.read import SiteReader

    rules = RulesBySite(reading.rules)
    reader = SiteReader(SiteTemplates(), rules, today=reading.today)
    marked: Counter[tuple[str | None, bool]] = Counter()
    while True:
        try:
            message: _Message = connection.recv()
        except EOFError:
            return
        if isinstance(message, SiteTemplates):
            reader = SiteReader(message, rules, today=reading.today)
        else:
            connection.send(_answer(message, reader, reading, marked))


def _answer(
    message: Page | list[Page], reader: SiteReader, reading: Reading, marked: Counter[tuple[str | None, bool]]
) -> Extraction | SiteTemplates | str:
    """What came of a page, or of learning from several; why nothing did."""
    from .extract.site.learn import learn

    try:
        if isinstance(message, list):
            return learn(message, reader.rules, reader.site, today=reading.today)
        return _with_mark(message, _extract(message, reader, reading), reading, marked)
    except ExtractionError as exc:
        return str(exc)
    except MemoryError:
        return f"reading it took more than {MEMORY >> 20} MB"
    except Exception as exc:  # one page must never end a run
        log.exception("extracting %s", "a sample" if isinstance(message, list) else message.url)
        return f"unexpected {type(exc).__name__}: {exc}"


def _extract(page: Page, reader: SiteReader, reading: Reading) -> Extraction:
    if reading.alone:
        extraction = reader.alone(page, single=reading.single, all_posts=reading.all_posts)
    else:
        extraction = reader.read(page)
    extraction = replace(extraction, document=legible(extraction.document))
    if not reading.explain:
        return extraction
    from .extract.explain import explained

    return explained(page, extraction)


def _with_mark(
    page: Page, extraction: Extraction, reading: Reading, marked: Counter[tuple[str | None, bool]]
) -> Extraction:
    """The extraction, with the page marked if it is one of the first of its kind."""
    kind = (extraction.template, extraction.is_post)
    if marked[kind] >= reading.examples:
        return extraction
    from .extract.marked import marked_page

    marked[kind] += 1
    return replace(extraction, marked=marked_page(page, extraction))


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit status {code}"
