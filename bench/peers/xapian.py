"""Xapian (https://xapian.org), the C++ engine behind many mail and site searches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import xapian

from search_service.engine.model import Document

from ..querylog import Asked
from .peer import TOP, Found, Peer

_DAY = 0
_TAG_PREFIX = "K"


class Xapian(Peer):
    """Snowball stems; for typos its own spelling correction."""

    index = "xapian"

    def build(self, documents: Iterable[Document]) -> None:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        database = xapian.WritableDatabase(str(self.folder), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("en"))
        generator.set_database(database)
        generator.set_flags(xapian.TermGenerator.FLAG_SPELLING)
        for document in documents:
            entry = xapian.Document()
            entry.set_data(json.dumps((document.url, document.title)))
            generator.set_document(entry)
            generator.set_termpos(0)
            generator.index_text(document.title, 3)
            generator.increase_termpos()
            generator.index_text(document.body)
            for tag in document.tags:
                entry.add_boolean_term(_TAG_PREFIX + tag.tag)
            if document.date:
                entry.add_value(_DAY, xapian.sortable_serialise(document.date.toordinal()))
            database.add_document(entry)
        database.commit()
        database.close()

    def open(self) -> None:
        self._database = xapian.Database(str(self.folder))
        self._parser = xapian.QueryParser()
        self._parser.set_stemmer(xapian.Stem("en"))
        self._parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self._parser.set_database(self._database)
        self._parser.set_default_op(xapian.Query.OP_OR)

    def search(self, asked: Asked) -> Sequence[Found]:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(self._query(asked))
        return [Found(*json.loads(match.document.get_data())) for match in enquire.get_mset(0, TOP)]

    def close(self) -> None:
        self._database.close()

    def _query(self, asked: Asked) -> xapian.Query:
        parser = xapian.QueryParser
        if asked.kind == "phrase":
            return self._parser.parse_query(f'"{asked.text}"', parser.FLAG_PHRASE)
        if asked.kind == "typo":
            correct = self._database.get_spelling_suggestion(asked.text).decode()
            return self._parser.parse_query(correct or asked.text)
        query = self._parser.parse_query(asked.text, parser.FLAG_PARTIAL if asked.kind == "prefix" else 0)
        if asked.tag:
            query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(_TAG_PREFIX + asked.tag))
        if asked.after and asked.before:
            first, last = (xapian.sortable_serialise(day.toordinal()) for day in (asked.after, asked.before))
            days = xapian.Query(xapian.Query.OP_VALUE_RANGE, _DAY, first, last)
            query = xapian.Query(xapian.Query.OP_FILTER, query, days)
        return query
