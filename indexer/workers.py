"""Processes that read pages, and that can be killed: a page may be built to make its reader run for ever.

A pool of futures can't end one task, so each worker has a pipe of its own and a deadline for the page it is at.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from search_service.engine.errors import ExtractionError, IndexerError

from .extract.model import Extraction
from .extract.site.model import SiteTemplates
from .messages import Answer, Learn, Look, Read, Request, Use, answer_of, encode
from .processes import apart, ended, readable
from .sources import Page
from .worker_process import FOR_ALL, FOR_PAGES_ALONE, PRELOADED, serve
from .worker_process import Reading as Reading

log = logging.getLogger(__name__)

_RENEWED_AFTER = 2000
"""Pages after which a worker is replaced, so that what libraries cache doesn't add up."""
_HOPELESS = 10
"""Workers that die one after the other, without one page that was read, after which it isn't the pages' fault."""
_LARGE = 400_000
"""Bytes of a page after which, too, it is: 100 MB and more stay with the process that has read one."""
LEARNING_SECONDS = 120.0
"""What learning a site may take; a hundred pages take two."""
_TOO_LONG = "learning the site took longer than {:g} s"

Outcome = tuple[Page, Extraction | ExtractionError]


class Workers:
    """`count` processes that extract pages, each within `seconds`."""

    def __init__(self, reading: Reading, *, count: int, seconds: float) -> None:
        self._reading = reading
        self._count = count
        self._seconds = seconds
        self._context = multiprocessing.get_context("forkserver")
        self._workers: list[_Worker] = []
        self._site: SiteTemplates | None = None
        self._served = self._died = 0

    def learn(self, pages: Sequence[Page], known: SiteTemplates) -> SiteTemplates:
        """What these pages have in common; of what is `known` the days count. ExtractionError if it takes too long."""
        answer = self._ask(Learn(tuple(pages), known), LEARNING_SECONDS)
        if answer.site is None:
            raise ExtractionError(answer.why, url=pages[0].url)
        return answer.site

    def days_on(self, lists: Mapping[Page, str]) -> Sequence[tuple[str, str]]:
        """What these lists, each of a period, link with a day beside the link; nothing where that takes too long."""
        return self._ask(Look(tuple(lists), tuple(lists.values())), self._seconds).days

    def _ask(self, request: Learn | Look, seconds: float) -> Answer:
        """The answer of a process that isn't reading."""
        worker = self._start()
        try:
            worker.send(request)
            in_time = worker.connection.poll(seconds)
            answer = worker.receive() if in_time else Answer(why=_TOO_LONG.format(seconds))
        except (EOFError, OSError):
            worker.process.join(1)
            answer = Answer(why=f"the process that learned the site died ({ended(worker.process.exitcode)})")
        if not answer.why and len(self._workers) < self._count:
            self._workers.append(worker)  # it goes on to read pages
        else:
            worker.kill()
        return answer

    def use(self, site: SiteTemplates | None) -> None:
        """Read the pages that are taken from now on by what was learned; on their own with None."""
        self._site = site

    def extract(self, pages: Iterable[Page], *, at_once: int = 1) -> Iterator[Outcome]:
        """Every page with what came of it, in the order of completion. Pages are taken as workers become free.

        A worker gets `at_once` pages, which it answers one by one: where they are there without waiting, more than one
        saves the processes waking each other.
        """
        pages = iter(pages)
        while batch := tuple(islice(pages, at_once)):
            worker = yield from self._free()
            worker.give(batch, self._seconds, self._site)
        while any(worker.pages for worker in self._workers):
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

    def _free(self) -> Generator[Outcome, None, _Worker]:
        """A worker that has nothing to do, when there is one."""
        while True:
            for worker in self._workers:
                if not worker.pages:
                    return self._replace(worker) if worker.spent else worker
            if len(self._workers) < self._count:
                self._workers.append(self._start())
            else:
                yield from self._finished()

    def _finished(self) -> Iterator[Outcome]:
        busy = [worker for worker in self._workers if worker.pages]
        nearest = min(worker.deadline for worker in busy)
        ready = readable([worker.connection for worker in busy], timeout=max(0.0, nearest - time.monotonic()))
        now = time.monotonic()  # whoever takes what is yielded may take longer than the next page may
        for worker in busy:
            if worker.connection.fileno() in ready:
                yield self._collect(worker)
            elif now >= worker.deadline:
                yield self._give_up(worker, f"reading it took longer than {self._seconds:g} s")

    def _collect(self, worker: _Worker) -> Outcome:
        try:
            outcome = worker.take(self._seconds)
        except (EOFError, OSError):
            worker.process.join(1)
            how = ended(worker.process.exitcode)
            self._died += 1
            if self._died >= _HOPELESS and not self._served:
                raise IndexerError(
                    f"the processes that read pages die before they have read a single one ({how}); run"
                    " `postseek extract` on one page to see why"
                ) from None
            return self._give_up(worker, f"the process that read it died ({how})")
        self._served += 1
        worker.spent = worker.spent or worker.served >= _RENEWED_AFTER or len(outcome[0].content) > _LARGE
        return outcome

    def _give_up(self, worker: _Worker, why: str) -> Outcome:
        page, *others = worker.pages
        fresh = self._replace(worker)
        if others:
            fresh.give(others, self._seconds, worker.site)
        return page, ExtractionError(why, url=page.url)

    def _replace(self, worker: _Worker) -> _Worker:
        worker.kill()
        fresh = self._start()
        self._workers[self._workers.index(worker)] = fresh
        return fresh

    @property
    def _knows_templates(self) -> bool:
        return self._site is not None and bool(self._site.templates)

    def _start(self) -> _Worker:
        # The server imports the libraries once, when it starts; then every worker is there at once.
        libraries = FOR_PAGES_ALONE if self._reading.alone else () if self._knows_templates else FOR_ALL
        self._context.set_forkserver_preload([*PRELOADED, *libraries])
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs, self._reading), daemon=True)
        with apart():
            process.start()
        theirs.close()
        return _Worker(process, ours)


@dataclass(slots=True, eq=False)
class _Worker:
    """A process with the pages that it was given and hasn't answered; the `deadline` is that of the first of them."""

    process: BaseProcess
    connection: Connection
    pages: deque[Page] = field(default_factory=deque)
    deadline: float = 0.0
    served: int = 0
    spent: bool = False
    site: SiteTemplates | None = None

    def give(self, pages: Sequence[Page], seconds: float, site: SiteTemplates | None) -> None:
        """Have it read pages, if it has none: one that reads doesn't listen, and might never again."""
        self.pages.extend(pages)
        self.deadline = time.monotonic() + seconds
        try:
            if site is not self.site:
                self.send(Use(site or SiteTemplates()))
                self.site = site
            self.send(Read(tuple(pages)))
        except OSError:
            log.debug("a worker died before it got %s", pages[0].url)  # take() says so

    def take(self, seconds: float) -> Outcome:
        """What came of the first page. EOFError or OSError where the process is no more."""
        answer = self.receive()
        page = self.pages.popleft()
        self.deadline, self.served = time.monotonic() + seconds, self.served + 1
        return page, answer.extraction or ExtractionError(answer.why, url=page.url)

    def send(self, request: Request) -> None:
        self.connection.send_bytes(encode(request))

    def receive(self) -> Answer:
        return answer_of(self.connection.recv_bytes())

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()
