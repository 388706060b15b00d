"""What a hit's score is made of, in the words of an operator who asks why it stands where it does."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from search_service.engine.model import ScorePart

from ..matching.first import first_hits
from ..planning.plan import Plan, Word
from ..scoring.cells import BEGINS, BEGUN, PINNED, TITLE
from ..scoring.words import WordTerms
from ..stored.layout import FIELDS
from ..stored.segment import Segment
from ..weights import BONUS, WHOLE, WHOLE_FIELDS
from .hits import Place

_REASONS = {
    int(PINNED): "pinned: comes first",
    int(TITLE): "the title is what was typed: comes first",
    int(BEGINS): "the title begins with what was typed: comes first",
    int(BEGUN): "the title begins with what has been typed so far: comes first",
}
_PLACES = {WHOLE: "in the post", "title": "in the title", "headings": "in headings", "tag_text": "in tags"}


def explained(segment: Segment, plan: Plan, place: Place) -> tuple[ScorePart, ...]:
    """The parts of a hit's score, those that are no number first. They add up to it, but for its rounding."""
    first = [
        ScorePart(_REASONS[int(bit)], 0.0) for documents, bit in first_hits(segment, plan) if place[1] in documents
    ]
    parts = [part for word in plan.words for part in _word_parts(segment, word, place)]
    parts += [
        ScorePart(gain.reason, round(float(gain.impact) / segment.statistics.scale, 3))
        for gain in plan.gains
        if place[1] in gain.documents[place[0]]
    ]
    if plan.newness:
        rest = place[2] / segment.statistics.scale - sum(part.points for part in parts)
        parts.append(ScorePart("date", round(rest, 3)))
    return (*first, *parts)


def _word_parts(segment: Segment, word: Word, place: Place) -> Iterator[ScorePart]:
    """The parts of the best of what the word stands for in a document."""
    best: tuple[float, WordTerms, int] | None = None
    for terms in _alternatives(word.by_segment[place[0]]):
        for documents, impacts in terms.postings(segment):
            at = int(documents.searchsorted(place[1]))
            if at < len(documents) and documents[at] == place[1] and (best is None or impacts[at] > best[0]):
                best = (float(impacts[at]), terms, terms.terms[0][0])
    if best is None:
        return
    points, terms, term = best[0] / segment.statistics.scale, best[1], best[2]
    name = f'"{word.surface}"'
    if terms.within is not None:
        yield ScorePart(f"{name} side by side", round(points, 3))
        return
    if terms.terms[0][1] < 1:
        name += f' as "{segment.terms.text(term)}"'
    shares = _field_shares(segment, term, place[1])
    for field, share in shares.items():
        if share:
            yield ScorePart(f"{name} {_PLACES[field]}", round(points * share, 3))


def _alternatives(word: WordTerms) -> Iterator[WordTerms]:
    """A word as many words of one term, or of one phrase, each."""
    if word.within is not None:
        yield WordTerms(word.terms, word.within)
    else:
        yield from (WordTerms((term,)) for term in word.terms)
    for each in word.also:
        yield from _alternatives(each)


def _field_shares(segment: Segment, term: int, document: int) -> dict[str, float]:
    """How much of a term's score in a document comes from where it stands; see `impact`."""
    starts = segment.field_position[document].astype(np.int64)
    ends = np.append(starts[1:], int(segment.first_position[document + 1]))
    positions = segment.position[segment.positions(term)]
    held = positions[slice(*positions.searchsorted((starts[0], ends[-1])))]
    counts = dict(zip(FIELDS, np.histogram(held, np.append(starts, ends[-1]))[0].tolist(), strict=True))
    lengths = dict(zip(FIELDS, (ends - starts - 1).tolist(), strict=True))  # an empty position ends each field
    for sizes in (counts, lengths):
        sizes[WHOLE] = sum(sizes[name] for name in WHOLE_FIELDS)
    scores = {
        name: weight * segment.statistics.saturated(name, np.array(counts[name]), np.array(lengths[name])).item()
        for name, weight in {WHOLE: 1.0, **BONUS}.items()
    }
    total = sum(scores.values()) or 1.0
    return {name: score / total for name, score in scores.items()}
