"""Keeps an index fresh: looks at its sources again and again, and at once at pages that somebody asked for.

A directory is walked in every round, which costs a checksum a file. Of a site a round reads what its feeds list and
what its sitemaps list anew; only once a day every page is asked whether it changed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from search_service.engine.errors import BuildRejected, IndexLocked, PostseekError
from search_service.engine.port import Engine
from search_service.engine.requests import ReindexRequests

from .pipeline import index_sources
from .plan import Plan
from .report import Report
from .sources import Source
from .sources.site import Part, SiteSource

WHOLE_ROUND_SECONDS = 24 * 3600
_GLANCE_SECONDS = 1.0
"""How often it looks whether pages were asked for."""

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Watch:
    """Rounds over the sources that `open_sources` gives, `seconds` apart.

    `tell` is given the report of the first round, and of every later one that published something.
    """

    engine: Engine
    open_sources: Callable[[], Sequence[Source]]
    plan: Plan
    requests: ReindexRequests
    seconds: float
    tell: Callable[[Report], None]
    clock: Callable[[], float] = time.monotonic
    _round_at: float = field(default=float("-inf"), init=False)
    _whole_round_at: float = field(default=float("-inf"), init=False)
    _failed: bool = field(default=False, init=False)
    _has_told: bool = field(default=False, init=False)

    def run(self) -> NoReturn:
        """Watch without an end, but for an exception such as KeyboardInterrupt: what a round has drafted goes then."""
        while True:
            self.look()
            time.sleep(_GLANCE_SECONDS)

    def look(self) -> None:
        """A round, if it is time for one or pages were asked for.

        What keeps a round from its end is logged. What was asked for stays, and the next round waits its time.
        """
        now = self.clock()
        is_round = now - self._round_at >= self.seconds
        if self._failed and not is_round:
            return
        whole = is_round and now - self._whole_round_at >= WHOLE_ROUND_SECONDS
        if is_round:
            self._round_at = now
        self._failed = True
        try:
            with self.requests.drain() as asked:
                if whole:
                    self._index(None)
                # A whole round need not come across what was asked for: nothing may lead there yet.
                if asked or (is_round and not whole):
                    self._index(Part(pages=asked, news=is_round and not whole))
        except IndexLocked as exc:
            log.info("waiting: %s", exc)
        except BuildRejected as exc:
            log.error("%s", exc)
            if whole:  # another one would be refused as well, and costs the site a request a page
                self._whole_round_at = now
        except (PostseekError, OSError) as exc:  # a disk, too, may be back by then
            log.error("%s", exc)
        except Exception:  # no page may keep all others from being read for good
            log.exception("a round failed")
        else:
            self._failed = False
            if whole:
                self._whole_round_at = now

    def _index(self, part: Part | None) -> None:
        """Read the sources: of sites this part, or the whole. BuildRejected where nothing may be published of it."""
        sources = [
            source.part(part) if isinstance(source, SiteSource) and part else source for source in self.open_sources()
        ]
        report = index_sources(self.engine, sources, self.plan)
        if report.refused:
            raise report.refused
        if report.published or not self._has_told:
            self._has_told = True
            self.tell(report)
