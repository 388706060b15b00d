"""The report of a run as a person reads it."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from search_service.logs import visible

from .report import Figures, Report

_SHOWN = 10
_ALWAYS = 2
"""Rows of the table that are shown whatever they count: pages and new posts."""


def print_report(report: Report, console: Console) -> None:
    """Write the report for a person."""
    console.print(_table(report))
    for part in _details(report):
        console.print(part)
    console.print(_conclusion(report))


def _table(report: Report) -> RenderableType:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="bold")
    table.add_column()
    rows = [
        (report.pages, "page seen", "pages seen"),
        (report.added, "new post", "new posts"),
        (report.changed, "changed post", "changed posts"),
        (report.reread, "post read again, whose page didn't change", "posts read again, whose pages didn't change"),
        (report.unchanged, "unchanged page, not read again", "unchanged pages, not read again"),
        (report.removed, "post gone", "posts gone"),
        (report.copies, "copy of another post", "copies of other posts"),
        (sum(report.no_posts.values()), "page that is no post", "pages that are no posts"),
        (len(report.failures), "page that failed", "pages that failed"),
    ]
    for number, (count, one, many) in enumerate(rows):
        if count or number < _ALWAYS:
            table.add_row(f"{count:,}", one if count == 1 else many)
    return table


def _details(report: Report) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if report.no_posts:
        parts.append(Text("\nNo posts, because:", style="bold"))
        parts += [Text(f"  {count:>7,}  {visible(why)}") for why, count in report.no_posts.most_common(_SHOWN)]
    if report.failures:
        parts.append(Text("\nFailed:", style="bold red"))
        parts += [Text(f"  {visible(url)}\n    {visible(why)}") for url, why in list(report.failures.items())[:_SHOWN]]
        if len(report.failures) > _SHOWN:
            parts.append(Text(f"  and {len(report.failures) - _SHOWN:,} more (all of them: --json)"))
    if report.posts:
        parts.append(
            Text(
                f"\nOf {_posts(report.posts)} {_share(report.undated, report.posts)} without a date,"
                f" {_share(report.untagged, report.posts)} without tags."
            )
        )
    if any(report.templates):
        parts.append(_templates(report))
    parts += [Text(f"\nNote: {visible(note)}", style="yellow") for note in report.notes]
    return [Group(*parts)] if parts else []


def _templates(report: Report) -> RenderableType:
    """The templates of posts with their slots; how many pages were read by others, or by none."""
    parts = [Text("\nTemplates:", style="bold")]
    for name, template in sorted(report.templates.items(), key=lambda each: -each[1].now.pages):
        now, before = template.now, template.before
        if not now.pages:
            parts.append(Text(f"  {name or 'none'}: no pages any more (before: {before.pages:,})"))
            continue
        what = (
            f"{now.posts:,} posts, {_share(now.undated, now.posts)} without a date,"
            f" {_share(now.untagged, now.posts)} without tags"
            if now.posts
            else "no posts"
        )
        was = f" (before: {_figures(before)})" if report.posts_before and before != now else ""
        parts.append(Text(f"  {name or 'none'}: {now.pages:,} pages, {what}{was}"))
        if name:
            slots = template.slots.items()
            parts += [Text(f"      {field}: {where}  {visible(template.examples[field])}") for field, where in slots]
    return Group(*parts)


def _conclusion(report: Report) -> Text:
    took = f"in {report.seconds:.1f} s"
    if report.published:
        return Text(f"\nGeneration {report.generation} is live: {_posts(report.posts)}, {took}.", style="bold green")
    if report.generation:
        return Text(
            f"\nNothing changed: generation {report.generation} stays live, {_posts(report.posts)}, {took}.",
            style="bold",
        )
    return Text(f"\nNothing was published; there would be {_posts(report.posts)} ({took}).", style="bold")


def outcome(report: Report) -> str:
    """What a round of `postseek watch` has come to."""
    if not report.published:
        return f"Nothing changed: generation {report.generation} stays live, {_posts(report.posts)}."
    return (
        f"Generation {report.generation} is live: {_posts(report.posts)}, {report.added:,} new,"
        f" {report.changed:,} changed, {report.removed:,} gone."
    )


def _figures(figures: Figures) -> str:
    if not figures.posts:
        return f"{figures.pages:,} pages"
    return (
        f"{figures.pages:,} pages, {figures.posts:,} posts, {figures.undated:,} undated, {figures.untagged:,} untagged"
    )


def _posts(count: int) -> str:
    return f"{count:,} post{'' if count == 1 else 's'}"


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.0f} %)" if part else "none"
