"""What became of the pages of a run: noted in ledger and report, and in the index where they are posts."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from search_service.engine.errors import ExtractionError
from search_service.engine.port import IndexWriter

from .extract.model import FUTURE, LATER_PAGE, Extraction
from .ledger import Ledger
from .plan import Plan
from .report import GONE, Report
from .spool import PageRead
from .state import PageState, State
from .unmatched import RulesInUse, missing_posts


class Outcomes:
    """Takes pages as they were read; `read` are their addresses so far. Without a `writer` nothing is written."""

    def __init__(self, ledger: Ledger, writer: IndexWriter | None, plan: Plan, report: Report) -> None:
        self.read: set[str] = set()
        self._ledger = ledger
        self._writer = writer
        self._plan = plan
        self._report = report
        self._no_posts: dict[str, str] = {}
        self._written: list[str] = []
        self._rules_in_use = RulesInUse(plan.rules)

    def settle(self, source: str, page: PageRead) -> None:
        """Note what became of a page of a source that was read, and index it if it is a post."""
        self._plan.advance(1)
        self.read.add(page.url)
        outcome = page.outcome
        if isinstance(outcome, ExtractionError):
            self.fail(source, page.url, str(outcome), gone=False)
            return
        self._report.show(page.url, outcome)
        self._rules_in_use.note(page.url, outcome)
        document, due = outcome.document, _due(outcome)
        now = PageState(
            source=source,
            # A post of the future has to be read again although its page won't change.
            digest="" if outcome.why == FUTURE else page.digest,
            etag=page.validators.etag,
            last_modified=page.validators.last_modified,
            why=outcome.why,
            template=outcome.template,
            part_of=page.part_of,
            due=due.isoformat() if due else None,
        )
        self._no_posts.pop(page.url, None)
        if not outcome.is_post:
            self._no_posts[page.url] = outcome.why or "no post"
        indexed = self._ledger.enter(page.url, now, document if outcome.is_post else None)
        if indexed is not None:
            self._written.append(indexed.url)
            if self._writer is not None:
                self._writer.put(indexed)

    def fail(self, source: str, url: str, why: str, *, gone: bool) -> None:
        """A page that can't be had keeps what it gave before, unless the server says that it is gone."""
        if gone:
            self._ledger.forget(url)
        else:
            self._report.failures[url] = why
            self._ledger.fail(url, PageState(source=source, why=f"it couldn't be read: {why}"))

    def finish(self, last: State, *, pages: int, unchanged: set[str]) -> None:
        """Remove the documents that no page stands for any more, and compare with the last run's."""
        after = self._ledger.state
        self._report.pages = pages
        self._report.copies = self._ledger.copies()
        # By page: some were read twice, or after all.
        self._report.unchanged = len(unchanged - self.read)
        self._report.no_posts = Counter(self._no_posts.values())
        self._report.compare(last, after, self._written, full=self._plan.full)
        self._report.notes += self._rules_in_use.notes(after.pages, after.pages.keys() - self.read)
        self._report.notes += missing_posts(self._plan.named, after.documents())
        if self._writer is not None:
            gone = {change.url for change in self._report.changes if change.kind == GONE and not self._plan.full}
            # What was indexed and turned out to be part of another post, or a copy of one, when that was read.
            for url in gone | (set(self._written) - after.documents().keys()):
                self._writer.delete(url)


def _due(outcome: Extraction) -> dt.date | None:
    """The day on which a page gives something else although it is the same: see `PageState`."""
    if outcome.why == FUTURE:
        return outcome.document.date
    if outcome.last_day is None or outcome.why not in {None, LATER_PAGE}:
        return None
    return outcome.last_day + dt.timedelta(days=1)
