"""One pass over a source: its templates first, then its pages, then what only the whole site can tell.

The templates are those that the last run left, else learned from a sample: of a directory's files by their paths, of a
crawled site from the pages that come first. What depends on other pages - tags that only tag pages name, a `noindex`
that is on all posts, the rest of a post that goes on - is settled when all pages are read; what waits for it waits on
disk.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from msgspec import structs

from search_service.engine.errors import ExtractionError
from search_service.engine.tags import tags_of

from . import state
from .continuations import Continuations, as_later_page
from .drift import Drift
from .evidence import Evidence
from .extract.model import NOINDEX, Extraction, TagPage
from .extract.site.addresses import address_key
from .extract.site.model import SiteTemplates
from .extract.site.sample import FEWEST, choose
from .feed_evidence import completed
from .sources import Page, Source
from .sources.directory import DirectorySource
from .spool import PageRead, Spool
from .state import SiteState
from .workers import Workers

BUFFER = 200
"""Pages of a crawled site that are waited for before its templates are learned."""
AT_ONCE = 8
"""Pages on this machine that a process gets at once."""
_SETTING = 0.9
"""The share of all posts that must ask not to be indexed for that to be a setting of the site."""
_FEWEST_FOR_SETTING = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a run knows of a source from before, beside its state as a whole.

    `template` is the template that a page was read by, `was_part` whether it continued a post, `unread_posts` the
    number of its posts that this run didn't read, `is_gone` whether a page isn't there any more; the last two are asked
    when all pages have been read.
    """

    site: SiteState = field(default_factory=SiteState)
    template: Callable[[str], str | None] = lambda url: None
    was_part: Callable[[str], bool] = lambda url: False
    unread_posts: Callable[[], int] = lambda: 0
    is_gone: Callable[[str], bool] = lambda url: False


class SitePass:
    """A pass over the pages of one source. `site` is what is known of it afterwards."""

    def __init__(self, source: Source, workers: Workers, known: Known, *, alone: bool = False) -> None:
        self._source = source
        self._alone = alone
        self._workers = workers
        self._known = known
        self._drift = Drift()
        self._posts = self._noindexed = 0
        self.site = known.site
        self._tag_pages = dict(known.site.tag_pages)
        self.notes: list[str] = []
        self.relabelled: frozenset[int] = frozenset()
        """Addresses (`address_key`) of posts whose tags other pages have changed."""
        self.evidence = Evidence(source, known.site)
        self.loose: dict[str, str] = {}
        """Later pages of posts whose first pages, at these addresses, weren't read."""
        self._continuations = Continuations()
        self.lifted = False
        """Whether posts that an earlier run left out for their `noindex` are let in now."""

    def read(self, pages: Iterator[Page]) -> Iterator[PageRead]:
        """Every page with what came of it, those that depend on others last."""
        pages = self._prepared(pages)
        with Spool() as waiting:
            at_once = AT_ONCE if self._source.is_local else 1
            for page, outcome in self._workers.extract(pages, at_once=at_once):
                read = PageRead(page.url, page.path, state.digest(page), page.validators, outcome)
                if isinstance(outcome, ExtractionError):
                    yield read
                    continue
                self._note(page.url, outcome)
                if self._waits(outcome):
                    self._continuations.meet(page.url, outcome, waiting.put(read, outcome))
                else:
                    yield replace(read, outcome=self._served(page.url, outcome))
            yield from self._settled(waiting)

    # Before

    def _prepared(self, pages: Iterator[Page]) -> Iterator[Page]:
        """The pages, with the workers told how to read them."""
        if self._alone:
            self._workers.use(None)
            return pages
        pages = self.evidence.gathered(pages)
        site = self.site
        grown = (self._source.count() or 0) >= 2 * site.sampled
        if site.templates is None or (not site.templates.templates and grown):
            pages = self._learn(pages)
        self._use(self.site.templates)
        return pages

    def _use(self, templates: SiteTemplates | None) -> None:
        self._workers.use(structs.replace(templates or SiteTemplates(), listed=self.evidence.days))

    def _learn(self, pages: Iterator[Page]) -> Iterator[Page]:
        """The pages; `site` has templates, if there is enough to learn them from."""
        if isinstance(self._source, DirectorySource):
            sample = list(self._source.sample(choose)) if self._source.count() >= FEWEST else []
        else:
            first = list(islice(pages, BUFFER))
            pages = chain(first, pages)
            chosen = frozenset(choose([page.url for page in first]))
            sample = [page for page in first if page.url in chosen] if len(first) >= FEWEST else []
        templates = SiteTemplates()
        if sample:
            try:
                templates = self._workers.learn(sample, self.evidence.days)
            except ExtractionError as exc:
                self.notes.append(f"{self._source.key} is read page by page: {exc}")
        self.site = structs.replace(self.site, templates=templates, sampled=len(sample))
        return pages

    # On the way

    def _note(self, url: str, extraction: Extraction) -> None:
        self._posts += extraction.is_post
        self._noindexed += extraction.why == NOINDEX
        if extraction.tag_page is not None:
            self._tag_pages[url] = extraction.tag_page
        if self._known.template(url) is not None:
            self._drift.note(extraction.template)
            if self._drift.is_new_design:
                self._learn_again()

    def _learn_again(self) -> None:
        """Learn the site anew: most of the pages that fitted its templates when they were last read don't any more."""
        self.notes.append(f"the design of {self._source.key} has changed: {self._drift}")
        self._drift = Drift()
        self.site = structs.replace(self.site, templates=None)
        if isinstance(self._source, DirectorySource):
            self._learn(iter(()))
            self._use(self.site.templates)
        else:
            self._known = replace(self._known, template=lambda url: None)
            self.notes.append(f"{self._source.key} is learned anew by the next run")

    def _waits(self, extraction: Extraction) -> bool:
        untagged = extraction.is_post and not extraction.document.tags
        in_parts = extraction.goes_on or extraction.later_page is not None
        return in_parts or extraction.why == NOINDEX or (untagged and self._joins)

    @property
    def _joins(self) -> bool:
        return self.site.templates is not None and bool(self.site.templates.entries)

    # When all pages are read

    def _settled(self, waiting: Spool) -> Iterator[PageRead]:
        is_setting = self._noindex_is_a_setting()
        tag_pages = {url: page for url, page in self._tag_pages.items() if not self._known.is_gone(url)}
        labels = _labels_by_post(tag_pages.values())
        before = _labels_by_post(self._known.site.tag_pages.values())
        self.relabelled = frozenset(
            key for key in labels.keys() | before.keys() if labels.get(key, set()) != before.get(key, set())
        )
        if is_setting and not self._known.site.noindex_is_a_setting:
            self.lifted = True
            self.notes.append(
                f"nearly all posts of {self._source.key} say noindex: taken for a setting of the site, they are indexed"
            )
        self.site = structs.replace(
            self.site,
            tag_pages=tag_pages,
            noindex_is_a_setting=is_setting,
            listed=self.evidence.listed,
            periods=self.evidence.periods,
        )
        for read, extraction in waiting:
            settled = self._continuations.whole(read.url, extraction, waiting)
            if extraction.why == NOINDEX and is_setting:
                settled = replace(settled, is_post=True, why=None)
            part_of, later = self._continuations.first_of(extraction), extraction.later_page
            if later is not None and (part_of or later.is_sure):
                settled = as_later_page(settled)
            if (
                later is not None
                and part_of is None
                and (later.is_sure or later.follows or self._known.was_part(read.url))
            ):
                self.loose[read.url] = later.first
            yield replace(
                read, outcome=self._served(read.url, self._joined(read.url, settled, labels)), part_of=part_of
            )

    def _noindex_is_a_setting(self) -> bool:
        was_setting = self._known.site.noindex_is_a_setting
        unread = self._known.unread_posts()
        noindexed = self._noindexed + (unread if was_setting else 0)
        would_be = self._noindexed + self._posts + unread
        return noindexed >= max(_FEWEST_FOR_SETTING, _SETTING * would_be)

    def _joined(self, url: str, extraction: Extraction, labels: Mapping[int, set[str]]) -> Extraction:
        """The extraction with the tags that tag pages give it, if it has none of its own."""
        document = extraction.document
        if document.tags or not labels:
            return extraction
        given = labels.get(address_key(url)) or labels.get(address_key(document.url), set())
        document = replace(document, tags=tags_of(sorted(given)))
        return replace(extraction, document=document, sources={**extraction.sources, "tags": "tag pages"})

    def _served(self, url: str, extraction: Extraction) -> Extraction:
        """The extraction with what the site's feeds add to it, and with its categories for tags if it has no tags.

        Visitors filter and browse by tag; what a site without tags files its posts under is what they look for.
        """
        document, templates = extraction.document, self.site.templates
        listed = self.evidence.listing_of(url, document.url) if extraction.is_post and not self._alone else None
        if listed is not None:
            extraction = completed(extraction, listed, with_labels=not self._joins and not self._prints_tags)
        document = extraction.document
        if document.tags or not document.categories or templates is None or not templates.categories_serve:
            return extraction
        document = replace(document, tags=document.categories)
        return replace(extraction, document=document, sources={**extraction.sources, "tags": "categories"})

    @property
    def _prints_tags(self) -> bool:
        """Whether the posts of the site print their tags, so that one without has none."""
        templates = self.site.templates.templates if self.site.templates else ()
        return any(template.tags or template.stated_tags for template in templates)


def _labels_by_post(pages: Iterable[TagPage]) -> dict[int, set[str]]:
    labels: dict[int, set[str]] = defaultdict(set)
    for page in pages:
        for post in page.posts:
            labels[post].add(page.label)
    return labels
