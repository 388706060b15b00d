"""One run over the sources: what has to be read, what became of it, and what is known afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from search_service.engine.errors import SourceError
from search_service.engine.port import IndexWriter

from . import state as page_state
from .extract.addresses.keys import address_key
from .extract.fingerprint import how_read
from .extract.model import EXTRACTOR_VERSION, NOINDEX
from .extract.site.model import VERSION as LEARNER_VERSION
from .gate import Gate
from .ledger import Ledger
from .outcomes import Outcomes
from .plan import Plan
from .report import Report
from .site_pass import Known, SitePass
from .sources import Failed, NotModified, Page, Source, Validators
from .sources.directory import FileSource
from .state import Sites, SiteState, State
from .workers import Reading, Workers

MAX_AGAIN = 100
"""Pages that a site is asked for a second time in one run."""


class Run:
    """One run: what was known before, and what is known after it. Without a `writer` nothing is written."""

    def __init__(self, writer: IndexWriter | None, before: State, sites: Sites, plan: Plan, report: Report) -> None:
        self._plan = plan
        self._report = report
        self._before = State() if plan.full else before
        self._sites_before = {} if plan.full else sites.sources
        self.sites = Sites(sources=dict(sites.sources))
        self._last = before
        self._ledger = Ledger(self._before)
        self._outcomes = Outcomes(self._ledger, writer, plan, report)
        self._met: set[str] = set()
        self._stale: set[str] = set()
        self._due: set[str] = set()
        self._loose: dict[str, str] = {}
        self._unchanged: set[str] = set()

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
            due = self._ledger.due(today.isoformat(), keys) - self._outcomes.read
            again |= due | self._ledger.posts_in_part(self._outcomes.read | due, self._loose)
            again -= self._report.failures.keys()  # a server that had no answer a moment ago is left in peace
            self._ledger.read_again(again)
            for source in sources:
                self._visit_again(source, workers, again)
        self._outcomes.finish(self._last, pages=len(self._met), unchanged=self._unchanged)

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
                pages=known,
                read=self._outcomes.read,
                met=self._met if only is None else None,
            ),
            alone=self._plan.all_posts,
        )
        for read in passed.read(self._to_read(source, validators, fingerprint, only)):
            self._outcomes.settle(source.key, read)
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
            if url not in self._outcomes.read
            and (
                (page.why == NOINDEX and passed.lifted)
                or (page.document and not passed.relabelled.isdisjoint((address_key(url), address_key(page.document))))
            )
        }.union(() if self._plan.all_posts else passed.evidence.stale(pages.items(), self._outcomes.read))

    def _to_read(
        self, source: Source, validators: dict[str, Validators], fingerprint: str, only: frozenset[str] | None
    ) -> Iterator[Page]:
        """The pages that have to be extracted; what became of the others is noted."""
        for visit in source.visit(validators):
            if (only is not None and visit.url not in only) or visit.url in self._met:
                continue
            self._met.add(visit.url)
            if isinstance(visit, Failed):
                self._outcomes.fail(source.key, visit.url, str(visit.error), gone=visit.error.gone)
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
