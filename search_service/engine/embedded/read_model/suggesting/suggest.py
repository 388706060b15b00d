"""Suggestions while a visitor types: the posts whose titles fit, and the tags."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from msgspec.structs import replace

from search_service.engine.bigrams import is_unspaced
from search_service.engine.model import Query, Results, Snippet, Suggestion, Suggestions, TagCount
from search_service.engine.query import parse_query

from ..stored.segment import Segment
from ..stored.titles import TitleIndex, title_arrays
from .typed import BEGINS, Match, TypedWord, marked_words, suggested, tolerant, typed_words

MAX_LIMIT = 100
"""Suggestions of a kind that can be asked for."""
_FIRST_KEYS = 2
"""Characters of a title after which what was suggested so far has been passed over."""
_REMEMBERED = 256
"""Beginnings of which is remembered what was suggested."""

_Place = tuple[int, int]
"""The segment of a post, and its number there."""


class Suggester:
    """Suggests from the segments of a generation. Shared by threads; `tags` are in the order of `Searcher.tags`."""

    def __init__(self, segments: Sequence[Segment], languages: Sequence[str], tags: Sequence[TagCount]) -> None:
        self._segments = segments
        self._languages = languages
        self._tags = tags
        self._first: dict[tuple[str, int], Collection[_Place]] = {}

    def suggest(self, text: str, limit: int, search: Callable[[Query], Results]) -> Suggestions:
        """Posts and tags for what has been typed. Where it is in no title, the posts are those that `search` finds.

        Where it leaves something out, titles alone don't tell which posts are meant.
        """
        words = typed_words(text, self._languages)
        limit = max(0, min(limit, MAX_LIMIT))
        if not words or not limit:
            return Suggestions(text, (), ())
        query = parse_query(text)
        if query.not_words or query.not_phrases:
            asks = query.words or query.phrases
            return Suggestions(text, self._found(query, words, limit, search) if asks else (), ())
        passed = self._passed_over(text.lstrip(), limit)
        posts, tags = self._posts(words, limit, suggested, passed), self._matching_tags(words, limit, suggested)
        if not posts and not tags:
            posts, tags = self._posts(words, limit, tolerant), self._matching_tags(words, limit, tolerant)
        return Suggestions(text, posts or self._found(query, words, limit, search), tags)

    def _posts(
        self, words: Sequence[TypedWord], limit: int, match: Match, passed: Collection[_Place] = ()
    ) -> tuple[Suggestion, ...]:
        best = self._best(words, limit, match, passed)
        return tuple(_suggestion(self._segments[order], number, words) for order, number in best)

    def _best(
        self, words: Sequence[TypedWord], limit: int, match: Match, passed: Collection[_Place]
    ) -> tuple[_Place, ...]:
        """The best matches; of titles that begin with what has been typed those that were passed over come last."""
        ranked = [
            (rank, rank != BEGINS or (order, number) not in passed, int(segment.day[number]), order, number)
            for order, segment in enumerate(self._segments)
            for rank, number in match(segment.title_index, words, limit + len(passed), live=segment.live)
        ]
        return tuple((order, number) for *_, order, number in sorted(ranked, reverse=True)[:limit])

    def _passed_over(self, text: str, limit: int) -> Collection[_Place]:
        """The posts that were suggested for the first characters of a text that goes on.

        None in scripts without spaces, where two characters are a word: who types one wants the newest.
        """
        if len(text) <= _FIRST_KEYS or is_unspaced(text[:_FIRST_KEYS]):
            return ()
        begun = text[:_FIRST_KEYS], limit
        if (first := self._first.get(begun)) is None:
            if len(self._first) >= _REMEMBERED:
                self._first.clear()
            words = typed_words(text[:_FIRST_KEYS], self._languages)
            first = self._first[begun] = frozenset(self._best(words, limit, suggested, ())) if words else ()
        return first

    def _found(
        self, query: Query, words: Sequence[TypedWord], limit: int, search: Callable[[Query], Results]
    ) -> tuple[Suggestion, ...]:
        results = search(replace(query, per_page=limit, facets=False, snippets=False))
        return tuple(
            Suggestion(
                url=hit.url,
                title=Snippet(hit.title.text, marked_words(hit.title.text, hit.lang, words)),
                tags=hit.tags,
            )
            for hit in results.hits
        )

    def _matching_tags(self, words: Sequence[TypedWord], limit: int, match: Match) -> tuple[TagCount, ...]:
        """The tags whose labels fit, the most frequent first."""
        ranked = match(self._tag_index, words, self._tag_index.count)
        return tuple(self._tags[number] for number in sorted(number for _, number in ranked)[:limit])

    @cached_property
    def _tag_index(self) -> TitleIndex:
        # A label is of any of the index's languages: "massages" finds the tag Massage in each.
        return TitleIndex(title_arrays((tag.label, self._languages) for tag in self._tags))


def _suggestion(segment: Segment, number: int, words: Sequence[TypedWord]) -> Suggestion:
    card = segment.card(number)
    return Suggestion(
        url=card.url,
        title=Snippet(card.title, marked_words(card.title, card.lang, words)),
        tags=card.tags,
    )
