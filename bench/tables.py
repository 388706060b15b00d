"""Tables of results, for the terminal and for Markdown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title; the first column names what a row is about. `note` says how to read it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def print_to(self, console: Console) -> None:
        """Show it in the terminal."""
        table = RichTable(title=escape(self.title), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        for number, column in enumerate(self.columns):
            table.add_column(column, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*map(escape, row))
        console.print(table)
        if self.note:
            console.print(f"[dim]{escape(self.note)}[/dim]\n")

    def as_markdown(self) -> str:
        """A paragraph with the note, then the table."""
        alignment = ["---", *["--:"] * (len(self.columns) - 1)]
        lines = [f"| {' | '.join(cells)} |" for cells in (self.columns, alignment, *self.rows)]
        return "\n\n".join(filter(None, (self.note, "\n".join(lines))))


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report. `plot` is an SVG."""

    title: str
    tables: tuple[Table, ...]
    plot: str = ""


def spread(values: Sequence[float] | None) -> str:
    """`0.125 1.34 26.7`: three digits count; a dash where there is nothing."""
    return "-" if values is None else " ".join(map(_three_digits, values))


def number(value: float, digits: int = 0) -> str:
    """A number as people write it."""
    return f"{value:,.{digits}f}"


def joined(names: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _three_digits(value: float) -> str:
    decimals = 2 - math.floor(math.log10(value)) if value > 0 else 0
    return f"{value:,.{min(3, max(0, decimals))}f}"
