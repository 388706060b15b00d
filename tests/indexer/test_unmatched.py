"""An operator is told which of the settings match nothing, and what to do about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.report import Report
from indexer.unmatched import missing_posts
from search_service.cli import main
from search_service.settings import SiteRules

from .conftest import BASE, Blog


def notes(blog: Blog, address: str = BASE, **stated: object) -> list[str]:
    return run(blog, address, **stated).notes


def run(blog: Blog, address: str = BASE, **stated: object) -> Report:
    return blog.reindex(rules=(SiteRules(address=address, **stated),))  # type: ignore[arg-type]


def test_rules_that_match_are_not_mentioned(blog: Blog) -> None:
    stated = {"title": "h1", "date": "time", "tags": "[rel=tag]", "remove": "footer", "posts": ("post-*",)}
    assert notes(blog, **stated) == []


@pytest.mark.parametrize("field", ["title", "date", "author", "body", "tags", "categories", "image", "remove"])
def test_a_selector_that_selects_nothing_is_named_with_its_field(blog: Blog, field: str) -> None:
    [note] = notes(blog, **{field: ".entry-nmae"})
    assert note.startswith(f"sites: {field} of {BASE}: '.entry-nmae' selects nothing on any of its 4 pages")


def test_a_selector_that_fits_one_page_is_in_use(blog: Blog) -> None:
    page = blog.folder / "post-2/index.html"
    page.write_text(page.read_text().replace("<h1>", "<p class='by'>Ada</p><h1>"))
    assert notes(blog, author=".by") == []


def test_of_a_few_pages_that_were_read_again_nothing_follows(blog: Blog) -> None:
    page = blog.folder / "post-2/index.html"
    page.write_text(page.read_text().replace("<h1>", "<p class='by'>Ada</p><h1>"))
    notes(blog, author=".by")
    blog.write("post-1", "The river is high.")
    again = run(blog, author=".by")
    assert (again.changed, again.notes) == (1, [])


def test_a_glob_that_matches_no_page_is_named_with_a_path_that_there_is(blog: Blog) -> None:
    [note] = notes(blog, not_posts=("/drafts/*", "post-3/"))
    assert "no page is at '/drafts/*'" in note
    assert "'post-0/'" in note


def test_rules_for_a_site_that_is_not_in_the_index_say_so(blog: Blog) -> None:
    [note] = notes(blog, "https://bolg.example/", title="h1")
    assert note.startswith("sites: no page is below https://bolg.example/")


def test_of_rules_within_rules_each_counts_for_its_own_pages(blog: Blog) -> None:
    blog.write("notes/one", "A note.")
    rules = SiteRules(address=BASE, title="h1"), SiteRules(address=f"{BASE}notes/", title="h5")
    [note] = blog.reindex(rules=rules).notes
    assert note.startswith(f"sites: title of {BASE}notes/: 'h5' selects nothing on any of its 1")


def test_featured_and_pinned_posts_that_are_none_are_named(
    blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "postseek.toml").write_text(
        f'featured = ["{BASE}post-0", "{BASE}post-9/"]\n'
        f'[[pins]]\nquery = "river"\nurls = ["{BASE}post-1/", "{BASE}tags/"]\n'
    )
    arguments = ["index", str(blog.folder), "--base-url", BASE, "--index", str(blog.index), "--json"]
    result = CliRunner().invoke(main, arguments)
    assert json.loads(result.stdout)["notes"] == [
        f"featured names what is no post of the index: {BASE}post-9/. `postseek why ADDRESS` says why",
        f"pins names what is no post of the index: {BASE}tags/. `postseek why ADDRESS` says why",
    ]


def test_many_missing_posts_are_counted() -> None:
    [note] = missing_posts({"featured": [f"{BASE}{n}" for n in range(9)]}, [f"{BASE}1/"])
    assert f"{BASE}0, {BASE}2, {BASE}3 and 5 more" in note
