"""What is known of a platform helps where a page itself says nothing surer."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.extract.profiles.platforms import platforms

from .conftest import PARAGRAPHS, html, read

BLOGGER = '<meta name="generator" content="blogger">'
SIDEBAR = "<div id='side'>" + "".join(
    f"<div><b>Older</b> A word on number {n}: what the mill did in {1900 + n}, told at length and with care, by"
    f" those who were there and saw the wheel turn.</div>"
    for n in range(12)
) + "</div>"  # fmt: skip


def test_every_platform_can_be_recognised_and_says_where_a_post_is() -> None:
    names = [platform.name for platform in platforms()]
    assert len(names) == len(set(names))
    for platform in platforms():
        assert platform.generator or "evidence" in platform.markers, platform.name
        assert {"title", "date"} <= platform.fields.keys(), platform.name


def test_a_sentence_beside_a_long_sidebar_is_the_text_where_its_platform_says_so() -> None:
    post = (
        '<div class="post"><h3 class="post-title">A swarm</h3><div class="date-header">2 June 2019</div>'
        '<div class="post-body">The bees have moved in.</div></div>'
    )
    page = html(f'<div class="wrap">{post}{SIDEBAR}</div>', head=BLOGGER, title="A swarm")
    assert read(page).document.body == "The bees have moved in."
    assert read(page).profiles == ("Blogger",)


def test_what_a_platform_marks_as_a_listing_is_no_post() -> None:
    listing = (
        '<body class="x"><main><article><h1>All entries</h1><time datetime="2020-01-02"></time>'
        f"{PARAGRAPHS}</article></main></body>"
    )
    page = html(
        listing, head='<meta name="generator" content="Docusaurus v3.1">', lang='lang="en" class="docs-doc-page"'
    )
    assert read(page).why == "no post by what its platform calls it"
    without = html(listing, lang='lang="en" class="docs-doc-page"')
    assert read(without).is_post


@pytest.mark.parametrize(("address", "is_post"), [("p/recipes.html", False), ("2019/06/recipes.html", True)])
def test_blogger_files_pages_of_the_site_apart_from_posts(address: str, is_post: bool) -> None:
    canonical = f'<link rel="canonical" href="https://blog.example/{address}">'
    body = f'<body class="item-view"><h3 class="post-title">Recipes</h3><p>2 June 2019</p>{PARAGRAPHS}</body>'
    page = html(body, head=BLOGGER + canonical, title="Recipes")
    assert read(page, url=f"https://blog.example/{address}").is_post == is_post


def test_a_list_of_other_posts_that_wordpress_prints_below_a_post_is_none_of_its_text() -> None:
    cards = "".join(
        f'<li class="wp-block-post"><h2 class="wp-block-post-title"><a href="/note-{n}/">Note {n}</a></h2>'
        f'<time datetime="2019-05-0{n}">May {n}, 2019</time><p>Whoever walks up from the bridge in March finds the'
        f" slope white with blackthorn, and the {n} hives below it as loud as in summer.</p></li>"
        for n in range(1, 4)
    )
    more = f'<div class="wp-block-query"><ul class="wp-block-post-template">{cards}</ul></div>'
    post = f'<h1 class="wp-block-post-title">Keeping bees</h1><time datetime="2019-06-02"></time>{PARAGRAPHS}'
    body = (
        f'<body class="single single-post postid-7"><main><div>{post}</div><div><h2>Mehr</h2>{more}</div></main></body>'
    )
    document = read(html(body, head='<meta name="generator" content="WordPress 6.5">')).document
    assert "blackthorn" not in document.body


def test_who_wrote_a_post_of_wix_and_how_long_it_takes_is_none_of_its_text() -> None:
    told = (
        '<ul><li><span data-hook="user-name">Ines Robledo</span></li><li><span data-hook="time-ago">Jun 2, 2019</span>'
        '</li><li><span data-hook="time-to-read">2 min read</span></li></ul>'
    )
    text = f'<section data-hook="post-description">{PARAGRAPHS}</section>'
    post = f'<article data-hook="post">{told}<h1 data-hook="post-title">Keeping bees</h1>{text}</article>'
    document = read(html(post, head='<meta name="generator" content="Wix.com Website Builder">')).document
    assert document.body.startswith("The first swarm")
    assert (document.author, document.date) == ("Ines Robledo", dt.date(2019, 6, 2))


def test_what_others_answered_to_a_topic_of_discourse_is_none_of_its_text() -> None:
    def post(number: int, text: str) -> str:
        return (
            f'<div id="post_{number}" class="topic-body crawler-post"><div class="crawler-post-meta">'
            f'<span itemprop="author"><span itemprop="name">ines</span></span> <time class="post-time"'
            f' datetime="2019-06-0{number}">{number} June 2019</time></div>'
            f'<div class="post" itemprop="articleBody">{text}</div></div>'
        )

    answer = "<p>Ours have settled in the gable, and nobody has the heart to ask them to leave again.</p>"
    body = f'<div id="topic-title"><h1>Keeping bees</h1></div><div>{post(1, PARAGRAPHS)}{post(2, answer)}</div>'
    extraction = read(html(body, head='<meta name="generator" content="Discourse 3.1.0">'))
    assert "swarm of the year" in extraction.document.body
    assert "gable" not in extraction.document.body
    assert extraction.document.author == "ines"


def test_from_whom_a_note_of_tumblr_was_taken_and_its_tags_are_none_of_its_text() -> None:
    said = "The first swarm of the year settled in the pear tree, low enough to be reached from a kitchen chair."
    post = (
        '<article class="photo"><header class="reblog-header"><a href="https://ines.example/">ines</a></header>'
        '<section class="post"><figure class="post-content"><img src="/bees.jpg" alt="">'
        f'<figcaption class="caption"><p>{said}</p></figcaption></figure>'
        '<div class="inner"><ul class="tags"><a class="tag-link" href="/tagged/wax">#wax</a></ul></div></section>'
        '<footer class="post-footer"><a class="post-date" href="/post/1">Jun 2, 2019</a></footer></article>'
    )
    evidence = '<link rel="stylesheet" href="https://assets.tumblr.com/fonts/gibson/stylesheet.css">'
    document = read(html(post, head=evidence, title="The Mill — The first swarm of the year")).document
    assert document.body == said
    assert [tag.tag for tag in document.tags] == ["wax"]


def test_who_liked_a_note_of_tumblr_is_none_of_its_text_though_there_is_more_of_that() -> None:
    said = "The first swarm of the year settled in the pear tree."
    liked = "".join(
        f'<li class="note like"><span class="action"><a href="https://a.example/">a-{n}</a> liked this</span></li>'
        '<li class="note reblog"><span class="action"><a href="https://b.example/">b</a> reblogged this from '
        '<a href="https://c.example/">c</a></span></li>'
        for n in range(40)
    )
    post = (
        f'<div id="posts"><div class="post photo"><div class="photo"><img src="/bees.jpg" alt=""></div>'
        f'<div class="caption"><p>{said}</p></div><p class="meta"><span class="date">June 2, 2019</span></p></div>'
        f'<div class="below"><h3>Notes</h3><ol class="notes">{liked}</ol></div></div>'
    )
    head = '<meta name="tumblr-theme" content="1"><meta property="article:published_time" content="2019-06-02">'
    assert read(html(post, head=head, title="Of bees")).document.body == said


@pytest.mark.parametrize(("kind", "is_post"), [("website", False), ("article", True)])
def test_hexo_says_which_of_its_pages_are_posts(kind: str, is_post: bool) -> None:
    head = (
        f'<meta name="generator" content="Hexo 6.3.0"><meta property="og:type" content="{kind}">'
        '<meta property="article:published_time" content="2019-06-02T08:00:00Z">'
    )
    page = html(f"<article><h1>Keeping bees</h1>{PARAGRAPHS}</article>", head=head)
    assert read(page).is_post == is_post


def test_hexos_pages_are_told_from_its_posts_by_their_element() -> None:
    head = '<meta name="generator" content="Hexo 6.3.0"><meta property="og:type" content="article">'
    for names, is_post in (('id="page-" class="article article-type-page"', False), ('class="article"', True)):
        body = f"<article {names}><h1>Keeping bees</h1><time datetime=2019-06-02>June</time>{PARAGRAPHS}</article>"
        assert read(html(body, head=head)).is_post == is_post


@pytest.mark.parametrize(("of", "categories"), [("about", ["garden"]), ("author", [])])
def test_a_name_that_hexo_marks_up_is_a_category_where_the_post_is_about_it(of: str, categories: list[str]) -> None:
    marked = f'<span itemprop="{of}"><a itemprop="url" href="/x/"><span itemprop="name">Garden</span></a></span>'
    body = f"<article><h1>Keeping bees</h1><time datetime=2019-06-02>June</time>{marked}{PARAGRAPHS}</article>"
    found = read(html(body, head='<meta name="generator" content="Hexo 6.3.0">')).document.categories
    assert [each.tag for each in found] == categories


def test_what_a_page_states_itself_outweighs_the_platforms_place() -> None:
    body = (
        '<div class="post"><h3 class="post-title">Keeping bees</h3><div class="date-header">2 June 2019</div>'
        f'<div class="post-body">{PARAGRAPHS}</div></div>'
    )
    stated = '<meta property="article:published_time" content="2018-05-01">'
    extraction = read(html(body, head=BLOGGER + stated))
    assert extraction.document.date == dt.date(2018, 5, 1)
    assert extraction.sources["date"] == "article:published_time"


def test_tags_are_found_where_the_platform_keeps_them() -> None:
    place = '<div data-hook="tags"><nav aria-label="tags"><a href="/blog/tags/honey">Honey</a></nav></div>'
    body = (
        f'<article data-hook="post"><h1 data-hook="post-title">Keeping bees</h1><span data-hook="time-ago">Jun 2, 2019'
        f'</span><div data-hook="post-description">{PARAGRAPHS}</div>{place}</article>'
    )
    document = read(html(body, head='<meta name="generator" content="Wix.com Website Builder">')).document
    assert [tag.tag for tag in document.tags] == ["honey"]
    assert document.date == dt.date(2019, 6, 2)


def test_what_a_platform_puts_into_posts_is_none_of_their_text() -> None:
    share = (
        '<div class="sharedaddy"><p>Tell all of your friends about the bees that live in this garden of ours.</p></div>'
    )
    body = (
        '<article class="post"><h1 class="entry-title">Keeping bees</h1><time class="entry-date published"'
        f' datetime="2019-06-02">2 June</time><div class="entry-content">{PARAGRAPHS}{share}</div></article>'
    )
    extraction = read(html(body, head='<meta name="generator" content="WordPress 6.4">'))
    assert "Tell all" not in extraction.document.body
    assert any("WordPress" in cut.why for cut in extraction.cut)


@pytest.mark.parametrize("name", ["data-pagefind-meta", "data-pagefind-filter"])
def test_pagefinds_own_words_for_fields_are_understood(name: str) -> None:
    body = (
        f'<main data-pagefind-body><h1 data-pagefind-meta="title">Keeping bees</h1><time datetime="2019-06-02"></time>'
        f'<div {name}="author">Ada Miller</div>{PARAGRAPHS}<ul><li data-pagefind-filter="tag">Honey</li></ul></main>'
    )
    document = read(html(body)).document
    assert (document.author, [tag.tag for tag in document.tags]) == ("Ada Miller", ["honey"])


def test_a_post_whose_date_and_tags_stand_in_menus_is_one_where_its_platform_says_so() -> None:
    meta = (
        '<div class="md-sidebar md-sidebar--post"><nav class="md-nav"><ul class="md-post__meta"><li>'
        '<time datetime="2020-08-11 00:00:00+00:00">Tuesday</time></li></ul></nav></div>'
    )
    tags = '<nav class="md-tags"><span class="md-tag">Bees</span><span class="md-tag">Wax</span></nav>'
    text = f'<article class="md-content__inner">{tags}<h1>Keeping bees</h1>{PARAGRAPHS}</article>'
    head = '<meta name="generator" content="mkdocs-1.6.1, mkdocs-material-9.7.0">'
    page = html(f'<main><div class="md-content md-content--post">{meta}{text}</div></main>', head=head)
    extraction = read(page)
    assert extraction.is_post
    assert extraction.document.date == dt.date(2020, 8, 11)
    assert [tag.tag for tag in extraction.document.tags] == ["bees", "wax"]
    assert extraction.document.body.startswith("The first swarm")


def test_a_date_in_the_sidebar_is_the_posts_where_its_platform_keeps_it_there() -> None:
    card = (
        '<div class="ablog-sidebar-item ablog__postcard"><h2><i class="fa"></i><span>07 January 2016</span></h2></div>'
    )
    page = html(
        f'<main><section><h1>Keeping bees</h1>{PARAGRAPHS}</section></main><aside class="sidebar">{card}</aside>'
    )
    assert read(page).document.date == dt.date(2016, 1, 7)
    assert not read(page.replace(b"ablog__postcard", b"")).is_post


@pytest.mark.parametrize(
    ("platform", "head", "post"),
    [
        (
            "Quarto",
            '<meta name="generator" content="quarto-1.4.549">',
            '<header id="title-block-header"><h1 class="title">Keeping bees</h1><div class="quarto-categories">'
            '<div class="quarto-category">bees</div><div class="quarto-category">wax</div></div><p>Published</p>'
            f'<p class="date">June 2, 2019</p></header>{PARAGRAPHS}',
        ),
        (
            "Distill",
            '<meta name="generator" content="distill">',
            '<div class="d-title"><h1>Keeping bees</h1><div class="dt-tags"><div class="dt-tag">bees</div>'
            '<div class="dt-tag">wax</div></div></div><div class="d-byline">Ines Robledo<br/>2019-06-02</div>'
            f'<div class="d-article">{PARAGRAPHS}</div><div class="d-appendix"><h3>Reuse</h3><p>Text and figures may'
            " be used by anybody who names the keeper from whom they have them, and says so in public.</p></div>",
        ),
        (
            "Notion",
            "",
            '<article class="page sans"><header><h1 class="page-title">Keeping bees</h1><table class="properties">'
            '<tr class="property-row property-row-date"><th>Date</th><td><time>@June 2, 2019</time></td></tr>'
            '<tr class="property-row property-row-multi_select"><th>Labels</th><td>'
            '<span class="selected-value">bees</span><span class="selected-value">wax</span></td></tr></table></header>'
            f'<div class="page-body">{PARAGRAPHS}</div></article>',
        ),
    ],
)
def test_labels_that_lead_nowhere_are_tags_where_their_platform_says_so(platform: str, head: str, post: str) -> None:
    found = read(html(f"<main>{post}</main>", head=head))
    assert [tag.label for tag in found.document.tags] == ["bees", "wax"]
    assert found.document.date == dt.date(2019, 6, 2)
    assert found.profiles == (platform,)


def test_the_date_below_a_page_of_org_mode_is_the_posts() -> None:
    post = (
        f'<div id="content"><h1 class="title">Keeping bees</h1><div class="outline-2">{PARAGRAPHS}</div></div>'
        '<div id="postamble"><p class="date">Date: 2019-06-02 Sun 00:00</p><p class="author">Author: Ines Robledo</p>'
        '<p class="date">Created: 2024-05-05 Sun 10:11</p></div>'
    )
    found = read(html(post, head='<meta name="generator" content="Org Mode">')).document
    assert (found.date, found.author) == (dt.date(2019, 6, 2), "Ines Robledo")


def test_plone_says_what_is_news_and_what_a_page() -> None:
    post = (
        '<article id="content"><h1 class="documentFirstHeading">Keeping bees</h1>'
        '<span class="documentPublished">published Jun 02, 2019</span>'
        f'<div id="content-core">{PARAGRAPHS}</div>'
        '<div id="category"><a class="link-category" href="/@@search?Subject=x">Bees</a></div></article>'
    )
    head = '<meta name="generator" content="Plone - http://plone.com">'
    news, page = (
        read(html(post, head=head, lang=f'lang="de"><body class="portaltype-{kind}"'))
        for kind in ("news-item", "document")
    )
    assert news.is_post
    assert [tag.label for tag in news.document.tags] == ["Bees"]
    assert not news.document.categories
    assert page.why == "no post by what its platform calls it"


def test_nikola_says_what_is_a_post_and_what_a_page_though_both_state_a_date() -> None:
    head = (
        '<meta name="generator" content="Nikola (getnikola.com)"><meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2019-06-02T10:00:00+02:00">'
    )
    page = f'<main><article class="post-text {{}}"><h1>Keeping bees</h1><div>{PARAGRAPHS}</div></article></main>'
    assert read(html(page.format("postpage"), head=head)).is_post
    assert read(html(page.format("storypage"), head=head)).why == "no post by what its platform calls it"


def test_how_a_page_of_quarto_is_to_be_cited_is_none_of_its_text() -> None:
    block = (
        '<header id="title-block-header"><h1 class="title">Keeping bees</h1><p class="date">2 June 2019</p></header>'
    )
    note = "Not a chair that anybody still sits on, though it looks like one from the road below."
    notes = f'<section id="footnotes"><ol><li>{note}</li></ol></section>'
    cited = "<h2>Citation</h2><div>BibTeX citation:</div><pre><code>@online{robledo2019}</code></pre>"
    appendix = f'<div id="quarto-appendix">{notes}<section class="quarto-appendix-contents">{cited}</section></div>'
    head = '<meta name="generator" content="quarto-1.4.549">'
    page = html(f'<main id="quarto-document-content">{block}{PARAGRAPHS}{appendix}</main>', head=head)
    assert "@online" not in read(page).document.body
    assert "Not a chair" in read(page).document.body


def test_a_heading_that_goes_with_what_its_platform_puts_into_posts_is_the_title_all_the_same() -> None:
    page = f'<main><h1 class="title quarto-title">Keeping bees</h1><p class="date">2 June 2019</p>{PARAGRAPHS}</main>'
    document = read(html(page, head='<meta name="generator" content="quarto-1.4.549">')).document
    assert document.title == "Keeping bees"
    assert "Keeping bees" not in document.body
    assert len(document.body) > 200


def test_whom_the_theme_shows_as_the_author_counts_for_more_than_whom_the_site_was_set_up_for() -> None:
    head = '<meta name="generator" content="mkdocs-1.6.1, mkdocs-material-9.7.0">'
    profile = '<div class="md-profile"><span class="md-profile__description"><strong>Ines Robledo</strong></span></div>'
    meta = '<ul class="md-post__meta"><li><time datetime="2020-08-11">x</time></li></ul>'
    text = f'<article class="md-content__inner"><h1>Keeping bees</h1>{PARAGRAPHS}</article>'
    page = f'<main><div class="md-content md-content--post"><div>{profile}{meta}</div>{text}</div></main>'
    head += '<meta name="author" content="The Millers">'
    assert read(html(page, head=head)).document.author == "Ines Robledo"


def test_what_org_prints_around_a_short_text_is_none_of_it() -> None:
    above = '<div id="preamble" class="status"><p><a href="/">Start</a> <a href="/about.html">About</a></p></div>'
    told = '<p class="date">Date: 2019-06-02</p><p class="author">Author: Ines Robledo</p><p>Emacs 26.3 (Org mode)</p>'
    text = (
        '<div id="content" class="content"><h1 class="title">A swarm</h1><p>The bees have moved in at last.</p></div>'
    )
    page = html(
        f'{above}{text}<div id="postamble" class="status">{told}</div>',
        head='<meta name="generator" content="Org mode">',
        title="A swarm",
    )
    document = read(page).document
    assert document.body == "The bees have moved in at last."
    assert (document.date, document.author) == (dt.date(2019, 6, 2), "Ines Robledo")


def test_a_box_of_other_posts_that_squarespace_has_between_those_of_the_text_is_none_of_it() -> None:
    block = '<div class="sqs-block {}"><div class="sqs-block-content">{}</div></div>'
    excerpt = "<p>Wax is what is left when the comb melts, and it keeps for years.</p>"
    other = f'<div class="summary-heading">More</div><a href="/wax/">Of wax</a>{excerpt}'
    text = "<p>They swarmed at noon, settled in the pear tree and were gone before anybody had found a ladder.</p>"
    blocks = block.format("html-block", text) + block.format("sqs-block-summary-v2", other)
    post = f'<article><h1>Keeping bees</h1><p>2 June 2019</p><div class="sqs-layout">{blocks}</div></article>'
    document = read(html(post, head='<script src="https://static1.squarespace.com/a.js"></script>')).document
    assert document.body.startswith("They swarmed")
    assert "comb" not in document.body
