"""The report as a web page: what was taken, what changed, and nothing that runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from indexer.cli import index
from indexer.extract.marked import marked_page
from indexer.extract.model import Extraction
from indexer.extract.page import extract
from indexer.extract.rules import RulesBySite
from indexer.report import TemplateReport
from indexer.sources import Page
from indexer.worker_process import Reading, _Life
from search_service.engine.model import Document

from .conftest import BASE, Blog


def report_of(blog: Blog, tmp_path: Path, *options: str) -> BeautifulSoup:
    file = tmp_path / "reports" / "report.html"
    run = CliRunner().invoke(
        index, [str(blog.folder), "--base-url", BASE, "--index", str(blog.index), "--report", str(file), *options]
    )
    assert run.exit_code == 0, run.output
    return BeautifulSoup(file.read_text(), "lxml")


def test_the_report_names_what_is_new_changed_and_gone(blog: Blog, tmp_path: Path) -> None:
    first = report_of(blog, tmp_path)
    assert "New posts: 4" in first.get_text()
    blog.write("post-9", "A kingfisher was here.", title="Kingfisher")
    blog.write("post-1", "The ferry is closed.")
    blog.remove("post-2")
    second = report_of(blog, tmp_path)
    changed = {part.summary.get_text(): [link["href"] for link in part("a")] for part in second("details")}
    assert changed["New posts: 1"] == [f"{BASE}post-9/"]
    assert changed["Changed posts: 1"] == [f"{BASE}post-1/"]
    assert changed["Posts gone: 1"] == [f"{BASE}post-2/"]


def test_every_page_that_is_no_post_is_listed_with_its_reason(blog: Blog, tmp_path: Path) -> None:
    page = blog.folder / "post-0" / "index.html"
    page.write_text(page.read_text().replace("<head>", '<head><meta name="robots" content="noindex">'))
    report = report_of(blog, tmp_path)
    assert [link["href"] for link in report.find("summary", string="noindex: 1").parent("a")] == [f"{BASE}post-0/"]


def test_pages_are_shown_with_what_was_taken_from_them_marked(blog: Blog, tmp_path: Path) -> None:
    blog.write("post-0", "The heron is back.", title="About herons", tag="birds")
    report = report_of(blog, tmp_path, "--workers", "1")
    frame = next(frame for frame in report("iframe") if frame["title"] == "About herons")
    page = BeautifulSoup(frame["srcdoc"], "lxml")
    assert page.select_one(".taken-title").get_text() == "About herons"
    assert page.select_one(".taken-date").get_text() == "2020-05-01"
    assert page.select_one(".taken-tags").get_text() == "birds"
    assert "The heron is back." in [taken.get_text() for taken in page.select(".taken-body")]
    assert "All rights kept" in page.get_text()


def test_a_hostile_page_runs_and_loads_nothing_in_the_report(blog: Blog, tmp_path: Path) -> None:
    text = (
        '<img src="https://evil.example/x.png" onerror="alert(1)"><script>alert(2)</script><iframe src="/x"></iframe>'
    )
    blog.write("post-0", f"The river. {text}", title="&lt;/title&gt;&lt;script&gt;alert(3)&lt;/script&gt;")
    report = report_of(blog, tmp_path, "--workers", "1")
    assert not report("script")
    frames = report("iframe")
    assert frames
    for frame in frames:
        assert frame["sandbox"] == []  # nothing is allowed
        page = BeautifulSoup(frame["srcdoc"], "lxml")
        assert not page(["script", "iframe", "img", "link", "object"])
        assert not [name for element in page(True) for name in element.attrs if name.startswith("on")]


def test_a_report_that_cant_be_written_says_so(blog: Blog, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    run = CliRunner().invoke(
        index,
        [str(blog.folder), "--index", str(blog.index), "--dry-run", "--report", str(tmp_path / "taken" / "x.html")],
    )
    assert "name another file" in str(run.exception)


@pytest.mark.parametrize("invisible", ["\u200b", "&nbsp;", "&shy;"])
def test_blocks_of_nothing_are_neither_taken_nor_left_out(invisible: str) -> None:
    html = f"<body><article><h1>A title</h1><p>Some text of the post.</p><p>{invisible}</p></article></body>"
    page = Page(url="https://blog.example/a", content=html.encode(), path=None)
    marked = BeautifulSoup(marked_page(page, extract(page, all_posts=True)), "lxml")
    assert [block.get_text() for block in marked.select("p[class]")] == ["Some text of the post."]


@pytest.mark.parametrize("name", ["{{ target }}", "{% if x %}", "{}", "{", "{a}b", "{{"])
def test_a_template_that_nobody_rendered_is_marked_like_any_page(blog: Blog, tmp_path: Path, name: str) -> None:
    link = f'<a {name} href="/x">A link</a>'
    blog.write("post-0", f"The heron is back. {link}", title="About herons")
    report = report_of(blog, tmp_path, "--workers", "1")
    frame = next(frame for frame in report("iframe") if frame["title"] == "About herons")
    assert "The heron is back. A link" in [
        taken.get_text() for taken in BeautifulSoup(frame["srcdoc"], "lxml").select(".taken-body")
    ]


def test_a_page_that_cant_be_marked_is_a_post_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(page: Page, extraction: object) -> str:
        raise ValueError(page.url)

    monkeypatch.setattr("indexer.extract.marked.marked_page", broken)
    page = Page(url=f"{BASE}a/", content=b"<h1>A title</h1><p>Some text of the post.</p>", path=None)
    answer = _Life(Reading(all_posts=True, examples=1), RulesBySite(())).read(page)
    assert answer.extraction is not None
    assert (answer.extraction.is_post, answer.extraction.marked) == (True, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some text\nof the post.", "Some text of the post."),
        (
            "A great many of us have been working at the kitchen table this spring.",
            "A great many of us have been working at the kitchen table…",
        ),
        ("水" * 80, "水" * 59 + "…"),
    ],
)
def test_an_example_is_cut_between_words_and_says_so(text: str, expected: str) -> None:
    template = TemplateReport()
    template.show(Extraction(document=Document(url=f"{BASE}a/", title="", body=text), is_post=True))
    assert template.examples["body"] == expected
