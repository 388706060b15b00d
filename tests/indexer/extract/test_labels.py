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
        '<ul class="post-tags"><li><a href="/x/bees">Bees<sup>12</sup></a> <a href="/x/wax">Wax <i>3</i></a></li></ul>',
        '<p>Schlagwörter: <a href="/?s=1">Bees</a>, <a href="/?s=2">Wax</a></p>',
        '<p>Štítky: <a href="/1">Bees</a>, <a href="/2">Wax</a></p>',
        '<p>الوسوم: <a href="/1">Bees</a>، <a href="/2">Wax</a></p>',
        '<p>برچسب‌ها: <a href="/1">Bees</a> <a href="/2">Wax</a></p>',
        '<p>ป้ายกำกับ: <a href="/1">Bees</a>, <a href="/2">Wax</a></p>',
        '<div><h4>Tags</h4><ul><li><a href="/1">Bees</a></li><li><a href="/2">Wax</a></li></ul></div>',
        '<p><i class="fa fa-tags"></i> <a href="/1">Bees</a>, <a href="/2">Wax</a></p>',
        '<div><i class="icon-tag"></i> <ul><li><a href="/1">Bees</a></li><li><a href="/2">Wax</a></li></ul></div>',
        '<section><a href="/?tag=Bees">#Bees</a> <a href="/?tag=Wax">#Wax</a></section>',
        '<aside class="post-tags"><a href="/tag/bees">Bees</a> <a href="/tag/wax">Wax</a></aside>',
        '<nav class="post_tags"><a rel="tag" href="/b;">Bees</a> <a rel="tag" href="/w;">Wax</a></nav>',
        '<p>2 June 2019 | by <a href="/?u=1">Ines</a> | Tags: <a href="/1">Bees</a>, <a href="/2">Wax</a></p>',
        '<div><a href="/?u=1">Ines</a> wrote this in <b>Tags:</b> <a href="/1">Bees</a> <a href="/2">Wax</a></div>',
        '<p><a href="/aihe/bees/">Bees</a> <a href="/aihe/wax/">Wax</a></p>',
        '<div><a href="/taxonomy/term/3">Bees</a> <a href="../taxonomy/term/4.html">Wax</a></div>',
        '<p><a href="/tagi/bees.html">Bees</a> <a href="/cimke/wax/">Wax</a></p>',
        '<div class="taglist"><a href="/all">Wissen</a>: <a href="/1.html">Bees</a> <a href="/2.html">Wax</a></div>',
        '<p>Stikkord: <a href="/1">Bees</a>, <a href="/2">Wax</a></p>',
        '<p>in <a href="/bees/">Garden</a> / <a href="/tag-bees/">Bees</a> <a href="/tag_wax.html">Wax</a></p>',
        '<p><a href="/étiquettes/etiquette/bees/">Bees</a> <a href="https://blog.example/tag/wax">Wax</a></p>',
    ],
)
def test_the_tag_links_of_a_post_are_its_tags(labels: str) -> None:
    assert tags(html(article(after=labels))) == ["bees", "wax"]


@pytest.mark.parametrize(
    "labels",
    [
        "<p>Tags: Bees, Wax</p>",
        "<p><b>Schlagwörter:</b> Bees, Wax.</p>",
        "<h3>Keywords</h3><ul><li>Bees</li><li>Wax</li></ul>",
        "<div><span>Keywords:</span><span>Bees, Wax</span></div>",
        "<p>#Bees #Wax</p>",
        '<div class="post-tags"><b>Leia sobre:</b> <span>Bees</span> <span>Wax</span></div>',
        "<div><div><p><span>Tags</span></p></div><div><span>Bees</span><span>Wax</span></div></div>",
        "<p><b>Tags:</b> <span>Bees</span> <span>Wax</span></p>",
        "<div>tags: <em>Bees</em> - <em>Wax</em></div>",
        "<p>Kept by Ines<br>Tags: Bees, Wax</p>",
        "<table><tr><td>Tags</td><td>Bees, Wax</td></tr></table>",
        '<p><i class="fa fa-tags"></i> Bees, Wax</p>',
        '<div><svg><use xlink:href="#icon-tags"></use></svg><span>Bees</span><span>Wax</span></div>',
    ],
)
def test_labels_that_lead_nowhere_are_tags_where_a_page_has_no_others(labels: str) -> None:
    assert tags(html(article(after=labels))) == ["bees", "wax"]
    links = '<p><a rel="tag" href="/tag/mill/">Mill</a></p>'
    assert tags(html(article(after=labels + links))) == ["mill"]


@pytest.mark.parametrize(
    "labels",
    [
        '<p><a rel="tag" href="/t/c-sharp/">C#</a>, <a rel="tag" href="/t/dotnet/">#.NET</a></p>',
        "<p>Tags: C#, .NET</p>",
    ],
)
def test_signs_that_belong_to_a_tag_stay(labels: str) -> None:
    assert tags(html(article(after=labels))) == ["c#", ".net"]


@pytest.mark.parametrize(
    "prose",
    [
        "<h3>Tags</h3><ul><li>A tag that hangs from the ear of a sheep says who owns it, and since when.</li></ul>",
        "<h3>Topics</h3><ul><li>Bees</li><li>Wax</li></ul>",
        "<p><b>Tags:</b> <em>Bees</em> and <em>Wax</em> are words.</p>",
        '<p><i class="fa fa-tag"></i> A tag that hangs from the ear of a sheep says who owns it, and since when.</p>',
        '<p><i class="fa fa-user"></i> <a href="/1">Bees</a></p>',
        "<p>#1 is the hive in the orchard.</p>",
        '<p><a href="https://network.example/bees">#Bees #Wax</a></p>',
    ],
)
def test_prose_that_begins_like_a_list_of_labels_is_none(prose: str) -> None:
    assert tags(html(article(after=prose))) == []


@pytest.mark.parametrize(
    "around",
    [
        '<nav class="related-topics">%s</nav>',
        '<aside><div class="keywords">%s</div></aside>',
        '<div class="widget"><p class="post-tags">%s</p></div>',
    ],
)
def test_a_list_that_is_called_one_of_tags_is_the_posts_even_in_a_menu(around: str) -> None:
    links = '<a rel="tag" href="/tag/bees/">Bees</a> <a rel="tag" href="/tag/wax/">Wax</a>'
    assert tags(html(article(after=around % links))) == ["bees", "wax"]
    others = around % CLOUD.replace("<a ", '<a rel="tag" ')
    assert tags(html(article(after=around % links + f"<div><div>{others}</div></div>"))) == []


def test_the_category_on_a_card_of_another_post_is_no_tag_whatever_the_card_is_called() -> None:
    link = '<a rel="category tag" href="/category/garden/">Garden</a>'
    card = f'<nav class="entry-meta tag-style">{link}</nav>'
    assert tags(html(article(after=card + PARAGRAPHS))) == []


def test_a_list_beside_the_post_is_its_own_where_it_is_called_that_of_a_post() -> None:
    links = '<a href="/topic/bees">Bees</a> <a href="/topic/wax">Wax</a>'
    page = f"<div><h1>Keeping bees</h1><p>2 June 2019</p><div>{PARAGRAPHS}</div></div>"
    built = (
        f'<div class="row"><div class="span12 widget-span widget-type-raw"><p class="post-tags">{links}</p></div></div>'
    )
    assert tags(html(f"<div>{page}</div>{built}")) == ["bees", "wax"]
    menu = f'<ul><li class="menu-item-object-post_tag">{links}</li></ul>'
    for other in (menu, built.replace("post-tags", "tags"), built.replace("span12 widget-span", "widget")):
        assert tags(html(f"<div>{page}</div>{other}")) == []


def test_what_news_and_recipes_state_for_searchers_are_no_tags() -> None:
    head = '<meta property="article:tag" content="Bees"><script type="application/ld+json">%s</script>'
    for kind, expected in (("NewsArticle", []), ("BlogPosting", ["bees"])):
        assert tags(html(article(), head=head % f'{{"@type": "{kind}", "headline": "x"}}')) == expected
    for kind, expected in (("Recipe", []), ("BlogPosting", ["wax"])):
        statement = f'<script type="application/ld+json">{{"@type": "{kind}", "keywords": "Wax"}}</script>'
        assert tags(html(article(), head=statement)) == expected


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [('["Blog"]', []), ('["Blog", "Wax"]', ["blog", "wax"]), ('"posts"', []), ('"Wax"', ["wax"])],
)
def test_a_keyword_that_says_no_more_than_that_it_is_a_post_is_no_tag(keywords: str, expected: list[str]) -> None:
    statement = f'<script type="application/ld+json">{{"@type": "BlogPosting", "keywords": {keywords}}}</script>'
    assert tags(html(article(), head=statement)) == expected


@pytest.mark.parametrize(
    "labels",
    [
        '<div class="tags"><i>Bees</i><p>Wax keeps for years, and it tastes of whatever was in flower then.</p></div>',
        '<ul class="tags"><li>Bees</li></ul><ul class="tags"><li>Wax</li></ul>',
        '<div class="sidebar"><div class="tags"><span>Bees</span></div></div>',
    ],
)
def test_labels_that_lead_nowhere_are_none_where_they_may_be_another_posts_or_prose(labels: str) -> None:
    assert tags(html(article(after=labels))) == []


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("<ul><li>#Bees</li> <li>#Bees wax</li></ul>", ["bees", "bees-wax"]),
        ("<div><span>#Bees</span></div>", ["bees"]),
        ("<div><span>#Bees</span><span>All of them, from the first to the last.</span></div>", []),
        ("<div><span>#1</span><span>#2</span></div>", []),
        ("<pre><div><span>#include</span></div></pre>", []),
        ('<a href="/hives/"><div><span>#Bees</span></div></a>', []),
        ("<ul><li>#Bees</li></ul><ul><li>#Wax</li></ul>", []),
    ],
)
def test_a_list_of_nothing_but_hashtags_is_one_of_tags(labels: str, expected: list[str]) -> None:
    assert tags(html(article(text=labels + PARAGRAPHS))) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (
            '<div class="tag-box"><span class="tag">Bees</span><span class="tag">Bees wax</span></div>',
            ["bees", "bees-wax"],
        ),
        ('<div class="badges"><span class="tag">Draft</span></div>', []),
        ('<div class="tag-box"><span class="tag">Bees</span><span>5 hives</span></div>', []),
    ],
)
def test_a_box_named_after_a_tag_is_a_list_of_tags_where_each_thing_in_it_is(labels: str, expected: list[str]) -> None:
    assert tags(html(article(text=labels + PARAGRAPHS))) == expected


@pytest.mark.parametrize(("caption", "expected"), [("Tags:", ["bees", "wax"]), ("Topics:", []), ("", [])])
def test_a_menu_in_an_article_is_a_list_of_tags_if_it_says_so(caption: str, expected: list[str]) -> None:
    menu = f'<nav>{caption} <a href="/tag/bees/">Bees</a> <a href="/tag/wax/">Wax</a></nav>'
    assert tags(html(article(text=menu + PARAGRAPHS))) == expected


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
    of_the_site = f'<meta name="keywords" content="{", ".join(map(str, range(20)))}, wax">'
    assert tags(html(article() + f"<aside>{CLOUD}</aside>", head=of_the_site)) == []


def test_links_before_the_caption_of_the_tags_are_none() -> None:
    line = (
        '<p>In: <a href="/3">Garden</a>, <a href="/4">Wall</a> | Tags: <a href="/1">Bees</a>, <a href="/2">Wax</a></p>'
    )
    assert tags(html(article(after=line))) == ["bees", "wax"]


def test_a_caption_on_a_long_line_of_bylines_announces_labels_and_in_a_sentence_none() -> None:
    line = (
        '<p>Posted by Ines and Maximilian on Sunday, 2 June 2019 12:00 <span>|</span> {}: <a href="/{}/1">Bees</a></p>'
    )
    document = read(html(article(after=line.format("categories", "categories")))).document
    assert [each.label for each in document.categories] == ["Bees"]
    assert tags(html(article(after=line.format("tags", "t")))) == ["bees"]
    sentence = '<p>What my neighbours say of swarms, of wax and of weather bears no tags: <a href="/t/1">Bees</a></p>'
    assert tags(html(article(text=PARAGRAPHS + sentence))) == []


@pytest.mark.parametrize("caption", ["Category", "Kategori", "Рубрика", "カテゴリー", "دسته‌بندی", "Chuyên mục"])
def test_captions_announce_categories_and_are_no_text(caption: str) -> None:
    line = f'<p>{caption}: <a href="/k/1/">Beekeeping</a></p><p>Tags: <a href="/t/1">Bees</a></p>'
    document = read(html(article(after=line))).document
    assert ([each.label for each in document.categories], [each.label for each in document.tags]) == (
        ["Beekeeping"],
        ["Bees"],
    )
    assert caption not in document.body


@pytest.mark.parametrize("folder", ["kategori", "rubrika", "рубрика", "分类"])
def test_folders_of_categories_are_known_in_many_languages(folder: str) -> None:
    line = f'<p><a href="/{folder}/1/">Beekeeping</a></p>'
    assert [each.label for each in read(html(article(after=line))).document.categories] == ["Beekeeping"]


def test_categories_are_kept_apart() -> None:
    labels = '<p><a rel="category tag" href="/category/garden/">Garden</a> <a rel="tag" href="/tag/bees/">Bees</a></p>'
    document = read(html(article(after=labels))).document
    assert [tag.tag for tag in document.tags] == ["bees"]
    assert [category.label for category in document.categories] == ["Garden"]


def test_a_page_of_all_categories_or_tags_tells_what_a_part_of_it_is() -> None:
    labels = '<p><a rel="tag" href="/categories/#garden">Garden</a> <a rel="tag" href="/tags.html#bees">Bees</a></p>'
    document = read(html(article(after=labels))).document
    assert [tag.tag for tag in document.tags] == ["bees"]
    assert [category.label for category in document.categories] == ["Garden"]


@pytest.mark.parametrize(
    "category",
    [
        '<div class="entry-categories"><h4>In</h4><a rel="tag" href="/garden/">Garden</a></div>',
        '<p><a rel="category tag" href="/garden/">Garden</a></p>',
        '<ul><li><a href="/blog-category-3.html">Garden</a>|</li></ul>',
        '<p><span>Posted at 10:11 PM in <a href="/garden/">Garden</a></span> | <a href="/find">Find</a></p>',
        '<p><a rel="tag" href="/theme-10012345.html">Garden ( 5 )</a></p>',
        '<p><a href="spip.php?rubrique12">Garden</a> | <a href="spip.php%3Farticle7.html">Wax</a></p>',
        '<p><a href="spip.php%3Frubrique12.html">Garden</a></p>',
    ],
)
def test_a_category_is_one_though_it_is_marked_as_a_tag(category: str) -> None:
    """Movable Type marks it as one, and WordPress, where the address needn't say what it is; so does Ameba."""
    own = '<div class="entry-tags"><h4>On</h4><a rel="tag" href="/find?tag=bees">Bees</a></div>'
    document = read(html(article(after=f"<div>{category}</div><div>{own}</div>"))).document
    assert [tag.tag for tag in document.tags] == ["bees"]
    assert [category.label for category in document.categories] == ["Garden"]


def test_a_section_of_the_text_is_no_category() -> None:
    def categories(labels: str) -> list[str]:
        return [tag.label for tag in read(html(article(after=labels))).document.categories]

    links = '<ul><li><a href="https://a.example/x">Harbour office</a></li><li><a href="/pears/">Pears</a></li></ul>'
    assert categories(f'<div class="section level2" id="links"><h2>Links</h2>{links}</div>') == []
    assert categories('<p><span class="section"><a href="/garden/">Garden</a></span></p>') == ["Garden"]


def test_a_long_line_of_data_that_tells_the_day_is_no_running_text() -> None:
    told = 'Par Ines Robledo, le dimanche 2 juin 2019, 10:20. &bull; <a href="/category/Garden">Garden</a>'
    line = f'<p class="post-info">{told} <span>Lien permanent vers ce billet</span></p>'
    assert [each.label for each in read(html(article(line))).document.categories] == ["Garden"]
    text = line.replace(' class="post-info"', "")
    assert read(html(article(text=text + PARAGRAPHS))).document.categories == ()


def test_categories_in_the_line_above_the_post_are_its_own() -> None:
    def categories(above: str) -> list[str]:
        post = article().removeprefix("<main>").removesuffix("</main>")
        page = html(f'<main><div class="page-title">{above}</div><div class="pad">{post}</div></main>')
        return [tag.label for tag in read(page).document.categories]

    link = '<li class="category"><a rel="category tag" href="/category/garden/">Garden</a></li>'
    assert categories(f"<ul>{link}</ul>") == ["Garden"]
    assert categories(f'<ul class="menu">{link}</ul>') == []
    assert categories(f"<h2>The pear tree</h2>{PARAGRAPHS}<ul>{link}</ul>") == []


def test_the_way_to_a_post_names_its_categories_where_nothing_else_does() -> None:
    way = '<div id="breadcrumb"><a href="/">Home</a> <a href="/category/garden/">Garden</a></div>'
    post = article(after='<p>Category: <a href="/category/bees/">Bees</a></p>')
    assert [each.tag for each in read(html(way + article())).document.categories] == ["garden"]
    assert [each.tag for each in read(html(way + post)).document.categories] == ["bees"]
    way = '<p class="arbo"><a href="/">Accueil</a> > <a href="rubrique1.html">Garden</a> > <b>Keeping bees</b></p>'
    assert [each.tag for each in read(html(way + article())).document.categories] == ["garden"]


def test_the_way_to_another_post_does_not_name_a_posts_categories() -> None:
    way = '<div class="breadcrumb"><a href="/category/{0}/">{0}</a></div>'
    others = (
        f'<aside><h2>At random</h2><ul><li>{way.format("eels")}<a href="/eels/">Eels in the race</a></li></ul></aside>'
    )
    assert read(html(article() + others)).document.categories == ()
    page = html(way.format("garden") + article() + others)
    assert [each.tag for each in read(page).document.categories] == ["garden"]


def test_a_link_in_a_sentence_that_is_marked_as_a_category_is_one() -> None:
    note = (
        "<p>This entry was posted on Sunday, June 2nd, 2019 and is filed under"
        ' <a href="/?cat=3" rel="category tag">Bees</a>. You can follow the <a href="/?feed=rss2">comments</a>.</p>'
    )
    document = read(html(article(after=note))).document
    assert ([tag.label for tag in document.categories], document.tags) == (["Bees"], ())


def test_a_link_in_a_sentence_is_no_tag() -> None:
    text = (
        f'{PARAGRAPHS}<p>More about this was written <a href="/tags/wax/">elsewhere</a> on this very site in May.</p>'
    )
    assert tags(html(article(text=text))) == []


def test_the_tags_of_related_posts_are_not_the_posts() -> None:
    related = '<div class="related-posts"><a href="/eel/">Eels</a> <a rel="tag" href="/tags/eel/">Eel</a></div>'
    assert tags(html(article(after=related))) == []


def test_what_the_cards_of_the_posts_before_and_after_say_is_not_the_posts() -> None:
    card = (
        '<div class="card"><a href="/{0}/">About {0}</a><span class="publish-author"><a href="/categories/hut/">Hut</a>'
        '</span><div class="article-tags"><a href="/tags/{0}/"><span>{0}</span></a></div></div>'
    )
    cards = f'<div id="prenext-posts"><div>{card.format("wax")}</div><div>{card.format("mead")}</div></div>'
    own = '<p><a href="/tags/bees/">Bees</a> <a href="/categories/garden/">Garden</a></p>'
    for page in (html(article(own, after=cards)), html(article(after=cards))):
        document = read(page).document
        assert [each.tag for each in document.tags] == (["bees"] if b"/garden/" in page else [])
        assert [each.tag for each in document.categories] == (["garden"] if b"/garden/" in page else [])
        assert document.author is None


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


def test_what_drops_down_to_choose_from_is_no_list_of_the_posts_tags() -> None:
    choice = '<ul class="dropdown-menu"><li><a class="tag-2" href="/tag/%s/">%s</a></li></ul>'
    choices = "".join(choice % (each, each) for each in ("bees", "wax", "mill"))
    entry = f"<div class=entry>%s<h1>Keeping bees</h1><p>2 June 2019</p><div>{PARAGRAPHS}</div></div>"
    page = f"<div class=page><div>{choices}</div>{entry}</div>"
    assert tags(html(page % "")) == []
    assert tags(html(page % '<div class="tags-row"><a href="/tag/bees/">Bees</a></div>')) == ["bees"]
    menu = "<ul class=dropdown-menu><li><a rel=tag href=/tag/bees/>bees</a></li></ul>"
    assert tags(html(page % menu)) == ["bees"], "it says that they are the page's"


def test_a_menu_of_tags_that_has_all_that_the_head_states_is_the_whole_list() -> None:
    menu = '<div><nav class="nav tags">#<a href="/tags/bees">bees</a> #<a href="/tags/wax">wax</a>%s</nav></div>'
    head = '<meta property="article:tag" content="Bees"><meta property="article:tag" content="Wax">'
    more = ' #<a href="/tags/mill">mill</a>'
    assert tags(html(article(after=menu % more), head=head)) == ["bees", "wax", "mill"]
    assert [tag.label for tag in read(html(article(after=menu % ""), head=head)).document.tags] == ["bees", "wax"]
    other = head.replace("Wax", "Pears")
    assert tags(html(article(after=menu % more), head=other)) == ["bees", "pears"]


def test_tags_that_a_preview_shows_are_the_posts() -> None:
    head = '<meta name="twitter:label2" content="Filed under"><meta name="twitter:data2" content="Bees, Wax">'
    assert tags(html(article(), head=head)) == ["bees", "wax"]


@pytest.mark.parametrize(
    "label", ["https://blog.example/wax", "www.blog.example", "://about:blank", "2 June 2019", "Tags:", "#", "\ue5c5"]
)
def test_addresses_dates_and_captions_are_no_tags(label: str) -> None:
    labels = f'<p class="tags"><a href="/tag/a/">{label}</a> <a href="/tag/wax/">Wax</a></p>'
    assert tags(html(article(after=labels))) == ["wax"]
    prose = "Everything that can be made out of the wax of a single hive in a summer"
    head = f'<meta property="article:tag" content="https://blog.example/, Wax, {prose}">'
    assert tags(html(article(), head=head)) == ["wax"]


def test_a_link_within_the_page_is_no_tag() -> None:
    assert tags(html(article(after='<p class="tags"><a href="#book">Book a visit</a></p>'))) == []


def test_tags_below_the_part_that_holds_the_text_are_the_posts_unless_that_is_one_of_several() -> None:
    below = '<div><a rel="tag" href="/tag/bees/">Bees</a> <a rel="tag" href="/tag/wax/">Wax</a></div>'
    post = article(text=PARAGRAPHS * 3)
    other = f"<div><h2>Pears</h2>{PARAGRAPHS * 4}</div>"
    assert tags(html(f"<div>{post}<h3>More</h3>{below}</div>")) == ["bees", "wax"]
    assert tags(html(f"<div>{post}{other}{below}</div>")) == []
    assert tags(html(f"<div>{post}<h3>More</h3>{below.replace('<div', '<div class=block-tagadelic')}</div>")) == []


def test_of_several_lists_of_tags_the_one_that_the_page_states_is_the_posts() -> None:
    lists = "".join(
        f'<ul class="x">{"".join(f"<li><a href=/tag/{tag}/>{tag}</a></li>" for tag in row)}</ul>'
        for row in (("bees", "wax", "mill"), ("eel", "frost", "pear"))
    )
    head = '<meta name="keywords" content="wax, honey, bees">'
    assert tags(html(article(after=lists), head=head)) == ["bees", "wax", "mill"]
    assert tags(html(article(after=lists))) == ["bees", "wax", "mill", "eel", "frost", "pear"]


@pytest.mark.parametrize("section", ["notes", "Posts", "blog"])
def test_a_section_that_is_the_folder_of_all_posts_is_no_category(section: str) -> None:
    stated = f'{{"@type":"BlogPosting","headline":"Keeping bees","articleSection":["{section}","Garden"]}}'
    head = f'<meta property="article:section" content="{section}"><script type="application/ld+json">{stated}</script>'
    assert [each.tag for each in read(html(article(), head=head)).document.categories] == ["garden"]


@pytest.mark.parametrize(("others", "expected"), [("", ["garden", "bees"]), ("Mill", [])])
def test_the_one_section_that_is_marked_up_on_a_page_is_the_posts(others: str, expected: list[str]) -> None:
    mark = '<ul class="filed"><li>{0}</li><meta property="articleSection" content="{0}"></ul>'
    cards = f"<section><h2>Elsewhere</h2>{mark.format(others)}</section>" if others else ""
    page = html(f"{article(after=mark.format('Garden,Bees'))}{cards}")
    assert [each.tag for each in read(page).document.categories] == expected


def test_links_that_are_all_to_the_posts_sections_are_its_categories() -> None:
    head = '<meta property="article:section" content="Garden">'
    document = read(html(article(after='<p class="tags"><a href="/garden/">Garden</a></p>'), head=head)).document
    assert document.tags == ()
    assert [category.label for category in document.categories] == ["Garden"]


def test_of_links_to_tags_in_a_wordpress_post_only_those_in_its_class_are_its_own() -> None:
    links = "".join(f'<a rel="tag" href="/tag/{tag}/">{tag}</a> ' for tag in ("bees", "eel", "wax"))
    page = html(
        f'<article class="post-7 post type-post category-x %s"><h1>Keeping bees</h1><p>2 June 2019</p>'
        f"<div>{PARAGRAPHS}</div><p>{links}</p></article>"
    )
    assert tags(page.replace(b"%s", b"tag-bees tag-wax")) == ["bees", "wax"]
    assert tags(page.replace(b"%s", b"tag-bees tag-12")) == ["bees", "eel", "wax"]
    assert tags(page.replace(b"%s", b"")) == ["bees", "eel", "wax"]


def test_what_holds_the_text_as_well_is_no_sidebar_whatever_it_is_called() -> None:
    page = article(after='<p><a rel="tag" href="/tag/bees/">Bees</a></p>').replace("<main", '<main class="widget menu"')
    assert tags(html(page.replace("<article", '<article class="related archives"'))) == ["bees"]


def test_the_number_of_all_tags_below_the_name_of_the_link_to_them_is_none() -> None:
    counts = "<div><a href=/tags/><div>标签</div><div>14</div></a><a href=/all/><div>文章</div><div>22</div></a></div>"
    assert tags(html(article(after=counts))) == []
    assert tags(html(article(after="<div><div>标签</div><div>蜜蜂</div></div>"))) == ["蜜蜂"]


def test_what_stands_behind_a_list_of_links_is_not_what_its_caption_announces() -> None:
    topics = '<div>Tags: <a href="/category/garden">Garden</a>, <a href="#">Alerts</a></div>'
    assert tags(html(article(after=f"<section>{topics}<h4>Advertisement</h4></section>"))) == []
    assert tags(html(article(after="<section><div>Tags:</div><h4>bees</h4></section>"))) == ["bees"]


def test_a_link_to_the_archive_of_a_year_is_no_tag() -> None:
    year = '<a href="/blog/2019">2019</a> · <a href="/blog/tag/bees">bees</a>'
    assert tags(html(article(f'<p class="tags">{year}</p><p>2 June 2019</p>'))) == ["bees"]
    assert tags(html(article(after='<p class="tags"><a href="/tag/2019/">2019</a></p>'))) == ["2019"]


def test_a_hashtag_may_be_one_letter() -> None:
    assert tags(html(article(after="<p>#餅 #米</p>"))) == ["餅", "米"]


def test_none_is_no_label_and_what_nobody_sees_holds_none() -> None:
    assert tags(html(article(after="<p>Mots clés : aucun</p>"))) == []
    hidden = '<span id="social-tags" style="display: none"><span itemprop="name">Keeping bees</span></span>'
    assert tags(html(article(hidden))) == []


def test_what_stands_apart_in_the_header_of_a_post_is_the_posts() -> None:
    filed = '<aside class="filed_in">Filed in <a href="/blog/categories/bees">Bees</a></aside>'
    page = f"<article><header><h1>Keeping bees</h1><time>2 June 2019</time>{filed}</header>{PARAGRAPHS}</article>"
    assert [each.tag for each in read(html(page)).document.categories] == ["bees"]


def test_a_link_in_what_sphinx_calls_a_section_is_no_category() -> None:
    before = '<div class="section"><span>Previous: <a href="/wax.html">Wax and honey</a></span></div>'
    page = html(article(after=before))
    assert read(page).document.categories == ()
    kicker = page.replace(b'<div class="section"><span>', b'<div><span class="section-of-site">')
    assert read(kicker).document.categories != ()


def test_the_link_to_the_comments_behind_the_tags_is_none() -> None:
    links = '<a href="/tag/bees">Bees</a>, <a href="/tag/wax">Wax</a>; <a href="/1#comments-holder">Comments 0</a>'
    assert tags(html(article(after=f"<p>Posted in <a href='/category/life'>Life</a>; Tagged {links};</p>"))) == [
        "bees",
        "wax",
    ]


def test_a_link_of_a_post_to_itself_is_none_of_its_categories() -> None:
    foot = (
        '<p class="entry-categories">Posted in <a href="/wax/">Wax</a> | <a href="/notes/keeping-bees/">Permalink</a> '
        '| <a href="/notes/keeping-bees/"><time class="updated">4 years ago</time></a></p>'
    )
    assert [category.tag for category in read(html(article(after=foot))).document.categories] == ["wax"]


def test_a_word_in_a_sentence_without_spaces_that_leads_to_a_glossary_is_no_tag() -> None:
    text = '<p>小川のそばの<a class="keyword" href="https://d.example/keyword/willow">柳</a>は傾いています。</p>'
    page = html(article(text=text), head='<meta property="article:tag" content="庭">', lang='lang="ja"')
    assert tags(page) == ["庭"]


@pytest.mark.parametrize(("host", "expected"), [("https://service.example", ["wax", "bees"]), ("", [])])
def test_a_row_below_the_post_leads_to_tags_of_the_service_that_the_blog_is_on(host: str, expected: list[str]) -> None:
    row = "".join(f'<a class="x{at}" href="{host}/tag/{tag}">{tag}</a>' for at, tag in enumerate(("wax", "bees")))
    foot = '<div><h2>More of us</h2><a href="/of-honey/">Of honey</a></div>'
    assert tags(html(f"<div>{article()}<div><div>{row}</div></div>{foot}</div>")) == expected
