"""Pages that wait for the rest of the site come back as they went in."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest

from indexer.extract.model import Extraction, TagPage
from indexer.sources import Validators
from indexer.spool import PageRead, Spool
from search_service.engine.errors import StorageFull
from search_service.engine.model import Document
from search_service.engine.tags import tags_of


def page_read(number: int) -> PageRead:
    document = Document(
        url=f"https://blog.example/{number}",
        title=f"Post {number}",
        body="Wörter, 言葉\n" * number,
        tags=tags_of(["Back Pain", "標籤"]),
        date=dt.date(2020, 5, number + 1),
    )
    extraction = Extraction(
        document=document, is_post=False, why="noindex", sources={"title": "h1"}, tag_page=TagPage("Bees", (1, 1 << 62))
    )
    return PageRead(document.url, f"{number}.html", "digest", Validators("etag", None), extraction)


def test_what_is_put_in_comes_out_in_order() -> None:
    pages = [page_read(number) for number in range(5)]
    with Spool() as spool:
        for page in pages:
            assert isinstance(page.outcome, Extraction)
            spool.put(page, page.outcome)
        assert [page for page, _ in spool] == pages
        assert [extraction for _, extraction in spool] == [page.outcome for page in pages]


def test_an_empty_spool_gives_nothing() -> None:
    with Spool() as spool:
        assert list(spool) == []


def test_a_page_can_be_looked_up_by_its_place_while_all_are_gone_through() -> None:
    pages = [page_read(number) for number in range(3)]
    with Spool() as spool:
        places = [spool.put(page, page.outcome) for page in pages if isinstance(page.outcome, Extraction)]
        met = [(page.url, spool.at(places[-1]).document.url) for page, _ in spool]
    assert met == [(page.url, pages[-1].url) for page in pages]


def test_a_full_disk_has_a_name_and_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full")
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: full.open("w+b"))

    def fill() -> None:
        with Spool() as spool:
            for number in range(1500):
                page = page_read(number % 31)
                assert isinstance(page.outcome, Extraction)
                spool.put(page, page.outcome)

    with pytest.raises(StorageFull, match=r"is full; .*TMPDIR"):
        fill()


def test_where_no_temporary_file_can_be_made_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unusable(*_: Any) -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", unusable)
    with pytest.raises(StorageFull, match=r"No usable temporary directory.*TMPDIR"):
        Spool()
