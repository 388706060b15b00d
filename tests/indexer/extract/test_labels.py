"""Tags and categories: the author's, not the site's."""

from __future__ import annotations

import pytest

from .conftest import PARAGRAPHS, article, html, read

CLOUD = "".join(f'<a href="/tags/{word}/">{word}</a> ' for word in ("wax", "mill", "pear", "eel", "bees", "frost"))


def tags(content: bytes) -> list[str]:
    return [tag.tag for tag in read(content).document.tags]


@pytest.mark.parametrize(
    "labels",
    [
        '<p><a rel="tag" href="/t/bees/">Bees</a> <a rel="tag" href="/t/wax/">Wax</a></p>',
        '<ul class="post-tags"><li><a href="/x/bees">Bees</a></li><li><a href="/x/wax">#Wax</a></li></ul>',
        '<p>Filed under: <a href="/tags/bees/">Bees (12)</a>, <a href="/tags/wax/">Wax (3)</a></p>',
        '<p>Schlagwörter: <a href="/?s=1">Bees</a>, <a href="/?s=2">Wax</a></p>',
        '<div><h4>Tags</h4><ul><li><a href="/1">Bees</a></li><li><a href="/2">Wax</a></li></ul></div>',
        '<p><a href="/aihe/bees/">Bees</a> <a href="/aihe/wax/">Wax</a></p>',
        '<p><a href="/étiquettes/etiquette/bees/">Bees</a> <a href="https://blog.example/tag/wax">Wax</a></p>',
    ],
)
def test_the_tag_links_of_a_post_are_its_tags(labels: str) -> None:
    assert tags(html(article(after=labels))) == ["bees", "wax"]


def test_tags_are_read_from_the_head_where_the_page_shows_none() -> None:
    head = '<meta property="article:tag" content="Bees"><meta property="article:tag" content="Wax, Honey">'
    assert tags(html(article(), head=head)) == ["bees", "wax", "honey"]


@pytest.mark.parametrize("beside", [f"<aside>{CLOUD}</aside>", f'<div class="sidebar"><h3>Tags</h3>{CLOUD}</div>'])
def test_a_cloud_of_all_the_sites_tags_is_not_the_posts(beside: str) -> None:
    assert tags(html(article() + beside)) == []
    assert tags(html(f"<div><h1>Keeping bees</h1><p>2 June 2019</p>{PARAGRAPHS}{beside}</div>")) == []


def test_of_a_cloud_the_tags_that_the_keywords_confirm_are_the_posts() -> None:
    keywords = '<meta name="keywords" content="Wax, bees, something else">'
    assert tags(html(article() + f"<aside>{CLOUD}</aside>", head=keywords)) == ["wax", "bees"]


def test_categories_are_kept_apart() -> None:
    labels = '<p><a rel="category tag" href="/category/garden/">Garden</a> <a rel="tag" href="/tag/bees/">Bees</a></p>'
    document = read(html(article(after=labels))).document
    assert [tag.tag for tag in document.tags] == ["bees"]
    assert [category.label for category in document.categories] == ["Garden"]


def test_a_link_in_a_sentence_is_no_tag() -> None:
    text = (
        f'{PARAGRAPHS}<p>More about this was written <a href="/tags/wax/">elsewhere</a> on this very site in May.</p>'
    )
    assert tags(html(article(text=text))) == []


def test_the_tags_of_related_posts_are_not_the_posts() -> None:
    related = '<div class="related-posts"><a href="/eel/">Eels</a> <a rel="tag" href="/tags/eel/">Eel</a></div>'
    assert tags(html(article(after=related))) == []


def test_the_author_spelling_of_a_tag_is_kept() -> None:
    document = read(
        html(article(after='<p><a rel="tag" href="/tags/c%2B%2B/">C++</a> <a rel="tag" href="/t">Bee Keeping</a></p>'))
    ).document
    assert [(tag.tag, tag.label) for tag in document.tags] == [("c++", "C++"), ("bee-keeping", "Bee Keeping")]


def test_no_more_than_fifty_tags_are_taken() -> None:
    many = "".join(f'<a rel="tag" href="/tag/{n}/">tag {n}</a>' for n in range(200))
    assert len(tags(html(article(after=f"<div>{many}</div>")))) == 50


def test_a_link_to_a_topic_above_the_title_is_the_section_not_a_tag() -> None:
    kicker = '<p><a href="/topic/garden/">Garden</a></p>'
    below = '<p><a href="/topic/bees/">Bees</a> <a href="/topic/wax/">Wax</a></p>'
    page = f"<main><article>{kicker}<h1>Keeping bees</h1><p>2 June 2019</p><div>{PARAGRAPHS}</div>%s</article></main>"
    assert tags(html(page % "")) == []
    assert tags(html(page % below)) == ["bees", "wax"]


def test_tags_that_a_preview_shows_are_the_posts() -> None:
    head = '<meta name="twitter:label2" content="Filed under"><meta name="twitter:data2" content="Bees, Wax">'
    assert tags(html(article(), head=head)) == ["bees", "wax"]
