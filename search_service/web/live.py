"""Follows the live generation: what is published is served within a second, and no answer mixes two generations.

Requests lease the searcher that is current when they begin and keep it to their end. A newer generation takes its
place in one assignment; the older searcher is closed when its last lease ends. All of this happens on the event
loop's thread, so it needs no locks; only opening an index and checking its bytes happen elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from ..engine.errors import EngineUnavailable, IndexCorrupt, IndexMissing, PostseekError
from ..engine.model import Generation, Query
from ..engine.port import Engine, Searcher
from .scrub import verified
from .survey import Survey, survey

log = logging.getLogger(__name__)

POLL_SECONDS = 0.25
"""Between two looks at which generation is live; each is one read of a few bytes."""
_PAUSE_SECONDS = 10
"""Before what failed for want of memory or file descriptors, or of a reason that nobody foresaw, is tried again."""


@dataclass(slots=True, eq=False)
class _Open:
    """An open searcher and the number of requests that use it now."""

    searcher: Searcher
    survey: Survey
    leases: int = 0
    retired: bool = False

    @property
    def generation(self) -> str:
        return self.searcher.generation.id

    def close_when_unused(self) -> None:
        if self.retired and not self.leases:
            self.searcher.close()


class LiveIndex:
    """The searcher to answer with. It changes only within `following`.

    What is open keeps being served when the index's folder goes away and when a newer generation is broken.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._open: _Open | None = None
        self._failure: PostseekError | None = None
        self._tried: str | None = None
        self._refused: frozenset[str] = frozenset()
        self._unscrubbed = asyncio.Event()
        self._changing = asyncio.Lock()

    @property
    def generation(self) -> Generation | None:
        """The generation that is served now; None while there is none."""
        return self._open.searcher.generation if self._open else None

    @property
    def origins(self) -> frozenset[str]:
        """The origins of its posts."""
        return self._open.survey.origins if self._open else frozenset()

    @property
    def lang(self) -> str | None:
        """The tag of the language that most of its posts have, if the search page speaks it."""
        return self._open.survey.lang if self._open else None

    @contextmanager
    def searcher(self) -> Iterator[Searcher]:
        """The current searcher, for one request. Where there is none, the error that says why."""
        leased = self._open
        if leased is None:
            raise (self._failure or IndexMissing("no index is being served")).with_traceback(None)
        leased.leases += 1
        try:
            yield leased.searcher
        finally:
            leased.leases -= 1
            leased.close_when_unused()

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Open the live generation, if there is one, and follow it for as long as the context lasts."""
        pause = await self._refresh()
        tasks = [asyncio.create_task(self._follow(pause)), asyncio.create_task(self._scrub())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._serve(None)

    async def _follow(self, pause: float) -> None:
        while True:
            await asyncio.sleep(pause)
            pause = await self._refresh()

    async def _refresh(self) -> float:
        """Open the live generation where that may give something else than last time; the seconds until the next look.

        What couldn't be opened for now isn't tried yet.
        """
        async with self._changing:
            try:
                live = self._engine.live_id()
                if not self._is_news(live) or await self._reopen():
                    self._tried = live
                    return POLL_SECONDS
            except Exception:
                log.exception("can't tell which generation is live; what is open keeps being served")
            return _PAUSE_SECONDS

    def _is_news(self, live: str | None) -> bool:
        """Whether opening may give something else than last time. A broken generation is tried once."""
        if self._open is None:
            passing = self._failure is None or isinstance(self._failure, IndexMissing | EngineUnavailable)
            return passing or live != self._tried
        return live not in (self._tried, self._open.generation)

    async def _reopen(self) -> bool:
        """Serve the live generation; a fallback only where nothing else serves. False where that has to wait."""
        try:
            searcher, surveyed = await self._warm_searcher()
        except PostseekError as exc:
            # A missing index is asked for again and again; once is enough in the log.
            if not (isinstance(exc, IndexMissing) and isinstance(self._failure, IndexMissing)):
                log.error("%s", exc)
            self._failure = exc
            return not isinstance(exc, EngineUnavailable)
        except (OSError, MemoryError) as exc:
            # Not raised from it: what is kept would hold on to what was opened until then, descriptors among it.
            self._failure = EngineUnavailable(
                f"the index can't be opened for now ({exc!r}); it is tried again every {_PAUSE_SECONDS} seconds: give"
                " the service more file descriptors or memory"
            )
            log.error("%s", self._failure)
            return False
        generation = searcher.generation
        if self._serves(generation.id) or (not generation.live and self._open_is_good()):
            searcher.close()
        else:
            self._serve(_Open(searcher, surveyed))
        return True

    async def _warm_searcher(self) -> tuple[Searcher, Survey]:
        """A searcher that has answered in this thread, and what is known of its posts.

        What fails in an unforeseen way is refused from then on.
        """
        while True:
            trying = self._engine.live_id()
            try:
                searcher = await asyncio.to_thread(self._engine.searcher, refuse=self._refused)
                trying = searcher.generation.id
                surveyed = await asyncio.to_thread(survey, searcher)
                searcher.search(Query(per_page=1))
            except (PostseekError, OSError, MemoryError):
                raise
            except Exception as exc:
                if trying is None or trying in self._refused:
                    raise IndexCorrupt(f"the index can't be opened: {exc}") from exc
                log.exception("generation %s can't be opened; it is refused", trying)
                self._refused |= {trying}
            else:
                return searcher, surveyed

    async def _scrub(self) -> None:
        """Check every generation that is served, one after the other."""
        while True:
            await self._unscrubbed.wait()
            self._unscrubbed.clear()
            if self._open is None:
                continue
            generation = self._open.generation
            try:
                await self._check(generation)
            except (OSError, MemoryError) as exc:
                log.warning("generation %s can't be checked for now: %r", generation, exc)
                await asyncio.sleep(_PAUSE_SECONDS)
                self._unscrubbed.set()
            except Exception as exc:
                log.warning("generation %s couldn't be checked: %s", generation, exc)

    async def _check(self, generation: str) -> None:
        """Check every byte of a generation, and abandon it for a flaw."""
        try:
            await verified(self._engine, generation)
        except IndexCorrupt as exc:
            await self._abandon(generation, exc)

    async def _abandon(self, generation: str, flaw: IndexCorrupt) -> None:
        """Refuse a generation in which a flaw was found, and serve the last good one."""
        async with self._changing:
            live = self._engine.live_id()
            listed = {each.id for each in self._engine.generations()}
            gone = live is None or (live != generation and generation not in listed)
            if gone or not self._serves(generation):  # pruned while it was read: no flaw
                return
            log.error("%s; generation %s is refused from now on", flaw, generation)
            self._refused |= {generation}
            tried = await self._reopen()
            if self._serves(generation):
                self._serve(None)
                if tried:
                    log.error("there is no good generation left to serve")
                    self._failure = flaw

    def _serves(self, generation: str) -> bool:
        return self._open is not None and self._open.generation == generation

    def _open_is_good(self) -> bool:
        return self._open is not None and self._open.generation not in self._refused

    def _serve(self, opened: _Open | None) -> None:
        """From now on lease this one; close the one before after its last lease."""
        retired, self._open = self._open, opened
        if opened is not None:
            generation = opened.searcher.generation
            log.info("serving generation %s, %d documents", generation.id, generation.documents)
            self._failure = None
            self._unscrubbed.set()
        if retired is not None:
            retired.retired = True
            retired.close_when_unused()
