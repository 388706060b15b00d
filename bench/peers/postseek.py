"""Postseek's embedded engine, in process, by its port."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.read_model.searcher import ReadModelSearcher
from search_service.engine.model import Document, Query
from search_service.engine.query import parse_query

from ..querylog import Asked
from .peer import Found, Peer


def query_for(asked: Asked, *, full: bool) -> Query:
    """The query that the service would make of this, with all that a page of results needs or with the top ten only."""
    text = f'"{asked.text}"' if asked.kind == "phrase" else asked.text
    tags = (frozenset({asked.tag}),) if asked.tag else ()
    return replace(parse_query(text), tags_all=tags, after=asked.after, before=asked.before, facets=full, snippets=full)


class Full(Peer):
    """All that a page of results needs: exact total, facets over all hits, ten snippets."""

    index = "postseek"

    def build(self, documents: Iterable[Document]) -> None:
        with EmbeddedEngine(self.folder).build() as writer:
            for document in documents:
                writer.put(document)
            writer.seal()
            writer.publish()

    def open(self) -> None:
        self._searcher: ReadModelSearcher = EmbeddedEngine(self.folder).searcher()

    def search(self, asked: Asked) -> Sequence[Found]:
        return self._found(query_for(asked, full=True))

    def close(self) -> None:
        self._searcher.close()

    def _found(self, query: Query) -> Sequence[Found]:
        return [Found(hit.url, hit.title.text) for hit in self._searcher.search(query).hits]


class TopTen(Full):
    """The same without facets."""

    def search(self, asked: Asked) -> Sequence[Found]:
        return self._found(query_for(asked, full=False))
