"""The way of a page: source -> unchanged? -> worker -> post? -> whose URL? -> index -> gate -> published."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from search_service.engine.errors import BuildRejected, IndexCorrupt
from search_service.engine.port import Engine, IndexWriter

from . import state as page_state
from .plan import Plan
from .report import Report
from .run import Run
from .sources import Source
from .state import Sites, State


def index_sources(engine: Engine, sources: Sequence[Source], plan: Plan) -> Report:
    """Bring the index up to date with the sources, publish it, and report.

    Where the safety gate refuses, nothing is published and the report says so in `refused`. A dry run takes no lock
    and writes nothing.
    """
    started = time.monotonic()
    report = Report(sources=[source.key for source in sources])
    if plan.dry_run:
        Run(None, *_last_run(engine.read_state, plan), plan, report).visit_all(sources)
    else:
        with engine.build() if plan.full else engine.update() as writer:
            run = Run(writer, *_last_run(writer.read_state, plan), plan, report)
            run.visit_all(sources)
            _publish(writer, run, plan, report)
    report.seconds = time.monotonic() - started
    return report


def _last_run(read_state: Callable[[str], bytes | None], plan: Plan) -> tuple[State, Sites]:
    """What the last run knew of the pages and of their sites."""
    try:
        return page_state.decode(read_state(page_state.NAME)), page_state.decode_sites(
            read_state(page_state.SITES_NAME)
        )
    except IndexCorrupt:
        if not plan.full:
            raise
        return State(), Sites()  # what can't be read is what a full build replaces


def _publish(writer: IndexWriter, run: Run, plan: Plan, report: Report) -> None:
    """Make what the run wrote the live generation, if anything changed and the gate lets it pass."""
    if not run.changed and writer.base is not None:
        report.generation = writer.base.id
        return
    try:
        run.check(plan.gate)
    except BuildRejected as exc:
        if not plan.force:
            report.refused = exc
            return
        report.notes.append(f"published by force; without it: {str(exc).partition('. ')[0]}")
    writer.write_state(page_state.NAME, page_state.encode(run.after))
    writer.write_state(page_state.SITES_NAME, page_state.encode(run.sites))
    writer.seal()
    report.generation = writer.publish().id
    report.published = True
