"""The commands that look after an index: what is in it, whether it is sound, and whether visitors find it all."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import click

from .config import load_config
from .engine.errors import ConfigError
from .logs import configure_logging
from .printed import plain, posts, print_json

if TYPE_CHECKING:
    from .engine.port import Engine, Searcher

INDEX = click.option(
    "--index", "index_folder", metavar="DIR", type=click.Path(path_type=Path), help="Folder of the index."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

_Item = TypeVar("_Item")


def opened(index_folder: Path | None) -> Engine:
    """The engine of the index in this folder, or of the one that is configured."""
    from .engine.factory import open_engine

    settings = load_config(flags={"index": index_folder})
    configure_logging(settings.log_level)
    return open_engine(settings)


@click.command()
@INDEX
@JSON
@click.pass_context
def check(ctx: click.Context, index_folder: Path | None, as_json: bool) -> None:
    """Search for every post by its title, and say which ones visitors can't find so.

    Ends with 1 where some are not among the first ten hits.
    """
    from .findability import FIRST_PAGE, sought

    searcher = opened(index_folder).searcher()
    with _progress(searcher.documents(), searcher.generation.documents) as documents:
        found = list(sought(searcher, documents))
    behind = [each for each in found if each.why]
    missing = [each for each in behind if each.place is None]
    if as_json:
        print_json(found)
    else:
        click.echo(f"{posts(len(found))} searched for by title: {len(found) - len(behind):,} first.")
        for each in sorted(behind, key=lambda each: each.place or FIRST_PAGE + 1, reverse=True):
            click.echo(f"\n{_titled(each.title)}\n  {each.url}\n  {_placed(each.place)}: {plain(each.why)}")
    if missing:
        ctx.exit(1)


@click.command()
@click.option("--suggest", is_flag=True, help="Instead, propose tags for the posts that have none.")
@INDEX
@JSON
def tags(suggest: bool, index_folder: Path | None, as_json: bool) -> None:
    """List the tags with their numbers of posts."""
    searcher = opened(index_folder).searcher()
    if suggest:
        _suggest(searcher, as_json=as_json)
        return
    counts = searcher.tags()
    if as_json:
        print_json(list(counts))
        return
    for count in counts:
        click.echo(f"{count.count:>7,}  {count.label}")


@click.command()
@INDEX
@JSON
def generations(index_folder: Path | None, as_json: bool) -> None:
    """List the builds of the index, the newest first."""
    engine = opened(index_folder)
    found = engine.generations()
    if not found:
        engine.searcher().close()  # says what is wrong
    if as_json:
        print_json(list(found))
        return
    for generation in found:
        kind = "full build" if generation.full else f"update of {generation.base}"
        live = "  live" if generation.live else ""
        click.echo(f"{generation.id}  {posts(generation.documents):>14}  {kind}{live}")


@click.command()
@click.argument("generation", required=False)
@INDEX
def rollback(generation: str | None, index_folder: Path | None) -> None:
    """Make GENERATION, or the last good one before, live again.

    A running service follows within a second.
    """
    live = opened(index_folder).rollback(generation)
    click.echo(f"Generation {live.id} is live: {posts(live.documents)}.")


@click.command()
@click.argument("generation", required=False)
@click.option("--rebuild", is_flag=True, help="Make it anew from the documents that it stores, and publish that.")
@INDEX
def verify(generation: str | None, rebuild: bool, index_folder: Path | None) -> None:
    """Check every byte of GENERATION (or the live one)."""
    from .engine.errors import IndexCorrupt
    from .engine.port import Rebuilds

    engine = opened(index_folder)
    if rebuild:
        if not isinstance(engine, Rebuilds):
            raise ConfigError("this engine keeps no record to rebuild from; run `postseek index --full`")
        live = engine.rebuild(generation)
        click.echo(f"Generation {live.id} is live, made anew: {posts(live.documents)}.")
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


@click.command()
@click.argument("log", type=click.File("rb"), default="-")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Texts to show of each kind.")
@INDEX
@JSON
def insights(log: BinaryIO, limit: int, index_folder: Path | None, as_json: bool) -> None:
    """Say what visitors asked for in vain, by the access log LOG.

    Without LOG it is read from the standard input. The service must write it with `log_queries`.
    """
    from .insights import answered, texts

    counted = texts(log)
    with _progress(answered(opened(index_folder).searcher(), counted), len(counted)) as asked:
        found = list(asked)
    if as_json:
        print_json(found)
        return
    click.echo(f"Searches: {counted.total():,}. Different texts: {len(found):,}.")
    if not found:
        click.echo("No line of the log says what was searched for: is `log_queries` set?", err=True)
    kinds = (
        ("Nothing is found for", [(each, "") for each in found if not each.total]),
        ("No post has the word", [(each, ", ".join(each.missing)) for each in found if each.total and each.missing]),
        ("Found as something else", [(each, each.instead) for each in found if each.total and each.instead]),
        ("Searched for most", [(each, posts(each.total)) for each in found]),
    )
    for kind, texts_of_kind in kinds:
        if texts_of_kind:
            click.echo(f"\n{kind}:")
        for each, note in texts_of_kind[:limit]:
            click.echo(f"{each.times:>7,}  {plain(each.text)}" + (f"  ({plain(note)})" if note else ""))


def _suggest(searcher: Searcher, *, as_json: bool) -> None:
    """Print what tags the posts without any may want."""
    from .tag_proposals import proposals

    with _progress(searcher.documents(), searcher.generation.documents) as documents:
        untagged = list(proposals(searcher, documents))
    if as_json:
        print_json(untagged)
        return
    proposed = [each for each in untagged if each.tags]
    click.echo(
        f"{posts(len(untagged))} without tags; what the nearest posts have in common speaks for {len(proposed):,}."
    )
    for each in proposed:
        click.echo(f"\n{_titled(each.title)}\n  {each.url}\n  {', '.join(plain(tag.label) for tag in each.tags)}")


def _titled(title: str) -> str:
    return plain(title) or "(no title)"


def _placed(place: int | None) -> str:
    return f"hit number {place}" if place else "not on the first page"


def _progress(items: Iterable[_Item], count: int) -> AbstractContextManager[Iterable[_Item]]:
    """So many items, with a bar where somebody watches."""
    return click.progressbar(items, length=count, label="Searching", file=sys.stderr, hidden=not sys.stderr.isatty())


UPKEEP = (check, generations, insights, rollback, tags, verify)
