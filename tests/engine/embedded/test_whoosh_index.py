"""Whoosh, the index of record: what is in it, and that nothing but Whoosh is needed to read it."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from whoosh import fields, index, scoring
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import Matcher
from whoosh.query import Term

from search_service.engine.embedded import whoosh_index, whoosh_segment
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.postings.exact import FIELDS as EXACT_FIELDS
from search_service.engine.embedded.read_model.stored.layout import FIELDS
from search_service.engine.embedded.whoosh_index import WhooshIndex
from search_service.engine.embedded.whoosh_segment import WhooshSegmentWriter
from search_service.engine.model import Document, Section

from ..posts import post, publish, random_posts, update


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index")


def whoosh_folder(engine: EmbeddedEngine, generation: str) -> Path:
    return engine._store.folder(generation) / "whoosh"


def a_full_post() -> Document:
    return post(
        "full",
        "A title",
        "The body, with words.\nAnd a line.",
        tags=["Yoga", "標籤"],
        categories=["News"],
        headings=("One", "Two"),
        sections=(Section(0, 4, "the-body"), Section(22, 32)),
        date=dt.date(2017, 3, 22),
        modified=dt.date(2018, 1, 1),
        author="Zoë Ng",
        summary="In short",
        image="https://blog.example/a.jpg",
        lang="en-GB",
    )


def test_every_field_of_every_document_is_stored(engine: EmbeddedEngine) -> None:
    posts = [a_full_post(), post("bare"), *random_posts(50, seed=1)]
    generation = publish(engine, *posts)
    stored = {each.url: each for each in WhooshIndex(whoosh_folder(engine, generation.id)).documents()}
    assert stored == {each.url: each for each in posts}


def test_an_updated_index_stores_what_is_live(engine: EmbeddedEngine) -> None:
    posts = random_posts(100, seed=2)
    publish(engine, *posts)
    new = [post("0000", "Another title"), a_full_post()]
    generation = update(engine, *new, gone=["0001"])
    stored = {each.url: each for each in WhooshIndex(whoosh_folder(engine, generation.id)).documents()}
    assert stored == {each.url: each for each in [*posts[2:], *new]}


def test_a_program_that_has_whoosh_and_nothing_of_ours_reads_and_searches_it(engine: EmbeddedEngine) -> None:
    generation = publish(engine, a_full_post(), post("other", "Something else"))
    code = (
        "import json, sys\n"
        "sys.modules['search_service'] = None\n"  # any import of it fails
        "from whoosh.index import open_dir\n"
        "from whoosh.query import Term\n"
        "with open_dir(sys.argv[1], readonly=True).searcher() as searcher:\n"
        "    hits = [hit.fields() for hit in searcher.search(Term('title', 'titl'))]\n"
        "print(json.dumps(hits, default=str))\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(whoosh_folder(engine, generation.id))],
        capture_output=True,
        text=True,
        check=True,
    )
    (hit,) = json.loads(run.stdout)
    assert (hit["title_stored"], hit["date_stored"]) == ("A title", "2017-03-22")
    assert hit["tags_stored"] == [["yoga", "Yoga"], ["標籤", "標籤"]]


@pytest.mark.parametrize("most_postings", [3, 1024])
def test_postings_are_those_that_whoosh_itself_would_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_postings: int
) -> None:
    """Term by term: documents, weights, frequencies, lengths and statistics."""
    monkeypatch.setattr(whoosh_segment, "_BLOCK", most_postings)
    monkeypatch.setattr(whoosh_segment, "_COMPRESSED_FROM", 2)
    texts = [each.body for each in sorted(random_posts(60, seed=3), key=lambda each: each.url)]
    schema = fields.Schema(body=fields.KEYWORD(scorable=True), tags=fields.ID())
    folders = [tmp_path / "theirs", tmp_path / "ours"]
    for folder in folders:
        folder.mkdir()
    theirs = index.create_in(folders[0], schema)
    writer = theirs.writer()
    for number, text in enumerate(texts):
        writer.add_document(body=text, tags=f"tag-{number % 7}")
    writer.commit()

    whoosh_index.commit(folders[1], [write_segment(folders[1], texts, [f"tag-{n % 7}" for n in range(len(texts))])])
    ours = FileStorage(str(folders[1])).open_index()
    with theirs.reader() as expected, ours.reader() as reader:
        terms = list(expected.all_terms())
        assert list(reader.all_terms()) == terms
        for term in terms:
            assert postings(reader.postings(*term)) == postings(expected.postings(*term))
            infos = [vars(each.term_info(*term)) | {"_offset": 0, "_length": 0} for each in (reader, expected)]
            assert infos[0] == infos[1]
        assert reader.field_length("body") == expected.field_length("body")
        lengths = [expected.doc_field_length(number, "body") for number in range(len(texts))]
        assert [reader.doc_field_length(number, "body") for number in range(len(texts))] == lengths


def write_segment(folder: Path, texts: list[str], tags: list[str]) -> object:
    writer = WhooshSegmentWriter(FileStorage(str(folder)), "MAIN")
    counted = [Counter(text.split()) for text in texts]
    writer.set_lengths("body", np.array([each.total() for each in counted]))
    for _ in texts:
        writer.store(zlib.compress(pickle.dumps({})))
    for field, holding in {"body": counted, "tags": [Counter([tag]) for tag in tags]}.items():
        terms = sorted(set().union(*holding))
        lists = [[(number, each[term]) for number, each in enumerate(holding) if term in each] for term in terms]
        at = np.concatenate([[0], np.cumsum([len(each) for each in lists])])
        flat = np.array([posting for each in lists for posting in each])
        writer.add(field, [term.encode() for term in terms], at, flat[:, 0], flat[:, 1])
    return writer.finish()


def postings(matcher: Matcher) -> list[tuple[int, float, int]]:
    found = []
    while matcher.is_active():
        found.append((matcher.id(), float(matcher.weight()), matcher.value_as("frequency")))
        matcher.next()
    return found


def test_whoosh_ranks_by_its_own_formula_on_what_is_written(engine: EmbeddedEngine) -> None:
    generation = publish(engine, post("once", body="yoga and more words"), post("twice", body="yoga yoga and words"))
    with FileStorage(str(whoosh_folder(engine, generation.id))).open_index().searcher(weighting=scoring.BM25F()) as s:
        hits = s.search(Term("body", "yoga"))
        assert [hit["url"].rpartition("/")[2] for hit in hits] == ["twice", "once"]
        assert hits[0].score > hits[1].score


def test_every_field_has_its_terms_in_the_index(engine: EmbeddedEngine) -> None:
    generation = publish(engine, a_full_post())
    with FileStorage(str(whoosh_folder(engine, generation.id))).open_index().reader() as reader:
        assert set(reader.indexed_field_names()) == {"url", *FIELDS, *EXACT_FIELDS}
        assert list(reader.lexicon("tags")) == [b"yoga", "標籤".encode()]
        assert list(reader.lexicon("date")) == [b"2017-03-22"]
