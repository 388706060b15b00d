"""A page of hits: the cards of documents, with marks and excerpts where they are wanted."""

from __future__ import annotations

from collections.abc import Sequence

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

Place = tuple[int, int, int]
"""Where a hit is: the number of its segment and of its document there, and its score in impact units."""


def bare_hits(segments: Sequence[Segment], places: Sequence[Place]) -> tuple[Hit, ...]:
    """Hits without marks and excerpts."""
    scale = segments[0].statistics.scale  # a delta has the statistics of its main segment
    if len(segments) == 1:
        cards = segments[0].cards.views([document for _, document, _ in places])
    else:
        cards = [segments[index].cards.view(document) for index, document, _ in places]
    return card.bare_hits(cards, [score / scale for _, _, score in places])


def hits_with_excerpts(segments: Sequence[Segment], plan: Plan, places: Sequence[Place]) -> tuple[Hit, ...]:
    """Hits with the words of the query marked, and the passages of their bodies that hold most of them."""
    hits: dict[int, Hit] = {}
    for index, segment in enumerate(segments):
        rows = [row for row, place in enumerate(places) if place[0] == index]
        if not rows:
            continue
        words = enumerate(plan.words[:MARKED_WORDS])
        terms = [(number, term) for number, word in words for term in word.by_segment[index].all_terms]
        documents = [places[row][1] for row in rows]
        occurrences = Occurrences(segment, terms[:MARKED_TERMS], np.array(documents, np.int64))
        cards = card.read_cards(segment.cards.views(documents))
        found = zip(rows, documents, cards, occurrences.titles, occurrences.bodies, strict=True)
        for row, document, shown, in_title, in_body in found:
            body = segment.bodies.text(document)
            summary = None if in_body else segment.rest(document).summary
            snippet, section = best_passage(body, in_body, sections=shown.sections, fallback=summary)
            hits[row] = Hit(
                url=shown.url,
                title=marked(shown.title.text, in_title) if in_title else shown.title,
                date=shown.date,
                tags=shown.tags,
                author=shown.author,
                image=shown.image,
                lang=shown.lang,
                score=round(places[row][2] / segment.statistics.scale, 3),
                snippet=snippet,
                section=section,
            )
    return tuple([hits[row] for row in range(len(places))])
