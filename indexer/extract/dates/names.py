"""What elements are called that hold a date, and of what it is: of a publication or of a change."""

from __future__ import annotations

from lxml.html import HtmlElement

from indexer.extract.markup.dom import words_in, words_of

_HOOKS = ("data-hook", "data-testid", "data-test")
_DATE_WORDS = frozenset(
    {"date", "published", "time", "posted", "datetime", "pubdate", "created", "byline", "timestamp", "postdate"}
)
_PUBLISHED_WORDS = frozenset({"published", "pubdate", "publish", "datepublished"})
_MODIFIED_WORDS = frozenset({"updated", "update", "modified", "edited", "lastmod", "datemodified"})


def is_named_a_date(element: HtmlElement) -> bool:
    """Whether an element is called after a date: where classes are generated, the hooks of tests are what has names."""
    if not _DATE_WORDS.isdisjoint(words_of(element)):
        return True
    hooks = [value for name in _HOOKS if (value := element.get(name))]
    return bool(hooks) and not _DATE_WORDS.isdisjoint(words_in(" ".join(hooks)))


def is_named_publication(element: HtmlElement) -> bool:
    """Whether an element is called after a publication."""
    return not words_of(element).isdisjoint(_PUBLISHED_WORDS)


def is_named_a_change(element: HtmlElement) -> bool:
    """Whether an element, or the one around it, is called after a change."""
    parent = element.getparent()
    words = words_of(element) | (words_of(parent) if parent is not None else frozenset())
    return not words.isdisjoint(_MODIFIED_WORDS) and not is_named_publication(element)
