"""Whoosh with its own searcher, as its documentation shows it: the pure-Python engine that keeps Postseek's index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whoosh import fields, index, qparser, query
from whoosh.analysis import StemmingAnalyzer
from whoosh.lang.porter import stem

from search_service.engine.model import Document

from ..querylog import Asked
from .peer import TOP, Found, Peer


class Whoosh(Peer):
    """Title and body with its stemming analyzer, words as alternatives."""

    index = "whoosh"

    def build(self, documents: Iterable[Document]) -> None:
        self.folder.mkdir(parents=True)
        writer = index.create_in(str(self.folder), _schema()).writer(limitmb=256)
        for document in documents:
            writer.add_document(
                url=document.url,
                title=document.title,
                body=document.body,
                tag=" ".join(tag.tag for tag in document.tags),
                day=document.date.toordinal() if document.date else None,
            )
        writer.commit()

    def open(self) -> None:
        self._index = index.open_dir(str(self.folder))
        self._searcher = self._index.searcher()
        self._parser = qparser.MultifieldParser(["title", "body"], self._index.schema, group=qparser.OrGroup)

    def search(self, asked: Asked) -> Sequence[Found]:
        results = self._searcher.search(self._query(asked), limit=TOP, filter=_filter(asked))
        return [Found(hit["url"], hit["title"]) for hit in results]

    def close(self) -> None:
        self._searcher.close()
        self._index.close()

    def _query(self, asked: Asked) -> query.Query:
        if asked.kind == "typo":
            word = stem(asked.text)
            return query.Or([query.FuzzyTerm(field, word, prefixlength=1) for field in ("title", "body")])
        text = {"phrase": f'"{asked.text}"', "prefix": f"{asked.text}*"}.get(asked.kind, asked.text)
        return self._parser.parse(text)


def _filter(asked: Asked) -> query.Query | None:
    filters: list[query.Query] = []
    if asked.tag:
        filters.append(query.Term("tag", asked.tag))
    if asked.after and asked.before:
        filters.append(query.NumericRange("day", asked.after.toordinal(), asked.before.toordinal()))
    return query.And(filters) if filters else None


def _schema() -> fields.Schema:
    return fields.Schema(
        url=fields.ID(stored=True),
        title=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True, field_boost=3.0),
        body=fields.TEXT(analyzer=StemmingAnalyzer()),
        tag=fields.KEYWORD,
        day=fields.NUMERIC(bits=32),
    )
