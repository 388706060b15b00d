"""An operator asks why a page is in the index, or isn't."""

from __future__ import annotations

import json

from click.testing import CliRunner

from indexer.cli import why
from search_service.engine.errors import IndexMissing

from .conftest import BASE, Blog


def asked(blog: Blog, url: str, *options: str) -> str:
    run = CliRunner().invoke(why, [url, "--index", str(blog.index), *options])
    assert run.exit_code == 0, run.output
    return run.output


def test_a_post_is_in_the_index_with_its_title_and_source(blog: Blog) -> None:
    blog.reindex()
    answer = asked(blog, f"{BASE}post-1")
    assert f"{BASE}post-1/ is in the index: About post-1." in answer
    assert str(blog.folder) in answer


def test_a_page_that_is_no_post_has_its_reason(blog: Blog) -> None:
    page = blog.folder / "post-0" / "index.html"
    page.write_text(page.read_text().replace("<head>", '<head><meta name="robots" content="noindex">'))
    blog.reindex()
    assert "not in the index: noindex" in asked(blog, f"{BASE}post-0/")


def test_a_copy_names_what_it_copies(blog: Blog) -> None:
    blog.write("print", "The river is number0 tonight.", title="About post-0", of="post-0")
    blog.reindex()
    assert f"a copy of {BASE}post-0/" in asked(blog, f"{BASE}print/")


def test_a_later_page_names_the_post_that_holds_its_text(blog: Blog) -> None:
    blog.write("serial", 'The ibis came.</p><p>Pages: 1 <a href="/serial/2/">2</a>')
    blog.write("serial/2", "The kingfisher came.")
    page = blog.folder / "serial/2/index.html"
    page.write_text(page.read_text().replace("<head>", '<head><link rel="prev" href="/serial/">'))
    blog.reindex()
    assert f"Its text is found as part of {BASE}serial/." in asked(blog, f"{BASE}serial/2/")


def test_a_post_of_the_future_names_its_day(blog: Blog) -> None:
    blog.write("fair", "The kingfisher opens the fair.", date="2130-06-02")
    blog.reindex()
    assert "Its day is 2130-06-02" in asked(blog, f"{BASE}fair/")


def test_a_post_that_names_its_last_day_says_when_it_leaves(blog: Blog) -> None:
    page = blog.folder / "post-0" / "index.html"
    expiry = '<head><meta name="robots" content="unavailable_after: 2130-06-02">'
    page.write_text(page.read_text().replace("<head>", expiry))
    blog.reindex()
    answer = asked(blog, f"{BASE}post-0/")
    assert f"{BASE}post-0/ is in the index" in answer
    assert "asks not to be found from 2130-06-03 on" in answer


def test_an_address_may_lack_its_scheme(blog: Blog) -> None:
    blog.reindex()
    assert f"{BASE}post-1/ is in the index" in asked(blog, "blog.example/post-1")
    assert asked(blog, "blog.example/nowhere").startswith("Nothing is known of blog.example/nowhere:")


def test_an_address_that_was_never_met_says_so(blog: Blog) -> None:
    blog.reindex()
    assert "Nothing is known of" in asked(blog, f"{BASE}nowhere/")
    assert json.loads(asked(blog, f"{BASE}nowhere/", "--json"))["known"] is False


def test_a_program_gets_json(blog: Blog) -> None:
    blog.reindex()
    answer = json.loads(asked(blog, f"{BASE}post-2/", "--json"))
    assert (answer["document"], answer["title"], answer["why"]) == (f"{BASE}post-2/", "About post-2", None)


def test_without_an_index_the_error_says_how_to_make_one(blog: Blog) -> None:
    run = CliRunner().invoke(why, [BASE, "--index", str(blog.index)])
    assert isinstance(run.exception, IndexMissing)


def test_a_page_that_failed_has_the_reason_until_it_is_read(blog: Blog) -> None:
    page = blog.folder / "post-0" / "index.html"
    fine = page.read_text()
    page.write_text("")
    blog.reindex()
    assert "it couldn't be read: the page is empty" in asked(blog, f"{BASE}post-0/")
    assert blog.reindex().published is False
    page.write_text(fine)
    blog.reindex()
    assert f"{BASE}post-0/ is in the index" in asked(blog, f"{BASE}post-0/")


def test_a_post_that_fails_later_stays_in_the_index(blog: Blog) -> None:
    blog.reindex()
    (blog.folder / "post-0" / "index.html").write_text("")
    blog.reindex()
    answer = asked(blog, f"{BASE}post-0/")
    assert f"{BASE}post-0/ is in the index" in answer
    assert "reads it again" in answer
