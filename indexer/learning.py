"""The templates of a source: those that the last run left, else what is learned of a sample before a page is read.

The sample is drawn from a directory's files by their paths, from a crawled site's pages that come first. What was
learned of a few pages is learned anew when there are twice as many. Where most of the pages that fitted the templates
don't any more, these are learned anew: those of a directory at once, those of a crawled site by the next run.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from msgspec import structs

from search_service.engine.errors import ExtractionError

from .drift import Drift
from .evidence import Evidence
from .extract.addresses.folders import file_posts
from .extract.site.model import SiteTemplates
from .extract.site.sample import FEWEST, SAMPLE, choose
from .sources import Page, Source
from .sources.directory import DirectorySource
from .state import SiteState
from .workers import Workers

BUFFER = 200
"""Pages of a crawled site that are waited for before its templates are learned."""


class Learning:
    """Tells workers how the pages of a source are read. `site` is what is known of it, `notes` are for the operator."""

    def __init__(self, source: Source, workers: Workers, site: SiteState, evidence: Evidence) -> None:
        self.site = site
        self.notes: list[str] = []
        self._source = source
        self._workers = workers
        self._evidence = evidence
        self._drift: Drift | None = Drift()

    @property
    def templates(self) -> SiteTemplates:
        """The templates that pages are read by."""
        return self.site.templates or SiteTemplates()

    def prepared(self, pages: Iterator[Page]) -> Iterator[Page]:
        """The pages, when the workers know how to read them."""
        site = self.site
        grown = site.sampled < SAMPLE and (self._source.count() or 0) >= 2 * site.sampled
        if site.templates is None or grown:
            sample, pages = self._sample(pages)
            self._learn(sample)
        self._use()
        return pages

    def note(self, *, before: str | None, now: str | None) -> None:
        """Take in by which template a page was read by the last run and by this one."""
        if before is None or self._drift is None:
            return
        self._drift.note(now)
        if not self._drift.is_new_design:
            return
        self.notes.append(f"the design of {self._source.key} has changed: {self._drift}")
        if isinstance(self._source, DirectorySource):
            self._drift = Drift()
            self._learn(self._of_directory(self._source))
            self._use()
        else:
            self._drift = None
            self.site = structs.replace(self.site, templates=None)
            self.notes.append(f"{self._source.key} is learned anew by the next run")

    def _sample(self, pages: Iterator[Page]) -> tuple[list[Page], Iterator[Page]]:
        """What to learn from, nothing where there are too few pages; and all pages."""
        if isinstance(self._source, DirectorySource):
            return self._of_directory(self._source), pages
        first = list(islice(pages, BUFFER))
        chosen = frozenset(choose([page.url for page in first])) if len(first) >= FEWEST else frozenset[str]()
        return [page for page in first if page.url in chosen], chain(first, pages)

    def _of_directory(self, source: DirectorySource) -> list[Page]:
        return list(source.sample(choose)) if source.count() >= FEWEST else []

    def _learn(self, sample: list[Page]) -> None:
        # What is read page by page has no templates, but folders.
        paths = self._source.paths if isinstance(self._source, DirectorySource) else ()
        templates = SiteTemplates(filed=file_posts(paths))
        if sample:
            try:
                templates = self._workers.learn(sample, self._evidence.for_reading())
            except ExtractionError as exc:
                self.notes.append(f"{self._source.key} is read page by page: {exc}")
            else:
                templates = self._with_days_of_lists(templates, sample)
        else:
            self._evidence.look_closer()
        self.site = structs.replace(self.site, templates=templates, sampled=len(sample))

    def _with_days_of_lists(self, templates: SiteTemplates, sample: list[Page]) -> SiteTemplates:
        """What is learned where lists tell the days; they aren't asked where posts show them, nearly everywhere."""
        shows_dates = any(each.dated and not each.of_changes for each in templates.templates)
        if not shows_dates and self._evidence.look_closer():
            try:
                return self._workers.learn(sample, self._evidence.for_reading())
            except ExtractionError as exc:
                self.notes.append(f"the days in lists of {self._source.key} weren't learned from: {exc}")
        return templates

    def _use(self) -> None:
        known = self._evidence.for_reading()
        self._workers.use(structs.replace(self.templates, listed=known.listed, periods=known.periods, path=known.path))
