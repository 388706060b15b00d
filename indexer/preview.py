"""What `postseek extract` shows: every page with what the index would hold of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from search_service.engine.errors import ExtractionError

from .copies import Claims
from .extract.model import Extraction
from .site_pass import Known, SitePass
from .sources import Failed, Page, Source, Visit
from .spool import Spool
from .workers import Reading, Workers


@dataclass(frozen=True, slots=True)
class Preview:
    """A page with its extraction, or with the reason why there is none."""

    url: str
    path: str | None
    extraction: Extraction | None
    why: str | None


def preview(sources: Sequence[Source], reading: Reading, *, workers: int, seconds: float) -> Iterator[Preview]:
    """Every page of the sources, as `postseek index` would take it. Copies, known only at the end, come last."""
    claims = Claims()
    with Workers(reading, count=workers, seconds=seconds) as pool, Spool() as claimants:
        for source in sources:
            failed: list[Failed] = []
            pages = _pages(source.visit({}), failed)
            for read in SitePass(source, pool, Known(), alone=reading.alone).read(pages):
                outcome = read.outcome
                if isinstance(outcome, ExtractionError):
                    yield Preview(read.url, read.path, None, f"couldn't be read: {outcome}")
                elif reading.single or not outcome.is_post:
                    yield Preview(read.url, read.path, outcome, outcome.why)
                elif outcome.document.url == read.url:
                    claims.claim(read.url, outcome.document)
                    yield Preview(read.url, read.path, outcome, None)
                else:
                    claimants.put(read, outcome)
            for failure in failed:
                yield Preview(failure.url, None, None, f"couldn't be had: {failure.error}")
        for read, outcome in claimants:
            claim = claims.claim(read.url, outcome.document)
            if claim.document is None:
                why = f"a copy of {claim.copy_of}"
                yield Preview(read.url, read.path, replace(outcome, is_post=False, why=why), why)
            else:
                yield Preview(read.url, read.path, replace(outcome, document=claim.document), None)


def as_line(shown: Preview, *, explain: bool = False) -> str:
    """A page as one line of JSON; with `explain` also its template and the source of each field."""
    line: dict[str, Any] = {"path": shown.path, "url": shown.url, "is_post": False, "why": shown.why}
    if shown.extraction is not None:
        document = shown.extraction.document
        line |= {
            "url": document.url,
            "is_post": shown.extraction.is_post,
            "title": document.title,
            "date": document.date,
            "tags": [tag.label for tag in document.tags],
            "categories": [tag.label for tag in document.categories],
            "author": document.author,
            "summary": document.summary,
            "image": document.image,
            "lang": document.lang,
            "body": document.body,
        }
        if explain:
            line |= {"template": shown.extraction.template, "sources": shown.extraction.sources}
    return msgspec.json.encode(line).decode()


def as_text(shown: Preview, *, explain: bool = False) -> str:
    """A page for a person; with `explain` also its template and the source of each field."""
    if shown.extraction is None or not shown.extraction.is_post:
        return f"-  {shown.path or shown.url}\n     no post: {shown.why}"
    document = shown.extraction.document
    facts = [
        f"{document.date or 'no date'}",
        ", ".join(tag.label for tag in document.tags) or "no tags",
        f"{len(document.body.split()):,} words",
    ]
    lines = [f"+  {document.title}", document.url, " · ".join(facts)]
    if explain:
        lines.append(f"template: {shown.extraction.template or 'none, read on its own'}")
        lines += [f"{field}: {source}" for field, source in shown.extraction.sources.items()]
    return "\n     ".join(lines)


def _pages(visits: Iterator[Visit], failed: list[Failed]) -> Iterator[Page]:
    for visit in visits:
        if isinstance(visit, Page):
            yield visit
        elif isinstance(visit, Failed):
            failed.append(visit)
