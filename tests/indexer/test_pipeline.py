"""A blog changes, is indexed again, and the index says what the blog says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.sources import open_source
from search_service.engine.errors import IndexLocked, IndexMissing
from search_service.engine.model import FoundSection, Snippet
from search_service.engine.query import parse_query

from .conftest import BASE, Blog


def test_a_first_run_indexes_every_post(blog: Blog) -> None:
    report = blog.reindex()
    assert (report.added, report.posts, report.published) == (4, 4, True)
    assert blog.found("river") == ["post-0", "post-1", "post-2", "post-3"]


def test_a_second_run_reads_nothing_again_and_keeps_the_generation(blog: Blog) -> None:
    first = blog.reindex()
    second = blog.reindex()
    assert (second.unchanged, second.changes, second.published) == (4, [], False)
    assert second.generation == first.generation


def test_new_changed_and_vanished_pages_are_followed(blog: Blog) -> None:
    blog.reindex()
    blog.write("post-9", "A kingfisher was here.")
    blog.write("post-1", "The ferry is closed.")
    blog.remove("post-2")
    report = blog.reindex()
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 2)
    assert blog.found("kingfisher") == ["post-9"]
    assert blog.found("ferry") == ["post-1"]
    assert blog.found("number1") == []
    assert blog.found("number2") == []
    assert blog.engine.searcher().generation.full is False


def test_a_page_that_stops_being_a_post_leaves_the_index(blog: Blog) -> None:
    blog.reindex()
    page = blog.folder / "post-0" / "index.html"
    page.write_text(page.read_text().replace("<head>", '<head><meta name="robots" content="noindex">'))
    report = blog.reindex()
    assert (report.removed, report.no_posts["noindex"]) == (1, 1)
    assert blog.found("number0") == []


def test_a_limit_removes_nothing(blog: Blog) -> None:
    blog.reindex()
    report = blog.reindex(limit=2)
    assert report.removed == 0
    assert len(blog.found("river")) == 4


def test_a_full_build_reads_everything_and_stands_alone(blog: Blog) -> None:
    blog.reindex()
    report = blog.reindex(full=True)
    assert (report.unchanged, report.posts, report.published) == (0, 4, True)
    assert blog.engine.searcher().generation.full is True


def test_a_full_build_calls_changed_what_did_change(blog: Blog) -> None:
    blog.reindex()
    blog.write("post-1", "The ferry is closed.")
    report = blog.reindex(full=True)
    assert (report.added, report.changed, report.reread) == (0, 1, 3)
    assert [(change.kind, change.url) for change in report.changes] == [("changed", f"{BASE}post-1/")]
    again = blog.reindex(full=True)
    assert (again.changed, again.reread, again.changes) == (0, 4, [])


def test_a_dry_run_tells_and_writes_nothing(blog: Blog) -> None:
    report = blog.reindex(dry_run=True)
    assert (report.added, report.published) == (4, False)
    with pytest.raises(IndexMissing):
        blog.engine.searcher()


def test_a_dry_run_makes_no_folder_and_needs_no_lock(blog: Blog) -> None:
    blog.reindex(dry_run=True)
    assert not blog.index.exists()
    blog.reindex()
    blog.write("post-9", "A kingfisher was here.")
    before = sorted(blog.index.rglob("*"))
    with blog.engine.update():
        report = blog.reindex(dry_run=True)
    assert (report.added, report.unchanged, report.published) == (1, 4, False)
    assert sorted(blog.index.rglob("*")) == before


def test_a_single_file_that_says_nothing_new_leaves_the_page_to_its_site(blog: Blog) -> None:
    blog.reindex()
    report = blog.reindex(source=blog.folder / "post-0" / "index.html")
    assert (report.unchanged, report.changes, report.published) == (1, [], False)


def test_a_site_takes_back_what_a_single_file_brought(blog: Blog, tmp_path: Path) -> None:
    blog.reindex()
    draft = tmp_path / "draft.html"
    page = (blog.folder / "post-0" / "index.html").read_text()
    draft.write_text(page.replace("river", "brook"))
    blog.reindex(source=draft)
    assert blog.found("brook") == ["post-0"]
    blog.reindex()
    assert blog.found("brook") == []
    assert "post-0" in blog.found("river")
    (blog.folder / "post-0" / "index.html").write_text(page.replace("river", "brook"))
    blog.reindex(source=draft)
    blog.reindex()
    blog.remove("post-0")
    assert blog.reindex().removed == 1


def test_a_run_that_finds_nothing_changed_loads_neither_whoosh_nor_numpy(blog: Blog) -> None:
    blog.reindex()
    arguments = [str(blog.folder), "--base-url", BASE, "--index", str(blog.index)]
    code = (
        "import sys\n"
        "from indexer.cli import index\n"
        f"index({arguments}, standalone_mode=False)\n"
        "print({'whoosh', 'numpy', 'trafilatura', 'bs4'} & set(sys.modules))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Nothing changed" in run.stdout
    assert run.stdout.splitlines()[-1] == "set()"


def test_losing_most_posts_is_refused_and_can_be_forced(make_blog: Callable[..., Blog]) -> None:
    blog = make_blog(6)
    blog.reindex()
    for number in range(1, 5):
        blog.remove(f"post-{number}")
    refused = blog.reindex()
    assert refused.refused is not None
    assert len(blog.found("river")) == 6
    forced = blog.reindex(force=True)
    assert forced.published
    assert any("by force" in note for note in forced.notes)
    assert blog.found("river") == ["post-0", "post-5"]


def test_a_full_build_that_loses_most_posts_is_refused_too(make_blog: Callable[..., Blog]) -> None:
    blog = make_blog(6)
    blog.reindex()
    for number in range(1, 5):
        blog.remove(f"post-{number}")
    assert blog.reindex(full=True).refused is not None
    assert len(blog.found("river")) == 6


def test_copies_of_a_post_are_one_document(blog: Blog) -> None:
    blog.write("post-1/print", "The river is number1 tonight.", title="About post-1", of="post-1")
    report = blog.reindex()
    assert (report.posts, report.copies) == (4, 1)
    assert blog.found("number1") == ["post-1"]


def test_when_a_post_goes_its_copy_takes_its_place_in_the_same_run(blog: Blog) -> None:
    blog.write("post-1/print", "The river is number1 tonight.", title="About post-1", of="post-1")
    blog.reindex()
    blog.remove("post-1")
    report = blog.reindex()
    assert report.removed == 0
    assert blog.found("number1") == ["post-1"]
    blog.remove("post-1/print")
    assert blog.reindex().removed == 1
    assert blog.found("number1") == []


def test_a_page_that_fails_keeps_what_it_gave_before(blog: Blog) -> None:
    blog.reindex()
    page = blog.folder / "post-0" / "index.html"
    readable = page.read_bytes()
    page.write_bytes(b"<p>" + b"x" * (3 << 20))
    report = blog.reindex()
    assert list(report.failures) == ["https://blog.example/post-0/"]
    assert "3,145,731 bytes" in report.failures["https://blog.example/post-0/"]
    assert blog.found("number0") == ["post-0"]
    page.write_bytes(readable)
    assert blog.reindex().failures == {}


def test_sources_are_kept_apart(blog: Blog) -> None:
    other = blog.folder.parent / "other"
    (other / "essay").mkdir(parents=True)
    page = (blog.folder / "post-0" / "index.html").read_text()
    (other / "essay" / "index.html").write_text(page.replace("post-0", "essay").replace("number0", "lighthouse"))
    blog.reindex()
    report = blog.reindex(source=other)
    assert (report.added, report.removed) == (1, 0)
    assert blog.found("lighthouse") == ["essay"]
    assert blog.found("number0") == ["post-0"]


def test_a_rollback_brings_the_state_back_too(blog: Blog) -> None:
    blog.reindex()
    blog.write("post-9", "A kingfisher was here.")
    blog.reindex()
    blog.engine.rollback()
    assert blog.found("kingfisher") == []
    assert blog.reindex().added == 1
    assert blog.found("kingfisher") == ["post-9"]


def test_a_second_writer_is_told_who_the_first_is(blog: Blog) -> None:
    blog.reindex()
    with blog.engine.update(), pytest.raises(IndexLocked, match="is being written by process"):
        blog.reindex()


def test_a_source_that_is_named_twice_counts_once(blog: Blog) -> None:
    from indexer.gate import Gate
    from indexer.pipeline import index_sources
    from indexer.plan import Plan

    sources = [open_source(str(blog.folder), base_url="https://blog.example/") for _ in range(2)]
    gate = Gate(max_lost_share=30, max_failed_share=20)
    report = index_sources(blog.engine, sources, Plan(workers=1, seconds=20, gate=gate))
    assert (report.posts, report.pages) == (4, 4)


def test_control_characters_of_a_page_reach_nobody(blog: Blog) -> None:
    blog.write("post-0", "The &#27;[31mriver&#7; is red.", title="Esc &#27;]0;title&#7;")
    blog.reindex()
    searcher = blog.engine.searcher()
    [hit] = searcher.search(parse_query("red")).hits
    searcher.close()
    assert not set(hit.title.text + hit.snippet.text) & {"\x1b", "\x07"}
    assert "[31mriver is red." in hit.snippet.text


def test_the_sections_of_a_page_with_control_characters_stay_where_they_are(blog: Blog) -> None:
    text = "&#7;The &#27; river comes down from the hills, and brings what the fields have lost. &#7;" * 8
    blog.write("post-0", f'{text}</p><h2 id="r&#233;d">&#27;Red&#7;  mud</h2><p>It is red in spring.')
    blog.reindex()
    searcher = blog.engine.searcher()
    [hit] = searcher.search(parse_query("spring")).hits
    searcher.close()
    assert hit.section == FoundSection(Snippet("Red mud"), "r\xe9d")
