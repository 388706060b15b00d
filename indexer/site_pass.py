"""One pass over a source: its templates first, then its pages, then what only the whole site can tell.

What depends on other pages - tags that only tag pages name, a `noindex` that is on all posts, the rest of a post that
goes on - is settled when all pages are read; what waits for it waits on disk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from msgspec import structs

from search_service.engine.errors import ExtractionError
from search_service.engine.tags import tags_of

from . import state
from .continuations import Continuations, as_later_page
from .evidence import Evidence
from .extract.addresses.keys import address_key
from .extract.model import NOINDEX, Extraction, TagPage
from .extract.tags.in_head import NO_LABELS
from .feed_evidence import completed
from .learning import Learning
from .noindex import Noindexed
from .sources import Page, Source
from .spool import PageRead, Spool
from .state import PageState, SiteState
from .workers import Workers

AT_ONCE = 8
"""Pages on this machine that a process gets at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a run knows of a source: its state as a whole, and its `pages`, by URL, as the last run left them.

    `read` are the pages that this run has read, of any source; `met` those that it has met, if it visits the whole
    source: of a complete one the others are gone. Both grow meanwhile.
    """

    site: SiteState = field(default_factory=SiteState)
    pages: Mapping[str, PageState] = field(default_factory=dict)
    read: Set[str] = frozenset()
    met: Set[str] | None = None

    def unread_posts(self) -> int:
        """The number of its posts that this run hasn't read."""
        return sum(page.document is not None for url, page in self.pages.items() if url not in self.read)


class SitePass:
    """A pass over the pages of one source. `site` is what is known of it afterwards."""

    def __init__(self, source: Source, workers: Workers, known: Known, *, alone: bool = False) -> None:
        self._source = source
        self._workers = workers
        self._known = known
        self._alone = alone
        self.evidence = Evidence(source, known.site, workers.days_on)
        self._learning = Learning(source, workers, known.site, self.evidence)
        self._noindexed = Noindexed()
        self._continuations = Continuations()
        self._tag_pages = dict(known.site.tag_pages)
        self.site = known.site
        self.notes = self._learning.notes
        self.relabelled: frozenset[int] = frozenset()
        """Addresses (`address_key`) of posts whose tags other pages have changed."""
        self.loose: dict[str, str] = {}
        """Later pages of posts whose first pages, at these addresses, weren't read."""
        self.lifted = False
        """Whether posts that an earlier run left out for their `noindex` are let in now."""

    def read(self, pages: Iterator[Page]) -> Iterator[PageRead]:
        """Every page with what came of it, those that depend on others last."""
        if self._alone:
            self._workers.use(None)
        else:
            pages = self._learning.prepared(self.evidence.gathered(pages))
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
        self.notes += self._source.remarks()

    # On the way

    def _note(self, url: str, extraction: Extraction) -> None:
        self._noindexed.note(extraction)
        if extraction.tag_page is not None:
            self._tag_pages[url] = extraction.tag_page
        before = self._known.pages.get(url)
        self._learning.note(before=before.template if before else None, now=extraction.template)

    def _waits(self, extraction: Extraction) -> bool:
        untagged = extraction.is_post and not extraction.document.tags
        in_parts = extraction.goes_on or extraction.later_page is not None
        return in_parts or extraction.why == NOINDEX or (untagged and self._joins)

    @property
    def _joins(self) -> bool:
        """Whether the posts of the site have their tags from its tag pages."""
        return bool(self._learning.templates.entries)

    # When all pages are read

    def _settled(self, waiting: Spool) -> Iterator[PageRead]:
        known = self._known.site
        is_setting = self._noindexed.is_setting(
            unread=self._known.unread_posts(), was_setting=known.noindex_is_a_setting
        )
        tag_pages = {url: page for url, page in self._tag_pages.items() if not self._is_gone(url)}
        labels, before = _labels_by_post(tag_pages.values()), _labels_by_post(known.tag_pages.values())
        self.relabelled = frozenset(key for key in labels.keys() | before.keys() if labels.get(key) != before.get(key))
        if is_setting and not known.noindex_is_a_setting:
            self.lifted = True
            self.notes.append(
                f"nearly all posts of {self._source.key} say noindex: taken for a setting of the site, they are indexed"
            )
        self.site = structs.replace(
            self._learning.site,
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
            if later is not None and part_of is None and (later.is_sure or later.follows or self._was_part(read.url)):
                self.loose[read.url] = later.first
            given = labels.get(address_key(read.url)) or labels.get(address_key(extraction.document.url))
            settled = settled.with_tags(tags_of(sorted(given or ())), source="tag pages")
            yield replace(read, outcome=self._served(read.url, settled), part_of=part_of)

    def _is_gone(self, url: str) -> bool:
        return self._source.complete and self._known.met is not None and url not in self._known.met

    def _was_part(self, url: str) -> bool:
        before = self._known.pages.get(url)
        return before is not None and before.part_of is not None

    def _served(self, url: str, extraction: Extraction) -> Extraction:
        """The extraction with what the site's feeds add to it, and with its categories for tags if it has no tags.

        Visitors filter and browse by tag; what a site without tags files its posts under is what they look for.
        """
        document, site = extraction.document, self._learning.templates
        listed = self.evidence.listing_of(url, document.url) if extraction.is_post and not self._alone else None
        if listed is not None:
            # Where posts print their tags, or tag pages list them, one without any has none.
            prints_tags = any(template.tags or template.stated_tags for template in site.templates)
            extraction = completed(extraction, listed, with_labels=not self._joins and not prints_tags)
        serving = document.categories if site.categories_serve else ()
        categories = tuple(each for each in serving if each.tag not in NO_LABELS)
        return extraction.with_tags(categories, source="categories")


def _labels_by_post(pages: Iterable[TagPage]) -> dict[int, set[str]]:
    labels: dict[int, set[str]] = defaultdict(set)
    for page in pages:
        for post in page.posts:
            labels[post].add(page.label)
    return labels
