"""What a run did, and what the index holds after it beside what it held before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from search_service.engine.errors import BuildRejected

from .extract.model import Extraction
from .state import PageState, State

_EXAMPLE = 60
"""Characters of a field that are shown as an example."""

NEW, CHANGED, GONE = "new", "changed", "gone"


class Change(NamedTuple):
    """A post that is new, changed or gone."""

    kind: str
    url: str
    title: str


class Marked(NamedTuple):
    """A page with what was taken from it marked (see `extract.marked`); `why` if it is no post."""

    url: str
    title: str
    why: str | None
    content: str


@dataclass(slots=True)
class Figures:
    """Pages of a template, the posts among them, and the posts without a date or without tags."""

    pages: int = 0
    posts: int = 0
    undated: int = 0
    untagged: int = 0

    def add(self, page: PageState) -> None:
        """Count a page."""
        self.pages += 1
        if page.document is not None:
            self.posts += 1
            self.undated += page.undated
            self.untagged += page.untagged


@dataclass(slots=True)
class TemplateReport:
    """A template: its figures now and before the run.

    `slots` tell by field where it was found, and `examples` what, on the pages that were read in this run.
    """

    now: Figures = field(default_factory=Figures)
    before: Figures = field(default_factory=Figures)
    slots: dict[str, str] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def show(self, extraction: Extraction) -> None:
        """Take a post's fields for examples of those that have none yet."""
        document = extraction.document
        for name, value in (
            ("title", document.title),
            ("date", document.date),
            ("author", document.author),
            ("tags", ", ".join(tag.label for tag in document.tags)),
            ("body", document.body),
        ):
            if value and name not in self.examples:
                self.examples[name] = _example(str(value))
                self.slots[name] = extraction.sources.get(name, "")


@dataclass(slots=True, kw_only=True)
class Report:
    """The figures of a run.

    `reread` are posts of a full build whose pages are as they were, which `changed` leaves out. `no_posts` counts the
    pages read in it by the reason why they are none, and `passed_over` names all of them with theirs; `failures` are
    pages that couldn't be had or read, by URL; `templates` are the sites', by name, "" standing for pages read on their
    own; `refused` is the safety gate's word where it held the build back. `undated` and `untagged` count among all
    posts.
    """

    sources: list[str]
    pages: int = 0
    added: int = 0
    changed: int = 0
    reread: int = 0
    unchanged: int = 0
    removed: int = 0
    copies: int = 0
    undated: int = 0
    untagged: int = 0
    no_posts: Counter[str] = field(default_factory=Counter)
    passed_over: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    templates: dict[str, TemplateReport] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    posts: int = 0
    posts_before: int = 0
    generation: str | None = None
    published: bool = False
    refused: BuildRejected | None = None
    seconds: float = 0.0

    def show(self, url: str, extraction: Extraction) -> None:
        """Take a page that was read for an example of its template."""
        if extraction.is_post:
            self._template(extraction.template).show(extraction)
        if extraction.marked:
            self.marked.append(Marked(url, extraction.document.title, extraction.why, extraction.marked))

    def compare(self, before: State, after: State, written: Iterable[str], *, full: bool = False) -> None:
        """Count what the index holds after the run, what it held before, and what became of each post.

        `written` are the URLs of the documents that were indexed in this run; of a `full` build that are all, changed
        or not.
        """
        titles, old_titles = _titles(after), _titles(before)
        for page in before.pages.values():
            self._template(page.template).before.add(page)
        total = Figures()
        for url, page in after.pages.items():
            self._template(page.template).now.add(page)
            total.add(page)
            if page.why is not None:
                self.passed_over[url] = page.why
        self.posts, self.posts_before = len(titles), len(old_titles)
        self.undated, self.untagged = total.undated, total.untagged
        old_pages, pages = (before.read_from(), after.read_from()) if full else ({}, {})
        here = [url for url in dict.fromkeys(written) if url in titles]
        changed = [url for url in here if url not in pages or old_pages.get(url) != pages[url]]
        self.reread = len(here) - len(changed)
        self.changes = [Change(CHANGED if url in old_titles else NEW, url, titles[url]) for url in changed]
        self.changes += [Change(GONE, url, title) for url, title in old_titles.items() if url not in titles]
        kinds = Counter(change.kind for change in self.changes)
        self.added, self.changed, self.removed = kinds[NEW], kinds[CHANGED], kinds[GONE]

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "marked"}
        return values | {
            "no_posts": dict(self.no_posts.most_common()),
            "templates": {name: asdict(template) for name, template in self.templates.items()},
            "changes": [change._asdict() for change in self.changes],
            "refused": str(self.refused) if self.refused else None,
        }

    def _template(self, name: str | None) -> TemplateReport:
        return self.templates.setdefault(name or "", TemplateReport())


def _titles(state: State) -> Mapping[str, str]:
    """The titles of a state's documents, by URL."""
    return {page.document: page.title for page in state.pages.values() if page.document}


def _example(text: str) -> str:
    """The first words of a text on one line, or its first characters where it has no spaces."""
    begun = " ".join(text[: 2 * _EXAMPLE].split())
    if len(begun) <= _EXAMPLE:
        return begun
    end = begun.rfind(" ", _EXAMPLE // 2, _EXAMPLE)
    return f"{begun[: end if end > 0 else _EXAMPLE - 1]}…"
