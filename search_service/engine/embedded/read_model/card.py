"""What a hit shows besides its title and text, as it is stored."""

from __future__ import annotations

import datetime as dt

import msgspec

from ...model import Document
from ...tags import Tag


class Card(msgspec.Struct, array_like=True, omit_defaults=True):
    """The fields of a document that are neither searched as text nor in an array of their own."""

    tags: list[tuple[str, str]]
    date: dt.date | None = None
    author: str | None = None
    image: str | None = None
    lang: str | None = None
    summary: str | None = None
    categories: list[tuple[str, str]] = []
    headings: list[str] = []
    modified: dt.date | None = None


def card_of(document: Document) -> Card:
    """The card of a document."""
    return Card(
        tags=[(tag.tag, tag.label) for tag in document.tags],
        date=document.date,
        author=document.author,
        image=document.image,
        lang=document.lang,
        summary=document.summary,
        categories=[(tag.tag, tag.label) for tag in document.categories],
        headings=list(document.headings),
        modified=document.modified,
    )


def document_of(card: Card, *, url: str, title: str, body: str) -> Document:
    """The document that a card, an address and two texts make."""
    return Document(
        url=url,
        title=title,
        body=body,
        headings=tuple(card.headings),
        tags=tags_of(card),
        categories=tuple(Tag(tag, label) for tag, label in card.categories),
        date=card.date,
        modified=card.modified,
        author=card.author,
        summary=card.summary,
        image=card.image,
        lang=card.lang,
    )


def tags_of(card: Card) -> tuple[Tag, ...]:
    """The tags on a card."""
    return tuple(Tag(tag, label) for tag, label in card.tags)
