"""Whatever is on a page, reading it ends in a document or in an ExtractionError."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.extract.markup.html import decode
from search_service.engine.errors import ExtractionError

from .conftest import PARAGRAPHS, URL, article, html, read


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\0\0 ", "empty"),
        (b"<!-- nothing -->", "can't be parsed"),
        (b"<![foo", "can't be parsed"),
        (b"<p>" + b"x" * (2 * 1024 * 1024), "2,097,155 bytes"),
        (b"<p>" + b"<b></b>" * 60_000, "more than 40,000 elements"),
        (b"<div>" * 100_000, "deeper than 200 levels"),
        (b"<div>" * 150 + b"<b></b>" * 20_000, "more than 4,000 elements of the page are nested 40 levels"),
        (b"<p " + b" ".join(b"a%d='>'" % n for n in range(120_000)), "more than 1,000 attributes"),
        (b"<p a/b/c d " * 40_000, "nested|attributes"),
        (b"<p a b c d></p>" * 30_000, "more than 100,000 attributes"),
        (b"<p><a href=x>y " * 100_000, "deeper than 200 levels"),
    ],
    ids=[
        "nothing",
        "blank",
        "comment",
        "marked section",
        "bytes",
        "elements",
        "depth",
        "unclosed",
        "deep",
        "attributes",
        "one tag",
        "all attributes",
    ],
)
def test_a_page_over_the_caps_is_refused_by_its_address_with_the_reason(content: bytes, message: str) -> None:
    with pytest.raises(ExtractionError, match=message) as refused:
        read(content)
    assert refused.value.url == URL


@pytest.mark.parametrize(
    "script",
    [
        "[" * 90_000 + "]" * 90_000,
        '{"@type":"BlogPosting","headline":1e999,"datePublished":{"a":1},"author":[[["x"]]],"keywords":5,"image":[],"url":[1]}',
        '{"@type":["BlogPosting",3],"headline":"\\ud800","author":{"name":"\\udfff"},"keywords":["\\ud83d"],"inLanguage":"\\ud800"}',
        '{"@type":"BlogPosting","headline":' + "9" * 100_000 + "}",
        '{"@type":"A","@graph":[' + '{"@type":"BlogPosting","headline":"x"},' * 4_000 + "{}]}",
        "not json at all",
        '{"@type":"BlogPosting","author":{"name":{"name":{}}},"articleSection":[null,{}]}',
    ],
    ids=["deep", "wrong types", "surrogates", "huge number", "many", "no json", "nested"],
)
def test_json_ld_of_any_kind_leaves_the_rest_of_the_page_readable(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    extraction = read(html(article(), head=head), single=True)
    assert extraction.document.title == "Keeping bees"
    extraction.document.body.encode()
    str(extraction).encode()


@pytest.mark.parametrize(
    "body",
    [
        '<a rel="tag" href="http://[x">t</a><p class="author"><a href="//[">By x</a></p>',
        "<svg><a>x</a></svg><math><mi>y</mi></math>",
        "<p>&#xD800; &#0; &#1; &#x1F600;</p>",
        "<h1>" + "a " * 100_000 + "</h1>",
        '<div class="' + "tag " * 100_000 + '">x</div>',
        '<div class="author title date tags">' * 30 + "<b></b>" * 20_000,
        "<p>" + "a b c d e f g h i j k l m n<br>" * 12_000,
        "".join(f"<div>{n} bees and some more of them in a row</div>" for n in range(12_000)),
        "<p>" + "by " * 60_000 + "</p><p>" + "related " * 60_000 + "</p>",
        "<div>" + "".join(f'<a rel="author tag" href="/tag/{n}">Name {n}</a>' for n in range(6_000)) + "</div>",
        "<frameset><frame src=x></frameset>",
    ],
)
def test_odd_markup_is_read(body: str) -> None:
    document = read(html(body + article()), single=True).document
    assert len(document.title) <= 500
    assert len(document.author or "") <= 200


@given(content=st.binary(max_size=300), at=st.integers(min_value=0, max_value=1_500))
@settings(max_examples=150, deadline=None)
def test_bytes_pasted_anywhere_into_a_page_raise_nothing_unexpected(content: bytes, at: int) -> None:
    page = html(article(after='<p><a rel="tag" href="/tag/x/">x</a> by Ines, 2 June 2019</p>'))
    try:
        extraction = read(page[:at] + content + page[at:])
    except ExtractionError:
        return
    str(extraction).encode()


def test_json_ld_is_read_up_to_a_bound_and_then_no_more() -> None:
    def lang(padding: int) -> str | None:
        scripts = ('{"@type":["' + "x" * padding + '"]}', '{"@type":"BlogPosting","headline":"y","inLanguage":"cy"}')
        head = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
        return read(html(article(), head=head, lang="")).document.lang

    assert (lang(60_000), lang(120_000)) == ("cy", "en")


@pytest.mark.parametrize(
    ("declared", "head", "encoding"),
    [
        ("windows-1251", "", "cp1251"),
        (None, '<meta charset="windows-1251">', "cp1251"),
        (None, '<meta http-equiv="content-type" content="text/html; charset=windows-1251">', "cp1251"),
        ("utf-8", "", "cp1251"),
        (None, "", "utf-8"),
        (None, '<meta charset="iso-8859-1">', "utf-8"),
        (None, '<meta charset="windows-1251">', "utf-8"),
        (None, '<meta charset="rot13">', "utf-8"),
        ("undefined", "", "utf-8"),
    ],
)
def test_text_is_decoded_as_declared_or_else_as_its_bytes_suggest(
    declared: str | None, head: str, encoding: str
) -> None:
    text = "Старая мельница стоит над рекой с незапамятных времён, и никто не помнит имени её строителя."
    page = f"<html><head>{head}<title>x</title></head><body><h1>Мельница</h1><p>{text * 5}</p></body></html>"
    document = read(page.encode(encoding), charset=declared, single=True).document
    assert (document.title, text in document.body) == ("Мельница", True)


def test_a_byte_order_mark_decides() -> None:
    page = codecs.BOM_UTF16_LE + f"<meta charset=utf-8><h1>Müller</h1>{PARAGRAPHS}".encode("utf-16-le")
    assert read(page, charset="latin-1").document.title == "Müller"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("España: mañana, según los señores del molino", "cp1252"), ("à la forêt, où l’été s’achève déjà", "cp1252"),
        ("não são as abelhas, são as estações", "cp1252"), ("så står ån över ängen, grön och blå", "cp1252"),
        ("Bienen fliegen über die Wiese, schön früh im März", "cp1252"), ("pszczoły żyją, dzień był długi", "cp1250"),
        ("pszczoły żyją, dzień był długi", "iso8859_2"), ("včely žijí v úlu, ještě ne všechny, řekl děda", "cp1250"),
        ("arılar kovanda yaşar, çiçeğe gider, iş bitmez", "cp1254"),
        ("η μέλισσα ζει στην κυψέλη και δεν φεύγει", "cp1253"),
        ("пчёлы живут в улье на пасеке у реки", "cp1251"),
    ],
)  # fmt: skip
def test_the_charset_of_a_page_that_declares_none_is_told_by_what_its_letters_spell(text: str, charset: str) -> None:
    page = f"<html><title>x</title><body><h1>{text}</h1><p>Code: if (a < b) return a; else return b.</p></body></html>"
    assert decode((page * 3).encode(charset)) == page * 3


def test_text_that_was_encoded_twice_is_read_as_it_was_meant() -> None:
    page = html(f"<h1>“The bee’s knees” – für Müller 🐝 at 5°</h1>{PARAGRAPHS}", title="x")
    twice = page.decode().encode().decode("latin-1").encode()
    assert read(twice).document.title == "“The bee’s knees” – für Müller 🐝 at 5°"
    assert read(html(f"<h1>SÃO, Â» and Ã©</h1>{PARAGRAPHS}", title="x")).document.title == "SÃO, Â» and Ã©"
    broken = html(f"<h1>Bee\u00e2\u0080\u0099s \u00ed\u00a0\u0080 \u00e2</h1>{PARAGRAPHS}", title="x")
    assert read(broken).document.title.startswith("Bee’s í")


def test_no_control_or_invisible_characters_reach_the_document() -> None:
    document = read(html("<h1>Keep\x07ing\u200b be\u00ades</h1>" + PARAGRAPHS, title="x")).document
    assert document.title == "Keeping bees"


def test_joiners_stay_where_they_are_a_matter_of_spelling() -> None:
    tags = '<p><a rel="tag" href="/t/1">نرم‌افزار</a></p>'
    document = read(html(f"<h1>راه‌اندازی 👩‍💻 Kee\u200cping bees\u200d</h1>{PARAGRAPHS}{tags}", title="x")).document
    assert document.title == "راه‌اندازی 👩‍💻 Keeping bees"
    assert [(tag.label, tag.tag) for tag in document.tags] == [("نرم‌افزار", "نرمافزار")]


def test_links_may_be_relative_to_what_is_no_address() -> None:
    page = html(article(after='<a href="more">More</a>'), head='<base href="http://[bees">')
    assert read(page).document.title == "Keeping bees"


@pytest.mark.parametrize(("links", "source"), [(100, "trafilatura"), (1_100, "text of the page")])
def test_many_links_in_boxes_within_boxes_are_read_as_they_are_seen(links: int, source: str) -> None:
    texts = "".join(f"<p>Hive {n} stood by <a href='/{n}'>the wall</a> until the swarm left.</p>" for n in range(links))
    found = read(html(article(text=f"{PARAGRAPHS}{'<div>' * 100}{texts}{'</div>' * 100}")))
    assert found.sources["body"] == source
    assert "Hive 99 stood" in found.document.body


def test_ten_thousand_days_in_a_row_are_passed_over_once() -> None:
    """Looking at all that stands before each would take minutes."""
    days = "<time datetime=2019-05-05>May 5, 2019</time>" * 10_000
    content = html(f"<header><h1>Keeping bees</h1>{days}</header><article>{PARAGRAPHS}</article>")
    assert "The first swarm" in read(content, single=True).document.body
