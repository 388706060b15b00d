"""What `postseek extract` shows: every page with what the index would hold of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from search_service.engine.errors import ExtractionError

from .copies import Claims
from .extract.model import Extraction
from .sources import Failed, Page, Source, Visit
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
    claimants: list[tuple[Page, Extraction]] = []
    with Workers(reading, count=workers, seconds=seconds) as pool:
        for source in sources:
            failed: list[Failed] = []
            for page, outcome in pool.extract(_pages(source.visit({}), failed)):
                if isinstance(outcome, ExtractionError):
                    yield Preview(page.url, page.path, None, f"couldn't be read: {outcome}")
                elif reading.single or not outcome.is_post:
                    yield Preview(page.url, page.path, outcome, outcome.why)
                elif outcome.document.url == page.url:
                    claims.claim(page.url, outcome.document)
                    yield Preview(page.url, page.path, outcome, None)
                else:
                    claimants.append((page, outcome))
            for failure in failed:
                yield Preview(failure.url, None, None, f"couldn't be had: {failure.error}")
    for page, outcome in claimants:
        claim = claims.claim(page.url, outcome.document)
        if claim.document is None:
            why = f"a copy of {claim.copy_of}"
            yield Preview(page.url, page.path, replace(outcome, is_post=False, why=why), why)
        else:
            yield Preview(page.url, page.path, replace(outcome, document=claim.document), None)


def as_line(shown: Preview) -> str:
    """A page as one line of JSON."""
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
    return msgspec.json.encode(line).decode()


def as_text(shown: Preview) -> str:
    """A page for a person."""
    if shown.extraction is None or not shown.extraction.is_post:
        return f"-  {shown.path or shown.url}\n     no post: {shown.why}"
    document = shown.extraction.document
    facts = [
        f"{document.date or 'no date'}",
        ", ".join(tag.label for tag in document.tags) or "no tags",
        f"{len(document.body.split()):,} words",
    ]
    return f"+  {document.title}\n     {document.url}\n     {' · '.join(facts)}"


def _pages(visits: Iterator[Visit], failed: list[Failed]) -> Iterator[Page]:
    for visit in visits:
        if isinstance(visit, Page):
            yield visit
        elif isinstance(visit, Failed):
            failed.append(visit)
