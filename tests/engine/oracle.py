"""What a search must find, decided post by post in the plainest way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from search_service.engine.model import Document, Query

from .posts import SITE


def matches(document: Document, query: Query) -> bool:
    """Whether a post whose words need no analysis is a hit."""
    return _asked_for(document, query) and _passes(document, query)


def has_all_words(document: Document, words: Iterable[str]) -> bool:
    """Whether a post has every one of the words in its title, its tags or its body."""
    return all(any(word in text for text in _texts(document)) for word in words)


def begins(document: Document, query: Query) -> bool:
    """Whether a post's title is what was typed, or begins with it if that is more than a word."""
    typed = " ".join(query.words)
    if query.phrases or not typed:
        return False
    longer = document.title if query.unfinished else document.title + " "
    return document.title == typed or (" " in typed and longer.startswith(typed if query.unfinished else typed + " "))


def tag_counts(documents: Iterable[Document]) -> list[tuple[str, int]]:
    """Tags with the number of their posts: the most frequent first, equal ones by name."""
    counts = Counter(tag.tag for document in documents for tag in document.tags)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def year_counts(documents: Iterable[Document]) -> list[tuple[int, int]]:
    """Years with the number of their posts, from the newest."""
    counts = Counter(document.date.year for document in documents if document.date)
    return sorted(counts.items(), reverse=True)


def whatever_alternative(query: Query) -> Query:
    """The query whose hits' tags are counted: without the groups of alternative tags, which a visitor may widen."""
    return replace(query, tags_all=tuple(group for group in query.tags_all if len(group) == 1))


def whenever(query: Query) -> Query:
    """The query whose hits' years are counted: without the range of dates."""
    return replace(query, after=None, before=None)


def by_date(documents: Iterable[Document], *, newest_first: bool) -> list[list[str]]:
    """The names of posts, grouped by day in order; posts without a date are the last group."""
    groups: dict[int | None, list[str]] = {}
    for document in documents:
        groups.setdefault(document.date.toordinal() if document.date else None, []).append(name_of(document))
    days = sorted((day for day in groups if day is not None), reverse=newest_first)
    return [groups[day] for day in days] + ([groups[None]] if None in groups else [])


def name_of(document: Document) -> str:
    return document.url.removeprefix(SITE)


def _texts(document: Document) -> list[list[str]]:
    labels = [tag.label.lower().split() for tag in document.tags]
    return [document.title.split(), document.body.split(), *labels]


def _holds(document: Document, phrase: str) -> bool:
    wanted = phrase.split()
    return any(text[start : start + len(wanted)] == wanted for text in _texts(document) for start in range(len(text)))


def _asked_for(document: Document, query: Query) -> bool:
    if any(_holds(document, phrase) for phrase in query.not_words + query.not_phrases):
        return False
    if query.phrases:
        return all(_holds(document, phrase) for phrase in query.phrases)
    return not query.words or any(_holds(document, word) for word in query.words)


def _passes(document: Document, query: Query) -> bool:
    tags = {tag.tag for tag in document.tags}
    if not all(tags & group for group in query.tags_all) or tags & query.tags_none:
        return False
    if (query.after or query.before) and document.date is None:
        return False
    if query.after and document.date and document.date < query.after:
        return False
    if query.before and document.date and document.date > query.before:
        return False
    names = set((document.author or "").lower().split())
    if any(set(author.lower().split()) <= names for author in query.authors_none):
        return False
    return query.author is None or set(query.author.lower().split()) <= names
