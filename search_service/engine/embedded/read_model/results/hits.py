"""A page of hits: the cards of documents, with marks and excerpts where they are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from search_service.engine.model import Hit, Snippet
from search_service.engine.snippets import Occurrence, beginning, best_passage, marked

from ..planning.plan import Plan
from ..stored.card import Card, hit_of, read_cards
from ..stored.segment import Segment
from .passages import Occurrences

MARKED_WORDS = 16
"""Words of a query, the rarest of it, that are marked in hits."""

MARKED_TERMS = 64
"""Terms of these words that are looked up."""

UNTITLED = 60
"""Characters of its text that stand for the title of a post without one."""

Place = tuple[int, int, int]
"""Where a hit is: the number of its segment and of its document there, and its score in impact units."""


def bare_hits(segments: Sequence[Segment], places: Sequence[Place]) -> tuple[Hit, ...]:
    """Hits without marks and excerpts."""
    scale = segments[0].statistics.scale  # a delta has the statistics of its main segment
    if len(segments) == 1:
        stored = segments[0].cards.views([document for _, document, _ in places])
    else:
        stored = [segments[index].cards.view(document) for index, document, _ in places]
    cards = read_cards(stored)
    return tuple(
        [
            hit_of(card, score / scale, title=_title(card, segments[index], document))
            for card, (index, document, score) in zip(cards, places, strict=True)
        ]
    )


def hits_with_excerpts(segments: Sequence[Segment], plan: Plan, places: Sequence[Place]) -> tuple[Hit, ...]:
    """Hits with the words of the query marked, and the passages of their bodies that hold most of them."""
    hits: dict[int, Hit] = {}
    scale = segments[0].statistics.scale
    for index, segment in enumerate(segments):
        rows = [row for row, place in enumerate(places) if place[0] == index]
        if not rows:
            continue
        words = enumerate(plan.words[:MARKED_WORDS])
        terms = [(number, term) for number, word in words for term in word.by_segment[index].all_terms]
        documents = [places[row][1] for row in rows]
        occurrences = Occurrences(segment, terms[:MARKED_TERMS], documents)
        cards = read_cards(segment.cards.views(documents))
        found = zip(rows, documents, cards, occurrences.titles, occurrences.bodies, strict=True)
        for row, document, card, in_title, in_body in found:
            body = segment.bodies.text(document)
            summary = None if in_body else segment.rest(document).summary
            title = _title(card, segment, document, in_title)
            snippet, section = best_passage(body, in_body, sections=card.sections, fallback=summary)
            hits[row] = hit_of(card, places[row][2] / scale, title=title, snippet=snippet, section=section)
    return tuple([hits[row] for row in range(len(places))])


def _title(card: Card, segment: Segment, document: int, occurrences: Sequence[Occurrence] = ()) -> Snippet:
    """The title with its occurrences of words marked; of a post without one the first words of its text."""
    return marked(card.title, occurrences) if card.title else beginning(segment.bodies.text(document), length=UNTITLED)
