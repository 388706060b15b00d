"""A page of hits: the cards of documents, with marks and excerpts where they are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ...model import Hit
from ...snippets import best_passage, marked
from . import card
from .passages import Occurrences
from .plan import Plan
from .segment import Segment

MARKED_WORDS = 16
"""Words of a query, the rarest of it, that are marked in hits."""

MARKED_TERMS = 64
"""Terms of these words that are looked up."""


class Place(NamedTuple):
    """Where a hit is: the number of its segment and of its document there, and its score in impact units."""

    segment: int
    document: int
    score: int


def bare_hits(segments: Sequence[Segment], places: Sequence[Place]) -> tuple[Hit, ...]:
    """Hits without marks and excerpts."""
    found = [(segments[index], number, score) for index, number, score in places]
    return card.bare_hits(
        [(segment.cards.view(number), score / segment.statistics.scale) for segment, number, score in found]
    )


def hits_with_excerpts(segments: Sequence[Segment], plan: Plan, places: Sequence[Place]) -> tuple[Hit, ...]:
    """Hits with the words of the query marked, and the passages of their bodies that hold most of them."""
    hits: dict[int, Hit] = {}
    for index, segment in enumerate(segments):
        rows = [row for row, place in enumerate(places) if place.segment == index]
        if not rows:
            continue
        words = enumerate(plan.words[:MARKED_WORDS])
        terms = [(number, term) for number, word in words for term in word.by_segment[index].all_terms]
        documents = np.array([places[row].document for row in rows], np.int64)
        occurrences = Occurrences(segment, terms[:MARKED_TERMS], documents)
        for row, in_title, in_body in zip(rows, occurrences.titles, occurrences.bodies, strict=True):
            place = places[row]
            shown, body = segment.card(place.document), segment.bodies.text(place.document)
            snippet, section = best_passage(body, in_body, sections=shown.sections, fallback=shown.summary)
            hits[row] = Hit(
                url=shown.url,
                title=marked(shown.title.text, in_title) if in_title else shown.title,
                date=shown.date,
                tags=shown.tags,
                author=shown.author,
                image=shown.image,
                lang=shown.lang,
                score=round(place.score / segment.statistics.scale, 3),
                snippet=snippet,
                section=section,
            )
    return tuple([hits[row] for row in range(len(places))])
