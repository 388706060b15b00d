"""One run over the sources: what has to be read, what became of it, and what is known afterwards."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from search_service.engine.errors import ExtractionError, SourceError
from search_service.engine.port import IndexWriter
from search_service.settings import SiteRules

from . import state as page_state
from .extract.fingerprint import how_read
from .extract.model import EXTRACTOR_VERSION, FUTURE, LATER_PAGE, NOINDEX, Extraction
from .extract.site.addresses import address_key
from .extract.site.model import VERSION as LEARNER_VERSION
from .gate import Gate
from .ledger import Ledger
from .report import GONE, Report
from .site_pass import Known, SitePass
from .sources import Failed, NotModified, Page, Source, Validators
from .sources.directory import FileSource
from .spool import PageRead
from .state import PageState, Sites, SiteState, State
from .unmatched import RulesInUse, missing_posts
from .workers import Reading, Workers

MAX_AGAIN = 100
"""Pages that a site is asked for a second time in one run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a run goes. `seconds` is what one page may take; `advance` is told the number of pages as they are done.

    `rules` are the operator's for single sites; `examples` is the number of pages of each template that are marked for
    the report; `named` are the addresses of posts that settings name, by setting. `today` tells, when a run begins, the
    day as of which it reads pages.
    """

    workers: int
    seconds: float
    gate: Gate
    all_posts: bool = False
    full: bool = False
    dry_run: bool = False
    force: bool = False
    examples: int = 0
    rules: tuple[SiteRules, ...] = ()
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    advance: Callable[[int], None] = lambda pages: None
    today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date()


class Run:
    """One run: what was known before, and what is known after it. Without a `writer` nothing is written."""

    def __init__(self, writer: IndexWriter | None, before: State, sites: Sites, plan: Plan, report: Report) -> None:
        self._writer = writer
        self._plan = plan
        self._report = report
        self._before = State() if plan.full else before
        self._sites_before = {} if plan.full else sites.sources
        self.sites = Sites(sources=dict(sites.sources))
        self._last = before
        self._ledger = Ledger(self._before)
        self._met: set[str] = set()
        self._read: set[str] = set()
        self._stale: set[str] = set()
        self._due: set[str] = set()
        self._loose: dict[str, str] = {}
        self._unchanged: set[str] = set()
        self._no_posts: dict[str, str] = {}
        self._written: list[str] = []
        self._rules_in_use = RulesInUse(plan.rules)

    @property
    def after(self) -> State:
        """What is known of the pages after the run."""
        return self._ledger.state

    @property
    def changed(self) -> bool:
        """Whether there is anything to publish."""
        return (
            self.after.pages != self._before.pages
            or self.after.fingerprints != self._before.fingerprints
            or self.sites.sources != self._sites_before
        )

    def visit_all(self, sources: Sequence[Source]) -> None:
        """Visit every source; and once more where unchanged pages have to be read after all.

        Those are pages that copied a vanished one, posts that other pages have given other tags, the pages of posts of
        which only some were read, and pages whose day has come that a part of the site didn't bring.
        """
        plan, today, keys = self._plan, self._plan.today(), {source.key for source in sources}
        self._due = self._ledger.due(today.isoformat(), keys)
        self._ledger.read_again(self._due)
        reading = Reading(all_posts=plan.all_posts, rules=plan.rules, examples=plan.examples, today=today)
        with Workers(reading, count=self._plan.workers, seconds=self._plan.seconds) as workers:
            for source in sources:
                self._visit(source, workers)
            again = (self._ledger.orphaned_copies() | self._stale) & self._met
            due = self._ledger.due(today.isoformat(), keys) - self._read
            again |= due | self._ledger.posts_in_part(self._read | due, self._loose)
            self._ledger.read_again(again)
            for source in sources:
                self._visit_again(source, workers, again)
        self._finish()

    def _finish(self) -> None:
        """Remove the documents that no page stands for any more, and count."""
        self._report.pages = len(self._met)
        self._report.copies = self._ledger.copies()
        # By page: some were read twice, or after all.
        self._report.unchanged = len(self._unchanged - self._read)
        self._report.no_posts = Counter(self._no_posts.values())
        self._report.compare(self._last, self.after, self._written, full=self._plan.full)
        self._report.notes += self._rules_in_use.notes(self.after.pages, self.after.pages.keys() - self._read)
        self._report.notes += missing_posts(self._plan.named, self.after.documents())
        if self._writer is not None:
            gone = {change.url for change in self._report.changes if change.kind == GONE and not self._plan.full}
            # What was indexed and turned out to be part of another post, or a copy of one, when that was read.
            for url in gone | (set(self._written) - self.after.documents().keys()):
                self._writer.delete(url)

    def check(self, gate: Gate) -> None:
        """The safety gate."""
        report = self._report
        gate.check(
            posts=report.posts,
            posts_before=report.posts_before,
            lost=report.removed,
            pages=report.pages,
            failed=len(report.failures),
        )

    # Visiting

    def _visit_again(self, source: Source, workers: Workers, again: Set[str]) -> None:
        """Read these pages of a source once more; of a site no more than is polite, and the rest in its next run."""
        urls = sorted(url for url in self.after.of_source(source.key) if url in again)
        only = frozenset(urls if source.is_local else urls[:MAX_AGAIN])
        if not only:
            return
        self._met -= only
        try:
            self._visit(source.only(only), workers, only)
        except SourceError as exc:
            self._report.notes.append(f"{len(only)} pages of {source.key} are read again by the next run: {exc}")
        self._met |= only

    def _visit(self, source: Source, workers: Workers, only: frozenset[str] | None = None) -> None:
        fingerprint = self._fingerprint(source)
        reusable = self._before.fingerprints.get(source.key) == fingerprint
        known = self._before.of_source(source.key)
        may_be_unchanged = reusable and only is None
        validators = {
            url: page.validators if may_be_unchanged and page.digest and url not in self._due else Validators()
            for url, page in known.items()
            if only is None or url in only
        }
        site = self.sites.sources if only else self._sites_before
        passed = SitePass(
            source,
            workers,
            Known(
                site=site.get(source.key, SiteState()),
                template=lambda url: known[url].template if url in known else None,
                was_part=lambda url: url in known and known[url].part_of is not None,
                unread_posts=lambda: sum(
                    page.document is not None for url, page in known.items() if url not in self._read
                ),
                is_gone=lambda url: source.complete and only is None and url not in self._met,
            ),
            alone=self._plan.all_posts,
        )
        for read in passed.read(self._to_read(source, validators, fingerprint, only)):
            self._settle(source, read)
        self.sites.sources[source.key] = passed.site
        self._report.notes += passed.notes
        if only is None:
            self._stale |= self._to_read_again(source, passed)
            self.after.fingerprints[source.key] = fingerprint
            if source.base_url_is_guess:
                self._report.notes.append(
                    f"nothing tells where {source.key} is published, so results lead nowhere: give --base-url"
                )
            if source.complete:
                for url in known:
                    if url not in self._met:
                        self._ledger.forget(url)
            self._loose |= passed.loose
            if not self.after.of_source(source.key):
                self.sites.sources.pop(source.key)
                self.after.fingerprints.pop(source.key)

    def _to_read_again(self, source: Source, passed: SitePass) -> set[str]:
        """The pages that would give something else now, because of what was read after them or in their place."""
        pages = self.after.of_source(source.key)
        return {
            url
            for url, page in pages.items()
            if url not in self._read
            and (
                (page.why == NOINDEX and passed.lifted)
                or (page.document and not passed.relabelled.isdisjoint((address_key(url), address_key(page.document))))
            )
        }.union(() if self._plan.all_posts else passed.evidence.stale(pages.items(), self._read))

    def _to_read(
        self, source: Source, validators: dict[str, Validators], fingerprint: str, only: frozenset[str] | None
    ) -> Iterator[Page]:
        """The pages that have to be extracted; what became of the others is noted."""
        for visit in source.visit(validators):
            if (only is not None and visit.url not in only) or visit.url in self._met:
                continue
            self._met.add(visit.url)
            if isinstance(visit, Failed):
                self._fail(source, visit.url, str(visit.error), gone=visit.error.gone)
            elif isinstance(visit, NotModified) or self._is_unchanged(visit, source, fingerprint):
                self._unchanged.add(visit.url)
                self._ledger.keep(visit)
            else:
                yield visit
                continue
            self._plan.advance(1)

    def _is_unchanged(self, page: Page, source: Source, fingerprint: str) -> bool:
        """Whether a page was read before, in this way, by a run over this source.

        A site reads its pages better than a single file is read on its own, so it takes back what a file brought, and
        a file that says nothing new doesn't take a page from its site.
        """
        known = self.after.pages.get(page.url)
        return (
            known is not None
            and (known.source == source.key or isinstance(source, FileSource))
            and self._before.fingerprints.get(known.source) == fingerprint
            and known.digest == page_state.digest(page)
        )

    def _fingerprint(self, source: Source) -> str:
        """What has to be the same for a page that didn't change to give what it gave before."""
        read_by = how_read(self._plan.rules, base_url=source.base_url)
        return f"{EXTRACTOR_VERSION}.{LEARNER_VERSION}|{self._plan.all_posts}|{read_by}"

    def _settle(self, source: Source, page: PageRead) -> None:
        """Note what became of a page that was read, and index it if it is a post."""
        self._plan.advance(1)
        self._read.add(page.url)
        outcome = page.outcome
        if isinstance(outcome, ExtractionError):
            self._fail(source, page.url, str(outcome), gone=False)
            return
        self._report.show(page.url, outcome)
        self._rules_in_use.note(page.url, outcome)
        document, due = outcome.document, _due(outcome)
        now = PageState(
            source=source.key,
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

    def _fail(self, source: Source, url: str, why: str, *, gone: bool) -> None:
        """A page that can't be had keeps what it gave before, unless the server says that it is gone."""
        if gone:
            self._ledger.forget(url)
        else:
            self._report.failures[url] = why
            self._ledger.fail(url, PageState(source=source.key, why=f"it couldn't be read: {why}"))


def _due(outcome: Extraction) -> dt.date | None:
    """The day on which a page gives something else although it is the same: see `PageState`."""
    if outcome.why == FUTURE:
        return outcome.document.date
    if outcome.last_day is None or outcome.why not in {None, LATER_PAGE}:
        return None
    return outcome.last_day + dt.timedelta(days=1)
