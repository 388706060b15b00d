"""What the commands print for people, and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .logs import CONTROL

if TYPE_CHECKING:
    from .engine.model import Results


def print_json(value: object) -> None:
    """Print anything that msgspec knows, indented."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value)).decode())


def print_hits(results: Results) -> None:
    """Print a page of hits; what was searched in place of what was typed, and left out, to stderr."""
    for dropped in results.dropped:
        click.echo(f"{dropped.word}: {dropped.why}", err=True)
    if results.corrected:
        meant, insisting = results.corrected.meant, results.corrected.insisting
        click.echo(f"Searched for: {meant}. As typed: {insisting}", err=True)
    if results.proposed:
        click.echo(f"Did you mean: {results.proposed}", err=True)
    click.echo(click.style(posts(results.total), bold=True))
    for hit in results.hits:
        marked = _styled(hit.title.text, hit.title.marks, bold=True)
        labels = ", ".join(tag.label for tag in hit.tags)
        section = f"# {_styled(hit.section.title.text, hit.section.title.marks)}\n" if hit.section else ""
        click.echo(f"\n{marked}\n{section}{_styled(hit.snippet.text, hit.snippet.marks)}")
        click.echo(click.style(" · ".join(filter(None, [hit.url, str(hit.date or ""), labels])), dim=True))
        for part in hit.explanation:
            click.echo(f"  {part.points:8.3f}  {part.source}" if part.points else f"            {part.source}")


def plain(text: str) -> str:
    """A text from outside as a terminal may show it; one character for one, since marks are places."""
    return CONTROL.sub(" ", text)


def _styled(text: str, marks: tuple[tuple[int, int], ...], *, bold: bool = False) -> str:
    text = plain(text)
    pieces, done = [], 0
    for start, end in marks:
        pieces += [click.style(text[done:start], bold=bold), click.style(text[start:end], fg="yellow", bold=True)]
        done = end
    return "".join([*pieces, click.style(text[done:], bold=bold)])


def posts(count: int) -> str:
    """A number of posts."""
    return f"{count:,} post{'' if count == 1 else 's'}"


def welcome(address: str) -> str:
    """What to do with a service at this address."""
    address = address.rstrip("/")
    # Nobody can go to what stands for all addresses of a machine.
    here = address.replace("://0.0.0.0", "://localhost", 1).replace("://[::]", "://localhost", 1)
    hint = "Visitors need the address that they reach this machine by: set public_url.\n" if here != address else ""
    return (
        f"\nSearch page:  {here}/\n"
        f'In the blog:  <script type="module" src="{here}/postseek.js"></script>\n'
        "              <post-search></post-search>\n"
        f"{hint}Ctrl-C ends it.\n"
    )
