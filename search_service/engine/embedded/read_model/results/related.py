"""The posts nearest to a post: those that share its most telling words, and its tags."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from search_service.engine.embedded.analysed import BETWEEN_TEXTS, analyse
from search_service.engine.model import Document
from search_service.engine.stopwords import STOP_WORDS

from ..scoring.words import term_postings
from ..stored.arrays import Array
from ..stored.segment import Segment
from ..stored.strings import encoded

TELLING = 24
"""Words of a post that are looked up: those it repeats and few others have (tf * idf, as in Lucene's MoreLikeThis)."""

_WORTH = {"title": 3, "headings": 1, "body": 1}
"""How often a word counts, by where it stands."""

_TAG = 1.5
"""What sharing a tag is worth against sharing a word as rare as it."""

_COMPARED = 5_000
"""Characters of a body that decide whether two posts are copies."""
_SAME_BODY = 0.8
"""Share of the words that copies have in common; of posts with one title, `_SAME_TITLE` is enough."""
_SAME_TITLE = 0.5

Near = tuple[float, int, int]
"""Score, segment and number of a document."""


def nearest(segments: Sequence[Segment], document: Document, limit: int) -> list[Near]:
    """The nearest documents, the best first: never this one, nor two that are copies of it or of each other."""
    weights = _telling(segments, document)
    seen = [document]
    chosen: list[Near] = []
    for near in _ranked(segments, document, weights, 4 * limit):
        _, segment, number = near
        candidate = segments[segment].document(number)
        if any(are_copies(candidate, other) for other in seen):
            continue
        seen.append(candidate)
        chosen.append(near)
        if len(chosen) == limit:
            break
    return chosen


def are_copies(one: Document, other: Document) -> bool:
    """Whether two posts are one: the same address, or nearly the same text."""
    if one.url == other.url:
        return True
    words, others = _words(one.body), _words(other.body)
    same_title = _words(one.title) == _words(other.title)
    if not words or not others:
        return same_title and not words and not others
    shared = len(words & others) / len(words | others)
    return shared >= (_SAME_TITLE if same_title else _SAME_BODY)


def _words(text: str) -> frozenset[str]:
    return frozenset(text[:_COMPARED].casefold().split())


def _telling(segments: Sequence[Segment], document: Document) -> dict[bytes, float]:
    """The words that say what a post is about, with their weights; the heaviest is 1."""
    analysed = analyse(document)
    common = STOP_WORDS.get(analysed.lang, frozenset()) | {BETWEEN_TEXTS}
    counts: Counter[str] = Counter()
    for field, worth in _WORTH.items():
        tokens = analysed.fields[field]
        for word, term in zip(tokens.words, tokens.terms, strict=True):
            if word.casefold() not in common:
                counts[term] += worth
    weights: dict[bytes, float] = {}
    for term, count in counts.items():
        name = encoded(term)
        held = sum(_frequency(segment, name) for segment in segments)
        if held > 1:  # else nothing but this post has it
            weights[name] = (1 + math.log(count)) * _idf(segments, held)
    heaviest = sorted(weights, key=lambda name: (-weights[name], name))[:TELLING]
    return {name: weights[name] / weights[heaviest[0]] for name in heaviest}


def _ranked(segments: Sequence[Segment], document: Document, weights: dict[bytes, float], most: int) -> Iterable[Near]:
    near: list[Near] = []
    for order, segment in enumerate(segments):
        scores = np.zeros(segment.count, np.float32)
        for name, weight in weights.items():
            index = segment.terms.find(name)
            if index >= 0:
                documents, impacts = term_postings(segment, index, 1.0)
                scores[documents] += impacts * np.float32(weight / segment.statistics.scale)
        for holders, worth in _tagged(segments, segment, document):
            scores[holders] += np.float32(worth)
        if segment.live is not None:
            scores[~segment.live] = 0
        best = np.argpartition(scores, max(0, len(scores) - most))[-most:] if len(scores) else scores.astype(np.int64)
        near += [(float(scores[number]), order, int(number)) for number in best if scores[number] > 0]
    return sorted(near, reverse=True)[:most]


def _tagged(segments: Sequence[Segment], segment: Segment, document: Document) -> Iterator[tuple[Array, float]]:
    """The documents of a segment that share a tag with a post, and what that is worth: more for a rare tag."""
    for tag in document.tags:
        held = sum(len(each.key_documents("tag", tag.tag)) for each in segments)
        yield segment.key_documents("tag", tag.tag), _TAG * _idf(segments, held)


def _frequency(segment: Segment, term: bytes) -> int:
    index = segment.terms.find(term)
    return segment.document_frequency(index) if index >= 0 else 0


def _idf(segments: Sequence[Segment], held: int) -> float:
    documents = sum(segment.count for segment in segments)
    return math.log(1 + (documents - held + 0.5) / (held + 0.5))
