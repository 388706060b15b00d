"""The headings of a post are found in its text, with the ids that lead to them."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from indexer.extract.text.sections import MAX_HEADINGS, headings_in, sections_of

from .conftest import PARAGRAPHS, article, html, read


def sections(text: str) -> list[tuple[str, str | None]]:
    """The sections of a post that is read on its own: headings and ids."""
    document = read(html(article(text=text))).document
    return [(document.body[start:end], anchor) for start, end, anchor in document.sections]


def found(markup: str, text: str) -> list[tuple[int, str, str | None]]:
    """The sections of a text from this markup: number of the line, heading, id."""
    headings = headings_in(fromstring(f"<div>{markup}</div>"), title="Keeping bees")
    return [(text.count("\n", 0, start), text[start:end], anchor) for start, end, anchor in sections_of(text, headings)]


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="swarm">The swarm</h2>',
        '<h5 id="swarm">The <em>swarm</em></h5>',
        '<h2 id="swarm">The swarm<a class="headerlink" href="#swarm" title="Link to this heading">¶</a></h2>',
        '<h2 id="swarm"><a class="anchor" href="#swarm"># </a>The swarm</h2>',
        '<h2 id="swarm">The swarm<a href="#swarm" class="hash-link" aria-label="Direct link">\u200b</a></h2>',
        '<h2 id="swarm"><a class="header-anchor" href="#swarm"><span>The swarm</span></a></h2>',
        '<h2><a id="swarm" class="anchor" href="#swarm"><svg><path d="M0 0"/></svg></a>The swarm</h2>',
        '<h2><a name="swarm"></a>The swarm</h2>',
        '<h2><span class="ez-toc-section" id="swarm"></span>The swarm<span class="ez-toc-section-end"></span></h2>',
        '<a name="swarm"></a><h2>The swarm</h2>',
        '<p><a id="swarm"></a></p>\n<h2>The swarm</h2>',
        '<div id="swarm"></div><h2>The swarm</h2>',
        '<div class="markdown-heading"><h2>The swarm</h2><a id="swarm" class="anchor" href="#x"><svg></svg></a></div>',
        '<div class="heading-wrapper" id="swarm"><h2>The swarm</h2></div>',
    ],
)
def test_the_id_of_a_heading_is_found_where_generators_put_it(heading: str) -> None:
    assert sections(f"{PARAGRAPHS}{heading}{PARAGRAPHS}") == [("The swarm", "swarm")]


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="swarm">The swarm<a class="headerlink" href="#swarm" title="Link to this heading">¶</a></h2>',
        '<h2 id="swarm">The swarm <a class="heading-link" href="#swarm"><span>#</span></a></h2>',
        '<h2 id="swarm">The swarm<a class="zola-anchor" href="/notes/#swarm">🔗</a></h2>',
        '<h2 id="swarm"><a href="#swarm">#</a>The swarm</h2>',
        '<h1 id="swarm"><a class="header-anchor" href="#swarm">The swarm</a></h1>',
    ],
)
def test_a_sign_that_leads_a_heading_to_itself_is_no_text_and_a_heading_that_does_is(heading: str) -> None:
    assert "The swarm" in read(html(article(text=f"{PARAGRAPHS}{heading}{PARAGRAPHS}"))).document.body.splitlines()


def test_a_section_around_a_heading_has_its_id() -> None:
    one, other = (f'<section id="{name}"><h2>The {name}</h2>{PARAGRAPHS}</section>' for name in ("swarm", "wax"))
    assert sections(PARAGRAPHS + one + other) == [("The swarm", "swarm"), ("The wax", "wax")]


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>The swarm</h2>",
        '<h2 id="">The swarm</h2>',
        '<h2 id="the swarm">The swarm</h2>',
        f'<h2 id="{"a" * 201}">The swarm</h2>',
        '<h2 id="a&#7;b">The swarm</h2>',
        '<h2 data-id="swarm">The swarm</h2>',
        '<figure id="hive"><img src="hive.jpg"></figure><h2>The swarm</h2>',
        '<h2>The swarm</h2><a name="next"></a><p>It hangs in the pear tree since noon, quiet and heavy.</p>',
    ],
)
def test_a_heading_without_an_id_of_its_own_is_a_section_without_an_address(heading: str) -> None:
    assert sections(f"{PARAGRAPHS}{heading}{PARAGRAPHS}") == [("The swarm", None)]


def test_of_two_headings_with_one_id_the_first_has_it() -> None:
    text = f'{PARAGRAPHS}<h2 id="x">The swarm</h2>{PARAGRAPHS}<h2 id="x">The wax</h2>{PARAGRAPHS}'
    assert sections(text) == [("The swarm", "x"), ("The wax", None)]


def test_the_title_and_the_headings_of_what_is_no_text_are_no_sections() -> None:
    text = f'<h2 id="again">Keeping bees</h2>{PARAGRAPHS}<h2 id="wax">The wax</h2>{PARAGRAPHS}'
    assert sections(text + '<div class="related-posts"><h3 id="more">Related posts</h3></div>') == [("The wax", "wax")]


def test_a_table_of_contents_is_not_taken_for_the_headings() -> None:
    markup = "".join(f'<h2 id="{name}">{name.title()}</h2>' for name in ("swarm", "wax", "honey"))
    text = "Swarm\nWax\nHoney\nText.\nSwarm\nText.\nWax\nText.\nHoney\nText."
    assert found(markup, text) == [(4, "Swarm", "swarm"), (6, "Wax", "wax"), (8, "Honey", "honey")]


def test_headings_with_the_same_text_are_told_apart_by_their_order() -> None:
    markup = '<h2 id="a">Wax</h2><h3 id="a1">Tools</h3><h2 id="b">Honey</h2><h3 id="b1">Tools</h3>'
    text = "Wax\nTools\nText.\nHoney\nTools\nText."
    assert [anchor for *_, anchor in found(markup, text)] == ["a", "a1", "b", "b1"]
    assert [anchor for *_, anchor in found(markup, "Honey\nText.\nTools\nText.")] == ["b", "b1"]


def test_a_sign_that_belongs_to_a_heading_stays() -> None:
    assert found('<h2 id="c">C#<a href="#c">#</a></h2>', "C##\nText.") == [(0, "C#", "c")]
    assert found('<h2 id="c">C#</h2>', "C#\nText.") == [(0, "C#", "c")]


def test_what_a_heading_holds_beside_its_text_is_not_shown() -> None:
    markup = '<h2 id="wax">The wax <a class="anchor" href="#wax">Permalink to this heading</a></h2>'
    assert found(markup, "The wax Permalink to this heading\nText.") == [(0, "The wax", "wax")]
    assert found('<h2 id="wax">The wax <button>Copy</button></h2>', "The wax\nText.") == [(0, "The wax", "wax")]


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="wax">The wax <a href="#wax"><i class="fa fa-link"></i><span class="sr-only">Link here</span></a></h2>',
        '<h2 id="wax">The wax <a class="visually-hidden" href="#wax">Link here</a></h2>',
        '<div><h2 id="wax">The wax</h2><a href="#wax"><b></b><span class="sr-only">Section called wax</span></a></div>',
    ],
)
def test_what_a_sign_at_a_heading_says_to_those_who_do_not_see_it_is_no_text(heading: str) -> None:
    text = read(html(article(text=f"{PARAGRAPHS}{heading}{PARAGRAPHS}"))).document.body
    assert "The wax" in text.splitlines()
    assert "here" not in text
    assert "Section" not in text


def test_a_page_of_headings_costs_no_more_than_some_of_them() -> None:
    markup = "".join(f'<h2 id="h{number}">Wax</h2>' for number in range(10 * MAX_HEADINGS))
    assert len(headings_in(fromstring(f"<div>{markup}</div>"), title="")) == MAX_HEADINGS
    assert len(found(markup, "Wax\n" * 100_000)) <= MAX_HEADINGS
