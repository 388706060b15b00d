"""What `/suggest` answers. The fields and their order are the API, as in `answers`."""

from __future__ import annotations

from msgspec import Struct

from ..engine.model import Generation, Suggestion, Suggestions, TagCount
from ..engine.tags import Tag
from .answers import IndexAnswer, Ranges, index_answer


class SuggestionAnswer(Struct, frozen=True):
    """A post; `marks` are the ranges of its title that were typed."""

    title: str
    url: str
    marks: Ranges
    tags: tuple[Tag, ...]


class SuggestAnswer(Struct, frozen=True):
    """Posts and tags for what has been typed so far."""

    q: str
    suggestions: tuple[SuggestionAnswer, ...]
    tags: tuple[TagCount, ...]
    index: IndexAnswer


def suggest_answer(suggestions: Suggestions, generation: Generation) -> SuggestAnswer:
    """The answer to a few keystrokes."""
    return SuggestAnswer(
        suggestions.text, tuple(map(_post, suggestions.posts)), suggestions.tags, index_answer(generation)
    )


def _post(suggestion: Suggestion) -> SuggestionAnswer:
    return SuggestionAnswer(suggestion.title.text, suggestion.url, suggestion.title.marks, suggestion.tags)
