"""What `postseek extract` shows: every page with what the index would hold of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from search_service.engine.errors import ExtractionError
from search_service.logs import visible

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
    """A page as one line of JSON; with `explain` also why: see `Extraction`."""
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
            line |= _explanation(shown.extraction)
    return msgspec.json.encode(line).decode()


def as_text(shown: Preview, *, explain: bool = False) -> str:
    """A page for a person; with `explain` also why: see `Extraction`."""
    extraction = shown.extraction
    if extraction is None or not extraction.is_post:
        lines = [f"-  {shown.path or shown.url}", f"no post: {shown.why}"]
    else:
        document = extraction.document
        facts = [
            f"{document.date or 'no date'}",
            ", ".join(tag.label for tag in document.tags) or "no tags",
            f"{len(document.body.split()):,} words",
        ]
        lines = [f"+  {document.title or '(no title)'}", document.url, " · ".join(facts)]
    if explain and extraction is not None:
        lines += _reasons(extraction)
    return "\n     ".join(map(visible, lines))


def _explanation(extraction: Extraction) -> dict[str, Any]:
    return {
        "template": extraction.template,
        "profiles": extraction.profiles,
        "sources": extraction.sources,
        "confidence": extraction.confidence,
        "others": {field: [other._asdict() for other in others] for field, others in extraction.others.items()},
        "cut": [cut._asdict() for cut in extraction.cut],
    }


def _reasons(extraction: Extraction) -> Iterator[str]:
    yield f"template: {extraction.template or 'none, read on its own'}"
    if extraction.profiles:
        yield f"platform: {', '.join(extraction.profiles)}"
    if extraction.is_post:
        for field in sorted({*extraction.sources, *extraction.others}):
            confidence = extraction.confidence.get(field)
            trusted = "" if confidence is None else f" ({confidence:.2f})"
            yield f"{field}: {extraction.sources.get(field, 'nowhere')}{trusted}"
            yield from (f"  not {other.source}: {other.value}" for other in extraction.others.get(field, ()))
    yield from (f"cut: {cut.what!r}, {cut.why}" for cut in extraction.cut)


def _pages(visits: Iterator[Visit], failed: list[Failed]) -> Iterator[Page]:
    for visit in visits:
        if isinstance(visit, Page):
            yield visit
        elif isinstance(visit, Failed):
            failed.append(visit)
