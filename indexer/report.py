"""What a run did: the figures, added up as it goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from search_service.engine.errors import BuildRejected

from .extract.model import Extraction

_EXAMPLE = 60
"""Characters of a field that are shown as an example."""


@dataclass(slots=True)
class TemplateCount:
    """What a template's pages gave in this run. `slots` tell by field where it was found, `examples` what."""

    pages: int = 0
    posts: int = 0
    undated: int = 0
    untagged: int = 0
    slots: dict[str, str] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, extraction: Extraction) -> None:
        """Count a page."""
        document = extraction.document
        self.pages += 1
        if extraction.is_post:
            self.posts += 1
            self.undated += document.date is None
            self.untagged += not document.tags
            for name, value in (
                ("title", document.title),
                ("date", document.date),
                ("author", document.author),
                ("tags", ", ".join(tag.label for tag in document.tags)),
                ("body", document.body),
            ):
                if value and name not in self.examples:
                    self.examples[name] = str(value)[:_EXAMPLE]
                    self.slots[name] = extraction.sources.get(name, "")


@dataclass(slots=True, kw_only=True)
class Report:
    """The figures of a run, added up as it goes.

    `no_posts` counts pages by the reason why they are none; `failures` are pages that couldn't be had or read, by
    URL; `templates` are the site's, by name, with what their pages gave, "" standing for pages read on their own;
    `refused` is the safety gate's word where it held the build back. `untagged` and `undated` count among the posts
    that were read in this run.
    """

    sources: list[str]
    pages: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    copies: int = 0
    undated: int = 0
    untagged: int = 0
    no_posts: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    templates: dict[str, TemplateCount] = field(default_factory=dict)
    posts: int = 0
    posts_before: int = 0
    generation: str | None = None
    published: bool = False
    refused: BuildRejected | None = None
    seconds: float = 0.0

    @property
    def read(self) -> int:
        """Posts that were read in this run."""
        return self.added + self.changed

    def count(self, extraction: Extraction) -> None:
        """Count a page that was read, by its template."""
        self.templates.setdefault(extraction.template or "", TemplateCount()).add(extraction)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        values = asdict(replace(self, refused=None))
        return values | {
            "no_posts": dict(self.no_posts.most_common()),
            "refused": str(self.refused) if self.refused else None,
        }
