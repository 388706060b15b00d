"""The report of a run as a web page: one file that stands alone and runs and loads nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape

from search_service.engine.errors import ConfigError

from .report import Report

MAX_LISTED = 5_000
"""Pages and posts that each list of the report names."""


def write_report(report: Report, file: Path) -> None:
    """Write the report to a file. ConfigError where that can't be."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_html(report), encoding="utf-8", errors="replace")
    except OSError as exc:
        raise ConfigError(f"the report can't be written to {file}: {exc.strerror}; name another file") from exc


def as_html(report: Report) -> str:
    """The report as a page. Marked pages stand in frames of their own, in which nothing runs and nothing is loaded."""
    environment = Environment(
        loader=PackageLoader("indexer"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["count"] = "{:,}".format
    environment.filters["share"] = _share
    passed_over = defaultdict(list)
    for url, why in report.passed_over.items():
        passed_over[why].append(url)
    return environment.get_template("report.html").render(
        report=report,
        written=dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        templates=sorted(report.templates.items(), key=lambda each: -each[1].now.pages),
        passed_over=sorted(passed_over.items(), key=lambda each: -len(each[1])),
        marked=sorted(report.marked, key=lambda page: page.why is not None),
        most=MAX_LISTED,
    )


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.0f} %)" if part and whole else "–"
