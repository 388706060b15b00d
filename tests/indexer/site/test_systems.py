"""The habits of content management systems: what they write into classes, lists of whole posts, boxes in the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from lxml.html import fragment_fromstring

from indexer.extract.site.steps import Steps
from indexer.preview import preview
from indexer.sources import open_source
from indexer.workers import Reading

from .conftest import SENTENCES, TAGS, Site, prose

LABELS = (
    "bees", "bread", "water", "garden", "frost", "pears", "mill", "swifts", "rye", "wheat", "oven", "cellar", "bridge",
    "pond", "gable", "stair",
)  # fmt: skip
COUNT = 32


def day(number: int) -> dt.date:
    return dt.date(2010 + number % 12, number % 12 + 1, number % 27 + 1)


def own_labels(number: int) -> list[str]:
    return sorted({LABELS[number % 16], LABELS[number * 3 % 16], LABELS[number * 5 % 13]})


def write_posts(site: Site, main: Callable[[int], str]) -> None:
    """Posts with what `main` makes of their numbers, and a front page that lists them."""
    for number in range(1, COUNT + 1):
        name = f"note-{number}"
        site.posts.append(name)
        site.write(name, main(number), title=f"Note {number} from the mill")
    site.listing(".", "The Mill", site.posts)


def whole(number: int, *, linked: bool, names: str = "post", tag: str = "article") -> str:
    """An entry as systems print it on its own page, and `linked` on lists."""
    title = f"Note {number} from the mill"
    title = f'<a href="/note-{number}/">{title}</a>' if linked else title
    heading = "h2" if linked or tag == "div" else "h1"
    return (
        f'<{tag} class="{names}"><header class="head"><{heading} class="entry-title">{title}</{heading}></header>'
        f'<div class="text">{prose(number)}</div><footer class="foot"><div class="when"><time datetime="{day(number)}">'
        f"{day(number)}</time></div></footer></{tag}>"
    )


@pytest.mark.parametrize(
    "names", ["post tag-{}", "post {}", "hentry category-{}", "entry entry-category-{}", "no-image post tag-{}"]
)
def test_the_labels_in_the_class_of_an_entry_make_no_templates(site: Site, names: str) -> None:
    """Ghost, Tumblr, WordPress and TypePad write them there: every post would have a path of its own."""
    prefix, _, pattern = names.rpartition(" ")

    def entry(number: int) -> str:
        labels = " ".join(pattern.format(label) for label in own_labels(number))
        prefix_of = prefix if number % 2 or "no-image" not in prefix else "post"
        return whole(number, linked=False, names=f"{prefix_of} {labels}")

    write_posts(site, entry)
    shown = site.extracted()
    read = [shown[name].extraction for name in site.posts]
    assert {each.template for each in read if each is not None and each.is_post} == {"t1"}


def test_the_ids_of_entries_that_lists_repeat_make_no_templates(site: Site) -> None:
    """Hexo's default theme has them on posts and on all lists of posts."""
    entry = (
        '<article id="post-note-{0}" class="article">{1}<div class="inner"><div class="text">{2}</div></div></article>'
    )
    for number in range(1, 17):
        header = f"<header><h1>Note {number}</h1><div><time datetime={day(number)}>{day(number)}</time></div></header>"
        site.write(f"note-{number}", entry.format(number, header, prose(number)), title=f"Note {number}")
    for name in ("tags/bees", "tags/rye", "archives", "archives/2019"):
        listed = "".join(entry.format(number, f"<h2>Note {number}</h2>", "") for number in range(1, 17))
        site.write(name, listed, title=name)
    read = [shown.extraction for shown in site.extracted().values() if shown.extraction and shown.extraction.is_post]
    assert [each.template for each in read] == ["t1"] * 16


def test_a_link_to_a_label_is_where_the_others_are_whatever_the_theme_calls_each() -> None:
    steps = Steps(frozenset({".tag-link", ".tag-item-bees", ".tag-list3", ".labels"}))
    item = '<ul class="labels"><li class="tag-list{}"><a class="tag-link tag-item-{}" href="/">x</a></li></ul>'
    items = (fragment_fromstring(item.format(*each)) for each in ((0, "wax"), (3, "bees")))
    paths = {" ".join(map(steps.of, each.iter())) for each in items}
    assert paths == {"ul.labels li a"}


def test_the_posts_among_lists_of_whole_posts_are_found(site: Site) -> None:
    """All pages are of one build; what addresses rule out says nothing of the others."""
    for number in range(1, 13):
        site.posts.append(f"words/note-{number}")
        site.write(site.posts[-1], whole(number, linked=False), title=f"Note {number} from the mill")
    for label in LABELS:
        for page in range(1, 6):
            whole_posts = "".join(whole(number, linked=True) for number in range(page, page + 3))
            site.write(f"tag/{label}/page/{page}", whole_posts, title=label)
    assert sorted(site.documents()) == sorted(site.posts)


def test_posts_and_lists_that_differ_by_little_become_templates_of_their_own(site: Site) -> None:
    """Where most of a page is the site's frame, they are of one build: by their addresses nothing tells them apart."""
    frame = "".join(
        f'<div class="part{name}"><div class="inner"><ul><li>x</li></ul></div></div>' for name in "abcdefgh"
    )
    site.sidebar = frame

    def entry(number: int) -> str:
        return whole(number, linked=False, tag="div") + '<div class="below"><div class="links"></div></div>'

    write_posts(site, entry)
    for subject in range(1, 13):
        listed = "".join(whole(number, linked=True, tag="div") for number in range(subject, subject + 4))
        site.write(f"subjects/{subject}", listed, title=f"Subject {subject}")
    shown = site.extracted()
    assert sorted(site.documents()) == sorted(site.posts)
    assert all(each.extraction and each.extraction.template for each in map(shown.__getitem__, site.posts))


def test_a_page_with_several_texts_is_a_list_whatever_template_it_fits(site: Site) -> None:
    write_posts(site, lambda number: whole(number, linked=False, tag="div"))
    site.write("essays", "".join(whole(number, linked=True, tag="div") for number in range(1, 6)), title="Essays")
    assert sorted(site.documents()) == sorted(site.posts)


def test_a_page_with_several_days_where_posts_have_one_is_a_list_whatever_template_it_fits(site: Site) -> None:
    def filed(text: str) -> str:
        return f'<div class="box">{text}</div>'

    def said(number: int) -> str:
        return (
            f'{prose(number, paragraphs=1)}<p class="faded">{day(number):%B} {day(number).day}, {day(number).year}</p>'
        )

    write_posts(site, lambda number: filed(f"<h1>Note {number} from the mill</h1>{said(number)}"))
    entries = "".join(f'<h2><a href="/note-{at}/">Note {at} from the mill</a></h2>{said(at)}' for at in range(1, 6))
    site.write("essays", filed(f"<h1>Essays</h1>{entries}"), title="Essays")
    assert sorted(site.documents()) == sorted(site.posts)


def test_the_day_above_a_post_is_its_date(site: Site) -> None:
    """TypePad and Blogger head the posts of a day by the day."""

    def entry(number: int) -> str:
        heading = f"<h2 class='date-header'>{day(number):%B} {day(number).day}, {day(number).year}</h2>"
        text = f"<div class='text'>{prose(number)}</div>"
        return f"{heading}<div class='item'><h3 class='title'>Note {number} from the mill</h3>{text}</div>"

    write_posts(site, entry)
    assert {name: document.date for name, document in site.documents().items()} == {
        f"note-{number}": day(number) for number in range(1, COUNT + 1)
    }


def test_boxes_that_are_named_for_what_they_are_are_cut_with_their_headings(site: Site) -> None:
    link = '<a href="/note-{}/">Note {} from the mill</a>, nearby'
    box = f'<div class="related-posts"><h3>Related posts</h3><p>{link}</p></div>'
    site.build()
    for number in range(1, 17):
        site.post(number, text=prose(number) + box.format(number % 16 + 1, number % 16 + 1))
    documents = site.documents()
    assert sorted(documents) == sorted(set(site.posts))
    assert not any("Related" in document.body or "nearby" in document.body for document in documents.values())


def test_boxes_that_are_named_and_headed_for_other_posts_are_cut_wherever_there_is_one(site: Site) -> None:
    box = (
        '<div class="related-wrap"><h4>Ähnliche Nachrichten</h4><ul><li>1.6.2019 <a href="/note-3/">Note</a></li></ul>'
    )
    site.build()
    for number in range(1, 17):
        site.post(number, text=prose(number) + (f"{box}<h4>Dateien</h4><p>Programm.pdf</p></div>" * (number % 4 == 1)))
    documents = site.documents()
    assert sorted(documents) == sorted(set(site.posts))
    assert not any("Nachrichten" in document.body or "Programm" in document.body for document in documents.values())


def test_what_a_platform_puts_into_posts_is_cut(site: Site) -> None:
    site.head = '<meta name="generator" content="WordPress 6.1">'
    box = '<div class="yarpp-related"><h3>Articles similaires</h3><ol>{}</ol></div>'
    for number in range(1, 17):
        others = "".join(
            f"<li><a href='/note-{at}/'>Note {at}</a> {SENTENCES[at % 12]}</li>" for at in range(number, 19)
        )
        site.post(number, text=prose(number, paragraphs=1) + box.format(others))
    site.listing(".", "The Mill", site.posts)
    assert not any("similaires" in each.body or "Note " in each.body for each in site.documents().values())


def test_the_post_is_no_answer_though_it_stands_where_the_answers_do(site: Site) -> None:
    site.head = '<meta name="generator" content="Discourse 2.9.0">'

    def topic(number: int) -> str:
        said = "".join(
            f'<div id="post_{at}" class="crawler-post"><time class="post-time" datetime="{day(number + at)}"></time>'
            f'<div class="post" itemprop="articleBody">{prose(number) if at == 1 else "<p>So it is.</p>"}</div></div>'
            for at in (1, 2)
        )
        return f'<div id="topic-title"><h1>Note {number} from the mill</h1></div><div class="all">{said}</div>'

    write_posts(site, topic)
    documents = site.documents()
    assert len(documents) == COUNT
    assert all(f"Entry {number}, part 3" in documents[f"note-{number}"].body for number in range(1, COUNT + 1))


@pytest.mark.parametrize("mark", ['class="text" itemprop="articleBody"', 'class="entry-content"'])
def test_a_lead_above_the_marked_text_of_some_posts_is_a_part_of_it(site: Site, mark: str) -> None:
    def entry(number: int) -> str:
        words = " and ".join(LABELS[(number * at) % 16] for at in (1, 3, 5, 7))
        lead = f'<div class="lead"><p>Lead {number}. Of {words} this tells. {SENTENCES[number % 12]}</p></div>'
        stamp = f'<p><time datetime="{day(number)}">{day(number)}</time></p>{lead if number % 3 else ""}'
        text = f"<div {mark}>{prose(number)}</div>"
        return f'<div class="article"><h1>Note {number} from the mill</h1>{stamp}{text}</div>'

    write_posts(site, entry)
    documents = site.documents()
    assert all(
        (f"Lead {number}." in documents[f"note-{number}"].body) is bool(number % 3) for number in range(1, COUNT)
    )
    assert all(f"Entry {number}, part 3" in documents[f"note-{number}"].body for number in range(1, COUNT))


def test_lists_of_labels_inside_of_the_text_are_no_part_of_it(site: Site) -> None:
    site.build()
    for number in range(1, 17):
        labels = [TAGS[number % 4], TAGS[(number + 1) % 4]]
        links = ", ".join(f'<a rel="tag" href="/tags/{label}/">{label}</a>' for label in labels)
        site.post(number, tags=(), text=f"{prose(number)}<p>Tags: {links}</p>")
    documents = site.documents()
    assert all(len(document.tags) == 2 for document in documents.values())
    assert not any("Tags:" in document.body for document in documents.values())


def test_what_announces_the_labels_inside_of_the_text_goes_with_them(site: Site) -> None:
    def entry(number: int) -> str:
        links = "".join(f'<li><a href="/tags/{label}/">{label}</a></li>' for label in own_labels(number))
        labels = f"<h3>Tags: </h3><ul>{links}</ul>" if number % 3 == 0 else ""
        stamp = f'<p class="when"><time datetime="{day(number)}">{day(number)}</time></p>'
        title = f"<h1>Note {number} from the mill</h1>"
        return f'{title}{stamp}<div class="all">{prose(number)}{labels}</div>'

    write_posts(site, entry)
    documents = site.documents()
    assert sum(bool(document.tags) for document in documents.values()) == COUNT // 3
    assert not any("Tags" in document.body for document in documents.values())


def test_a_link_that_announces_the_labels_behind_it_is_none_of_them(site: Site) -> None:
    """org-static-blog links the word for tags to the page of all of them, whatever the language."""
    for number in range(1, 17):
        links = " ".join(f'<a href="/about-{label}.html">{label}</a>' for label in own_labels(number))
        row = f'<div class="taglist"><a href="/all.html">Themengebiet</a>: {links}</div>'
        site.post(number, tags=(), after=row)
    labels = {name: sorted(tag.tag for tag in document.tags) for name, document in site.documents().items()}
    assert labels == {f"note-{number}": own_labels(number) for number in range(1, 17)}


def test_a_list_of_labels_is_whole_where_the_head_states_the_first_of_them(site: Site) -> None:
    """Hugo states six, however many there are."""
    labels = {f"note-{number}": sorted({*own_labels(number), *own_labels(number + 4)}) for number in range(1, 17)}
    for number in range(1, 17):
        own = labels[f"note-{number}"]
        head = "".join(f'<meta property="article:tag" content="{label.title()}">' for label in own[:2])
        site.post(number, tags=own, head=head)
    site.listing(".", "The Mill", site.posts)
    found = {name: sorted(tag.label for tag in document.tags) for name, document in site.documents().items()}
    assert found == labels


def test_a_name_with_a_motto_behind_titles_is_the_sites(site: Site) -> None:
    """On pages that state it nowhere else, and whose heading has the number of the episode as well."""

    def entry(number: int) -> str:
        heading = f'<h2><a href="/note-{number}">Episode {number}: Note {number} from the mill</a></h2>'
        header = f"<header>{heading}<h3>{day(number):%B %d, %Y}</h3></header>"
        return f"<article>{header}<p>{SENTENCES[number % 12]}</p></article>"

    site.frame = site.frame.replace("{title} | The Mill", "{title} · The Mill - Ground daily")
    write_posts(site, entry)
    documents = site.documents()
    assert {each.title for each in documents.values()} == {f"Note {n} from the mill" for n in range(1, COUNT + 1)}
    assert all(documents[f"note-{number}"].body == SENTENCES[number % 12] for number in range(1, COUNT + 1))


def test_the_name_in_a_byline_is_the_author(site: Site) -> None:
    def entry(number: int) -> str:
        author = ("Ada Miller", "Ines Robledo")[number % 2]
        return whole(number, linked=False).replace("<footer", f'<p class="byline">Posted by {author}</p><footer')

    write_posts(site, entry)
    assert {document.author for document in site.documents().values()} == {"Ada Miller", "Ines Robledo"}


def test_a_byline_may_be_one_item_of_a_list(site: Site) -> None:
    def entry(number: int) -> str:
        author = ("Ada Miller", "Ines Robledo")[number % 2]
        items = (f"{day(number):%B %d, %Y}", f"{3 + number} views", f"Posted by {author}")
        details = "".join(f"<li>{item}</li>" for item in items)
        return (
            f'<article><h2>Note {number} from the mill</h2><ul class="details">{details}</ul>{prose(number)}</article>'
        )

    write_posts(site, entry)
    assert {document.author for document in site.documents().values()} == {"Ada Miller", "Ines Robledo"}


def test_comments_below_short_posts_are_not_their_text(site: Site) -> None:
    """Extraction by itself takes them for more of the post."""

    def entry(number: int) -> str:
        is_short = number % 4 == 0
        reply = f"<li><div><p>{SENTENCES[(number + 5) % 12]}</p></div></li>"
        when = f'<time datetime="{day(number)}">{day(number)}</time>'
        return (
            f'<div class="head"><h1>Note {number} from the mill</h1>{when}</div>'
            f'<div class="text">{prose(number, paragraphs=1 if is_short else 5)}</div>'
            f'<div class="answers"><h2>Replies</h2><ol>{reply if is_short else ""}</ol></div>'
        )

    write_posts(site, entry)
    documents = site.documents()
    assert {len(documents[f"note-{number}"].body.splitlines()) for number in range(4, COUNT, 4)} == {1}


def test_a_mark_that_the_theme_adds_to_titles_is_no_part_of_them(site: Site) -> None:
    def entry(number: int) -> str:
        heading = f'<div class="page-header">Note {number} from the mill<span class="accent">.</span></div>'
        date = f"<p>Posted on <time>{day(number)}</time></p>"
        return f'<article>{heading}{date}<div class="text">{prose(number)}</div></article>'

    for number in range(1, COUNT + 1):
        title = f"Note {number} from the mill"
        head = f'<meta property="og:title" content="{title}">'
        site.write(f"note-{number}", entry(number), title=title, head=head)
    assert {each.title for each in site.documents().values()} == {
        f"Note {n} from the mill" for n in range(1, COUNT + 1)
    }


@pytest.mark.parametrize(
    ("base", "is_post"), [("https://ada.example/notebook/", False), ("https://m.example/blog/", True)]
)
def test_a_page_that_every_site_has_is_one_in_the_folder_of_the_site_as_well(
    site: Site, base: str, *, is_post: bool
) -> None:
    """Hugo states a date for it, and that it is an article; below a folder called one of posts it may be one."""
    site.post(1)
    stated = '<meta property="og:type" content="article"><meta property="article:published_time" content="2019-06-02">'
    site.post(2, name="about", date="2019-06-02", head=stated)
    shown = preview([open_source(str(site.folder), base_url=base)], Reading(), workers=1, seconds=60)
    posts = {each.url.removeprefix(base).strip("/") for each in shown if each.extraction and each.extraction.is_post}
    assert posts == ({"note-1", "about"} if is_post else {"note-1"})
