"""What a site's pages have in common is learned, and read off every page."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from indexer.extract.site.model import NO_POSTS, POSTS
from indexer.extract.site.read import SiteReader
from search_service.cli import main

from .conftest import SENTENCES, TAGS, Site, prose


def labels(document: object) -> list[str]:
    return [tag.tag for tag in document.tags]  # type: ignore[attr-defined]


def test_posts_and_listings_become_templates_of_their_kinds(site: Site) -> None:
    kinds = {template.kind: template for template in site.build().learned().templates}
    assert kinds[POSTS].pages == 16
    assert [str(slot) for slot in kinds[POSTS].title] == ["h1.entry-title"]
    assert [str(slot) for slot in kinds[POSTS].date] == ["time@datetime"]
    assert kinds[POSTS].body is not None
    assert kinds[POSTS].body.endswith("div.entry-text")
    assert kinds[NO_POSTS].pages == 5


def test_a_post_is_read_by_its_template_in_full(site: Site) -> None:
    shown = site.build().extracted()["note-5"]
    assert shown.extraction is not None
    document = shown.extraction.document
    assert shown.extraction.template is not None
    assert (document.title, document.date, document.author) == (
        "Note 5 from the mill",
        dt.date(2019, 6, 6),
        "Ada Miller",
    )
    assert labels(document) == ["bread", "water"]
    assert document.body.splitlines() == [line.removeprefix("<p>") for line in prose(5).split("</p>") if line]


def test_every_post_is_found_and_nothing_else(site: Site) -> None:
    assert sorted(site.build().documents()) == sorted(site.posts)
    assert site.extracted()["tags/bees"].why == "a tag or archive page"


def test_a_site_of_a_few_pages_is_read_page_by_page(site: Site) -> None:
    for number in range(1, 6):
        site.post(number)
    shown = site.extracted()
    assert {name for name, each in shown.items() if each.extraction and each.extraction.is_post} == set(site.posts)
    assert all(each.extraction is None or each.extraction.template is None for each in shown.values())


def test_two_copies_of_a_post_are_no_boilerplate(site: Site) -> None:
    site.build()
    for copy in range(2, 12):
        site.post(1, name=f"note-1-again-{copy}", date=f"2018-01-{copy:02}")
    documents = site.documents()
    assert documents["note-1-again-2"].body == documents["note-1"].body
    assert SENTENCES[4] in documents["note-1"].body


def test_what_repeats_in_most_posts_is_cut_but_never_what_is_quoted(site: Site) -> None:
    appeal = "<p>If this was of use to you, tell the neighbours about the mill.</p>"
    motto = "<blockquote><p>Who comes first grinds first.</p></blockquote>"
    for number in range(1, 17):
        site.post(number, text=prose(number) + motto + appeal)
    site.listing(".", "The Mill", site.posts)
    body = site.documents()["note-3"].body
    assert "neighbours" not in body
    assert "Who comes first grinds first." in body


def test_a_cloud_of_all_tags_beside_the_posts_gives_them_none(site: Site) -> None:
    site.sidebar = "<h3>Topics</h3>" + "".join(
        f'<a class="tag" href="/tags/{tag}/">{tag}</a>' for tag in ("bees", "bread", "water")
    )
    documents = site.build().documents()
    assert labels(documents["note-4"]) == ["bees", "bread"]
    assert labels(documents["note-2"]) == ["water", "garden"]


def test_a_sites_popular_tags_that_look_like_the_posts_own_are_not_learned(site: Site) -> None:
    links = "".join(f'<a class="term" href="/tags/{tag}/">{tag}</a> ' for tag in ("bees", "bread", "mill", "rye"))
    documents = site.build(after=f'<div class="access"><div>What readers like</div>{links}</div>').documents()
    assert labels(documents["note-4"]) == ["bees", "bread"]
    assert labels(documents["note-2"]) == ["water", "garden"]


def test_the_one_tag_in_the_sites_menu_is_not_that_of_posts_that_print_none(site: Site) -> None:
    site.frame = site.frame.replace('<a href="/about/">About</a>', '<a href="/tags/bread/">Our bread</a>')
    documents = site.build(tags=()).documents()
    assert labels(documents["note-4"]) == ["bees", "bread"]
    assert labels(documents["note-2"]) == ["garden", "water"]


def test_of_two_names_of_a_page_that_are_as_common_the_shortest_is_that_of_the_menu(site: Site) -> None:
    links = ("All about bread", "Bread", "Bread, more of it", "Our bread")
    site.sidebar = "".join(f'<a href="/kinds/bread/">{label}</a>' for label in links)
    assert [label for label in site.build().learned().menu.values() if "read" in label] == ["Bread"]


def test_the_tags_of_posts_on_cards_are_not_those_of_a_post_whose_head_lists_its_own(site: Site) -> None:
    row = '<div class="row"><a href="/tags/of-{0}/">of-{0}</a> <a href="/tags/mill/">mill</a></div>'
    card = f'<div class="tile"><a href="/note-{{0}}/"></a><div>What {{0}} says</div><div>{row}</div></div>'
    for number in range(1, 17):
        cards = "".join(card.format((number + 3 * step) % 16 + 1) for step in (1, 2))
        date = f"2019-{number % 12 + 1:02}-03"
        head = f'<meta property="article:tag" content="of-{number}"><meta property="article:tag" content="mill">'
        header = f"<header><h1>Note {number}</h1><time datetime={date}>{date}</time>{row.format(number)}</header>"
        text = f'<section><div class="text">{prose(number)}</div><h2>Nearby</h2><section>{cards}</section></section>'
        site.write(f"note-{number}", f"<article>{header}{text}</article>", title=f"Note {number}", head=head)
    shown = site.extracted()["note-6"].extraction
    assert shown is not None
    assert shown.template is not None
    assert labels(shown.document) == ["of-6", "mill"]


def test_of_several_main_headings_the_posts_own_is_the_title(site: Site) -> None:
    site.frame = site.frame.replace(
        '<a class="brand" href="/">The Mill</a>', '<h1 class="brand"><a href="/">The Mill</a></h1>'
    )
    documents = site.build(after="<h1>Leave a word</h1>").documents()
    assert {document.title for document in documents.values()} == {
        f"Note {number} from the mill" for number in range(1, 17)
    }


def test_of_several_times_the_one_of_publication_is_the_date(site: Site) -> None:
    comment = '<p class="comment">Lovely. <time datetime="2021-05-05">5 May 2021</time></p>'
    comments = f'<section class="comments">{comment}</section>'
    updated = '<p class="updated">Updated <time class="updated" datetime="2020-02-02">2 February 2020</time></p>'
    documents = site.build(before=updated, after=comments).documents()
    assert documents["note-7"].date == dt.date(2019, 8, 8)
    assert {document.date.year for document in documents.values() if document.date} == {2019}


@pytest.mark.parametrize("year", ["٢٠١٩", "2562", "1398"])
def test_dates_in_other_digits_and_calendars_are_those_of_a_template(site: Site, year: str) -> None:
    site.frame = site.frame.replace('lang="en"', 'lang="fa"')
    for number in range(1, 17):
        main = f'<p class="byline"><span class="author">Ada Miller</span>, {number}/3/{year}</p>{prose(number)}'
        site.write(f"note-{number}", f"<article><h1>Note {number}</h1>{main}</article>", title=f"Note {number}")
    shown = site.extracted()
    assert all(each.extraction and each.extraction.template for each in shown.values())
    assert {each.extraction.document.date.year for each in shown.values()} == {2019}  # type: ignore[union-attr]


def test_an_about_page_in_the_template_of_the_posts_is_no_post(site: Site) -> None:
    site.build()
    site.post(40, name="about")
    assert site.extracted()["about"].why == "a page of the site, not of the blog"


def test_a_page_without_the_date_that_all_posts_have_is_judged_on_its_own(site: Site) -> None:
    site.build()
    text = f'<div class="entry-text">{prose(50)}</div>'
    main = f'<article class="entry"><h1 class="entry-title">House rules</h1>{text}</article>'
    site.write("house-rules", main, title="House rules")
    shown = site.extracted()["house-rules"]
    assert shown.extraction is not None
    assert shown.extraction.template is None
    assert shown.why == "no date"


def test_a_page_without_a_date_is_no_post_among_dated_ones_whatever_it_says_of_itself(site: Site) -> None:
    site.head = '<meta property="og:type" content="article">'
    site.build()
    text = f'<div class="entry-text">{prose(50)}</div>'
    main = f'<article class="entry"><h1 class="entry-title">House rules</h1>{text}</article>'
    site.write("house-rules", main, title="House rules")
    assert site.extracted()["house-rules"].why == "no date"


def test_a_dated_page_that_alone_says_that_it_is_no_article_is_no_post(site: Site) -> None:
    site.head = '<meta property="og:type" content="article">'
    site.build()
    site.head = '<meta property="og:type" content="website">'
    for name in ("gallery", "friends", "films"):
        site.write(name, f"<ul>{'<li><a href=/note-1/>Note 1</a></li>' * 20}</ul>", title=name.title())
    dated = '<article class="entry"><h1 class="entry-title">Watching</h1><time datetime="2019-04-02">April</time>'
    site.write("watching", f'{dated}<div class="cards">{prose(50)}</div></article>', title="Watching")
    found = site.extracted()
    assert found["watching"].why == "no post by its type"
    assert sum(page.why is None for page in found.values()) == len(site.posts)


def test_a_page_in_the_frame_of_the_posts_is_none_if_it_says_so(site: Site) -> None:
    site.head = '<meta property="og:type" content="article">'
    site.build()
    site.head = '<meta property="og:type" content="website">'
    for name in ("gallery", "films", "maps"):
        site.write(name, f"<ul>{'<li><a href=/note-1/>Note 1</a></li>' * 20}</ul>", title=name.title())
    site.post(30, name="company")
    shown = site.extracted()["company"]
    assert shown.extraction is not None
    assert (shown.extraction.template, shown.why) == ("t1", "no post by its type")


def test_a_page_in_the_frame_of_the_posts_is_none_if_its_platform_says_so(site: Site) -> None:
    site.head = '<meta name="generator" content="Hexo 6.3.0">'
    site.build()
    site.post(30, name="company", head='<meta property="og:type" content="website">')
    shown = site.extracted()["company"]
    assert shown.extraction is not None
    assert (shown.extraction.template, shown.why) == ("t1", "no post by what its platform calls it")


def test_talks_beside_a_folder_of_posts_are_none(site: Site) -> None:
    for number in range(1, 17):
        site.post(number, name=f"blog/note-{number}")
    others = ("talks/bees", "en/publication/rye", "projects/pond", "proyectos/molino", "vorträge/bienen")
    for number, name in enumerate((*others, "blog/talks/swifts", "walks/slope"), start=20):
        site.post(number, name=name)
    assert sorted(set(site.posts) - site.documents().keys()) == sorted(others)


@pytest.mark.parametrize("folder", ["blog", "2019/05"])
def test_projects_beside_a_folder_of_posts_are_none_on_a_small_site_either(site: Site, folder: str) -> None:
    for number in range(1, 3):
        site.post(number, name=f"{folder}/note-{number}")
    site.post(3, name="projects/pond")
    site.post(4, name="walks/slope")
    assert sorted(set(site.posts) - site.documents().keys()) == ["projects/pond"]


@pytest.mark.parametrize(
    ("folder", "beside", "is_post"),
    [("posts/", "", False), ("grain/", '<a href="/about/">About</a>', False), ("grain/", "", True), ("", "", True)],
)
def test_what_the_menu_links_beside_the_folders_of_all_posts_is_none(
    site: Site, folder: str, beside: str, *, is_post: bool
) -> None:
    """Where they aren't called ones of posts, it must link what every site has, too: else it lists the latest posts."""
    site.frame = site.frame.replace('<a href="/about/">About</a>', f'<a href="/weir/">Weir</a>{beside}')
    for number in range(1, 17):
        site.post(number, name=f"{folder}note-{number}")
    site.post(20, name="weir")
    site.post(21, name="slope")
    assert set(site.posts) - site.documents().keys() == (set() if is_post else {"weir"})


def test_a_list_of_labels_that_all_posts_and_the_menu_have_is_no_posts(site: Site) -> None:
    """Themes print it in the middle of the page, without a name; of few posts no template is learned."""
    labels = "".join(
        f'<a href="/category/{each}/">{each}</a> ' for each in ("bees", "bread", "water", "garden", "mill")
    )
    site.frame = site.frame.replace('<a href="/about/">About</a>', labels)
    for number in range(1, 6):
        site.post(number, tags=(), after=f"<div>{labels}</div>")
    for number in range(1, 12):
        site.listing(f"category/list-{number}", f"List {number}", site.posts)
    documents = site.documents()
    assert set(documents) == set(site.posts)
    assert all(document.tags == document.categories == () for document in documents.values())


@pytest.mark.parametrize(("listed", "is_post"), [(16, False), (12, True)])
def test_what_the_archive_of_posts_filed_by_month_does_not_list_is_none(site: Site, listed: int, is_post: bool) -> None:
    for number in range(1, 17):
        site.post(number, name=f"{2018 + number % 2}/0{number % 9 + 1}/note-{number}")
    years = [(year, [each for each in site.posts[:listed] if each.startswith(year)]) for year in ("2018", "2019")]
    site.post(20, name="slope")
    site.post(21, name="weir")
    years[0][1].append("slope")
    items = "".join(
        f"<h2>{year}</h2>" + "".join(f'<li><a href="/{name}/">A</a></li>' for name in names) for year, names in years
    )
    site.write("archives", f"<ul>{items}</ul>", title="Archive")
    assert set(site.posts) - site.documents().keys() == (set() if is_post else {"weir"})


def test_an_entry_of_a_feed_without_a_date_makes_no_post_of_a_page(site: Site) -> None:
    site.build()
    main = f'<article class="entry"><h1 class="entry-title">House rules</h1>{prose(50)}</article>'
    site.write("house-rules", main, title="House rules")
    items = "".join(
        f"<item><link>/{name}/</link><pubDate>{day}</pubDate></item>"
        for name, day in (
            ("house-rules", "Mon, 01 Jan 0001 00:00:00 +0000"),
            ("note-1", "Sat, 02 Feb 2019 00:00:00 +0000"),
        )
    )
    (site.folder / "index.xml").write_text(f'<rss version="2.0"><channel>{items}</channel></rss>')
    assert site.extracted()["house-rules"].why == "no date"


def test_a_place_that_names_an_author_on_one_post_names_none_on_the_others(site: Site) -> None:
    for number in range(1, 17):
        kicker = 'By <span class="who">Ines Robledo</span>' if number == 8 else '<span class="who">Old stories</span>'
        main = (
            f'<article class="entry"><h1 class="entry-title">Note {number}</h1><p class="kicker">{kicker}</p>'
            f'<time datetime="2019-05-{number:02}">May</time><div class="entry-text">{prose(number)}</div></article>'
        )
        site.write(f"note-{number}", main, title=f"Note {number}")
    assert site.documents()["note-7"].author is None


def _dated_in_numbers(site: Site, *, days: int, text: Callable[[int], str] = prose) -> None:
    for number in range(1, 31):
        shown = f"{number % days + 2:02}/{number % 12 + 1:02}/2019"
        main = f'<h1 class="entry-title">Note {number}</h1><p class="on">{shown}</p><div class="x">{text(number)}</div>'
        site.write(f"note-{number}", main, title=f"Note {number}")


def test_a_day_above_twelve_tells_how_all_dates_of_a_site_are_written(site: Site) -> None:
    _dated_in_numbers(site, days=26)
    assert site.documents()["note-5"].date == dt.date(2019, 6, 7)


def test_where_no_day_tells_how_dates_are_written_the_language_does(site: Site) -> None:
    site.frame = site.frame.replace('lang="en"', 'lang="it"')
    _dated_in_numbers(site, days=10)
    assert site.documents()["note-5"].date == dt.date(2019, 6, 7)


def test_the_words_of_a_text_tell_its_language_where_the_theme_says_english(site: Site) -> None:
    said = (
        "Il mulino sta sulla riva del fiume e la ruota gira da quando è nata la nonna.",
        "Non si sa chi lo ha costruito, ma tutti dicono che è il più vecchio della valle.",
        "La farina che ne esce è per il pane dei vicini, che la vogliono solo così.",
        "Con il caldo le api vanno a bere alla fonte che sta sotto il grande pero.",
        "Dopo la pioggia il mugnaio non dorme, perché l'acqua sale fino alla porta.",
        "Questo è quello che i bambini hanno scritto nel libro della scuola del paese.",
    )
    _dated_in_numbers(site, days=10, text=lambda at: f"<p>{said[at % 6]}</p><p>{said[at % 6]} {said[at // 6]}</p>")
    document = site.documents()["note-5"]
    assert (document.lang, document.date) == ("it", dt.date(2019, 6, 7))


def test_tags_that_lead_to_parts_of_one_page_are_learned(site: Site) -> None:
    for number in range(1, 17):
        tag, category = ("bees", "bread", "water")[number % 3], ("Oven", "Pond")[number % 2]
        links = (
            f'<p class="filed"><a class="term" rel="tag" href="/tags/#{tag}">{tag}</a></p>'
            f'<p class="filed"><a class="term" rel="tag" href="/categories/#{category}">{category}</a></p>'
        )
        site.post(number, tags=[], after=links)
    shown = site.extracted()["note-4"].extraction
    assert shown is not None
    assert shown.template is not None
    assert labels(shown.document) == ["bread"]
    assert [tag.label for tag in shown.document.categories] == ["Oven"]


def test_a_header_in_the_text_that_says_what_is_known_of_the_post_is_none_of_it(site: Site) -> None:
    for number in range(1, 17):
        tags = "".join(f'<li><a href="/tags/{tag}/">{tag}</a></li>' for tag in (TAGS[number % 4], TAGS[number % 3]))
        header = (
            f'<header class="meta"><h3>Filed under</h3><ul class="terms">{tags}</ul></header>'
            f'<p class="length">{number % 7} minutes</p>'
        )
        site.post(number, tags=[], text=header + prose(number) + "<p>Water, bread, bees and a garden.</p>")
    site.listing(".", "The Mill", site.posts)
    assert site.documents()["note-3"].body.startswith("Entry 3, part 0.")


def test_a_sign_that_belongs_to_a_title_or_a_tag_stays(site: Site) -> None:
    languages = ("C#", "F#", "Go")
    for number in range(1, 17):
        language = languages[number % 3]
        post = site.folder / f"note-{number}" / "index.html"
        site.post(number, tags=[language])
        named = post.read_text().replace(f"Note {number} from the mill", f"Mill {number} in {language}")
        post.write_text(named.replace("</h1>", '<a class="anchor" href="#top">#</a></h1>'))
    site.listing(".", "The Mill", site.posts)
    shown = site.extracted()["note-3"].extraction
    assert shown is not None
    assert shown.template is not None
    assert (shown.document.title, labels(shown.document)) == ("Mill 3 in C#", ["c#"])


def test_the_author_is_named_as_in_the_byline_not_as_in_the_footer(site: Site) -> None:
    site.frame = site.frame.replace("<p>All rights", "<b>ADA MILLER</b><p>All rights")
    assert site.build().documents()["note-3"].author == "Ada Miller"


def test_what_all_pages_have_for_their_title_is_the_sites(site: Site) -> None:
    for number in range(1, 17):
        above = f"<h5>Archives</h5><h2>{number:02}.06.19</h2>"
        foot = f"<p class=by>Posted by Ada at June {number}, 2019 10:12 AM</p>"
        main = f"<div class=entry>{above}<h3>Of the wheel {number}</h3>{prose(number)}{foot}</div>"
        site.write(f"note-{number}", main, title="")
    for page in site.folder.glob("*/index.html"):
        bare = page.read_text().replace('<a class="brand" href="/">', '<a class="brand">')
        page.write_text(bare.replace("<title> | The Mill", "<title>Notes of a miller"))
    document = site.documents()["note-3"]
    assert document.title == "Of the wheel 3"
    assert document.body.startswith("Entry 3, part 0.")


def test_links_that_ask_for_a_category_are_told_from_those_beside_them_that_ask_for_something_else(site: Site) -> None:
    for number in range(1, 17):
        note = (
            f'<p class="meta">This entry is filed under <a href="/?cat={number % 4}" rel="category">{TAGS[number % 4]}'
            f'</a> and can be followed by its <a href="/?feed=rss2&amp;p={number}">feed</a>, or by others.</p>'
        )
        site.post(number, tags=(), after=note)
    site.listing(".", "The Mill", site.posts)
    assert site.learned().templates[0].categories
    documents = site.documents()
    assert {name: [each.label for each in document.categories] for name, document in documents.items()} == {
        f"note-{number}": [TAGS[number % 4]] for number in range(1, 17)
    }


def test_categories_serve_as_tags_where_a_site_has_no_tags(site: Site) -> None:
    for number in range(1, 17):
        category = "Non classé" if number == 16 else ("Oven", "Pond")[number % 2]
        filed = f'<p class="filed">in <a class="category" href="/category/{number % 2}/">{category}</a></p>'
        site.post(number, tags=[], after=filed)
    site.listing(".", "The Mill", site.posts)
    documents = site.documents()
    assert labels(documents["note-2"]) == ["oven"]
    assert [tag.tag for tag in documents["note-3"].categories] == ["pond"]
    assert (labels(documents["note-16"]), len(documents["note-16"].categories)) == ([], 1)


def test_a_picture_with_a_title_stays_a_post(site: Site) -> None:
    site.build()
    site.post(30, text='<p><img src="/wheel.jpg" alt=""></p>')
    assert "note-30" in site.documents()


def test_a_post_of_the_future_waits_for_its_day(site: Site) -> None:
    site.build()
    site.post(31, date=(dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)).isoformat())
    assert site.extracted()["note-31"].why == "dated in the future"


def test_what_was_learned_reads_the_same_after_it_was_kept(site: Site) -> None:
    import msgspec

    learned = site.build().learned()
    kept = msgspec.json.decode(msgspec.json.encode(learned), type=type(learned))
    assert kept == learned
    page = next(page for page in site.pages() if page.url.endswith("note-9/"))
    assert SiteReader(kept).read(page) == SiteReader(learned).read(page)


def test_an_operator_sees_where_each_field_is_from_and_what_was_cut(site: Site) -> None:
    share = '<div class="share"><a href="https://a.example/">Tell a friend about it</a></div>'
    for number in range(1, 17):
        site.post(number, text=prose(number) + share)
    site.listing(".", "The Mill", site.posts)
    arguments = ["extract", str(site.folder), "--base-url", "https://mill.example/", "--jsonl", "--explain"]
    lines = [json.loads(line) for line in CliRunner().invoke(main, arguments).stdout.splitlines()]
    post = next(line for line in lines if line["path"] == "note-3/index.html")
    assert post["template"]
    assert post["sources"]["title"] == "h1.entry-title"
    assert any("Tell a friend" in cut["what"] or "share" in cut["what"] for cut in post["cut"])
    assert "Tell a friend" not in post["body"]


def test_a_panel_of_related_posts_ends_the_text(site: Site) -> None:
    for number in range(1, 17):
        others = "".join(f'<li><a href="/note-{n}/">Note {n}</a></li>' for n in ((number + 3) % 16, (number + 7) % 16))
        links = f"<h3>Sources</h3><ul><li><a href='https://a.example/{number}'>Almanac {number}</a></li></ul>"
        site.post(number, text=f"{prose(number)}{links}<h3>Related notes</h3><ul>{others}</ul>")
    site.listing(".", "The Mill", site.posts)
    assert site.documents()["note-4"].body.splitlines()[-2:] == ["Sources", "Almanac 4"]


def test_a_front_page_in_pages_is_no_post_that_goes_on(site: Site) -> None:
    site.build(16)
    site.listing("blog", "The blog", site.posts[:8])
    site.listing("blog/page/2", "The blog", site.posts[8:])
    page = site.folder / "blog/page/2/index.html"
    page.write_text(page.read_text().replace("<head>", '<head><link rel="canonical" href="/blog/">'))
    assert len(site.documents()) == 16


def test_headings_of_the_text_that_look_like_the_title_stay(site: Site) -> None:
    for number in range(1, 17):
        name, title, date = f"note-{number}", f"Note {number} from the mill", f"2019-{number % 12 + 1:02}-03"
        parts = f"{prose(number)}<h1>What the cat did on day {number}</h1>{prose(number + 1)}"
        byline = f'<p class="byline"><time datetime="{date}">{date}</time></p>'
        site.write(name, f'<article class="entry"><h1>{title}</h1>{byline}{parts}</article>', title=title)
    shown = site.extracted()["note-3"].extraction
    assert shown is not None
    assert shown.template is not None
    assert shown.document.title == "Note 3 from the mill"
    assert "What the cat did on day 3" in shown.document.body.splitlines()
    assert shown.document.title not in shown.document.body


def test_what_every_post_says_of_its_length_is_cut(site: Site) -> None:
    for number in range(1, 17):
        site.post(number, text=f"<p>{900 + 7 * number} words, {number % 9} minutes</p>{prose(number)}")
    assert site.documents()["note-3"].body.startswith("Entry 3, part 0.")


def test_a_header_inside_the_text_that_repeats_the_title_is_cut(site: Site) -> None:
    for number in range(1, 17):
        labels = f"<a>{('Oven', 'Pond', 'Stair')[number % 3]}</a><a>{('Rye', 'Wheat')[number % 2]}</a>"
        header = f"<header>{labels}<h1>Note {number} from the mill</h1><span>Ada Miller</span></header>"
        site.post(number, text=f"{header}{prose(number)}")
    assert site.documents()["note-3"].body.startswith("Entry 3, part 0.")


def test_a_place_that_names_the_author_of_one_post_alone_tells_no_others(site: Site) -> None:
    for number in range(1, 17):
        place = f"Room {number} upstairs"
        if number == 5:
            place = 'Jo Smith</p><p>by <span class="author">Jo Smith</span>'
        title, date = f"Note {number} from the mill", f"2019-{number % 12 + 1:02}-03"
        text = f'<p class="at">{place}</p><div class="entry-text">{prose(number)}</div>'
        main = f'<article class="entry"><h1>{title}</h1><time datetime="{date}">{date}</time>{text}</article>'
        site.write(f"note-{number}", main, title=title)
    assert site.documents()["note-6"].author is None


def test_tags_without_links_are_read_by_the_template_too(site: Site) -> None:
    for number in range(1, 17):
        spans = "".join(f"<span>{tag}</span>" for tag in (TAGS[number % 4], TAGS[(number + 1) % 4]))
        site.post(number, tags=[], after=f'<div class="post-tags">{spans}</div>')
    shown = site.extracted()["note-6"].extraction
    assert shown is not None
    assert shown.template is not None
    assert labels(shown.document) == ["water", "garden"]


def test_what_most_titles_begin_with_is_the_sites_name_and_no_heading_of_a_post(site: Site) -> None:
    site.frame = (
        "<html><head><title>The Mill - {title}</title>{head}</head><body><h1>The Mill</h1><div>{main}</div>"
        "<div>{sidebar}</div></body></html>"
    )
    for number in range(1, 19):
        text = f"<h3>Grinding, part {number}</h3><p>{number} June 2019</p><div>{prose(number)}</div>"
        site.write(f"grain-{number}", text, title=f"Grinding, part {number}")
    assert site.learned().site_names == ("The Mill",)
    assert site.documents()["grain-4"].title == "Grinding, part 4"


def test_what_all_pages_have_for_a_title_is_the_sites_name_from_one_end_to_the_other(site: Site) -> None:
    site.frame = (
        "<html><head><title>The Mill | Flour and bread from Ashford</title>{head}</head><body><header><a href='/'>"
        "<h1>The Mill</h1><p>Flour and bread from Ashford</p></a></header><main>{main}</main></body></html>"
    )
    for number in range(1, 19):
        text = f"<h2>Grinding, part {number}</h2><p>{number} June 2019</p><div>{prose(number)}</div>"
        site.write(f"grain-{number}", f"<article>{text}</article>", title="")
    assert site.documents()["grain-4"].title == "Grinding, part 4"


def test_posts_whose_title_is_the_sites_name_are_called_as_their_first_main_heading(site: Site) -> None:
    site.frame = "<html><head><title>{title}</title>{head}</head><body>{main}<p>{sidebar}</p></body></html>"
    for number in range(1, 11):
        parts = f"<h1 id=one>Before</h1>{prose(number, paragraphs=2)}<h1 id=two>After</h1>{prose(number + 5)}"
        heading = f'<h1 class="name">Grinding, part {number}</h1><p>{number} June 2019</p>'
        beside = '<div><h1 class="list">Contents</h1><p>None.</p></div>'
        site.write(f"grain-{number}", f"<main>{heading}<article>{parts}</article>{beside}</main>", title="The Mill")
    for name in ("The Mill - Visits", "The Mill - Shop", "Lost", "Books", "Bread"):
        site.write(name[-5:], f"<main><h1>{name[-5:]}</h1><p>They are here.</p></main>", title=name)
    assert site.learned().site_names == ("The Mill",)
    assert site.documents()["grain-4"].title == "Grinding, part 4"


def test_the_section_that_is_marked_up_in_every_post_is_read_by_the_template(site: Site) -> None:
    for number in range(1, 17):
        section = TAGS[number % 4]
        site.post(number, after=f'<ul><li>{section}</li><meta property="articleSection" content="{section}"></ul>')
    shown = site.extracted()["note-6"].extraction
    assert shown is not None
    assert shown.template is not None
    assert [each.tag for each in shown.document.categories] == [TAGS[2]]


def test_labels_without_links_at_a_platforms_place_are_read_by_the_template(site: Site) -> None:
    site.head = '<meta name="generator" content="quarto-1.4.549">'
    for number in range(1, 19):
        kinds = f'<div class="quarto-category">{TAGS[number % 4]}</div><div class="quarto-category">grain</div>'
        header = f'<header id="title-block-header"><h1 class="title">Grinding, part {number}</h1>{kinds}</header>'
        date = f'<p class="date">{number} June 2019</p>'
        site.write(f"grain-{number}", f"{header}{date}<div class='text'>{prose(number)}</div>", title=f"Part {number}")
    shown = site.extracted()["grain-4"].extraction
    assert shown is not None
    assert shown.template is not None
    assert labels(shown.document) == [TAGS[0], "grain"]


def test_what_stands_smaller_behind_a_title_is_none_of_it(site: Site) -> None:
    for number in range(1, 17):
        site.post(number)
        page = site.folder / f"note-{number}" / "index.html"
        page.write_text(page.read_text().replace("</h1>", " <small>Bread and bees</small></h1>"))
    site.listing(".", "The Mill", site.posts)
    shown = site.extracted()["note-5"].extraction
    assert shown is not None
    assert (shown.template is not None, shown.document.title) == (True, "Note 5 from the mill")
    assert shown.sources["title"] == "h1.entry-title"


def test_what_several_titles_have_beside_a_day_is_the_name_of_a_diary(site: Site) -> None:
    site.build()
    for number in range(1, 9):
        day = f"2019-06-{number:02}"
        site.write(day, f"<h1>Diary of the cat</h1><p class='day'>{day}</p>{prose(number)}", title=day)
        page = site.folder / day / "index.html"
        page.write_text(page.read_text().replace(f"{day} | The Mill", f"{day} - Diary of the cat"))
    documents = site.documents()
    assert documents["2019-06-03"].title == "2019-06-03"
    assert documents["note-3"].title == "Note 3 from the mill"


def test_a_category_within_another_one_is_read_by_the_template(site: Site) -> None:
    for number in range(1, 17):
        folder = "garden/bees" if number == 5 else ("oven", "pond")[number % 2]
        name = folder.rpartition("/")[2].title()
        filed = f'<p class="filed"><a rel="category tag" href="/category/{folder}/">{name}</a></p>'
        site.post(number, after=filed)
    site.listing(".", "The Mill", site.posts)
    shown = site.extracted()["note-5"].extraction
    assert shown is not None
    assert shown.template is not None
    assert [tag.label for tag in shown.document.categories] == ["Bees"]


def test_the_category_in_a_column_beside_the_posts_is_theirs_and_those_of_cards_are_not(site: Site) -> None:
    for number in range(1, 17):
        names = ("Oven", "Pond", "Wall", "Gate")
        link = '<a href="/category/{0}/">{0}</a>'
        beside = f'<div class="column"><div class="facts"><span>in {link.format(names[number % 4])}</span></div></div>'
        cards = "".join(f'<b class="card">{link.format(names[(number * at) % 4])}</b>' for at in (1, 2, 3))
        site.post(number)
        file = site.folder / f"note-{number}" / "index.html"
        file.write_text(file.read_text().replace("<main", f"{beside}<main").replace("</main>", f"</main>{cards}"))
    site.listing(".", "The Mill", site.posts)
    assert [tag.label for tag in site.documents()["note-5"].categories] == ["Pond"]


def test_tags_whose_pages_are_in_a_folder_of_categories_are_no_categories(site: Site) -> None:
    for number in range(1, 17):
        tags = (TAGS[number % 4], TAGS[(number + 1) % 4])
        links = "".join(f'<li><a class="tag" href="/categories/{tag}/" rel="tag">{tag}</a></li>' for tag in tags)
        head, time = '<meta name="generator" content="Nikola">', f'<time class="published">{number} May 2019</time>'
        post = f'<article class="postpage"><h1 class="entry-title">Note {number}</h1>{time}'
        post += (
            f'<div class="entry-content">{prose(number)}</div><aside><ul class="tags">{links}</ul></aside></article>'
        )
        site.write(f"note-{number}", post, title=f"Note {number}", head=head)
    document = site.documents()["note-3"]
    assert (sorted(labels(document)), document.categories) == (sorted((TAGS[3], TAGS[0])), ())


def test_of_several_names_in_the_menu_the_first_one_counts(site: Site) -> None:
    names = [f"Pond {letter}" for letter in "abcdefgh"]
    menu = "".join(f'<a href="/pond/">{name}</a>' for name in names)
    site.frame = site.frame.replace('<a href="/about/">About</a>', menu)
    learned = site.build().learned()
    assert names[0] in learned.menu.values()


def test_the_rest_of_a_text_below_its_beginning_is_part_of_it(site: Site) -> None:
    for number in range(1, 17):
        rest = f'<div id="more" class="entry-more">{prose(number + 20)}</div>' if number % 4 == 0 else ""
        site.post(number, text=f'<div class="entry-body">{prose(number)}</div>{rest}')
    site.listing(".", "The Mill", site.posts)
    documents = site.documents()
    assert "Entry 28, part 3." in documents["note-8"].body
    assert documents["note-9"].body.splitlines()[-1].startswith("Entry 9, part 3.")


def test_footnotes_are_no_panel(site: Site) -> None:
    for number in range(1, 17):
        back = '<sup><a id="fn.1" class="footnum" href="#fnr.1">1</a></sup>'
        note = f'<div class="footdef">{back}<div class="footpara"><p>In {1900 + number}.</p></div></div>'
        site.post(number, text=f'{prose(number)}<div id="footnotes">{note}</div>' if number % 2 else prose(number))
    site.listing(".", "The Mill", site.posts)
    assert "In 1903." in site.documents()["note-3"].body


def test_categories_serve_for_tags_on_a_site_of_a_few_pages_as_well(site: Site) -> None:
    for number in range(1, 6):
        category = f'<a href="/category/{TAGS[number % 4]}/" rel="category">{TAGS[number % 4]}</a>'
        site.post(number, tags=(), after=f"<p>{category}</p>")
    site.listing(".", "The Mill", site.posts)
    assert [tag.tag for tag in site.documents()["note-3"].tags] == [TAGS[3]]
