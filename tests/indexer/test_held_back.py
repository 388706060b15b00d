"""Posts that aren't for everybody, or not yet, never get into the index, however their site is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from indexer.extract.model import FUTURE

from .conftest import Blog
from .extract.conftest import html, read

TOMORROW = dt.date.today() + dt.timedelta(days=2)
# What WordPress puts in place of the text of a post with a password, Ghost and Substack where it ends.
PASSWORD = '<form class="post-password-form"><p>Password: <input name="post_password" type="password"></p></form>'
SUBSCRIBERS = '<aside class="gh-post-upgrade-cta"><h2>This post is for subscribers only</h2></aside>'
PAYWALL = '<div class="paywall"><h2>Keep reading with a free trial</h2></div>'
NOT_FREE = (
    '<script type="application/ld+json">{"@type":"BlogPosting","headline":"x","isAccessibleForFree":"False"}</script>'
)

_OTHERS = (4, 16)
"""Posts beside those held back: too few to learn a template from, and enough."""


@pytest.mark.parametrize("others", _OTHERS, ids=["page by page", "by template"])
@pytest.mark.parametrize(
    ("mark", "why"),
    [
        (PASSWORD, "password-protected"),
        (SUBSCRIBERS, "for members only"),
        (PAYWALL, "for members only"),
        (NOT_FREE, "for members only"),
    ],
    ids=["password", "subscribers", "paywall", "JSON-LD"],
)
def test_a_post_that_is_not_for_everybody_is_not_indexed(
    make_blog: Callable[..., Blog], others: int, mark: str, why: str
) -> None:
    blog = make_blog(others)
    blog.write("for-some", f"The cormorant is a secret.</p>{mark}<p>")
    report = blog.reindex()
    assert dict(report.no_posts) == {why: 1}
    assert (report.posts, blog.found("cormorant")) == (others, [])


@pytest.mark.parametrize(("name", "says"), [("closed", ""), ("told", "The heron watches the weir. " * 30)])
def test_a_password_in_place_of_a_text_is_a_posts_whatever_stands_beside_it(name: str, says: str) -> None:
    asks = "<div class=box><input id=pass type=password><label>The words are encrypted</label></div>"
    heading = "<div><h1>About the weir</h1><time datetime=2020-05-01>1 May 2020</time></div>"
    beside = "<p>The mill stands where the river is widest, and the herons know it.</p>" * 9
    page = html(f"{heading}<main><article>{says}{asks}</article></main><div>{beside}</div>")
    assert read(page).why == ("password-protected" if name == "closed" else None)


def test_a_post_that_is_closed_later_leaves_the_index_and_comes_back_when_it_is_opened(blog: Blog) -> None:
    blog.reindex()
    blog.write("post-1", f"The river is number1 tonight.</p>{SUBSCRIBERS}<p>")
    assert blog.reindex().removed == 1
    assert blog.found("number1") == []
    blog.write("post-1", "The river is number1 tonight.")
    assert blog.reindex().added == 1
    assert blog.found("number1") == ["post-1"]


@pytest.mark.parametrize("others", _OTHERS, ids=["page by page", "by template"])
def test_a_post_of_the_future_waits_and_is_looked_at_by_every_run(make_blog: Callable[..., Blog], others: int) -> None:
    blog = make_blog(others)
    blog.write("fair", "The kingfisher opens the fair.", date=TOMORROW.isoformat())
    assert dict(blog.reindex().no_posts) == {FUTURE: 1}
    assert blog.found("kingfisher") == []
    again = blog.reindex()
    assert (again.unchanged, dict(again.no_posts)) == (others, {FUTURE: 1}), "though its page didn't change"
    blog.write("fair", "The kingfisher opens the fair.", date=dt.date.today().isoformat())
    blog.reindex()
    assert blog.found("kingfisher") == ["fair"]
    assert blog.reindex().unchanged == others + 1, "a post that is in isn't looked at again"


@pytest.mark.parametrize("others", _OTHERS, ids=["page by page", "by template"])
def test_a_post_enters_when_its_day_has_come_though_its_page_did_not_change(
    make_blog: Callable[..., Blog], others: int
) -> None:
    blog = make_blog(others)
    blog.write("fair", "The kingfisher opens the fair.", date="2030-06-02")
    runs = [blog.reindex(today=lambda day=day: dt.date(2030, 6, day)) for day in (1, 1, 2, 3)]
    assert [(run.added, run.changed, run.unchanged) for run in runs] == [
        (others, 0, 0),
        (0, 0, others),
        (1, 0, others),
        (0, 0, others + 1),
    ]
    assert blog.found("kingfisher") == ["fair"]


@pytest.mark.parametrize("others", _OTHERS, ids=["page by page", "by template"])
def test_a_post_leaves_when_its_last_day_is_over_though_its_page_did_not_change(
    make_blog: Callable[..., Blog], others: int
) -> None:
    blog = make_blog(others)
    blog.write("fair", "The kingfisher opens the fair.")
    page = blog.folder / "fair" / "index.html"
    expiry = '<meta name="robots" content="unavailable_after: Sun, 02 Jun 2030 18:00:00 GMT">'
    page.write_text(page.read_text().replace("<head>", f"<head>{expiry}"))
    runs = [blog.reindex(today=lambda day=day: dt.date(2030, 6, day)) for day in (1, 2, 3, 4)]
    assert [(run.added, run.unchanged, run.removed) for run in runs] == [
        (others + 1, 0, 0),
        (0, others + 1, 0),
        (0, others, 1),
        (0, others + 1, 0),
    ]
    assert [run.published for run in runs] == [True, False, True, False]
    assert blog.found("kingfisher") == []


def test_the_text_of_a_later_page_leaves_its_post_when_the_last_day_of_that_page_is_over(blog: Blog) -> None:
    blog.write("serial", 'The ibis came.</p><p>Pages: 1 <a href="/serial/2/">2</a>')
    blog.write("serial/2", "The kingfisher came.")
    page = blog.folder / "serial/2/index.html"
    head = '<head><link rel="prev" href="/serial/"><meta name="robots" content="unavailable_after: 2030-06-02">'
    page.write_text(page.read_text().replace("<head>", head))
    blog.reindex(today=lambda: dt.date(2030, 6, 2))
    assert blog.found("kingfisher") == ["serial"]
    blog.reindex(today=lambda: dt.date(2030, 6, 3))
    assert (blog.found("kingfisher"), blog.found("ibis")) == ([], ["serial"])


def test_what_is_held_back_stays_so_where_every_page_is_a_post(blog: Blog) -> None:
    blog.write("fair", "The kingfisher opens the fair.", date=TOMORROW.isoformat())
    blog.write("for-some", f"The cormorant is a secret.</p>{PASSWORD}<p>")
    blog.write("not-for-all", f"The bittern is a secret.</p>{SUBSCRIBERS}<p>")
    blog.reindex(all_posts=True)
    assert [blog.found(bird) for bird in ("kingfisher", "cormorant", "bittern", "river")] == [
        [],
        [],
        [],
        ["post-0", "post-1", "post-2", "post-3"],
    ]
