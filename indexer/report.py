"""What a run did, for a person and for a program."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from search_service.engine.errors import BuildRejected

from .extract.model import Extraction

_SHOWN = 10
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

    def print_to(self, console: Console) -> None:
        """Write the report for a person."""
        console.print(self._table())
        for part in self._details():
            console.print(part)
        console.print(self._conclusion())

    def _table(self) -> RenderableType:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(justify="right", style="bold")
        table.add_column()
        rows = [
            (self.pages, "pages seen"),
            (self.added, "new posts"),
            (self.changed, "changed posts"),
            (self.unchanged, "unchanged pages, not read again"),
            (self.removed, "posts gone"),
            (self.copies, "copies of other posts"),
            (sum(self.no_posts.values()), "pages that are no posts"),
            (len(self.failures), "pages that failed"),
        ]
        for count, label in rows:
            if count or label in ("pages seen", "new posts"):
                table.add_row(f"{count:,}", label)
        return table

    def _details(self) -> list[RenderableType]:
        parts: list[RenderableType] = []
        if self.no_posts:
            parts.append(Text("\nNo posts, because:", style="bold"))
            parts += [Text(f"  {count:>7,}  {why}") for why, count in self.no_posts.most_common(_SHOWN)]
        if self.failures:
            parts.append(Text("\nFailed:", style="bold red"))
            parts += [Text(f"  {url}\n    {why}") for url, why in list(self.failures.items())[:_SHOWN]]
            if len(self.failures) > _SHOWN:
                parts.append(Text(f"  and {len(self.failures) - _SHOWN:,} more (all of them: --json)"))
        if self.read:
            parts.append(
                Text(
                    f"\nOf the {self.read:,} posts read, {_share(self.undated, self.read)} have no date"
                    f" and {_share(self.untagged, self.read)} no tags."
                )
            )
        if any(self.templates):
            parts.append(self._templates())
        parts += [Text(f"\nNote: {note}", style="yellow") for note in self.notes]
        return [Group(*parts)] if parts else []

    def _templates(self) -> RenderableType:
        """The templates of posts with their slots; how many pages were read by others, or by none."""
        parts = [Text("\nTemplates:", style="bold")]
        for name, count in sorted(self.templates.items(), key=lambda each: -each[1].pages):
            what = (
                f"{count.posts:,} posts, {_share(count.undated, count.posts)} without a date,"
                f" {_share(count.untagged, count.posts)} without tags"
                if count.posts
                else "no posts"
            )
            parts.append(Text(f"  {name or 'none'}: {count.pages:,} pages, {what}"))
            if name:
                parts += [
                    Text(f"      {field}: {where}  {count.examples[field]}") for field, where in count.slots.items()
                ]
        return Group(*parts)

    def _conclusion(self) -> Text:
        took = f"in {self.seconds:.1f} s"
        if self.published:
            return Text(f"\nGeneration {self.generation} is live: {_posts(self.posts)}, {took}.", style="bold green")
        if self.generation:
            return Text(
                f"\nNothing changed: generation {self.generation} stays live, {_posts(self.posts)}, {took}.",
                style="bold",
            )
        return Text(f"\nNothing was published; there would be {_posts(self.posts)} ({took}).", style="bold")


def _posts(count: int) -> str:
    return f"{count:,} post{'' if count == 1 else 's'}"


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.0f} %)" if part else "none"
