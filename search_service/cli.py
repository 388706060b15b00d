"""The `postseek` command. Subcommands of the indexer are found through entry points, and loaded when they run."""

from __future__ import annotations

import os
import select
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .config import load_config
from .engine.errors import ConfigError, PostseekError
from .logs import configure_logging
from .settings import SETTINGS

if TYPE_CHECKING:
    from .engine.model import Results
    from .engine.port import Engine

_ENTRY_POINTS = "postseek.commands"
_CONTROL = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
"""What would drive the terminal that a text is printed on; one character for one, since marks are places."""

_INDEX = click.option(
    "--index", "index_folder", metavar="DIR", type=click.Path(path_type=Path), help="Folder of the index."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Commands(click.Group):
    """The commands of this module and those that other packages register; errors end as one plain sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted({*super().list_commands(ctx), *entry_points(group=_ENTRY_POINTS).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        for entry_point in entry_points(group=_ENTRY_POINTS, name=cmd_name):
            command: click.Command = entry_point.load()
            return command
        return None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a PostseekError becomes its message and its exit status.

        Whoever reads what it prints may stop before the end: that is no failure.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            if not _nobody_reads():
                raise
            ctx.exit(0)
        except PostseekError as exc:
            _nobody_reads()
            click.echo(f"postseek: {exc}", err=True)
            ctx.exit(exc.exit_status)


def _nobody_reads() -> bool:
    """Whether what is printed goes to a pipe whose reader has gone; from then on it goes nowhere."""
    try:
        output = sys.stdout.fileno()
    except OSError:  # that of a test
        return False
    poll = select.poll()
    poll.register(output, 0)
    if not poll.poll(0):
        return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), output)  # else what is flushed at the end fails once more
    return True


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="postseek", message="postseek %(version)s")
def main() -> None:
    """Search for a blog: index its pages, serve the index, look after it."""


@main.command()
@_INDEX
@click.option("--host", metavar="ADDRESS", help=SETTINGS["host"].metadata["help"])
@click.option("--port", type=int, metavar="N", help=SETTINGS["port"].metadata["help"])
@click.option("--workers", type=int, metavar="N", help=SETTINGS["workers"].metadata["help"])
def serve(index_folder: Path | None, host: str | None, port: int | None, workers: int | None) -> None:
    """Answer searches over HTTP."""
    from .web.server import serve as serve_http

    config = load_config(flags={"index": index_folder, "host": host, "port": port, "workers": workers})
    configure_logging(config.log_level)
    serve_http(config)


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@_INDEX
@click.option("--base-url", metavar="URL", help="Where a directory or file is published.")
@click.option("--host", metavar="ADDRESS", help=SETTINGS["host"].metadata["help"])
@click.option("--port", type=int, metavar="N", help=SETTINGS["port"].metadata["help"])
def up(
    sources: tuple[str, ...], index_folder: Path | None, base_url: str | None, host: str | None, port: int | None
) -> None:
    """Index SOURCE, serve it, and say what to paste into the blog.

    SOURCE is whatever `postseek index` takes: the address of a site, or a directory of built HTML.
    """
    from .web.server import serve as serve_http

    settings = load_config(flags={"index": index_folder, "host": host, "port": port})
    configure_logging(settings.log_level)
    [index] = entry_points(group=_ENTRY_POINTS, name="index")
    given = [*sources, "--index", str(settings.index), *(("--base-url", base_url) if base_url else ())]
    index.load().main(given, standalone_mode=False)
    serve_http(settings, announce=lambda address: click.echo(_welcome(settings.public_url or address)))


@main.command(context_settings={"ignore_unknown_options": True})  # so that `-word` excludes a word
@click.argument("text", metavar="QUERY", nargs=-1)
@click.option("--tag", multiple=True, help="Only posts with this tag; may be given several times.")
@click.option("--after", metavar="DATE", help="Only posts of this day, month or year and later.")
@click.option("--before", metavar="DATE", help="Only posts of this day, month or year and earlier.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Hits to show.")
@click.option("--explain", is_flag=True, help="Say what the score of each hit is made of.")
@_INDEX
@_JSON
def search(
    text: tuple[str, ...],
    tag: tuple[str, ...],
    after: str | None,
    before: str | None,
    limit: int,
    explain: bool,
    index_folder: Path | None,
    as_json: bool,
) -> None:
    """Search in the terminal, as the service would."""
    from msgspec.structs import replace

    from .engine.errors import QueryError
    from .engine.query import parse_query, period, tag_group

    for word in text:
        if word.startswith("--"):  # nothing that anybody excludes begins with a second hyphen
            raise click.NoSuchOption(word)
    query = parse_query(" ".join(text))
    days = {}
    for name, given in (("after", after), ("before", before)):
        try:
            days[name] = period(given) if given else None
        except ValueError as exc:
            raise QueryError(f"--{name}: {exc}", parameter=name) from exc
    query = replace(
        query,
        tags_all=query.tags_all + tuple(group for each in tag if (group := tag_group(each))),
        after=days["after"][0] if days["after"] else query.after,
        before=days["before"][1] if days["before"] else query.before,
        per_page=limit,
        explain=explain,
    )
    results = _engine(index_folder).searcher().search(query)
    _print_json(results) if as_json else _print_hits(results)


@main.command()
@_INDEX
@_JSON
def tags(index_folder: Path | None, as_json: bool) -> None:
    """List the tags with their numbers of posts."""
    counts = _engine(index_folder).searcher().tags()
    if as_json:
        _print_json(list(counts))
        return
    for count in counts:
        click.echo(f"{count.count:>7,}  {count.label}")


@main.command()
@_INDEX
@_JSON
def generations(index_folder: Path | None, as_json: bool) -> None:
    """List the builds of the index, the newest first."""
    engine = _engine(index_folder)
    found = engine.generations()
    if not found:
        engine.searcher().close()  # says what is wrong
    if as_json:
        _print_json(list(found))
        return
    for generation in found:
        kind = "full build" if generation.full else f"update of {generation.base}"
        live = "  live" if generation.live else ""
        click.echo(f"{generation.id}  {_posts(generation.documents):>14}  {kind}{live}")


@main.command()
@click.argument("generation", required=False)
@_INDEX
def rollback(generation: str | None, index_folder: Path | None) -> None:
    """Make GENERATION, or the one before, live again.

    A running service follows within a second.
    """
    live = _engine(index_folder).rollback(generation)
    click.echo(f"Generation {live.id} is live: {_posts(live.documents)}.")


@main.command()
@click.argument("generation", required=False)
@click.option("--rebuild", is_flag=True, help="Make it anew from the documents that it stores, and publish that.")
@_INDEX
def verify(generation: str | None, rebuild: bool, index_folder: Path | None) -> None:
    """Check every byte of GENERATION (or the live one)."""
    from .engine.errors import IndexCorrupt
    from .engine.port import Rebuilds

    engine = _engine(index_folder)
    if rebuild:
        if not isinstance(engine, Rebuilds):
            raise ConfigError("this engine keeps no record to rebuild from; run `postseek index --full`")
        live = engine.rebuild(generation)
        click.echo(f"Generation {live.id} is live, made anew: {_posts(live.documents)}.")
        return
    try:
        files = engine.verify(generation)
    except IndexCorrupt as exc:
        named = f" {generation}" if generation else ""
        if isinstance(engine, Rebuilds) and engine.can_rebuild(generation):
            remedy = f"make it anew with `postseek verify --rebuild{named}` or"
        elif any(not each.live for each in engine.generations()):
            remedy = "go back to another with `postseek rollback`, or make it anew with"
        else:
            remedy = "make it anew with"
        raise IndexCorrupt(f"{exc}; {remedy} `postseek index --full`") from exc
    click.echo(f"{files:,} files are as they were written.")


@main.command()
@_JSON
def config(as_json: bool) -> None:
    """Show the settings in force.

    As TOML that postseek.toml may hold; of a secret only whether there is one.
    """
    from .settings import SECRETS
    from .toml import as_toml

    values = load_config()
    if as_json:
        shown = {name: getattr(values, name) for name in SETTINGS}
        hidden = {name: {"set": bool(shown[name])} for name in SECRETS}
        _print_json(shown | hidden | {"index": str(values.index)})
        return
    click.echo(as_toml(values), nl=False)


def _welcome(address: str) -> str:
    """What to do with a service at this address."""
    address = address.rstrip("/")
    return (
        f"\nSearch page:  {address}/\n"
        f'In the blog:  <script type="module" src="{address}/postseek.js"></script>\n'
        "              <post-search></post-search>\n"
        "Ctrl-C ends it.\n"
    )


def _engine(index_folder: Path | None) -> Engine:
    from .engine.factory import open_engine

    settings = load_config(flags={"index": index_folder})
    configure_logging(settings.log_level)
    return open_engine(settings)


def _print_json(value: object) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value)).decode())


def _print_hits(results: Results) -> None:
    for dropped in results.dropped:
        click.echo(f"{dropped.word}: {dropped.why}", err=True)
    if results.corrected:
        meant, insisting = results.corrected.meant, results.corrected.insisting
        click.echo(f"Searched for: {meant}. As typed: {insisting}", err=True)
    if results.proposed:
        click.echo(f"Did you mean: {results.proposed}", err=True)
    click.echo(click.style(_posts(results.total), bold=True))
    for hit in results.hits:
        marked = _styled(hit.title.text, hit.title.marks, bold=True)
        labels = ", ".join(tag.label for tag in hit.tags)
        section = f"# {_styled(hit.section.title.text, hit.section.title.marks)}\n" if hit.section else ""
        click.echo(f"\n{marked}\n{section}{_styled(hit.snippet.text, hit.snippet.marks)}")
        click.echo(click.style(" · ".join(filter(None, [hit.url, str(hit.date or ""), labels])), dim=True))
        for part in hit.explanation:
            click.echo(f"  {part.points:8.3f}  {part.source}" if part.points else f"            {part.source}")


def _styled(text: str, marks: tuple[tuple[int, int], ...], *, bold: bool = False) -> str:
    text = text.translate(_CONTROL)
    pieces, done = [], 0
    for start, end in marks:
        pieces += [click.style(text[done:start], bold=bold), click.style(text[start:end], fg="yellow", bold=True)]
        done = end
    return "".join([*pieces, click.style(text[done:], bold=bold)])


def _posts(count: int) -> str:
    return f"{count:,} post{'' if count == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
