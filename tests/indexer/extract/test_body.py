"""The text of a post, and nothing of what stands around it."""

from __future__ import annotations

from .conftest import PARAGRAPHS, article, html, read


def body(content: bytes) -> str:
    return read(content).document.body


def test_the_body_has_a_line_for_every_paragraph() -> None:
    lines = body(html(article())).splitlines()
    assert [line[:15] for line in lines] == ["The first swarm", "A colony that i", "In the evening "]


def test_title_and_date_are_not_repeated_in_the_body() -> None:
    assert body(html(f"<div><h1>Keeping bees</h1><p>2 June 2019</p>{PARAGRAPHS}</div>")).startswith("The first swarm")


def test_comments_are_no_part_of_the_body() -> None:
    comments = f'<section id="comments"><h3>3 comments</h3><p>{"I never liked honey on bread. " * 10}</p></section>'
    assert "never liked" not in body(html(article() + comments))


def test_tables_are_part_of_the_body() -> None:
    table = "<table><tr><th>Year</th><th>Honey</th></tr><tr><td>2018</td><td>eleven jars</td></tr></table>"
    assert "eleven jars" in body(html(article(text=PARAGRAPHS + table)))


def test_links_to_share_a_post_or_to_read_the_next_are_cut_from_its_end() -> None:
    after = '<div><a href="/share">Tell your friends</a> <a href="/next/">The pear tree</a></div>'
    text = body(html(f"<div><h1>Keeping bees</h1><p>2 June 2019</p>{PARAGRAPHS}{after}</div>"))
    assert text.endswith("above the mill.")


def test_the_headings_of_the_text_are_listed_once_each() -> None:
    text = f"<h2>The swarm</h2>{PARAGRAPHS}<h3>The wax</h3>{PARAGRAPHS}<h2>The swarm</h2>{PARAGRAPHS}"
    assert read(html(article(text=text))).document.headings == ("The swarm", "The wax")
