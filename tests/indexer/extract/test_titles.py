"""The title: the heading that the head of the page confirms."""

from __future__ import annotations

import pytest

from .conftest import PARAGRAPHS, html, read

DATE = "<p>2 June 2019</p>"


@pytest.mark.parametrize(
    ("title", "head", "body", "expected"),
    [
        ("Keeping bees | The Mill", "", "<h1>Keeping bees</h1>", "Keeping bees"),
        ("The Mill: Keeping bees", "", "<h1>Keeping bees</h1>", "Keeping bees"),
        ("Keeping bees | The Mill", "", "<h1>Keeping bees</h1><h1>Keeping bees?!</h1>", "Keeping bees"),
        ("Keeping bees - The Mill", "", '<h1><a href="/">The Mill</a></h1><h2>Keeping bees</h2>', "Keeping bees"),
        (
            "x",
            '<meta property="og:title" content="Keeping bees">',
            "<h1>Other</h1><h2>Keeping Bees</h2>",
            "Keeping Bees",
        ),
        ("Keeping bees – The Mill", '<meta property="og:site_name" content="The Mill">', "", "Keeping bees"),
        ("Keeping bees", "", '<h1>Keeping bees<a class="headerlink" href="#bees">¶</a></h1>', "Keeping bees"),
        ("Bees in C#", "", '<h1><a href="/bees/">Bees in C#</a></h1>', "Bees in C#"),
        ("Bees in C#", "", '<h1>Bees in C#<a class="anchor" href="#bees">#</a></h1>', "Bees in C#"),
        ("", "", "<h1>Keeping bees</h1>", "Keeping bees"),
        (
            "The first swarm - The Mill",
            '<meta property="og:title" content="The Mill">',
            '<h1><a href="/">The Mill</a></h1><h3>Notes on this</h3>',
            "The first swarm",
        ),
        ("Bees - The Mill", "", '<h1><a href="https://a.example/">Bees <span>\u2192</span></a></h1>', "Bees"),
        ("Bees \u2192 wax | The Mill", "", "<h1>\u2605\ufe0f Bees \u2192 wax</h1>", "Bees \u2192 wax"),
        ("Bees \u2764 | The Mill", "", "<h1>Bees \u2764</h1>", "Bees \u2764"),
        ("The Mill Garden", "", "<h2>Keeping bees</h2><h3>Wax</h3>", "Keeping bees"),
        ("The Mill Garden", "", "<h2>Keeping bees</h2><p>Wax</p><h1>Wax</h1><h1>Honey</h1>", "Keeping bees"),
        ("The Mill Garden", "", '<div class="post-title">Keeping bees</div>', "Keeping bees"),
        ("Keeping bees", "", '<div class="post-title">Keeping bees</div>', "Keeping bees"),
        (
            "Keeping bees in winter | The Mill",
            "",
            "<h1><span>From the slope</span> <span>Keeping bees in winter</span></h1>",
            "Keeping bees in winter",
        ),
        (
            "Keeping bees through a long winter: the pros and the cons",
            "",
            '<p class="title">Cons</p><h1>Bees, or not?</h1>',
            "Bees, or not?",
        ),
        ("The Mill", "", '<a name="keeping-bees"><b>Keeping bees</b></a><h1>Wax</h1>', "Keeping bees"),
        ("Keeping bees | The Mill", "", '<header class="log-title">Keeping bees</header><h1>Wax</h1>', "Keeping bees"),
        (
            "Keeping bees",
            "",
            '<div role="dialog"><h1>Search</h1></div><div>Keeping bees<i>.</i></div>'
            '<h1 class="toc-title">Contents</h1>',
            "Keeping bees",
        ),
        (
            "The Mill » Blog Archive » Keeping bees",
            "",
            '<h1><a href="/">The Mill</a></h1><h2><a href="/?p=12">Keeping bees</a></h2>',
            "Keeping bees",
        ),
        (
            "The Mill : ",
            "",
            '<div id="sideBar"><h1>Ines writes</h1><h1>Subscribe</h1></div><div><h1>Keeping bees</h1></div>',
            "Keeping bees",
        ),
        ("Keeping bees — The Mill", "", '<h1><a href="/notes">The Mill</a></h1><h2>Keeping bees</h2>', "Keeping bees"),
        ("猫 | 磨坊", "", "<h1>猫</h1>", "猫"),
        (
            "Are bees for you? | Bees",
            "",
            '<div><h3 class="navigation__headline">Bees</h3></div><h1>Are bees something for you?</h1>',
            "Are bees something for you?",
        ),
        ("Slope: Keeping bees", "", "<h1><small>Slope</small><br>Keeping bees</h1>", "Keeping bees"),
        ("x", "", '<h1><a href="/k/"><i class="label">Slope</i></a> Keeping bees</h1>', "Keeping bees"),
        ("x", "", "<h1>Bees <small>kept well</small></h1>", "Bees kept well"),
        ("x", "", '<h1><small class="label">Keeping bees</small></h1>', "Keeping bees"),
        (
            "Keeping bees | Mill",
            '<meta property="og:site_name" content="The Mill Garden">'
            '<meta property="og:title" content="Keeping bees | Mill">',
            "",
            "Keeping bees",
        ),
        ("Keeping bees | Blog", '<meta property="og:site_name" content="blog.example">', "", "Keeping bees"),
        ("Keeping bees - a start", '<meta property="og:site_name" content="The Mill">', "", "Keeping bees - a start"),
        (
            "Keeping bees | Mill",
            '<meta property="og:site_name" content="Mill"><meta property="og:title" content="Mill">',
            "<h2>Mill</h2><h1>Keeping bees</h1>",
            "Keeping bees",
        ),
        (
            "Keeping bees | Mill",
            '<meta property="og:site_name" content="Keeping bees">',
            "<h1>Keeping bees</h1>",
            "Keeping bees",
        ),
        (
            "Where to put a hive",
            "",
            '<h1 class="logo">The Mill</h1><h1 class="headline">The best places for bees</h1>'
            '<h1 class="card">The pear tree</h1><h1 class="card">The eel trap</h1>',
            "The best places for bees",
        ),
        (
            "Mill",
            '<meta property="og:title" content="On bees"><meta name="twitter:title" content="Keeping bees">',
            "<div>Keeping bees</div>",
            "Keeping bees",
        ),
        ("Keeping &amp; selling bees", "", "", "Keeping & selling bees"),
        (
            "Mill",
            '<meta property="og:title" content="Bees in a nutshell"><meta name="twitter:title" content="Keeping bees">',
            "<h2>Bees in a nutshell</h2><h1>Keeping bees</h1>",
            "Keeping bees",
        ),
        (
            "5 rules for keeping bees in winter",
            "",
            "<h1>Top 5 rules for bees in a hard winter</h1><h2>5 rules for keeping bees</h2>",
            "Top 5 rules for bees in a hard winter",
        ),
        (
            "Keeping bees in a hard winter",
            "",
            "<h1>Keeping bees in a hard winter (mill.example)</h1><h2>Keeping bees in a hard winter</h2>",
            "Keeping bees in a hard winter",
        ),
        (
            "Keeping bees in a long hard winter",
            "",
            "<h1>Keeping bees in a long winter</h1><h1 class='box'>The mill by post</h1>",
            "Keeping bees in a long winter",
        ),
        ("Keeping bees in winter | Mill", "", "<h1>Notes: Keeping bees in winter</h1>", "Keeping bees in winter"),
        (
            "x",
            '<meta property="og:title" content="Keeping bees in winter">',
            "<h1>Keeping bees in winter | Mill.net</h1>",
            "Keeping bees in winter",
        ),
        (
            "x",
            '<meta property="og:title" content="Keeping bees in winter">',
            "<h1>Keeping bees in winter: a diary</h1>",
            "Keeping bees in winter: a diary",
        ),
        ("Bees", "", "<h1>Bees <small>Notes from the mill </small></h1>", "Bees"),
        ("Bees | The Mill", "", "<h1>Bees<span>by Ines Robledo</span></h1>", "Bees"),
        ("x", "", "<h1>Bees<span>by Ines Robledo</span></h1>", "Bees"),
        ("x", "", "<h1>Bees<br><small>Jun 2, 2019 • IR</small></h1>", "Bees"),
        ("Bees on 2 June 2019", "", "<h1>Bees on <span>2 June 2019</span></h1>", "Bees on 2 June 2019"),
        (
            "Keeping bees – Mill - Mill",
            '<meta property="og:site_name" content="Mill">',
            "<h1>Keeping bees – Mill</h1>",
            "Keeping bees",
        ),
    ],
)
def test_the_title_is_the_posts_without_the_sites(title: str, head: str, body: str, expected: str) -> None:
    assert read(html(f"<main>{body}{DATE}{PARAGRAPHS}</main>", title=title, head=head)).document.title == expected


MILL = '<meta property="og:site_name" content="The Mill">'


@pytest.mark.parametrize(
    ("title", "head", "body", "expected"),
    [
        (" - The Mill", MILL, "", ""),
        ("| The Mill", MILL, "", ""),
        ("The Mill »", MILL, "", ""),
        (" – The Mill: notes on bees", MILL, "", ""),
        (" - The Mill", MILL + '<meta property="og:title" content=" - The Mill">', "<h1></h1>", ""),
        ("— Blog.Example", "", "", ""),
        ("The Mill", MILL, '<header><a href="/">The Mill</a></header>', ""),
        ("The Mill", MILL, "<h1>The Mill</h1>", "The Mill"),
        ("» Keeping bees", MILL, "", "Keeping bees"),
        ("| Keeping bees", "", "", "Keeping bees"),
        ("-20 degrees", MILL, "", "-20 degrees"),
        ("- The Mill", MILL, "<h1>Keeping bees</h1>", "Keeping bees"),
    ],
)
def test_a_post_without_a_title_hasnt_that_of_its_site(title: str, head: str, body: str, expected: str) -> None:
    assert read(html(f"<main>{body}{DATE}{PARAGRAPHS}</main>", title=title, head=head)).document.title == expected


def test_what_announces_other_posts_is_no_title_of_one_without() -> None:
    related = '<div class="more"><h3>Related Posts</h3><ul><li><a href="/a/">Wax and candles</a></li></ul></div>'
    site = '<header><p><a href="/">The Old Mill</a></p></header>'
    page = read(html(f"{site}<main>{DATE}{PARAGRAPHS}{related}</main>", title="The Old Mill"))
    assert "Related" not in page.document.title
    assert page.document.body.strip()


def test_a_page_without_any_title_has_an_empty_one() -> None:
    assert read(f"<body>{PARAGRAPHS}</body>".encode()).document.title == ""


def test_a_title_is_bounded_and_on_one_line() -> None:
    document = read(
        html(f"<h1>Bees\n\n and {'bees ' * 300}</h1>{PARAGRAPHS}", title=f"Bees and {'bees ' * 300}")
    ).document
    assert document.title.startswith("Bees and bees bees")
    assert len(document.title) <= 500


def test_a_folder_above_the_page_is_one_however_links_spell_it() -> None:
    body = f'<h1><a href="/@ines">The Mill</a></h1><h2><a href="/@ines/bees">Keeping bees</a></h2>{DATE}{PARAGRAPHS}'
    page = html(f"<main>{body}</main>", title="Keeping bees — The Mill")
    assert read(page, url="https://blog.example/%40ines/bees").document.title == "Keeping bees"


@pytest.mark.parametrize("own", ["/notes/bees", "/notes/bees/", "/notes/bees/index.html", "/notes/bees.html"])
def test_a_heading_that_links_to_its_own_page_is_its_title_however_it_spells_that(own: str) -> None:
    site = '<h1><a href="/">The Mill</a></h1>'
    aside = '<div id="sidebar"><h3>Where to find me</h3></div>'
    page = html(f'{site}<div><h2><a href="{own}">Keeping bees</a></h2>{DATE}{PARAGRAPHS}</div>{aside}')
    assert read(page, url="https://blog.example/notes/bees/index.html").document.title == "Keeping bees"


def test_a_heading_of_the_sidebar_is_no_title() -> None:
    aside = '<div id="sidebar"><h3>Where to find me</h3></div>'
    for site in ('<h1><a href="/">The Mill</a></h1>', '<a href="/">The Mill</a>'):
        page = read(html(f"{site}<div>{DATE}{PARAGRAPHS}</div>{aside}", title="The Mill"))
        assert page.document.title != "Where to find me"


def test_a_heading_that_links_home_is_the_title_where_it_says_what_the_head_states_beside_the_sites_name() -> None:
    stated = '<meta property="og:title" content="Keeping bees"><meta property="og:site_name" content="The Mill">'
    top = '<header><a href="/" id="logo"><h1>Keeping bees</h1></a></header>'
    body = f"{top}<article>{DATE}<h2>Before</h2>{PARAGRAPHS}</article>"
    assert read(html(body, title="Keeping bees | The Mill", head=stated)).document.title == "Keeping bees"


def test_the_sites_name_at_the_top_tells_where_its_name_and_its_motto_begin_in_the_title() -> None:
    top = '<header><h1><a href="/">The Mill Garden</a></h1></header>'
    body = f"{top}<article><h2>Episode 12: Keeping bees - a start</h2>{DATE}{PARAGRAPHS}</article>"
    page = read(html(body, title="Keeping bees - a start · The Mill Garden - Notes from the valley"))
    assert page.document.title == "Keeping bees - a start"
    assert "Episode" not in page.document.body


def test_a_short_text_below_a_title_with_a_motto_is_found() -> None:
    words = "<p>The first swarm settled low in the pear tree.</p>"
    page = html(f"<div><div><h1>Bees <small>Notes</small></h1></div><div>{words}<hr></div>{DATE}</div>", title="Bees")
    assert read(page).document.body == "The first swarm settled low in the pear tree."


@pytest.mark.parametrize("day", ["03.25.02", "Monday, March 25, 2002"])
def test_the_day_above_a_title_is_none(day: str) -> None:
    page = html(f"<main><h2>{day}</h2><h3>Keeping bees</h3>{PARAGRAPHS}</main>", title="The Mill Garden")
    assert read(page).document.title == "Keeping bees"
    assert read(page.replace(b"<h3>Keeping bees</h3>", b"")).document.title == day


def test_a_site_that_is_called_as_the_page_is_throughout_is_no_sites_name() -> None:
    head = '<meta property="og:site_name" content="Bees, Wax"><meta property="og:title" content="Bees, wax">'
    body = f'<h1><a href="/">The Mill</a></h1><h1 class="title">Bees, wax</h1>{DATE}{PARAGRAPHS}'
    comments = '<section><h1 class="title">Comments</h1></section>'
    assert read(html(body + comments, title="Bees, wax", head=head)).document.title == "Bees, wax"


def test_a_heading_for_comments_is_no_title() -> None:
    body = f"<main>{DATE}{PARAGRAPHS}</main><section><h1>Comments</h1></section>"
    assert read(html(body, title="The Mill", head=MILL)).document.title != "Comments"


def test_a_post_in_the_folder_of_a_month_may_link_to_itself_as_to_its_folder() -> None:
    labels = '<div class="category-title"><a href="/category/bees/" rel="category tag">Wax and honey</a></div>'
    body = f'<h2><a href="./">Keeping bees</a></h2>{DATE}{labels}{PARAGRAPHS}'
    page = html(f"<article>{body}</article>", title="The Mill » Keeping bees", head='<link rel="canonical" href="./">')
    document = read(page, url="https://blog.example/2019/06/keeping-bees.html").document
    assert (document.title, document.url) == ("Keeping bees", "https://blog.example/2019/06/keeping-bees.html")
    untitled = page.replace(b"Keeping bees", b"")
    assert read(untitled, url="https://blog.example/2019/06/keeping-bees.html").document.title != "Wax and honey"


def test_a_heading_of_what_follows_is_one_of_its_kind() -> None:
    others = '<h1 class="widget">Related posts</h1><p>Wax</p><h1 class="widget">In the garden</h1><p>Pears</p>'
    body = f'<main><h1 class="headline">Where the swarm settled</h1>{DATE}{PARAGRAPHS}</main>{others}'
    assert read(html(body, title="Our bees | The Mill", head=MILL)).document.title == "Where the swarm settled"


def test_the_heading_that_is_called_the_sites_name_is_no_title_though_it_is_the_longer_one() -> None:
    name = '<h1 id="site-name"><a href="/index/">The Old Mill at Ashford</a></h1>'
    page = html(f'{name}<h1 class="title">Bees</h1>{DATE}{PARAGRAPHS}', title="Bees | The Old Mill at Ashford")
    assert read(page).document.title == "Bees"


@pytest.mark.parametrize(
    ("heading", "name", "expected"),
    [
        ("<h2>Keeping bees</h2>", "block", "Keeping bees"),
        ("<h2></h2>", "below", "The Mill"),
        ("", "block block-menu", "The Mill"),
        ("", "below", "Elsewhere"),
    ],
)
def test_the_heading_of_a_box_below_the_text_is_no_title_of_a_post_without_one(
    heading: str, name: str, expected: str
) -> None:
    box = f'<div class="{name}"><h2>Elsewhere</h2><ul><li><a href="/about/">About</a></li></ul></div>'
    page = f'<div><h1><a href="/">The Mill</a></h1>{heading}{DATE}<div>{PARAGRAPHS}</div>{box}</div>'
    assert read(html(page, title="The Mill")).document.title == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('<h1><a href="/">The Mill</a></h1>', "The first swarm of the year"),
        ("<p>The Mill</p>", "The Mill"),
    ],
)
def test_the_words_of_a_note_stand_behind_the_name_that_leads_to_the_front_page(name: str, expected: str) -> None:
    page = html(f"{name}{DATE}<div>{PARAGRAPHS}</div>", title="The Mill — The first swarm of the year")
    assert read(page).document.title == expected


def test_a_heading_in_the_header_of_the_site_is_no_title_where_the_page_has_one() -> None:
    """Both are parts of what the head states."""
    masthead = '<header><h1>Notes</h1><nav><a href="/blog/">Blog</a></nav></header>'
    page = html(f"{masthead}<div><h2>Keeping bees</h2>{PARAGRAPHS}</div>", title="Keeping bees — Notes")
    assert read(page).document.title == "Keeping bees"


@pytest.mark.parametrize("around", ["<footer>{}</footer>", '<div class="sidebar">{}</div>'])
def test_a_title_in_the_header_of_the_site_stays_one_where_others_stand_apart_as_well(around: str) -> None:
    masthead = '<header><nav><a href="/blog/">Blog</a></nav><h1>Keeping bees</h1></header>'
    page = html(f"{masthead}<div>{PARAGRAPHS}</div>{around.format('<h2>Notes</h2>')}", title="Keeping bees — Notes")
    assert read(page).document.title == "Keeping bees"
