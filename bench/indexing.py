"""From built HTML to an index: pages a CPU second of Postseek, of bare trafilatura and of Pagefind, on one site."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

from .corpus import Blog
from .site import write_page, write_site
from .tables import Section, Table, number
from .usage import usage_of

CHANGED_SHARE = 0.05

_POSTSEEK = (sys.executable, "-m", "search_service.cli")
_TRAFILATURA = (sys.executable, "-m", "bench.bare_trafilatura")
_TAGS_IN_CLOUD = 30


def indexing_section(folder: Path, blog: Blog, *, pages: int, sites: Sequence[Path] = ()) -> Section:
    """Measure on a site of so many posts, made of text, and on directories with other sites' HTML."""
    site = folder / "site"
    site.mkdir(parents=True)
    write_site(site, blog.documents(0, pages), cloud=blog.tags[:_TAGS_IN_CLOUD])
    index = (*_POSTSEEK, "index", str(site), "--index", str(folder / "indexed"))
    pagefind = (sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(folder / "pagefind"))
    has_pagefind = importlib.util.find_spec("pagefind_bin") is not None
    runs = {
        "postseek extract": usage_of((*_POSTSEEK, "extract", str(site), "--jsonl")),
        "trafilatura, body and metadata": usage_of((*_TRAFILATURA, str(site))),
        "postseek index": usage_of(index),
    }
    if has_pagefind:
        runs["Pagefind"] = usage_of(pagefind)
    changed = _change(site, blog, pages)
    runs[f"postseek index, {changed:,} pages changed"] = usage_of(index)
    if has_pagefind:
        runs[f"Pagefind, {changed:,} pages changed"] = usage_of(pagefind)
    rows = tuple(
        (name, number(pages / used.cpu_seconds), number(used.cpu_seconds, 1), number(used.seconds, 1))
        for name, used in runs.items()
    )
    note = (
        f"{pages:,} pages with the usual boilerplate. CPU of all processes of a command from its start to its end,"
        " learning the site included; trafilatura runs in one process. Pagefind takes everything between `<body>` and"
        " `</body>` for the post and knows no updates."
    )
    made = Table("From HTML", ("run", "pages/CPU s", "CPU s", "seconds"), rows, note)
    return Section("Indexing", (made, _from_published(sites)) if sites else (made,))


def _from_published(sites: Sequence[Path]) -> Table:
    """Extraction alone from blogs as they were published, each by itself."""
    pages = sum(1 for site in sites for _ in site.rglob("*.html"))
    commands: dict[str, list[tuple[str, ...]]] = {
        "postseek extract": [(*_POSTSEEK, "extract", str(site), "--jsonl") for site in sites],
        "trafilatura, body and metadata": [(*_TRAFILATURA, str(site)) for site in sites],
    }
    used = {name: sum(usage_of(each).cpu_seconds for each in of_sites) for name, of_sites in commands.items()}
    rows = tuple((name, number(pages / seconds), number(seconds, 1)) for name, seconds in used.items())
    note = f"{pages:,} pages of {len(sites)} blogs, one blog after the other; starting and learning counted each time."
    return Table("From the HTML of published blogs", ("run", "pages/CPU s", "CPU s"), rows, note)


def _change(site: Path, blog: Blog, pages: int) -> int:
    """Give some posts other text, as their author would; how many."""
    step = round(1 / CHANGED_SHARE)
    changed = range(0, pages, step)
    for post in changed:
        write_page(site, blog.post(post, version=1), recent=(), cloud=blog.tags[:_TAGS_IN_CLOUD])
    return len(changed)
