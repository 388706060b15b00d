"""What runs in a process that reads pages: requests in, answers out, until the pipe closes."""

from __future__ import annotations

import datetime as dt
import gc
import logging
import os
import resource
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, TypeVar

from search_service.engine.errors import ExtractionError
from search_service.settings import SiteRules

from .extract.legible import legible
from .extract.model import Extraction
from .extract.site.model import SiteTemplates
from .messages import Answer, Learn, Look, Use, encode, request_of
from .sources import Page

if TYPE_CHECKING:
    from .extract.rules import RulesBySite

PRELOADED = ("indexer.extract.site.learn", "indexer.extract.site.read")
"""What every such process imports, and the process that starts them needn't."""
FOR_ALL = ("trafilatura", "htmldate")
"""What it takes to learn a site, or to read what fits no template. Importing it takes as long as 100 pages that do."""
FOR_PAGES_ALONE = (*FOR_ALL, "bs4")
"""What it takes where every page is read on its own."""
MEMORY = 1536 << 20
"""Bytes of address space that a worker may have: interpreter and libraries take a quarter of it."""

_GARBAGE = 10_000
"""New objects after which garbage is looked for: the tree of one page is several thousand, and none of them is any."""
_TALKATIVE = ("trafilatura", "htmldate", "charset_normalizer")
"""Libraries that log what they think of every page."""

_Subject = TypeVar("_Subject")

log = logging.getLogger(__name__)


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


def serve(connection: Connection, reading: Reading) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.nice(5)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    from .extract.rules import RulesBySite

    life = _Life(reading, RulesBySite(reading.rules))
    gc.set_threshold(_GARBAGE)
    gc.freeze()  # what was imported stays: looking through it for garbage would copy it, process by process
    with suppress(EOFError, OSError):  # the parent has ended, the latter while one of them was speaking
        while True:
            request = request_of(connection.recv_bytes())
            if isinstance(request, Use):
                life.use(request.site)
            elif isinstance(request, Learn):
                connection.send_bytes(_answer(life.learn, request, named="a sample"))
            elif isinstance(request, Look):
                connection.send_bytes(_answer(_look, request, named="lists"))
            else:
                for page in request.pages:
                    connection.send_bytes(_answer(life.read, page, named=page.url))


def _look(request: Look) -> Answer:
    from .dated_lists import days_on

    pairs = zip(request.pages, request.periods, strict=True)
    return Answer(days=tuple(found for page, period in pairs for found in days_on(page, period)))


def _answer(act: Callable[[_Subject], Answer], subject: _Subject, *, named: str) -> bytes:
    """What came of a page, or of learning from several; why nothing did."""
    try:
        return encode(act(subject))
    except ExtractionError as exc:
        why = str(exc)
    except MemoryError:
        why = f"reading it took more than {MEMORY >> 20} MB"
    except Exception as exc:  # one page must never end a run
        log.exception("extracting %s", named)
        why = f"unexpected {type(exc).__name__}: {exc}"
    return encode(Answer(why=why))


class _Life:
    """What a worker does, by what it was last told of the site."""

    def __init__(self, reading: Reading, rules: RulesBySite) -> None:
        self._reading = reading
        self._rules = rules
        self._marked: Counter[tuple[str | None, bool]] = Counter()
        self.use(SiteTemplates())

    def use(self, site: SiteTemplates) -> None:
        from .extract.site.read import SiteReader

        self._reader = SiteReader(site, self._rules, today=self._reading.today)

    def learn(self, request: Learn) -> Answer:
        from .extract.site.learn import learn

        gc.disable()  # the trees of all pages stay to the end: each look for garbage would go through all of them
        try:
            return Answer(site=learn(request.pages, self._rules, request.site, today=self._reading.today))
        finally:
            gc.enable()

    def read(self, page: Page) -> Answer:
        extraction = self._extract(page)
        extraction = self._with_mark(page, replace(extraction, document=legible(extraction.document)))
        return Answer(extraction=extraction)

    def _extract(self, page: Page) -> Extraction:
        reading = self._reading
        if reading.alone:
            extraction = self._reader.alone(page, single=reading.single, all_posts=reading.all_posts)
        else:
            extraction = self._reader.read(page)
        if not reading.explain:
            return extraction
        from .extract.explain import explained

        return explained(page, extraction)

    def _with_mark(self, page: Page, extraction: Extraction) -> Extraction:
        """The extraction, with the page marked if it is one of the first of its kind."""
        kind = (extraction.template, extraction.is_post)
        if self._marked[kind] >= self._reading.examples:
            return extraction
        from .extract.marked import marked_page

        self._marked[kind] += 1
        try:
            return replace(extraction, marked=marked_page(page, extraction))
        except Exception:  # it is one to look at less, and was read all the same
            log.debug("%s can't be marked", page.url, exc_info=True)
            return extraction
