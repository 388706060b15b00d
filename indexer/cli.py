"""The indexer's subcommands of `postseek`. What they need is imported when they run: `--help` is instant."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_service.config import load_config
from search_service.logs import configure_logging
from search_service.settings import SETTINGS

from .options import (
    ALL_POSTS,
    BASE_URL,
    EXCLUDE,
    INCLUDE,
    INDEX,
    LIMIT,
    SOURCES,
    WORKERS,
    opened,
    plan_of,
    rules_of,
    workers_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from .sources import Source

_EXAMPLES = 2
"""Pages of each template that a report shows, by each process that reads."""


@click.command()
@SOURCES
@INDEX
@BASE_URL
@INCLUDE
@EXCLUDE
@click.option("--full", is_flag=True, help="Read every page again and build the index anew.")
@ALL_POSTS
@WORKERS
@LIMIT
@click.option("--dry-run", is_flag=True, help="Read and report; publish nothing.")
@click.option("--force", is_flag=True, help="Publish against the safety gate.")
@click.option(
    "--report", "report_file", metavar="FILE", type=click.Path(path_type=Path), help="The report as a web page."
)
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def index(
    specs: tuple[str, ...],
    index_folder: Path | None,
    base_url: str | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    full: bool,
    all_posts: bool,
    index_workers: int | None,
    limit: int | None,
    dry_run: bool,
    force: bool,
    report_file: Path | None,
    as_json: bool,
) -> None:
    """Build the index of a blog, or bring it up to date.

    SOURCE is the address of a site, sitemap, feed or page, a directory of built HTML, or one .html file. Where an
    index exists only what changed is read; what has gone from the source goes from the index.
    """
    import msgspec

    from search_service.engine.factory import open_engine

    from .pipeline import index_sources

    config = load_config(flags={"index": index_folder, "index_workers": index_workers})
    configure_logging(config.log_level)
    sources = opened(specs, base_url=base_url, include=include, exclude=exclude, limit=limit)
    with _progress(sources) as advance:
        report = index_sources(
            open_engine(config),
            sources,
            plan_of(
                config,
                all_posts=all_posts,
                full=full,
                dry_run=dry_run,
                force=force,
                examples=_EXAMPLES if report_file else 0,
                advance=advance,
            ),
        )
    if report_file:
        from .html_report import write_report

        write_report(report, report_file)
    try:
        if as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(report.as_json())).decode())
        else:
            from rich.console import Console

            from .printed import print_report

            console = Console(highlight=False, soft_wrap=True)
            with console.capture() as printed:  # by itself it takes a reader who has gone for a failure
                print_report(report, console)
            click.echo(printed.get(), nl=False)
            if report_file:
                click.echo(f"The report is in {report_file}.")
    finally:
        if report.refused:
            raise report.refused


@click.command()
@SOURCES
@BASE_URL
@INCLUDE
@EXCLUDE
@ALL_POSTS
@click.option("--single", is_flag=True, help="Read every page on its own, whether or not it looks like a post.")
@WORKERS
@LIMIT
@click.option("--jsonl", is_flag=True, help="One JSON object a page, post or not.")
@click.option("--explain", is_flag=True, help="Where each field was found, and what was cut.")
def extract(
    specs: tuple[str, ...],
    base_url: str | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    all_posts: bool,
    single: bool,
    index_workers: int | None,
    limit: int | None,
    jsonl: bool,
    explain: bool,
) -> None:
    """Show what would be indexed; write nothing."""
    from .preview import as_line, as_text, preview
    from .workers import Reading

    config = load_config(flags={"index_workers": index_workers})
    configure_logging(config.log_level)
    sources = opened(specs, base_url=base_url, include=include, exclude=exclude, limit=limit)
    show = as_line if jsonl else as_text
    with _progress(sources) as advance:
        for read in preview(
            sources,
            Reading(single=single, all_posts=all_posts, explain=explain, rules=rules_of(config)),
            workers=workers_of(config),
            seconds=config.page_seconds,
        ):
            advance(1)
            click.echo(show(read, explain=explain))


@click.command()
@SOURCES
@INDEX
@BASE_URL
@INCLUDE
@EXCLUDE
@ALL_POSTS
@WORKERS
@click.option("--seconds", "watch_seconds", metavar="N", type=int, help=SETTINGS["watch_seconds"].metadata["help"])
def watch(
    specs: tuple[str, ...],
    index_folder: Path | None,
    base_url: str | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    all_posts: bool,
    index_workers: int | None,
    watch_seconds: int | None,
) -> None:
    """Keep the index of a blog fresh until it is told to end.

    Looks at SOURCE again and again: at a directory's files, at what a site's feeds list and its sitemaps list anew, and
    once a day at every page; at once at the pages that POST /reindex was told of.
    """
    import signal

    from search_service.engine.factory import open_engine
    from search_service.engine.requests import ReindexRequests

    from .printed import outcome
    from .watch import Watch

    config = load_config(flags={"index": index_folder, "index_workers": index_workers, "watch_seconds": watch_seconds})
    configure_logging(config.log_level)
    # Within a round, too, which may take an hour: nothing of it is published then.
    signal.signal(signal.SIGTERM, signal.default_int_handler)

    def sources() -> list[Source]:
        return opened(specs, base_url=base_url, include=include, exclude=exclude, limit=None)

    sources()  # what isn't there now was mistyped; later it may be away for a while
    watching = Watch(
        engine=open_engine(config),
        open_sources=sources,
        plan=plan_of(config, all_posts=all_posts),
        requests=ReindexRequests(config.index),
        seconds=config.watch_seconds,
        tell=lambda report: click.echo(outcome(report)),
    )
    with suppress(KeyboardInterrupt):
        watching.run()


@click.command()
@click.argument("url", metavar="URL")
@INDEX
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def why(url: str, index_folder: Path | None, as_json: bool) -> None:
    """Say why the page at URL is in the index, or why it isn't."""
    import msgspec

    from search_service.engine.factory import open_engine

    from . import state
    from .why import reason

    config = load_config(flags={"index": index_folder})
    configure_logging(config.log_level)
    engine = open_engine(config)
    kept = engine.read_state(state.NAME)
    if kept is None:
        engine.searcher().close()  # says what is wrong
    found = reason(url, state.decode(kept))
    click.echo(msgspec.json.encode(found.as_json()).decode() if as_json else str(found))


@contextmanager
def _progress(sources: list[Source]) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda pages: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    counts = [source.count() for source in sources]
    total = None if None in counts else sum(count or 0 for count in counts)
    columns = (TextColumn("Reading pages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("pages", total=total)
        yield lambda pages: progress.advance(task, pages)
