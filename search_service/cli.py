"""The `postseek` command. Subcommands of the indexer are found through entry points, and loaded when they run."""

from __future__ import annotations

import os
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .commands import ENTRY_POINTS, Commands
from .config import load_config
from .logs import configure_logging
from .printed import print_hits, print_json, welcome
from .settings import SETTINGS
from .upkeep import INDEX, JSON, UPKEEP, opened

if TYPE_CHECKING:
    import datetime as dt


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="postseek", message="postseek %(version)s")
def main() -> None:
    """Search for a blog: index its pages, serve the index, look after it."""


@main.command()
@INDEX
@click.option("--host", metavar="ADDRESS", help=SETTINGS["host"].metadata["help"])
@click.option("--port", type=int, metavar="N", help=SETTINGS["port"].metadata["help"])
@click.option("--workers", type=int, metavar="N", help=SETTINGS["workers"].metadata["help"])
def serve(index_folder: Path | None, host: str | None, port: int | None, workers: int | None) -> None:
    """Answer searches over HTTP."""
    from .web.server import serve as serve_http

    serve_http(load_config(flags={"index": index_folder, "host": host, "port": port, "workers": workers}))


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@INDEX
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
    [index] = entry_points(group=ENTRY_POINTS, name="index")
    given = [*sources, "--index", str(settings.index), *(("--base-url", base_url) if base_url else ())]
    index.load().main(given, standalone_mode=False)
    serve_http(settings, announce=lambda address: click.echo(welcome(settings.public_url or address)))


@main.command(context_settings={"ignore_unknown_options": True})  # so that `-word` excludes a word
@click.argument("text", metavar="QUERY", nargs=-1)
@click.option("--tag", multiple=True, help="Only posts with this tag; may be given several times.")
@click.option("--after", metavar="DATE", help="Only posts of this day, month or year and later.")
@click.option("--before", metavar="DATE", help="Only posts of this day, month or year and earlier.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Hits to show.")
@click.option("--explain", is_flag=True, help="Say what the score of each hit is made of.")
@INDEX
@JSON
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
    from .engine.query import parse_query, tag_group

    for word in text:
        if word.startswith("--"):  # nothing that anybody excludes begins with a second hyphen
            raise click.NoSuchOption(word)
    query = parse_query(" ".join(text))
    first, _ = _period("after", after)
    _, last = _period("before", before)
    groups = tuple(map(tag_group, tag))
    if not all(groups):
        raise QueryError("--tag names no tag: nothing is left of it but separators", parameter="tag")
    query = replace(
        query,
        tags_all=query.tags_all + groups,
        after=max(filter(None, (query.after, first)), default=None),
        before=min(filter(None, (query.before, last)), default=None),
        per_page=limit,
        explain=explain,
    )
    results = opened(index_folder).searcher().search(query)
    print_json(results) if as_json else print_hits(results)


@main.command()
@JSON
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
        print_json(shown | hidden | {"index": os.fsencode(values.index).decode("utf-8", "backslashreplace")})
        return
    click.echo(as_toml(values), nl=False)


def _period(name: str, given: str | None) -> tuple[dt.date, dt.date] | tuple[None, None]:
    """The first and the last day of what an option names."""
    from .engine.errors import QueryError
    from .engine.query import period

    try:
        return period(given) if given else (None, None)
    except ValueError as exc:
        raise QueryError(f"--{name}: {exc}", parameter=name) from exc


for command in UPKEEP:
    main.add_command(command)


if __name__ == "__main__":
    sys.exit(main())
