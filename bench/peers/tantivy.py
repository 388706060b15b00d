"""tantivy (https://github.com/quickwit-oss/tantivy), the Rust engine that everything is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import Stemmer
import tantivy
from tantivy import FieldType, Occur, Query

from search_service.engine.model import Document

from ..querylog import Asked
from .peer import TOP, Found, Peer

_FIELDS = ["title", "body"]
_BOOSTS = {"title": 3.0}
_HEAP = 512 << 20


class Tantivy(Peer):
    """English stems, one thread, and one segment as far as the heap allows, which is where it is fastest.

    Bodies are stored, as they must be where excerpts are shown; fetching a hit's title decompresses its body too.
    """

    index = "tantivy"
    stores_bodies = True

    def build(self, documents: Iterable[Document]) -> None:
        self.folder.mkdir(parents=True)
        schema = _schema(stores_bodies=self.stores_bodies)
        writer = tantivy.Index(schema, path=str(self.folder)).writer(heap_size=_HEAP, num_threads=1)
        for document in documents:
            writer.add_document(
                tantivy.Document(
                    url=document.url,
                    title=document.title,
                    body=document.body,
                    tag=[tag.tag for tag in document.tags],
                    day=document.date.toordinal() if document.date else 0,
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = tantivy.Index.open(str(self.folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._stem = Stemmer.Stemmer("english").stemWord

    def search(self, asked: Asked) -> Sequence[Found]:
        searcher = self._searcher
        documents = [searcher.doc(address) for _, address in searcher.search(self._query(asked), TOP, count=False).hits]
        return [Found(document["url"][0], document["title"][0]) for document in documents]

    def close(self) -> None:
        del self._searcher, self._index

    def _query(self, asked: Asked) -> Query:
        *before, last = asked.words
        if asked.kind == "typo":
            return self._either(distance=1, word=self._stem(last))
        if asked.kind == "prefix":
            finished = [(Occur.Should, self._parsed(" ".join(before)))] if before else []
            return Query.boolean_query([*finished, (Occur.Should, self._either(distance=0, word=last, prefix=True))])
        query = self._parsed(f'"{asked.text}"' if asked.kind == "phrase" else asked.text)
        filters = []
        if asked.tag:
            filters.append(Query.term_query(self._schema, "tag", asked.tag, index_option="basic"))
        if asked.after and asked.before:
            days = (asked.after.toordinal(), asked.before.toordinal())
            filters.append(Query.range_query(self._schema, "day", FieldType.Integer, *days))
        unscored = [(Occur.Must, Query.const_score_query(each, 0.0)) for each in filters]
        return Query.boolean_query([(Occur.Must, query), *unscored]) if unscored else query

    def _parsed(self, text: str) -> Query:
        return self._index.parse_query(text, _FIELDS, field_boosts=_BOOSTS)

    def _either(self, *, distance: int, word: str, prefix: bool = False) -> Query:
        fuzzy = [
            Query.fuzzy_term_query(self._schema, field, word, distance=distance, prefix=prefix) for field in _FIELDS
        ]
        return Query.boolean_query([(Occur.Should, each) for each in fuzzy])


class WithoutBodies(Tantivy):
    """The same without stored bodies: the least that a top ten with titles takes."""

    index = "tantivy-without-bodies"
    stores_bodies = False


def _schema(*, stores_bodies: bool) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("url", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("body", stored=stores_bodies, tokenizer_name="en_stem")
    builder.add_text_field("tag", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    return builder.build()
