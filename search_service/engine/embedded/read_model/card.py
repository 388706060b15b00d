"""What a hit shows, as it is stored.

A card is the JSON of a hit up to its score, without the brace that ends it: a page of hits without marks is put
together and read in one go (`bare_hits`), since building hits field by field takes longer than finding them. What only
documents have is kept apart, so that a hit is a short read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from ...model import Document, Hit, Section, Snippet
from ...tags import Tag

_encode = msgspec.json.Encoder().encode
_decode_hits = msgspec.json.Decoder(tuple[Hit, ...]).decode


class Card(msgspec.Struct, frozen=True):
    """The fields of a document that `model.Hit` has too, in its order, and the sections that a snippet may be of."""

    url: str
    title: Snippet
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
        title=Snippet(document.title),
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
    return _encode(card)[:-1], _encode(rest)


def read_cards(stored: Iterable[bytes | memoryview]) -> list[Card]:
    """The cards that are stored so, at least one."""
    return _decode_cards(b"[" + b"},".join(stored) + b"}]")


def read_rest(stored: bytes | memoryview) -> Rest:
    """The rest of a card that is stored so."""
    return _decode_rest(stored)


def bare_hits(cards: Sequence[memoryview], scores: Iterable[float]) -> tuple[Hit, ...]:
    """The hits that these cards, as they are stored, and scores make, without marks and excerpts."""
    values = [value for pair in zip(cards, scores, strict=True) for value in pair]
    hits: tuple[Hit, ...] = _decode_hits((b"[" + b",".join([_BARE] * len(cards)) + b"]") % tuple(values))
    return hits


_BARE = b'%b,"score":%.3f,"snippet":{"text":""}}'


def document_of(card: Card, rest: Rest, *, body: str) -> Document:
    """The document that these make."""
    return Document(
        url=card.url,
        title=card.title.text,
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
