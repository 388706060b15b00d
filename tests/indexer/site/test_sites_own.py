"""What heads state of the whole site, its description and its keywords, is no post's."""

from __future__ import annotations

from .conftest import Site

OF_SITE = '<meta name="description" content="A mill and its bees">'
LIST = '<meta property="og:type" content="website"><meta property="article:tag" content="mill, bees, garden">'
POST = '<meta property="og:type" content="article">'


def test_the_description_of_the_front_page_or_of_most_pages_is_no_summary_of_a_post(site: Site) -> None:
    for number in range(1, 17):
        site.post(number, head='<meta name="description" content="Of bread">' if number % 3 else OF_SITE)
    site.write(".", "<h1>The Mill</h1>", title="The Mill", head=OF_SITE)
    documents = site.documents()
    assert documents["note-3"].summary is None
    assert documents["note-4"].summary is None
    site.post(3, head=OF_SITE + '<meta property="og:description" content="Of water">')
    assert site.documents()["note-3"].summary == "Of water"


def test_two_posts_may_be_described_alike(site: Site) -> None:
    for number in range(1, 17):
        site.post(number, head=f'<meta name="description" content="Of bread, part {number // 2}">')
    site.write(".", "<h1>The Mill</h1>", title="The Mill", head=OF_SITE)
    assert site.documents()["note-3"].summary == "Of bread, part 1"


def test_tags_that_lists_of_posts_state_as_well_are_no_posts(site: Site) -> None:
    for number in range(1, 17):
        tags = "bees" if number % 4 else "mill, bees, garden"
        site.post(number, tags=(), head=f'{POST}<meta property="article:tag" content="{tags}">')
    for name in (".", "about", "2019"):
        site.write(name, f"<h1>{name}</h1>", title=name, head=LIST)
    documents = site.documents()
    assert [tag.tag for tag in documents["note-3"].tags] == ["bees"]
    assert documents["note-4"].tags == ()


def test_tags_of_a_front_page_are_the_sites_though_it_states_an_article_as_all_pages_do(site: Site) -> None:
    stated = '<script type="application/ld+json">{"@type":"BlogPosting","headline":"x"}</script>'
    for number in range(1, 17):
        tags = "bees" if number % 4 else "mill, bees, garden"
        site.post(number, tags=(), head=f'{stated}{POST}<meta property="article:tag" content="{tags}">')
    site.write(".", "<h1>The Mill</h1>", title="The Mill", head=stated + LIST)
    documents = site.documents()
    assert [tag.tag for tag in documents["note-3"].tags] == ["bees"]
    assert documents["note-4"].tags == ()


def test_a_section_that_is_the_folder_of_all_posts_is_no_category(site: Site) -> None:
    for number in range(1, 17):
        section = "posts" if number % 2 else "Garden"
        site.post(number, name=f"posts/note-{number}", head=f'<meta property="article:section" content="{section}">')
    documents = site.documents()
    assert documents["posts/note-3"].categories == ()
    assert [each.tag for each in documents["posts/note-4"].categories] == ["garden"]
