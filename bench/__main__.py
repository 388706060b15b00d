"""The command: `python -m bench --size 10000`."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from .corpus import Blog
from .indexing import indexing_section
from .peers import PEERS, installed_peers
from .prose import ENOUGH_WORDS, read_prose
from .querylog import QueryLog
from .report import machine, noise, write_report
from .search import search_section
from .serving import serving_section
from .tables import Section, joined
from .worst import MOST_WORDS

PARTS = ("search", "http", "indexing")

_MOST_PAGES = 2_000
_HTTP_QUERIES = 5_000
_WIDTH_OF_FILES = 130


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--size", type=click.IntRange(min=20), default=10_000, show_default=True, help="Posts of the blog.")
@click.option(
    "--text",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take the text from the files below DIR (.txt, .md, .rst, .html, .xml, also gzipped); may be given several"
    " times. Default: /usr/share/doc and Python's own library.",
)
@click.option("--only", metavar="PART,...", default=",".join(PARTS), show_default=True, help="Parts to measure.")
@click.option("--peers", metavar="NAME,...", default=None, help=f"Engines to measure (default: {', '.join(PEERS)}).")
@click.option("--passes", type=click.IntRange(min=1), default=5, show_default=True, help="The best of so many counts.")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=5.0, show_default=True, help="Of each HTTP load.")
@click.option("--pages", type=click.IntRange(min=20), default=_MOST_PAGES, show_default=True, help="Most HTML pages.")
@click.option(
    "--sites",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Measure extraction from published blogs, too: the HTML of each is in a folder of DIR.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another one makes another blog.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keep the indexes here (default: a temporary folder).")
@click.option("--output", type=click.Path(path_type=Path), help="Write the report here (default: docs, for all parts).")
def main(
    size: int,
    folders: tuple[Path, ...],
    only: str,
    peers: str | None,
    passes: int,
    seconds: float,
    pages: int,
    sites: Path | None,
    seed: int,
    folder: Path | None,
    output: Path | None,
) -> None:
    """Measure Postseek beside other engines on a blog of SIZE posts."""
    parts = _listed(only, PARTS, "--only")
    names, missing = installed_peers(_listed(peers, tuple(PEERS), "--peers"))
    progress = Console(stderr=True, highlight=False)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH_OF_FILES)
    load_before = os.getloadavg()[0]
    with _step(progress, "Reading text"):
        prose = read_prose(folders)
    if prose.words < ENOUGH_WORDS:
        progress.print(
            f"Only {prose.words:,} words of running text were found: posts will repeat each other. --text DIR"
        )
    blog = Blog(prose, seed=seed)
    queries = QueryLog(blog, size, seed=seed)
    log, keywords = queries.all_kinds(), queries.keywords(_HTTP_QUERIES)
    sections: list[Section] = []
    with _working_folder(folder) as work:
        if "search" in parts:
            if missing:
                progress.print(f"Not installed, so left out: {joined(missing)}")
            with _step(progress, f"Searching with {joined(names)}"):
                rare = queries.rare_words(MOST_WORDS)
                sections.append(search_section(names, work, blog, size=size, log=log, rare=rare, passes=passes))
        if "http" in parts:
            with _step(progress, "Serving"):
                sections.append(serving_section(work, blog, size=size, keywords=keywords, seconds=seconds))
        if "indexing" in parts:
            with _step(progress, "Indexing HTML"):
                published = sorted(each for each in sites.iterdir() if each.is_dir()) if sites else []
                sections.append(indexing_section(work, blog, pages=min(size, pages), sites=published))
    for section in sections:
        for table in section.tables:
            table.print_to(console)
    if output is None and set(parts) == set(PARTS):
        output = Path("docs")
    if output is not None:
        facts = [
            *machine(),
            noise((load_before, os.getloadavg()[0])),
            ("Blog", f"{size:,} posts made of {prose.words:,} words of text (fingerprint {prose.fingerprint})"),
            ("Queries", f"{len(log):,}, the best of {passes} passes"),
            ("Left out, not installed", joined(missing) or "none"),
            ("Command", f"`python -m bench {shlex.join(_public(sys.argv[1:]))}`"),
        ]
        progress.print(f"Written: {write_report(output, sections, facts)}")


def _listed(value: str | None, known: tuple[str, ...], option: str) -> list[str]:
    """The names in a comma-separated list. Names may hold commas themselves: the longest known one counts."""
    if value is None:
        return list(known)
    rest, chosen = value.strip(), []
    while rest:
        name = max((each for each in known if rest == each or rest.startswith(f"{each},")), key=len, default=None)
        if name is None:
            raise click.BadParameter(f"{rest!r} is none of {', '.join(known)}", param_hint=option)
        chosen.append(name)
        rest = rest[len(name) :].lstrip(", ")
    return [name for name in known if name in chosen]


def _public(arguments: list[str]) -> list[str]:
    """The command's arguments without the paths of this machine."""
    return [Path(each).name if os.sep in each else each for each in arguments]


@contextmanager
def _working_folder(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        if folder.exists() and any(folder.iterdir()):
            raise click.BadParameter(f"{folder} is not empty", param_hint="--folder")
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="postseek-bench-") as temporary:
        yield Path(temporary)


@contextmanager
def _step(console: Console, what: str) -> Iterator[None]:
    started = time.monotonic()
    console.print(f"{what} ...")
    yield
    console.print(f"    {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
