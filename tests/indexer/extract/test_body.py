"""The text of a post, and nothing of what stands around it."""

from __future__ import annotations

import pytest

from .conftest import PARAGRAPHS, article, html, read


def body(content: bytes) -> str:
    return read(content).document.body


def test_the_body_has_a_line_for_every_paragraph() -> None:
    lines = body(html(article())).splitlines()
    assert [line[:15] for line in lines] == ["The first swarm", "A colony that i", "In the evening "]


def test_title_and_date_are_not_repeated_in_the_body() -> None:
    assert body(html(f"<div><h1>Keeping bees</h1><p>2 June 2019</p>{PARAGRAPHS}</div>")).startswith("The first swarm")


def test_a_name_that_goes_on_below_the_date_in_the_source_is_no_part_of_the_body() -> None:
    byline = "<h3>Keeping bees</h3><div class=subtitle>June 02, 2019 &mdash; \nMaximilian Featherstonehaugh\n</div>"
    text = body(html(f"<div class=content>{byline}{''.join(PARAGRAPHS.partition('</p>')[:2])}</div>"))
    assert text.startswith("The first swarm")


def test_a_short_post_may_be_a_heading_and_a_list() -> None:
    listed = "<h4>What a keeper needs:</h4><hr><ul><li>smoker</li><li>veil</li><li>gloves</li></ul>"
    page = html(f"<div class=content><h3>Tools</h3><p class=date>2 June 2019</p>{listed}</div>", title="Tools")
    assert body(page).splitlines() == ["What a keeper needs:", "smoker", "veil", "gloves"]


def test_a_short_post_keeps_the_steps_below_its_lists_of_links() -> None:
    steps = (
        "<h2>What to get</h2><ul><li>The frames:</li><li><a href=/f>Get the frames here</a></li></ul>"
        "<h2>One: the box</h2><p>Put the frames into the box, and the lid on it.</p><h2>Two</h2><p>Wait for bees.</p>"
    )
    lines = body(html(article(text=steps))).splitlines()
    assert lines == [
        "What to get", "The frames:", "Get the frames here", "One: the box",
        "Put the frames into the box, and the lid on it.", "Two", "Wait for bees.",
    ]  # fmt: skip


def test_a_list_of_who_wrote_the_post_above_its_text_is_none_of_it() -> None:
    network = "<dt>Network</dt><dd><a href=//n.example>@ines</a></dd>"
    ines = f"<dl><dt class=sr-only>Name</dt><dd>Ines Robledo</dd>{network}</dl>"
    names = f"<dl><dt class=sr-only>Authors</dt><dd><ul><li>{ines}</li></ul></dd></dl>"
    glossary = "<dl><dt>Swarm</dt><dd>A colony that leaves its hive with the old queen.</dd></dl>"
    top = "<header><time>2 June 2019</time><h1>Keeping bees</h1></header>"
    page = html(f"<article>{top}<div>{names}<div>{glossary}{PARAGRAPHS}</div></div></article>", title="Keeping bees")
    text = body(page)
    assert text.lstrip("- ").startswith("Swarm")
    assert "Ines" not in text


def test_words_and_pictures_keep_the_signs_that_join_their_parts() -> None:
    first = (
        "نقشه\u200cهای کهنه راهی را نشان می\u200cدهند که <em>امروز</em> علفزار است و هیچ\u200cکس آن را به یاد ندارد."
    )
    told = "<ul><li>خانواده 👩\u200d🌾 در کنار رودخانه می\u200cماند</li></ul>"
    text = body(
        html(
            f"<article><h1>آسیاب</h1><time datetime=2019-06-02></time><p>{first}</p>{told}{PARAGRAPHS}</article>",
            lang='lang="fa"',
        )
    )
    assert "هیچ\u200cکس" in text
    assert "نقشه\u200cهای" in text
    assert "👩\u200d🌾" in text
    assert text.count("\u200c") == 4


def test_a_program_stays_where_it_stands_in_a_text_of_quarto() -> None:
    cell = '<div class="cell"><div class="sourceCode cell-code"><pre><code>plot(wax)</code></pre></div></div>'
    first, second, third = (f"{each}</p>" for each in PARAGRAPHS.split("</p>")[:3])
    post = f"<section><h2>Wax</h2>{first}{second}{cell}</section><section>{third}</section>"
    text = body(html(f'<main class="content"><h1>Keeping bees</h1><p>2 June 2019</p>{post}</main>'))
    assert [line[:9] for line in text.splitlines()] == ["Wax", "The first", "A colony ", "plot(wax)", "In the ev"]


def test_lines_that_announce_labels_beside_a_short_text_are_none_of_it() -> None:
    told = (
        '<li>时间: <time datetime="2019-06-02">2019-06-02</time></li><li>分类: <a href="/category/c1/">蜜蜂的</a></li>'
    )
    below = '<p itemprop="keywords" class="tags">标签: <a href="/tag/a/">蜂蜜</a>, <a href="/tag/b/">果园</a></p>'
    text = f'<div class="post-content" itemprop="articleBody"><p>{LEAD}</p></div>{below}'
    head = '<h1 class="post-title"><a href="/archives/1/">Keeping bees</a></h1>'
    post = f'<article class="post">{head}<ul class="post-meta">{told}</ul>{text}</article>'
    assert body(html(f'<div id="main" role="main">{post}</div>')) == LEAD


def test_a_first_sentence_that_tells_a_day_in_few_signs_is_text() -> None:
    first = "2019年6月2日をもって学校を卒業しました"
    page = html(f"<div><h1>Keeping bees</h1><p>2019年6月2日(日)</p><p>{first}</p>{PARAGRAPHS}</div>", lang='lang="ja"')
    assert body(page).startswith(f"{first}\nThe first swarm")


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


def test_a_heading_of_more_than_the_title_is_not_repeated_in_the_body() -> None:
    page = html(f"<main><h1>Notes: Keeping bees</h1><div>{PARAGRAPHS}</div></main>")
    assert body(page).startswith("The first swarm")


def test_a_short_heading_stands_once_before_its_text() -> None:
    text = "".join(f"<h3>{name}</h3>{PARAGRAPHS}" for name in ("Pros", "Cons"))
    lines = body(html(article(text=text))).splitlines()
    assert [lines.index("Pros"), lines.index("Cons")] == [0, 4]
    assert len(lines) == 8


def test_the_headings_of_the_text_are_listed_once_each() -> None:
    text = f"<h2>The swarm</h2>{PARAGRAPHS}<h3>The wax</h3>{PARAGRAPHS}<h2>The swarm</h2>{PARAGRAPHS}"
    assert read(html(article(text=text))).document.headings == ("The swarm", "The wax")


LEAD = "What a swarm needs first is shade and quiet, and that nobody who has never seen one stands in its way."
ASIDE = "Whoever keeps bees on a slope carries every jar twice: the empty one up, the full one down again."


def test_the_lead_between_heading_and_text_is_part_of_the_body() -> None:
    head = f'<div><h1>Keeping bees</h1><p>2 June 2019</p><div class="teaser">{LEAD}</div></div>'
    page = f"<main>{head}<div>{PARAGRAPHS * 2}</div></main>"
    assert body(html(page)).startswith(LEAD)


def test_prose_that_stands_in_boxes_between_the_paragraphs_is_put_back_in_its_place() -> None:
    lines = body(html(article(text=f"{PARAGRAPHS}<div><div>{ASIDE}</div></div>{PARAGRAPHS}"))).splitlines()
    assert lines[3] == ASIDE
    assert len(lines) == 7


def test_text_between_the_tags_of_an_anchor_that_leads_nowhere_is_no_link() -> None:
    parts = PARAGRAPHS.split("</p>")
    text = f"{parts[0]}</p><p><a>{ASIDE}</a></p>{parts[1]}</p><p><a class=tool>Print</a></p>{parts[2]}</p>"
    assert body(html(article(text=text))).splitlines()[1:3] == [ASIDE, parts[1].removeprefix("<p>")]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("note", True),
        ("callout callout-info", True),
        ("starlight-aside starlight-aside--tip", True),
        ("related-posts", False),
        ("widget note", False),
    ],
)
def test_an_aside_among_the_paragraphs_is_part_of_the_text_if_called_a_note(name: str, *, kept: bool) -> None:
    aside = f'<aside class="{name}"><p>{ASIDE}</p></aside>'
    assert (ASIDE in body(html(article(text=PARAGRAPHS + aside + PARAGRAPHS)))) is kept


def test_a_text_without_paragraphs_is_found_with_its_headings() -> None:
    sections = "".join(
        f"<div><h2>{name}</h2><div><ul><li>{ASIDE[:-1]} in {name}.</li><li>{LEAD[:-1]} of {name}.</li></ul></div></div>"
        for name in ("April", "May", "June", "July")
    )
    text = body(html(f"<main><article><h1>Keeping bees</h1><p>2 June 2019</p><div>{sections}</div></article></main>"))
    assert [name for name in ("April", "May", "June", "July") if f"{name}\n" not in text] == []
    assert text.count("stands in its way") == 4


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="share-bar"><a href="/s">Tell your friends</a></div>',
        '<div class="newsletter-box"><p>Honey news in your letter box, four times a year, never more.</p></div>',
        '<div class="author-bio"><p>Ines keeps bees above the mill, and has done so since she was a child.</p></div>',
        '<p class="wp-caption-text">Bees at the mill. Ines took the picture.</p>',
        '<div class="sidebar-box"><p>Two hives are for sale at the mill gate.</p></div>',
        "<p>Share this with your friends!</p>",
        '<p><a href="/pears/">The pear tree in winter, a story in twelve pictures</a></p>',
    ],
)
def test_what_stands_around_every_post_is_no_part_of_the_body(furniture: str) -> None:
    lines = body(html(article(text=PARAGRAPHS + furniture + PARAGRAPHS.replace("the", "a")))).splitlines()
    assert len(lines) == 6


@pytest.mark.parametrize(
    "heading",
    [
        "Related posts", "You may also like", "Das könnte Sie auch interessieren", "関連記事", "Ähnliche Nachrichten",
        "Latest posts in our blog",
        "Plus d’articles", "Publicaciones relacionadas", "Potrebbe anche piacerti", "Podobne wpisy", "Похожие записи",
        "Benzer yazılar", "Liknande inlägg", "Související články", "相关推荐",
    ],
)  # fmt: skip
def test_the_heading_of_other_posts_ends_the_body(heading: str) -> None:
    others = f"<h3>{heading}</h3><p>{ASIDE}</p><p>{LEAD}</p>"
    assert body(html(article(after=others))).endswith("above the mill.")


def test_a_box_that_holds_the_post_is_no_furniture_whatever_it_is_called() -> None:
    page = f'<main><h1>Keeping bees</h1><p>2 June 2019</p><div class="newsletter-box card">{PARAGRAPHS}</div></main>'
    assert len(body(html(page)).splitlines()) == 3


def test_a_short_post_keeps_what_stands_below_its_own_headings() -> None:
    sentence = "From June to August we open at eight, and on Sundays at ten."
    other = "<h2>More posts</h2><ul><li><a href='/a/'>The pear tree</a></li></ul>"
    page = html(f"<article><h1>Opening hours</h1><h2>Summer</h2><p>{sentence}</p></article>{other}")
    assert body(page).endswith(f"Summer\n{sentence}")


def test_a_post_of_a_sentence_does_not_borrow_from_what_stands_beside_it() -> None:
    beside = "<div><h2>Featured posts</h2><p><a href='/x/'>The pear tree in winter</a></p><p>14 March 2016</p></div>"
    page = f"<div><h1>Keeping bees</h1><p>2 June 2019</p><img src='/h.jpg'><p>They swarmed at noon.</p></div>{beside}"
    assert body(html(page)) == "They swarmed at noon."


@pytest.mark.parametrize(
    "code",
    [
        '<figure><table><tr><td class="gutter"><pre><span>7001</span><br><span>7002</span></pre></td>'
        '<td class="code"><pre>grind --coarse<br>sieve</pre></td></tr></table></figure>',
        "<table><tr><td><pre>7001\n7002\n</pre></td><td><pre>grind --coarse\nsieve\n</pre></td></tr></table>",
        '<pre><span class="ln">7001</span>grind --coarse\n<span class="ln">7002</span>sieve</pre>',
        "<pre><code><span class=lineno> 7001 </span>grind --coarse\n<span class=lineno> 7002 </span>sieve</code></pre>",
        '<div><pre>grind --coarse\nsieve</pre><div class="line-numbers-wrapper"><span>7001</span><br>7002</div></div>',
    ],
)
def test_the_numbers_of_lines_are_no_part_of_code(code: str) -> None:
    text = body(html(article(text=PARAGRAPHS + code)))
    assert "grind --coarse" in text
    assert "700" not in text


def test_numbers_in_a_table_that_is_no_code_stay() -> None:
    rows = "".join(f"<tr><td>{number}</td><td><code>grind</code></td></tr>" for number in (7001, 7002))
    assert "7001" in body(html(article(text=f"{PARAGRAPHS}<table>{rows}</table>")))


@pytest.mark.parametrize("end", ["</html>", "</body>\n</HTML></html>"])
def test_a_page_is_read_on_where_its_markup_ends_too_early(end: str) -> None:
    page = html(article())
    assert body(page.replace(b"<main>", end.encode() + b"<main>")) == body(page)


def test_cards_below_a_short_post_are_none_of_its_text_however_many_there_are() -> None:
    text = "A colony that is left alone does well on a sunny wall. In the evening all of the garden smells of wax."
    card = '<a href="/notes/{}/"><p><b>2 June 2019</b><br><b>Note {}: on bees</b><br><b>{}</b></p></a>'
    lead = "The first swarm settled in the pear tree, low enough to be reached from a chair, and..."
    cards = "<hr>".join(card.format(at, at, lead) for at in range(1, 9)) + card.format("keeping-bees", 9, text[:55])
    below = f"<section><div>{cards}</div></section>"
    page = f"<main><div><iframe></iframe></div><article><p>{text}</p></article>{below}</main>"
    assert read(html(page, title="Note 9", lang=""), single=True).document.body == text


def test_a_post_of_nothing_but_links_has_their_texts() -> None:
    links = "".join(f'<li><a href="https://{n}.example/">A thing worth reading, number {n}</a></li>' for n in range(3))
    dated = '<meta property="article:published_time" content="2019-06-02">'
    assert body(html(article(text=f"<ul>{links}</ul>"), head=dated)).count("worth reading") == 3
    assert body(html(article(text=f'<img src="/a.jpg"><ul class="tags">{links}</ul>'), head=dated)) == ""


def test_a_short_post_of_a_diary_keeps_what_stands_below_its_day() -> None:
    sentence = "They swarmed at noon, and by four o’clock the box below the pear tree was full."
    day = f"<h2>2 June 2019</h2><div><h3>What happened today</h3><p>{sentence}</p></div>"
    assert body(html(f"<h1>A diary</h1><div>{day}</div>", title="A diary")).endswith(sentence)


def test_of_a_table_for_the_layout_only_the_cell_of_the_post_is_read() -> None:
    links = "".join(f'<p><a href="/{n}.htm">Page {n} of the mill</a></p>' for n in range(5))
    banner = "<table><tr><td><font size=6>The Mill Garden</font></td></tr></table>"
    post = f"<p><font size=4><b>Keeping bees</b></font></p><p>2 June 2019</p><font>{PARAGRAPHS}</font>"
    layout = f"<table><tr><td valign=top>{links}</td><td><font>{post}</font></td></tr></table>"
    page = f"<html><head><title>Keeping bees</title></head><body>{banner}{layout}</body></html>".encode()
    found = read(page).document
    assert found.body.splitlines() == [line.removeprefix("<p>") for line in PARAGRAPHS.split("</p>") if line]


def test_a_sentence_in_the_cell_of_its_heading_is_the_text() -> None:
    cell = "<h4>2 June 2019</h4><h3>Keeping bees</h3>The bees have moved in.<br><br><hr>"
    layout = f'<table><tr><td><a href="/">home</a><br><a href="/me/">me</a></td><td>{cell}</td></tr></table>'
    page = f"<html><head><title>Keeping bees</title></head><body>{layout}</body></html>".encode()
    assert read(page).document.body == "The bees have moved in."


def test_a_short_article_of_headings_and_lists_keeps_them() -> None:
    text = "<h2>You need</h2><ul><li>Honey</li><li>Water</li></ul>"
    assert body(html(article(text=text))).splitlines() == ["You need", "Honey", "Water"]


def test_a_day_and_a_title_together_are_the_header_of_a_short_post() -> None:
    day = "<span><span>2 June 2019</span></span>"
    text = "<div><p>What they like:</p><ol><li>Shade.</li><li>Quiet.</li></ol></div>"
    post = f'<h1 class="title">Ines Robledo</h1><div><h2 id="bees">{day} Keeping bees in a garden</h2>{text}</div>'
    page = html(f'<div id="content">{post}</div>', title="Ines Robledo")
    assert body(page).splitlines() == ["What they like:", "Shade.", "Quiet."]


@pytest.mark.parametrize(
    "notes",
    [
        '<div id="footnotes"><h2>Footnotes:</h2><div class="footdef"><sup><a id="fn.1" href="#fnr.1">1</a></sup>'
        '<div class="footpara"><p>Unless the wax is older than that.</p></div></div></div>',
        '<div class="footnotes"><ol><li id="fn:1"><p>Unless the wax is older than that.</p></li></ol></div>',
    ],
)
def test_short_footnotes_are_part_of_the_body(notes: str) -> None:
    marked = PARAGRAPHS.replace("wax", 'wax<sup><a id="fnr.1" href="#fn.1">1</a></sup>')
    assert body(html(article(text=marked + notes))).endswith("Unless the wax is older than that.")


def test_the_words_of_a_note_are_its_text_though_its_head_repeats_them_as_its_title() -> None:
    note = "<article><p><time>2 June 2019</time></p><div><div>%s</div>%s</div></article>"
    words = '<div class="note">Keeping bees</div>'
    assert body(html(note % (words, '<a href="/1.png"><img src="/1.png"></a>'))) == "Keeping bees"
    assert body(html(note % (words.replace("note", "note-title"), '<img src="/1.png">'))) == ""


def test_a_picture_with_a_title_has_no_text_though_columns_stand_beside_it() -> None:
    column = f'<div><h3>About me</h3>{PARAGRAPHS}<ul><li><a href="/category/wax/">Wax</a></li></ul></div>'
    notes = f"<div><h3>Notes</h3>{PARAGRAPHS}</div>"
    post = '<div><p>A comic</p><div><a href="/1/">older</a><h3>Keeping bees</h3>%s</div></div>'
    dated = '<meta property="article:published_time" content="2019-06-02">'

    def read_with(text: str) -> tuple[str, int]:
        found = read(html(f'<div id="page">{post % text}{column}{notes}</div>', head=dated)).document
        return found.body, len(found.categories)

    assert read_with('<img src="/1.png">') == ("", 0)
    assert read_with(f'<img src="/1.png"><p>{ASIDE}</p>')[0].startswith(ASIDE[:20])


@pytest.mark.parametrize(
    "post",
    [
        "<header><h1>Keeping bees</h1><h2>In the rain</h2></header><article><div>{text}</div></article>",
        "<div class='post'><header><h1>Keeping bees</h1>{date}</header><article><h2>Plan</h2>{text}</article></div>",
    ],
)
def test_headings_above_a_short_text_do_not_end_it(post: str) -> None:
    text = "<p>We walked along the sea for a week, and it rained every evening on the way home.</p>"
    date = "<p><time datetime='2019-06-02'>2 June 2019</time></p>"
    page = html(f"<main>{post.format(text=text, date=date)}</main>", title="Keeping bees | The Mill")
    assert read(page).document.body.endswith("on the way home.")


@pytest.mark.parametrize(
    "labels",
    [
        '<div class="post-meta"><span>2 June 2019</span> <span>5 min</span> <span>· the-mill</span></div>',
        '<p class="meta">Lower Mill,\n 2 June 2019</p>',
        '<div class="post-infos"><i>2 Juin 2019</i> <i>, Rédigé par <i>Ines</i></i> <i>Publié dans #Miel,</i></div>',
        '<div class="x"><span>June 2, 2019</span> - <span>1 minute read</span> -</div>',
    ],
)
@pytest.mark.parametrize("text", ["<p>Nine hives, and no rain.</p>", PARAGRAPHS])
def test_the_line_of_a_posts_labels_with_its_day_is_no_part_of_its_text(labels: str, text: str) -> None:
    lines = body(html(f"<article><header><h1>Keeping bees</h1>{labels}</header><div>{text}</div></article>"))
    assert lines.startswith(("Nine hives", "The first swarm"))


def test_a_day_below_the_text_is_no_part_of_it_but_one_in_it_is() -> None:
    below = '<div class="entry-date">2 June 2019</div>'
    post = f"<article><h1>Keeping bees</h1><div>{PARAGRAPHS}%s</div>%s</article>"
    assert body(html(post % ("", below))).endswith("above the mill.")
    assert body(html(post % ("<p>2 June 2019: nine hives, and no rain.</p>", ""))).endswith("no rain.")


@pytest.mark.parametrize(
    ("links", "stays"),
    [
        ('<p>Previous: <a href="/notes/wax/">Wax</a></p><p>Next: <a href="/notes/eels/">Eels</a></p>', False),
        ('<p>上一篇：<a href="/notes/wax/">Wax</a></p>', False),
        ('<p>Next: <a href="https://wax.example/">Wax</a>, which keeps for years.</p>', True),
    ],
)
def test_links_to_the_posts_before_and_after_are_none_of_a_text_that_is_read_alone(links: str, *, stays: bool) -> None:
    assert ("Wax" in read(html(article(after=links))).document.body) is stays


def test_a_word_for_the_next_post_may_stand_on_a_line_above_its_title() -> None:
    item = '<li class="links-nextprev-next">{}<br><a href="/notes/{}/">On {} and other things</a></li>'
    links = item.format("← Previous", "wax", "wax") + item.format("Next →", "eels", "eels")
    post = f'<h1>Keeping bees</h1><p>2 June 2019</p>{PARAGRAPHS}<ul class="links-nextprev">{links}</ul>'
    assert body(html(f"<main>{post}</main>")).endswith("above the mill.")


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Publicado por Ines Robledo em 2 de junho de 2019", False),
        ("Dom, 02/06/2019 - 07:25 by ines", False),
        ("On 2 June 2019 at 10:12 by the bridge we met a swarm", True),
        ("By Ines the swarm of 2 June 2019 was caught.", True),
    ],
)
def test_a_byline_with_the_day_above_a_text_is_none_of_it(line: str, *, stays: bool) -> None:
    body = read(html(f"<main><h1>Keeping bees</h1><p>{line}</p>{PARAGRAPHS}</main>")).document.body
    assert body.startswith(line) is stays


@pytest.mark.parametrize(
    ("before", "stays"),
    [
        ('6 min lectura. <i></i> 2 de junio de 2019 <i></i> [<a href="/categorias/alas/">Alas</a>]', False),
        ('2 June 2019 #<a href="/tags/bees/">bees</a> #<a href="/tags/a-long-summer/">a long summer</a>', False),
        ('2 June 2019, and nobody saw any of the <a href="/tags/bees/">bees</a> that we look for', True),
        ('2 June 2019 #<a href="/notes/bees/">bees</a> #<a href="/notes/summer/">a long summer</a>', True),
    ],
)
def test_a_line_of_day_and_labels_without_a_name_is_none_of_the_text(before: str, *, stays: bool) -> None:
    page = html(f"<main><article><h1>Keeping bees</h1> <span>{before}</span> {PARAGRAPHS}</article></main>")
    assert read(page).document.body.startswith("The first swarm") is not stays


def test_a_note_of_publication_above_a_text_is_none_of_it() -> None:
    """Hakyll has it on three lines of a section of its own."""
    tags = '        Tagged: <a title="All about bees." href="/tags/bees.html" rel="tag">bees</a>\n        \n'
    note = f"        Posted on June 2, 2019\n        \n            by Ines Robledo\n        \n{tags}"
    text = "The bees have moved into the box that had stood empty since the wet summer, and nobody has opened its lid. "
    header = f'    <section class="header">\n{note}    </section>\n'
    parts = f"{header}    <section>\n        <p>{text * 2}</p>\n    </section>\n"
    post = (
        f'\n        <main role="main">\n            <h1>Keeping bees</h1>\n            <article>\n{parts}</article>\n'
    )
    assert body(html(f"{post}        </main>\n")).startswith("The bees have moved")


@pytest.mark.parametrize(
    ("line", "is_note"),
    [
        ("기사입력 2019-06-02 03:00:00 기사수정 2019-06-02 05:10:00", True),
        ("입력 : 2019.06.02 오전 3:00, 수정 : 2019.06.02", True),
        ("등록 기간은 2019년 6월 2일까지", False),
    ],
)
def test_a_korean_note_of_publication_is_one_where_the_day_follows(line: str, is_note: bool) -> None:
    page = html(f"<article><h1>Keeping bees</h1><div><p>{line}</p>{PARAGRAPHS}</div></article>")
    assert (line not in body(page)) == is_note


def test_a_note_of_publication_as_the_last_line_of_a_text_is_none_of_it() -> None:
    note = '<p class="small">Опубликовано: <span itemprop="datePublished">2019-06-02 16:04:09</span></p>'
    page = html(f'<main><h1>Keeping bees</h1><div itemprop="articleBody">{PARAGRAPHS}{note}</div></main>')
    assert body(page).endswith("above the mill.")


def test_what_is_called_a_footer_is_no_text_of_a_sentence() -> None:
    text = '<div class="entry-content"><p>The bees have moved into the box that had stood empty.</p></div>'
    post = f'<div class="entry"><h1>A swarm</h1><p><time>2 June 2019</time></p>{text}</div>'
    footer = '<div id="footer"><p>Copyright 2012 - Ines Robledo - <span>Made by <a href="/">hand</a></span></p></div>'
    page = html(f'<div id="container"><div id="content">{post}</div>{footer}</div>', title="A swarm")
    assert body(page) == "The bees have moved into the box that had stood empty."


def test_a_line_of_nothing_but_a_joiner_is_none() -> None:
    text = read(
        html(article(text=f"{PARAGRAPHS}<p>\u200d</p><p>می\u200cخواهم بنویسم\u200d</p>{PARAGRAPHS}"))
    ).document.body
    assert "می\u200cخواهم بنویسم" in text.splitlines()
    assert "\u200d" not in text


@pytest.mark.parametrize(
    ("last", "is_text"),
    [
        ("this file last touched 2019.06.05", False),
        ("Page last updated on 5 June 2019", False),
        ("Updated 5 June 2019: the second hive is full, too", True),
        ("I last updated the list of hives on 5 June 2019.", True),
    ],
)
def test_a_last_line_that_says_when_the_page_was_changed_is_no_text(last: str, is_text: bool) -> None:
    page = html(f"<div><h1>Keeping bees</h1><p>2 June 2019</p>{PARAGRAPHS}<p>{last}</p></div>")
    assert (last in body(page)) is is_text


@pytest.mark.parametrize(
    ("line", "is_text"),
    [
        ('Mots-clés : <a href="/tag/cire/">cire</a>, <a href="/tag/miel/">miel</a>', False),
        (f'Topics: <a href="/tag/wax/">wax</a>, and {LEAD}', True),
    ],
)
def test_a_line_that_announces_labels_and_links_them_is_no_text_though_it_stands_in_it(
    line: str, *, is_text: bool
) -> None:
    for text in (f"<p>{line}</p>{PARAGRAPHS}", f"{PARAGRAPHS}<p>{line}</p>"):
        page = html(f"<main><h1>Keeping bees</h1><p><em>2 June 2019</em></p>{text}</main>")
        assert (line.split(":")[0] in body(page)) == is_text


@pytest.mark.parametrize("name", ["email-body", "post_content read_text"])
def test_what_is_called_the_body_or_the_content_to_be_read_is_the_text(name: str) -> None:
    letter = (
        '<div class="email-head"><h1>Keeping bees</h1><p>2 June 2019</p></div>'
        f'<div class="{name}"><p>They swarmed.</p></div><div class="share-email"><p>Pass this letter on:</p></div>'
    )
    assert read(html(f"<article>{letter}</article>")).document.body == "They swarmed."
