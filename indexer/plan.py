"""How a run over the sources goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from search_service.settings import SiteRules

from .gate import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a run goes. `seconds` is what one page may take; `advance` is told the number of pages as they are done.

    `rules` are the operator's for single sites; `examples` is the number of pages of each template that are marked for
    the report; `named` are the addresses of posts that settings name, by setting. `today` tells, when a run begins, the
    day as of which it reads pages.
    """

    workers: int
    seconds: float
    gate: Gate
    all_posts: bool = False
    full: bool = False
    dry_run: bool = False
    force: bool = False
    examples: int = 0
    rules: tuple[SiteRules, ...] = ()
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    advance: Callable[[int], None] = lambda pages: None
    today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date()
