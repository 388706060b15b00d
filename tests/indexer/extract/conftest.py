"""Pages as a blog's generator would write them."""

from __future__ import annotations

from indexer.extract.model import Extraction
from indexer.extract.page import extract
from indexer.sources.model import Page

URL = "https://blog.example/notes/keeping-bees/"
PARAGRAPHS = "".join(
    f"<p>{text}</p>"
    for text in (
        "The first swarm of the year settled in the pear tree, low enough to be reached from a kitchen chair, and by"
        " noon it had moved into the box that had stood empty since the wet summer.",
        "A colony that is left alone does well on a sunny wall, as long as nobody opens the lid to look more often than"
        " once in ten days; the heat that escapes has to be made again from honey.",
        "In the evening the whole garden smells of wax. What the bees leave us is never much, but it keeps for years"
        " and tastes of whatever was in flower on the slope above the mill.",
    )
)


def html(body: str, *, head: str = "", title: str = "Keeping bees", lang: str = 'lang="en"') -> bytes:
    """A page with this body below the site's header."""
    return (
        f'<!doctype html><html {lang}><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f'<body><header><a href="/">The Mill Garden</a><nav><a href="/about/">About</a></nav></header>{body}'
        "<footer><p>All rights kept by the millers.</p></footer></body></html>"
    ).encode()


def article(
    before: str = '<time datetime="2019-06-02">2 June 2019</time>', *, text: str = PARAGRAPHS, after: str = ""
) -> str:
    """An article with something between its heading and its text, and after it."""
    return f"<main><article><h1>Keeping bees</h1>{before}<div>{text}</div>{after}</article></main>"


def read(content: bytes, *, url: str = URL, charset: str | None = None, **options: bool) -> Extraction:
    """What `extract` makes of a page."""
    return extract(Page(url=url, content=content, charset=charset), **options)
