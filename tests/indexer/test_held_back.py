"""Posts that aren't for everybody, or not yet, never get into the index, however their site is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from indexer.extract.decide import Glance, held_back
from indexer.extract.model import FUTURE

from .conftest import BASE, Blog

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


def test_its_day_is_enough_to_let_a_post_in(blog: Blog) -> None:
    from indexer.extract.html import parse
    from indexer.extract.page import see
    from indexer.sources import Page

    blog.write("fair", "The kingfisher opens the fair.", date="2030-06-01")
    page = Page(url=f"{BASE}fair/", content=(blog.folder / "fair" / "index.html").read_bytes())
    seen = see(page, parse(page))

    def verdict(today: dt.date) -> str | None:
        published = seen.dates.published
        glance = Glance(
            url=page.url,
            metadata=seen.metadata,
            body=seen.layout.body,
            title=seen.title.text,
            published=published,
            text=100,
            today=today,
        )
        return held_back(glance)

    assert [verdict(dt.date(2030, month, day)) for month, day in ((5, 31), (6, 1), (6, 2))] == [FUTURE, None, None]


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
