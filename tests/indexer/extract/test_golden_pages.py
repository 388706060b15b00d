"""Whole pages in the markup of different generators, each with what is to be read from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import read

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_gives_the_document_that_its_author_meant(page: Path) -> None:
    expected = json.loads(page.with_suffix(".json").read_text())
    extraction = read(page.read_bytes(), url=expected["url"])
    document = extraction.document
    found = {
        "url": document.url,
        "is_post": extraction.is_post,
        "why": extraction.why,
        "title": document.title,
        "date": str(document.date),
        "modified": str(document.modified),
        "tags": [tag.tag for tag in document.tags],
        "categories": [tag.tag for tag in document.categories],
        "author": document.author,
        "lang": document.lang,
        "summary": document.summary,
        "image": document.image,
        "headings": list(document.headings),
    }
    assert {field: found[field] for field in expected if field in found} == {
        field: value for field, value in expected.items() if field in found
    }
    assert document.body.startswith(expected.get("body_starts", ""))
    assert document.body.endswith(expected.get("body_ends", ""))
    assert [text for text in expected.get("body_has_not", ()) if text in document.body] == []
