"""What a hit shows, as it is stored.

A card is the JSON of a hit without its score and its excerpt, followed by the other fields of its document: a page of
hits without marks is read in one go (`bare_hits`), since building hits field by field takes longer than finding them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from ...model import Document, Hit, Section, Snippet
from ...tags import Tag

_decode_hits = msgspec.json.Decoder(tuple[Hit, ...]).decode


class Card(msgspec.Struct, frozen=True):
    """The fields of a document but for its body. Up to `lang` they are those of `model.Hit`."""

    url: str
    title: Snippet
    tags: tuple[Tag, ...]
    date: dt.date | None
    author: str | None
    image: str | None
    lang: str | None
    summary: str | None = None
    categories: tuple[Tag, ...] = ()
    headings: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    modified: dt.date | None = None


def card_of(document: Document) -> Card:
    """The card of a document."""
    return Card(
        url=document.url,
        title=Snippet(document.title),
        tags=document.tags,
        date=document.date,
        author=document.author,
        image=document.image,
        lang=document.lang,
        summary=document.summary,
        categories=document.categories,
        headings=document.headings,
        sections=document.sections,
        modified=document.modified,
    )


def bare_hits(cards: Iterable[tuple[memoryview, float]]) -> tuple[Hit, ...]:
    """The hits that these cards, as they are stored, and scores make, without marks and excerpts."""
    objects = [bytes(card[:-1]) + b',"score":%.3f,"snippet":{"text":""}}' % score for card, score in cards]
    return _decode_hits(b"[" + b",".join(objects) + b"]")


def document_of(card: Card, *, body: str) -> Document:
    """The document that a card and a body make."""
    return Document(
        url=card.url,
        title=card.title.text,
        body=body,
        headings=card.headings,
        sections=card.sections,
        tags=card.tags,
        categories=card.categories,
        date=card.date,
        modified=card.modified,
        author=card.author,
        summary=card.summary,
        image=card.image,
        lang=card.lang,
    )
