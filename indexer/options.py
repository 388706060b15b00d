"""What the subcommands are given, and what that means: sources, and how a run over them goes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search_service.settings import Config, SiteRules

if TYPE_CHECKING:
    from .plan import Plan
    from .sources import Source

SOURCES = click.argument("specs", metavar="SOURCE...", nargs=-1, required=True)
INDEX = click.option(
    "--index", "index_folder", metavar="DIR", type=click.Path(path_type=Path), help="Folder of the index."
)
BASE_URL = click.option("--base-url", metavar="URL", help="Where a directory or file is published.")
INCLUDE = click.option("--include", metavar="GLOB", multiple=True, help="Only pages whose path matches.")
EXCLUDE = click.option("--exclude", metavar="GLOB", multiple=True, help="No pages whose path matches.")
ALL_POSTS = click.option("--all-posts", is_flag=True, help="Every page is a post.")
WORKERS = click.option(
    "--workers", "index_workers", metavar="N", type=int, help="Processes that read pages (default: one a core)."
)
LIMIT = click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Stop after N pages of each source.")


def plan_of(config: Config, **how: Any) -> Plan:
    """How every run over this index goes, whoever starts it: another way would have all pages read again."""
    from .gate import Gate
    from .plan import Plan

    return Plan(
        workers=workers_of(config),
        seconds=config.page_seconds,
        gate=Gate(max_lost_share=config.max_lost_share, max_failed_share=config.max_failed_share),
        rules=rules_of(config),
        named={"featured": config.featured, "pins": [url for pin in config.pins for url in pin.urls]},
        **how,
    )


def workers_of(config: Config) -> int:
    """How many processes read pages."""
    return config.index_workers or os.cpu_count() or 1


def rules_of(config: Config) -> tuple[SiteRules, ...]:
    """The rules for single sites. ConfigError where one can't be read, before any page is."""
    if config.sites:
        from .extract.rules import RulesBySite

        RulesBySite(config.sites)
    return config.sites


def opened(specs: tuple[str, ...], **options: Any) -> list[Source]:
    """The sources that these arguments name; `options` as `sources.open_source` has them."""
    from .sources import open_source

    return [open_source(spec, **options) for spec in specs]
