"""From documents to arrays: the same whatever fits into memory at once, and what every step promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.bigrams import parts
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.embedded.postings import inversion
from search_service.engine.embedded.postings.collection import Collection
from search_service.engine.embedded.read_model.planning import typos
from search_service.engine.embedded.read_model.stored import array_file, layout, titles
from search_service.engine.embedded.read_model.stored.array_file import ArrayFile
from search_service.engine.embedded.read_model.stored.arrays import Arrays, write_arrays
from search_service.engine.embedded.read_model.stored.layout import FIELDS
from search_service.engine.embedded.read_model.writing import neighbours
from search_service.engine.embedded.scratch import ScratchFile
from search_service.engine.model import Document
from search_service.engine.text import analyzer

from ..posts import post, publish, random_posts


def posts() -> list[Document]:
    return [
        *random_posts(80, seed=6),
        post("ja", "全文検索", "日本語の文章を検索する。hello", lang="ja", tags=["標籤"]),
        post("de", "Übergrößen", "Straßen und Wege " * 30, lang="de-AT", headings=("Eins", "Zwei")),
        post("empty", "Nothing"),
    ]


def read_model(root: Path) -> bytes:
    publish(EmbeddedEngine(root), *posts())
    return next(root.glob("generations/*/read_model/main.arrays")).read_bytes()


@pytest.mark.parametrize(
    ("module", "limit", "value"),
    [
        (inversion, "_PIECE", 7),
        (inversion, "_POSITIONS", 11),
        (inversion, "_TERMS", 3),
        (array_file, "_BUFFER", 16),
        (array_file, "_CHUNK", 5),
    ],
)
def test_a_segment_is_the_same_byte_for_byte_however_small_its_pieces_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, limit: str, value: int
) -> None:
    whole = read_model(tmp_path / "whole")
    monkeypatch.setattr(module, limit, value)
    assert read_model(tmp_path / "pieces") == whole


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with closing(Collection(tmp_path)) as collection:
        yield collection


def test_postings_say_which_documents_hold_a_term_and_how_often_in_which_field(collection: Collection) -> None:
    documents = posts()
    for document in documents:
        collection.put(document)
    with closing(collection.sort()) as ordered:
        found = {}
        for block in ordered.blocks():
            for index in range(len(block.at) - 1):
                term = ordered.vocabulary.terms[block.first + index].decode()
                for posting in range(block.at[index], block.at[index + 1]):
                    url = ordered.urls[block.doc[posting]].decode()
                    found[term, url] = block.frequency[:, posting].tolist()
    expected: dict[tuple[str, str], list[int]] = {}
    for document in documents:
        labels = [tag.label for tag in document.tags + document.categories]
        texts = {"title": [document.title], "headings": document.headings, "tag_text": labels, "body": [document.body]}
        for number, name in enumerate(FIELDS):
            for text in texts[name]:
                analyser = analyzer(document.lang)
                for term in (*analyser.terms(text), *map(analyser.term, parts(text)[0])):
                    expected.setdefault((term, document.url), [0] * len(FIELDS))[number] += 1
    assert found == expected


def test_documents_come_in_order_of_their_dates_and_of_those_of_one_url_the_last_one(collection: Collection) -> None:
    documents = random_posts(40, seed=7)
    for document in [*documents, *documents[:5]]:
        collection.put(document)
    collection.delete(documents[9].url)
    kept = [*documents[5:9], *documents[10:], *documents[:5]]
    kept.sort(key=lambda each: each.date.toordinal() if each.date else 0)
    with closing(collection.sort()) as ordered:
        assert [url.decode() for url in ordered.urls] == [each.url for each in kept]
        assert [each.body.decode() for each in ordered.documents()] == [each.body for each in kept]


def test_words_that_only_replaced_documents_had_are_forgotten(collection: Collection) -> None:
    collection.put(post("a", body="running everywhere"))
    collection.put(post("a", body="runs"))
    with closing(collection.sort()) as ordered:
        assert ordered.vocabulary.terms == [b"a", b"run"]
        assert ordered.vocabulary.surfaces == [b"a", b"runs"]


KINDS = r"(?:[ui]\d|strings)"
ARRAYS = re.compile(rf"^ *(\w+(?:, \w+)*) +({KINDS}(?:, {KINDS})*)\b", re.M)
"""A line of a table of arrays: names and kinds."""


def test_the_arrays_of_a_segment_are_those_of_the_layout(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), *posts())
    arrays = Arrays(next(tmp_path.glob("generations/*/read_model/main.arrays")))
    documented: dict[str, str] = {}
    for names, kinds in ARRAYS.findall(f"{layout.__doc__}{titles.__doc__}"):
        for name, kind in zip(names.split(", "), kinds.split(", "), strict=True):
            documented |= {name: "u1", f"{name}_at": "i8"} if kind == "strings" else {name: kind}
    assert {name: array.dtype.str[1:] for name, array in arrays._arrays.items()} == documented


def test_a_file_of_arrays_written_in_pieces_is_the_one_that_is_written_at_once(tmp_path: Path) -> None:
    arrays = {
        "numbers": np.arange(1000, dtype=np.uint32),
        "none": np.zeros(0, np.int64),
        "rows": np.arange(30, dtype=np.uint16).reshape(10, 3),
        "no_rows": np.zeros((0, 3), np.uint16),
    }
    write_arrays(tmp_path / "at once", arrays, {"a": 1})
    with closing(ArrayFile(tmp_path / "in pieces")) as file:
        for name, array in arrays.items():
            file.declare(name, array.dtype, array.shape[1:])
        for start in range(0, 1000, 100):
            file.append("numbers", arrays["numbers"][start : start + 100])
            file.append("rows", arrays["rows"][start // 100 : start // 100 + 1])
        file.finish({"a": 1})
    assert (tmp_path / "in pieces").read_bytes() == (tmp_path / "at once").read_bytes()
    assert Arrays(tmp_path / "in pieces")["rows"].tolist() == arrays["rows"].tolist()


@given(st.lists(st.text("aabcdeéß", min_size=4, max_size=9), max_size=30, unique=True))
def test_the_neighbours_of_words_are_those_that_are_looked_up(words: list[str]) -> None:
    surfaces = sorted(word.encode() for word in words)
    found = [
        pair
        for hashes, numbers in neighbours.neighbours(surfaces, np.ones(len(surfaces), np.int64))
        for pair in zip(hashes.tolist(), numbers.tolist(), strict=True)
    ]
    expected = {
        (spelling, number)
        for number, surface in enumerate(surfaces)
        for spelling in typos.spellings(surface.decode(), typos.edits(surface.decode()))
    }
    assert found == sorted(expected)


@given(st.lists(st.binary(min_size=5, max_size=5), max_size=20))
def test_checksums_of_many_words_at_once_are_those_of_zlib(words: list[bytes]) -> None:
    letters = np.frombuffer(b"".join(words), np.uint8).reshape(-1, 5)
    assert neighbours._crc32(letters).tolist() == list(map(crc32, words))


def test_a_scratch_file_has_no_name(tmp_path: Path) -> None:
    with closing(ScratchFile(tmp_path)) as scratch:
        assert (scratch.append(b"abc"), scratch.append(b"def")) == (0, 3)
        assert scratch.read(2, 3) == b"cde"
        assert scratch.append(b"g") == 6
        assert scratch.read(0, 100) == b"abcdefg"
        assert list(tmp_path.iterdir()) == []
