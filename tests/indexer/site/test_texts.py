"""What is the text of a template's posts, and what stands around it without being any."""

from __future__ import annotations

import datetime as dt

import lxml.html
import pytest

from indexer.extract.model import Extraction
from indexer.extract.site.content import take_content
from indexer.extract.site.model import Template
from search_service.engine.model import Document

from .conftest import SENTENCES, Site, prose


def by_template(site: Site, name: str = "note-3") -> Extraction:
    shown = site.extracted()[name].extraction
    assert shown is not None
    assert shown.template is not None
    return shown


def document(site: Site) -> Document:
    return by_template(site).document


def named(number: int) -> str:
    return f"On {SENTENCES[number % 12].lower().rstrip('.')}, {'again' * (number // 12)}"


def write(site: Site, number: int, text: str, after: str = "") -> None:
    """Publish a post whose title no other has, but for numbers, either."""
    time = f'<time datetime="2019-03-{number:02}">March</time>'
    header = f'<header><h1 class="entry-title">{named(number)}</h1>{time}</header>'
    main = f'<div class="main"><article class="page">{header}{text}</article>{after}</div>'
    site.write(f"note-{number}", main, title=named(number))


def test_code_keeps_its_lines(site: Site) -> None:
    code = "<pre><code>def mill():\n    <span>grind()\n</span>    rest()</code></pre>"
    for number in range(1, 17):
        site.post(number, text=prose(number) + code)
    assert document(site).body.endswith("def mill():\ngrind()\nrest()")


def test_a_text_goes_on_in_the_sections_beside_its_first_one(site: Site) -> None:
    """Docutils puts them there where a post has several main headings, and numbers those that aren't Latin."""
    part = '<section id="id{}"><h1>Part {} of {}</h1><p>{}</p></section>'
    for number in range(1, 17):
        further = range(2, 4) if number % 3 == 0 else ()
        parts = "".join(part.format(at, at, number, SENTENCES[(number + at) % 12] * 3) for at in further)
        date = f'<time datetime="2019-03-{number:02}">March</time>'
        first = f'<section id="id1"><h1>{named(number)}</h1>{date}{prose(number)}</section>'
        site.write(f"note-{number}", f'<div class="body">{first}{parts}</div>', title=named(number))
    text = document(site).body
    assert text.startswith("Entry 3, part 0.")
    assert "Part 2 of 3" in text
    assert text.endswith(SENTENCES[6])


def test_what_a_page_marks_as_its_text_has_no_cards_of_other_posts(site: Site) -> None:
    for number in range(1, 17):
        others = range(number + 1, number + 5)
        cards = "".join(f"<div><h3>{named(other)}</h3><p>{SENTENCES[other % 12]}</p></div>" for other in others)
        text = f'<section class="text" itemprop="text"><p>Entry {number}. {SENTENCES[number % 12]}</p></section>'
        write(site, number, text, after=f'<div class="more"><h4>Look here</h4><div>{cards}</div></div>')
    assert document(site).body == f"Entry 3. {SENTENCES[3]}"


def test_a_box_of_rights_in_the_text_is_none_of_it(site: Site) -> None:
    for number in range(1, 17):
        notice = f"<li>Title: {named(number)}</li><li>Of the year {1900 + number}, and to be kept by all</li>"
        write(site, number, f'<div>{prose(number)}<div class="post-copyright-info"><ul>{notice}</ul></div></div>')
    assert "Title:" not in document(site).body
    assert "part 3." in document(site).body


def test_a_text_that_begins_with_its_title_begins_after_it(site: Site) -> None:
    for number in range(1, 17):
        write(site, number, f'<div class="text"><h2>{named(number)} #</h2>{prose(number)}</div>')
    assert document(site).body.startswith("Entry 3, part 0.")


@pytest.mark.parametrize(("link", "stays"), [("/", False), ("#words", True)])
def test_a_heading_on_every_post_is_none_of_the_text_if_it_leads_elsewhere(
    site: Site, link: str, *, stays: bool
) -> None:
    for number in range(1, 17):
        name = f'<h3><a href="{link}">Words of a miller</a></h3>'
        day = f"<p>{dt.date(2019, 3, number):%B %d, %Y}</p>"
        text = f"<div>{prose(number)}</div><div></div><div><p>Ines grinds and writes.</p></div>"
        site.write(f"note-{number}", f"<div><h1>{named(number)}</h1>{day}{name}{text}</div>", title=named(number))
    assert ("Words of a miller" in document(site).body) is stays


@pytest.mark.parametrize(
    ("form", "stays"), [("Published {:%d %B %Y}", False), ("{:%Y-%m-%d}", False), ("Seen on {:%Y-%m-%d} again", True)]
)
def test_a_date_that_ends_a_text_is_none_of_it(site: Site, form: str, *, stays: bool) -> None:
    for number in range(1, 17):
        day = dt.date(2019, number % 12 + 1, number % 27 + 1)
        site.post(number, text=f"{prose(number)}<p>{form.format(day)}</p>")
    last = document(site).body.splitlines()[-1]
    assert last.startswith("Entry 3, part 3.") is not stays


def test_a_line_of_day_and_labels_is_none_of_a_text_however_many_labels_it_has(site: Site) -> None:
    for number in range(1, 17):
        tags = ("a long summer", "good bread", "millers")[: 3 if number == 3 else 1]
        day = dt.date(2019, number % 12 + 1, number % 27 + 1)
        links = " ".join(f'#<a href="/tags/{tag}/">{tag}</a>' for tag in tags)
        told = f"About 9 minutes to read. {day:%A, %d %B %Y} [<a href='/categories/mill/'>Mill</a>] {links}"
        header = f"<h1>{named(number)}</h1><span>{told}</span>"
        site.write(f"note-{number}", f"<article>{header}{prose(number)}</article>", title=named(number))
    assert document(site).body.startswith("Entry 3, part 0.")


def test_a_first_sentence_that_tells_the_day_is_text(site: Site) -> None:
    for number in range(1, 17):
        day = dt.date(2019, number % 12 + 1, number % 27 + 1)
        first = f"{day.year}年{day.month}月{day.day}日をもって学校を卒業しました" if number == 3 else "水車が回る"
        site.post(number, text=f"<p>{first}</p>{prose(number)}")
    assert document(site).body.startswith("2019年4月4日をもって")


def test_the_date_above_a_picture_is_no_text_where_other_posts_have_it_elsewhere(site: Site) -> None:
    for number in range(1, 17):
        day = f"{dt.date(2019, number % 12 + 1, number % 27 + 1):%d %B %Y}"
        heading = f'<h1 class="entry-title">{named(number)}</h1>'
        drawn = (
            f'{heading}<div class="facts"><p>Drawn on {day}</p></div><p class="picture"><img src="/{number}.png"></p>'
        )
        written = f'<p class="day">{day} · 9 min read</p>{heading}{prose(number)}'
        main = f'<main><article><div class="text">{drawn if number % 2 else written}</div></article></main>'
        site.write(f"note-{number}", main, title=named(number))
    assert document(site).body == ""


def test_a_post_whose_heading_is_empty_is_read_by_its_template(site: Site) -> None:
    site.build()
    page = site.folder / "note-3/index.html"
    page.write_text(page.read_text().replace(">Note 3 from the mill</h1>", "></h1>"))
    assert document(site).title == "Note 3 from the mill"
    assert [tag.tag for tag in document(site).tags] == ["garden", "bees"]


def test_a_page_in_the_frame_of_the_posts_whose_heading_is_empty_may_be_none(site: Site) -> None:
    frame = '<div class="entry"><h1 class="entry-title">{}</h1><time datetime="2019-03-02">2 March</time>{}</div>'
    for number in range(1, 17):
        site.write(f"note-{number}", frame.format(named(number), f"<div>{prose(number)}</div>"), title=named(number))
    links = "".join(f'<h2><a href="/note-{number}/">{named(number)}</a></h2>' for number in range(1, 17))
    site.write("friends-of-us", frame.format("", f"<div>{links}</div>"), title="Friends")
    assert "friends-of-us" not in site.documents()


def test_a_phrase_that_leads_to_other_sites_is_no_label(site: Site) -> None:
    for number in range(1, 17):
        away = f'<p><a rel="category tag" href="https://archive.example/{number}">Read it all</a></p>'
        site.post(number, tags=(), after=away)
    assert document(site).categories == ()


@pytest.mark.parametrize(
    "links",
    [
        '<p>Previous: <a href="/note-{}/">{}</a></p><p>Next: <a href="/note-{}/">{}</a></p>',
        '<a href="/note-{}/">&laquo; {}</a> | <a href="/note-{}/">{} &raquo;</a>',
        '<p>上一篇：<a href="/note-{}/">{}</a></p><p>下一篇：<a href="/note-{}/">{}</a></p>',
    ],
)
def test_links_to_the_posts_before_and_after_are_none_of_the_text(site: Site, links: str) -> None:
    for number in range(1, 17):
        around = links.format(number - 1, named(number - 1), number + 1, named(number + 1))
        write(site, number, f"<div>{prose(number)}{around}</div>")
    body = document(site).body
    assert (named(2) in body, named(4) in body, "part 3." in body) == (False, False, True)


@pytest.mark.parametrize("end", ["Next: oil the wheel {0}", 'Next: <a href="https://wheels.example/{0}">wheel {0}</a>'])
def test_a_line_that_leads_to_no_other_post_stays(site: Site, end: str) -> None:
    for number in range(1, 17):
        write(site, number, f"<div>{prose(number)}<p>{end.format(number)}</p></div>")
    assert document(site).body.splitlines()[-1].startswith("Next:")


@pytest.mark.parametrize(
    ("end", "stays"),
    [
        ("Views: {0}", False),
        ("Last updated: 2019-05-{0:02}", False),
        ("{0} comments", False),
        ("阅读：{0} 次", False),
        ("© 20{0:02} “{1}” may be copied by all who name the mill, where it stands, and who keeps it.", False),
        ("Found at https://mill.example/note-{0}/ by all.", False),
        ("Seen {0} swifts", True),
    ],
)
def test_a_line_that_counts_or_names_the_post_on_most_is_none_of_the_text(site: Site, end: str, *, stays: bool) -> None:
    for number in range(1, 17):
        write(site, number, f"<div>{prose(number)}<p>{end.format(number, named(number))}</p></div>")
    assert document(site).body.splitlines()[-1].startswith("Entry 3, part 3.") is not stays


def test_a_heading_of_other_posts_on_most_ends_the_text(site: Site) -> None:
    for number in range(1, 17):
        card = (
            f"<h3>You may also enjoy</h3><div><h4>{named(number + 3)}</h4><p>{SENTENCES[(number + 3) % 12]}</p></div>"
        )
        write(site, number, f"<div>{prose(number)}{card}</div>")
    assert document(site).body.splitlines()[-1].startswith("Entry 3, part 3.")


def test_a_button_that_is_all_of_a_heading_is_the_heading(site: Site) -> None:
    """Readers press a question to unfold its answer."""
    for number in range(1, 17):
        question = f'<h3><button aria-expanded="false">May swarm {number} be moved?</button></h3>'
        part = f"<h2>Of wax {number} <button>Copy link</button></h2><p>{SENTENCES[number % 12]}</p>"
        write(site, number, f"<div>{prose(number)}{part}{question}<p>Yes. {SENTENCES[(number + 1) % 12]}</p></div>")
    text = document(site).body
    assert f"May swarm 3 be moved?\nYes. {SENTENCES[4]}" in text
    assert "Copy link" not in text


def test_a_question_in_a_box_of_its_own_belongs_to_the_answer_below(site: Site) -> None:
    for number in range(1, 17):
        asked = f"Is it so that {SENTENCES[(number + 2) % 12].lower().rstrip('.')}?"
        question = f'<div class="faq-title"><span>{asked}</span></div>'
        answer = f'<div class="faq-panel"><p>Answer {number}. {SENTENCES[(number + 1) % 12] * 2}</p></div>'
        liked = '<div class="pass-on"><span>Did you like it?</span></div>'
        share = f'{liked}<div class="icons"><a href="//s.example">S</a></div>'
        write(site, number, f"<div>{prose(number)}{question}{answer}{prose(number + 20)}{share}</div>")
    text = document(site).body
    assert f"Is it so that {SENTENCES[5].lower().rstrip('.')}?\nAnswer 3." in text
    assert "Did you like it?" not in text


@pytest.mark.parametrize(
    ("line", "is_cut"),
    [
        ("Par Ines Robledo, dimanche 2 juin 2019 à 10:02. Jardin", True),
        ("Par Ines Robledo, lundi 3 juin 2019 à 10:02. Jardin", False),
        ("Par le train du dimanche 2 juin 2019 elle revint au moulin.", False),
    ],
)
def test_a_byline_above_the_text_that_tells_its_day_is_none_of_it(line: str, is_cut: bool) -> None:
    """The day is stated elsewhere, so that the template has no place for this one."""
    content = lxml.html.fragment_fromstring(f"<div><p>{line}</p><p>{SENTENCES[0]}</p></div>")
    template = Template(name="t1", body="div")
    day = dt.date(2019, 6, 2)
    text, _ = take_content(content, template, {}, url="https://blog.example/a/", title="Keeping bees", date=day)
    assert text.splitlines() == [SENTENCES[0]] if is_cut else [line, SENTENCES[0]]
