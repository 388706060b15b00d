"""schema.org statements embedded as JSON-LD: read defensively, any site may write anything in there."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from indexer.extract.markup.html import MAX_JSON_LD

MEDIA_TYPE = "application/ld+json"
_MAX_SCRIPTS = 20
MAX_NODES = 2_000
MAX_DEPTH = 12
_MAX_VALUES = 100

_ARTICLE = re.compile(r"(?:article|posting|^report|^review|^recipe)$", re.IGNORECASE)
_IN_ARTICLES = re.compile(r"^(?:review|recipe)$", re.IGNORECASE)
"""What may as well be a part of an article, which then has a name of its own."""
# Control characters inside strings are the commonest way in which templates break the syntax.
_CONTROL = re.compile("[\x00-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a page says about one thing. Values are strings as written; nothing has been checked."""

    types: frozenset[str]
    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    description: str | None = None
    image: str | None = None
    lang: str | None = None
    is_free: bool | None = None
    happens: tuple[str, ...] = ()
    """When an event begins and ends."""

    @property
    def is_article(self) -> bool:
        """Whether the thing is a text of its own: an Article, a BlogPosting, a Recipe."""
        return any(_ARTICLE.search(kind) for kind in self.types)


def statements(sources: Iterable[str]) -> list[Statement]:
    """The statements of a page's JSON-LD scripts, in order; scripts that are no JSON give none.

    What is only named by its `@id` in one place is read where it is described in another.
    """
    nodes = [node for source in islice(sources, _MAX_SCRIPTS) for node in _nodes(_loaded(source))]
    names = {id_: name for node in nodes if (id_ := _first(node.get("@id"))) and (name := _first(node.get("name")))}
    return [_statement(node, names) for node in nodes]


def article(found: Iterable[Statement]) -> Statement | None:
    """The statement about the page's own article; None where there is none, or where a page lists several."""
    articles = [statement for statement in found if statement.is_article]
    articles = [each for each in articles if not any(map(_IN_ARTICLES.match, each.types))] or articles
    if len({statement.headline for statement in articles}) > 1:
        return None
    return max(articles, key=lambda each: (each.published is not None, len(each.authors)), default=None)


def _loaded(source: str) -> object:
    source = source.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if not source or len(source) > MAX_JSON_LD:
        return None
    for text in (source, _CONTROL.sub(" ", source)):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """Every object that has a type, outermost first, without those nested as somebody's author or publisher."""
    pending, seen = [(value, 0)], 0
    while pending and seen < MAX_NODES:
        current, depth = pending.pop(0)
        seen += 1
        if depth > MAX_DEPTH:
            continue
        if isinstance(current, list):
            pending.extend((each, depth + 1) for each in current[:_MAX_VALUES])
        elif isinstance(current, dict):
            if _strings(current.get("@type")):
                yield current
            pending.extend((current.get(key), depth + 1) for key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _statement(node: dict[str, object], names: Mapping[str, str]) -> Statement:
    return Statement(
        types=frozenset(_strings(node.get("@type"))),
        headline=_first(node.get("headline")) or _first(node.get("name")),
        published=_first(node.get("datePublished")) or _first(node.get("dateCreated")),
        modified=_first(node.get("dateModified")),
        authors=tuple(_named(node.get("author"), names) or _named(node.get("creator"), names)),
        keywords=tuple(_keywords(node.get("keywords"))),
        sections=tuple(_strings(node.get("articleSection"))),
        description=_first(node.get("description")),
        image=_address(node.get("image")),
        lang=_first(node.get("inLanguage")),
        is_free=_truth(node.get("isAccessibleForFree")),
        happens=tuple(_strings(node.get("startDate")) + _strings(node.get("endDate"))),
    )


def _strings(value: object) -> list[str]:
    if value is None:  # as most are
        return []
    values = value[:_MAX_VALUES] if isinstance(value, list) else [value]
    texts = (_once_quoted(each) for each in values if isinstance(each, str))
    return [html.unescape(each) for each in texts if each.strip()]


def _once_quoted(text: str) -> str:
    """The string in a string: templates that quote what the generator has quoted write `"\"Keeping bees\""`."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        with suppress(ValueError):  # as of `"Bees" and "wasps"`
            inner = json.loads(text, strict=False)
            return inner if isinstance(inner, str) else text
    return text


def _first(value: object) -> str | None:
    return next(iter(_strings(value)), None)


def _truth(value: object) -> bool | None:
    """A Boolean as JSON has it, or as text: `False`, `https://schema.org/False`."""
    if isinstance(value, bool):
        return value
    word = (_first(value) or "").rpartition("/")[2].lower()
    return {"true": True, "false": False}.get(word)


def _named(value: object, known: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """The names of things that are given by name, described, or referred to by one of the `known` identifiers."""
    names: list[str] = []
    for each in value[:_MAX_VALUES] if isinstance(value, list) else [value]:
        if not isinstance(each, dict):
            names += _strings(each)
        elif each.get("name"):
            names += _strings(each.get("name"))
        elif (name := known.get(_first(each.get("@id")) or "")) is not None:
            names.append(name)
    return names


def _keywords(value: object) -> list[str]:
    if isinstance(value, str):
        return [keyword.strip() for keyword in value.split(",") if keyword.strip()]
    return _named(value)


def _address(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url") or value.get("@id") or value.get("contentUrl")
    return _first(value)
