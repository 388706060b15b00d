"""What a hit shows, as it is stored.

A card is JSON without the names of its fields: those of a page of hits are read in one go, in a third of the time that
they would take with their names. What only documents have is kept apart, so that a hit is a short read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from search_service.engine.model import Document, FoundSection, Hit, Section, Snippet
from search_service.engine.tags import Tag

_encode = msgspec.json.Encoder().encode
_NO_SNIPPET = Snippet("")


class Card(msgspec.Struct, frozen=True, array_like=True):
    """The fields of a document that `model.Hit` has too, and the sections that a snippet may be of."""

    url: str
    title: str
    tags: tuple[Tag, ...]
    date: dt.date | None
    author: str | None
    image: str | None
    lang: str | None
    sections: tuple[Section, ...] = ()


class Rest(msgspec.Struct, frozen=True, omit_defaults=True):
    """The other fields of a document but for its body."""

    summary: str | None = None
    categories: tuple[Tag, ...] = ()
    headings: tuple[str, ...] = ()
    modified: dt.date | None = None


_decode_cards = msgspec.json.Decoder(list[Card]).decode
_decode_rest = msgspec.json.Decoder(Rest).decode


def stored_card(document: Document) -> tuple[bytes, bytes]:
    """The card of a document and its rest, as they are stored."""
    card = Card(
        url=document.url,
        title=document.title,
        tags=document.tags,
        date=document.date,
        author=document.author,
        image=document.image,
        lang=document.lang,
        sections=document.sections,
    )
    rest = Rest(
        summary=document.summary,
        categories=document.categories,
        headings=document.headings,
        modified=document.modified,
    )
    return _encode(card), _encode(rest)


def read_cards(stored: Iterable[bytes | memoryview]) -> list[Card]:
    """The cards that are stored so."""
    return _decode_cards(b"[" + b",".join(stored) + b"]")


def read_rest(stored: bytes | memoryview) -> Rest:
    """The rest of a card that is stored so."""
    return _decode_rest(stored)


def hit_of(
    card: Card, score: float, *, title: Snippet, snippet: Snippet = _NO_SNIPPET, section: FoundSection | None = None
) -> Hit:
    """The hit that these make."""
    return Hit(
        url=card.url,
        title=title,
        date=card.date,
        tags=card.tags,
        author=card.author,
        image=card.image,
        lang=card.lang,
        score=int(1000 * score + 0.5) / 1000,  # `round` takes four times as long
        snippet=snippet,
        section=section,
    )


def document_of(card: Card, rest: Rest, *, body: str) -> Document:
    """The document that these make."""
    return Document(
        url=card.url,
        title=card.title,
        body=body,
        headings=rest.headings,
        sections=card.sections,
        tags=card.tags,
        categories=rest.categories,
        date=card.date,
        modified=rest.modified,
        author=card.author,
        summary=rest.summary,
        image=card.image,
        lang=card.lang,
    )
