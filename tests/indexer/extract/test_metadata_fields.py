"""Author, language, address, summary and picture of a post."""

from __future__ import annotations

import json

import pytest

from .conftest import PARAGRAPHS, URL, article, html, read

BY_THE_SITE = '<meta property="og:site_name" content="The Mill"><meta name="author" content="The Mill">'


@pytest.mark.parametrize(
    ("head", "byline", "author"),
    [
        ('<meta name="author" content="Ines Robledo">', "", "Ines Robledo"),
        ("", '<p class="byline">Posted by <a href="/author/ines/">Ines Robledo</a> on 2 June 2019</p>', "Ines Robledo"),
        ("", '<span class="author">By Ines Robledo | 2 June 2019</span>', "Ines Robledo"),
        ("", '<a rel="author" href="/x">Ines Robledo</a>', "Ines Robledo"),
        ("", '<p>by <span class="fn"><a rel="author" href="/x">330k</a></span></p>', "330k"),
        ("", "<p>By <span><span>joachim</span></span>, Fri, 07/06/2012 - 14:00</p>", "joachim"),
        ("", '<p>By <em><a href="https://network.example/0xines">0xines</a></em> | 3 min read</p>', "0xines"),
        ("", "<p>By 5pm it was done.</p>", None),
        ("", "<p>by ines on 2 June 2019</p>", "ines"),
        ("", "<p>posted by ines at 5:09 PM</p>", "ines"),
        ("", "<p>By noon the swarm of 2 June 2019 had gone into the box.</p>", None),
        ("", '<ul><li><i class="fas fa-user"></i> <span>林克</span></li></ul>', "林克"),
        ("", '<p><i class="fa fa-user"></i> ines &nbsp; <i class="fa fa-eye"></i> 12</p>', "ines"),
        ("", '<p><i class="fa fa-user"></i> <a href="/login">Login</a></p>', None),
        ("", '<p><a href="https://www.zhihu.com/people/12">Z</a> <span>Posted by Ines on 2 June</span></p>', "Ines"),
        ("", '<p class="author vcard"><em>Par</em> <a rel="author" href="/x"><em>The Mill</em></a>'
         '<a rel="category tag" href="/cat/wax/">Wax and honey</a></p>' + BY_THE_SITE, "The Mill"),
        ('<meta name="author" content="October"><meta name="generator" content="October">', "", None),
        ("", "<p>von Jonas Ahrens</p>", "Jonas Ahrens"),
        ('<meta name="author" content="https://www.facebook.example/ines">', "", None),
        ("", '<p><a rel="author" href="/i">Ines Robledo</a>, <a rel="author" href="/j">Jo Ahrens</a></p>',
         "Ines Robledo; Jo Ahrens"),
        ("", "<div>Written by</div><div>Ines Robledo</div>", "Ines Robledo"),
        ("", '<div class="bio"><p>Written by <b>Ines Robledo</b> who lives by the mill.</p></div>', "Ines Robledo"),
        ("", '<img src="/i.jpg" alt="Keeping Bees"><div>Keeping Bees, 2019</div>', None),
        ("", "<p>Ein Beitrag von Ines Robledo (Imkerin)</p>", "Ines Robledo"),
        ("", '<div class="author"><div class="name">Ines Robledo</div><div>Beekeeper</div></div>', "Ines Robledo"),
        ("", '<div class="elementor-widget"><span class="author-name">Ines Robledo</span></div>', "Ines Robledo"),
        ("", '<p class="author">Never did a swarm settle lower. By noon it was gone.</p>', None),
        ("", '<a class="author" href="https://www.youtube.com/user/mill">Films</a>', "Films"),
        ('<meta name="author" content="mill.admin">', '<p class="byline">Ines Robledo</p>', "Ines Robledo"),
        ('<meta name="author" content="mill.admin">', "", "mill.admin"),
        (BY_THE_SITE, '<p class="author">Ines</p>', "Ines"),
        ("", '<div class="author"><span>Author</span> <a class="fn" href="/i">Ines Robledo</a></div>', "Ines Robledo"),
        ("", '<div class="author">Ines Robledo<br>Beekeeper</div>', "Ines Robledo"),
        ("", '<div class="author"><h5>Author</h5><em>Robledo</em></div>', "Robledo"),
        ("", '<div class="author"><b class="author-name">Ines Robledo</b><i>Beekeeper</i></div>', "Ines Robledo"),
        ("", '<span class="authorbold">Ines Le Roy</span>', "Ines Le Roy"),
        ("", '<img src="/i.jpg" alt="Headshot of Ines Robledo"><b>Ines Robledo</b>', "Ines Robledo"),
        ("", '<img src="/i.jpg" alt="The Pear Tree"><b>Ines Robledo</b>', None),
        ("", '<img class="logo" src="/i.jpg" alt="Mill Garden"><b>Mill Garden</b>', None),
        ("", "<p>Ines Robledo | Beekeeper | 2 June 2019</p>", "Ines Robledo"),
        ("", "<p>Read More | 2 June 2019</p>", None),
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ines Robledo">', "",
         "Ines Robledo"),
        ('<meta name="author" content="Ines Robledo, ines@blog.example">', "", "Ines Robledo"),
        ('<meta name="author" content="blog.example">', "", "blog.example"),
        ('<meta name="author" content="inesR">', '<a href="/author/i/">Ines Robledo</a>', "Ines Robledo"),
        ('<meta property="article:author" content="Ines">', '<a href="/author/i/">Ines Robledo</a>', "Ines Robledo"),
        ('<meta property="article:author" content="Ines Robledo - The Mill Team">', "<p>By Ines Robledo</p>",
         "Ines Robledo"),
        ('<meta property="article:author" content="Ines Robledo and Jo Ahrens">', "<p>By Ines Robledo</p>",
         "Ines Robledo and Jo Ahrens"),
        ("", '<span class="username">Username</span><p>By Ines Robledo</p>', "Ines Robledo"),
        ("", '<a rel="author" href="/i/">Ines (I. M.) Robledo</a>', "Ines (I. M.) Robledo"),
        ("", '<p>By Ines Robledo<br>mill.example<br><a href="/all/">Archive</a></p>', "Ines Robledo"),
        ("", "<p>By <br>Ines Robledo</p>", "Ines Robledo"),
        ("", "", None),
        ('<meta name="author" content="The Unknown Author">', "", None),
        ('<meta name="author" content="Your Name">', "<p>By Ines Robledo</p>", "Ines Robledo"),
    ],
)  # fmt: skip
def test_the_author_is_a_name(head: str, byline: str, author: str | None) -> None:
    assert read(html(article(f"{byline}<p>2 June 2019</p>"), head=head)).document.author == author


def test_the_link_to_an_authors_page_above_the_post_counts_for_more_than_whom_the_head_names() -> None:
    head = '<meta name="author" content="Jo Ahrens">'
    above = '<div><img src="/i.jpg"><a href="{}">Ines Robledo</a><span>2 June 2019</span></div>'
    post = article("")
    for address, author in (("/authors/ines", "Ines Robledo"), ("/ines", "Jo Ahrens")):
        page = post.replace("<article>", above.format(address) + "<article>")
        assert read(html(page, head=head)).document.author == author


@pytest.mark.parametrize(
    ("lang", "head", "text", "expected"),
    [
        ('lang="pt-BR"', "", PARAGRAPHS, "pt-BR"),
        ('lang="pt_BR"', "", PARAGRAPHS, "pt-BR"),
        ("", '<meta property="og:locale" content="de_AT">', PARAGRAPHS, "de-AT"),
        ("", '<meta http-equiv="content-language" content="nl">', PARAGRAPHS, "nl"),
        ('lang="en"', "", "<p>村里的老人说，这架水车比他的祖父还要老，从前方圆十里的麦子都送到这里来磨。</p>", "zh"),
        ('lang="en"', "", "<p>水車は朝から回っていた。村の老人によると、祖父の代よりも古いものらしい。</p>", "ja"),
        ('lang="uk"', "", "<p>Млин стоїть над річкою від незапам'ятних часів, і ніхто не знає його майстра.</p>", "uk"),
        ('lang="en-US"', "", "<p>" + "Es war ein schöner Morgen, und wir gingen zum Wasser, um zu baden. " * 3, "de"),
        ('lang="en"', "", "<p>" + "Det var en smuk morgen, og vi gik ned til vandet for at se på fuglene. " * 3, "en"),
        ('lang="en-GB"', "", PARAGRAPHS, "en-GB"),
        ('lang="{{ lang }}"', "", PARAGRAPHS, "en"),
        ("", "", PARAGRAPHS, "en"),
        ("", "", "<p>" + "Det var en smuk morgen, og vi gik ned til vandet for at se på fuglene. " * 3 + "</p>", None),
        (
            "",
            "",
            "<p>" + "Es war ein schöner Morgen, und wir gingen zum Wasser, um nach den Vögeln zu sehen. " * 2,
            "de",
        ),
        ("", "", "<p>Nebel.</p>", None),
    ],
)
def test_the_language_is_the_declared_one_unless_script_or_words_tell_another(
    lang: str, head: str, text: str, expected: str | None
) -> None:
    assert read(html(article(text=text), head=head, lang=lang)).document.lang == expected


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://blog.example/notes/bees/">', "https://blog.example/notes/bees/"),
        ('<link rel="canonical" href="/notes/bees/?utm_source=x">', "https://blog.example/notes/bees/"),
        ('<meta property="og:url" content="https://blog.example/notes/bees/">', "https://blog.example/notes/bees/"),
        ('<link rel="canonical" href="https://blog.example/">', URL),
        ('<link rel="canonical" href="https://blog.example/?p=5">', "https://blog.example/?p=5"),
        ('<link rel="canonical" href="https://elsewhere.example/bees/">', URL),
        ('<link rel="canonical" href="http://[broken">', URL),
        ("", URL),
    ],
)
def test_a_page_is_believed_about_its_own_address_as_far_as_its_site(head: str, url: str) -> None:
    assert read(html(article(), head=head)).document.url == url


def test_summary_and_picture_come_from_the_head() -> None:
    head = '<meta name="description" content=" Wax  and honey. "><meta property="og:image" content="/hive.jpg">'
    document = read(html(article(), head=head)).document
    assert (document.summary, document.image) == ("Wax and honey.", "https://blog.example/hive.jpg")


def test_what_says_no_more_than_the_title_is_no_summary() -> None:
    head = '<meta name="description" content="Keeping bees."><meta property="og:description" content="Of bees">'
    assert read(html(article(), head=head)).document.summary == "Of bees"
    assert read(html(article(), head='<meta name="description" content="Keeping bees">')).document.summary is None


def test_a_summary_that_was_escaped_twice_is_read_as_it_was_meant() -> None:
    head = '<meta name="description" content="Wax &amp;amp; honey, in &amp;#x2F;hive&amp;#x2F;">'
    assert read(html(article(), head=head)).document.summary == "Wax & honey, in /hive/"


def test_metadata_that_a_broken_head_left_in_the_body_counts() -> None:
    head = '<div>stray</div><meta name="author" content="Ines Robledo">'
    assert read(html(article(), head=head)).document.author == "Ines Robledo"


def test_every_field_says_where_it_was_found() -> None:
    sources = read(html(article(after='<a rel="tag" href="/tag/x/">x</a>'))).sources
    assert {"url", "title", "body", "date", "tags", "lang"} == set(sources)
    assert sources["tags"] == "rel=tag"


def test_an_author_who_is_described_elsewhere_in_the_statements_is_found_by_the_identifier() -> None:
    graph = (
        '{"@graph": [{"@type": "Article", "headline": "Keeping bees", "author": {"@id": "#ines"}},'
        ' {"@type": "Person", "@id": "#ines", "name": "Ines Robledo"}]}'
    )
    extraction = read(html(article(), head=f'<script type="application/ld+json">{graph}</script>'))
    assert (extraction.document.author, extraction.sources["author"]) == ("Ines Robledo", "json-ld:author")


def test_a_recipe_within_an_article_doesnt_hide_what_the_page_states_of_the_article() -> None:
    graph = (
        '{"@graph": [{"@type": "Recipe", "name": "Honey cake", "keywords": "dessert"}, {"@type": "Article",'
        ' "headline": "Keeping bees", "author": {"name": "Ines Robledo"}, "datePublished": "2019-06-02"}]}'
    )
    extraction = read(html(article(), head=f'<script type="application/ld+json">{graph}</script>'))
    assert (extraction.document.author, extraction.sources["author"]) == ("Ines Robledo", "json-ld:author")
    assert extraction.document.tags == ()
    alone = '{"@type": "Recipe", "name": "Keeping bees", "author": {"name": "Ines Robledo"}}'
    extraction = read(html(article(), head=f'<script type="application/ld+json">{alone}</script>'))
    assert extraction.sources["author"] == "json-ld:author"


def test_what_a_template_quoted_twice_is_read_without_the_quotes() -> None:
    author = {"@type": "Person", "name": '"Ines Robledo"'}
    statement = json.dumps({"@type": "BlogPosting", "author": author, "image": '""'})
    document = read(html(article(), head=f'<script type="application/ld+json">{statement}</script>')).document
    assert (document.author, document.image) == ("Ines Robledo", None)


def test_a_name_outside_of_the_post_is_the_authors_where_it_is_announced_but_not_in_comments() -> None:
    beside = "<div><p>Written by</p><p>Ines Robledo</p></div>"
    assert read(html(article() + f"<aside>{beside}</aside>")).document.author == "Ines Robledo"
    assert read(html(article() + f'<div class="comments">{beside}</div>')).document.author is None
    menu = "<ul><li><a href=/authors/>Authors</a></li><li><a href=/press/>Ines Robledo</a></li></ul>"
    assert read(html(article() + menu)).document.author is None


def test_the_name_of_the_site_is_no_author_though_its_theme_marks_it_so() -> None:
    for front, head in (("/", ""), ("/elsewhere/", '<meta property="og:site_name" content="Ada Mill">')):
        top = f'<div class="top"><a class="site-title" rel="author" href="{front}">Ada Mill</a></div>'
        assert read(html(top + article(), head=head)).document.author is None
        head += '<meta name="author" content="Ada Mill">'
        assert read(html(top + article(), head=head)).document.author == "Ada Mill"


def test_a_title_that_describes_a_picture_of_the_post_is_no_author() -> None:
    trail = '<ul><li>Keeping bees</li></ul><img src="/hive.jpg" alt="Keeping bees">'
    assert read(html(article(before=trail)).replace(b"Keeping bees", b"Keeping Bees")).document.author is None


def test_what_is_called_the_name_of_a_user_is_the_name_and_no_more_of_the_line() -> None:
    line = '<p class="submitted">Skribis <span class="username">ines</span> en Mer, 2019-06-02</p>'
    assert read(html(article(line))).document.author == "ines"


def test_what_asks_for_money_for_the_author_names_nobody() -> None:
    byline = '<p><a rel="author" href="/author/1/">ines</a> 2 June 2019</p>'
    asks = '<div class="support-author"><p>Donate</p></div>'
    assert read(html(article(byline, after=asks))).document.author == "ines"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ('<div><i class="icon icon-user"><span>ines</span></i><i class="icon icon-date">2019-06-02</i></div>', "ines"),
        ('<div><i class="icon-account iconfont"><span>林克</span></i></div>', "林克"),
        ('<div><i class="account">ines</i></div>', None),
        ("<aside>By Ines Robledo on 2 June 2019</aside>", "Ines Robledo"),
    ],
)
def test_the_author_stands_in_a_picture_or_in_an_aside_right_below_the_title(byline: str, author: str | None) -> None:
    assert read(html(article(byline))).document.author == author


@pytest.mark.parametrize("label", ["Authors", "Autores", "Авторы", "Auteurs"])
def test_the_authors_stand_in_a_list_of_lists_of_their_names_and_accounts(label: str) -> None:
    account = "<dl><dt>Name</dt><dd>{}</dd><dt>Twitter</dt><dd><a href='https://twitter.com/x'>@x</a></dd></dl>"
    items = "".join(f"<li>{account.format(name)}</li>" for name in ("Ines Robledo", "Ada Miller"))
    byline = f"<dl><dt>{label}</dt><dd><ul>{items}</ul></dd></dl>"
    assert read(html(article(byline))).document.author == "Ines Robledo; Ada Miller"


def test_who_wrote_a_comment_beside_its_date_did_not_write_the_post() -> None:
    comment = "<div class='comment'><ul><li><p>Jo Ahrens <em>(Fri, 5 June 2019 12:03)</em></p></li></ul></div>"
    assert read(html(article(text="<p>They swarmed.</p>", after=comment))).document.author is None
