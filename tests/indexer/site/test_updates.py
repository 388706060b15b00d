"""What was learned of a site is kept, serves the next run, and is learned anew when it has to be."""

from __future__ import annotations

from indexer.report import Figures
from indexer.state import SITES_NAME, decode, decode_sites
from search_service.engine.embedded.engine import EmbeddedEngine

from .conftest import TAGS, Site, prose


def state_of(site: Site) -> tuple[object, object]:
    with EmbeddedEngine(site.index).update() as writer:
        pages = decode(writer.read_state("pages.json"))
        (known,) = decode_sites(writer.read_state(SITES_NAME)).sources.values()
    return pages, known


def tags_of(site: Site, name: str) -> list[str]:
    return [tag.tag for tag in site.indexed(name).tags]


def without_tags(site: Site) -> Site:
    """A site whose posts print no tags: only its tag pages tell."""
    return site.build(tags=[])


def test_an_update_reads_new_posts_by_the_templates_that_it_finds(site: Site) -> None:
    site.build().reindex()
    _, before = state_of(site)
    site.post(17)
    report = site.reindex()
    pages, after = state_of(site)
    assert (report.added, report.unchanged) == (1, 21)
    assert after == before
    assert pages.pages["https://mill.example/note-17/"].template is not None  # type: ignore[attr-defined]
    assert site.indexed("note-17").title == "Note 17 from the mill"


def test_nothing_new_publishes_nothing(site: Site) -> None:
    first = site.build().reindex()
    second = site.reindex()
    assert (second.published, second.generation) == (False, first.generation)


def test_a_site_that_grows_is_learned_when_it_is_large_enough(site: Site) -> None:
    for number in range(1, 4):
        site.post(number)
    site.reindex()
    assert state_of(site)[1].templates.templates == ()  # type: ignore[attr-defined]
    for number in range(4, 9):
        site.post(number)
    assert any(site.reindex().templates)
    assert state_of(site)[1].sampled == 8  # type: ignore[attr-defined]
    for number in range(9, 40):
        site.post(number)
    assert site.reindex().added == 31
    assert state_of(site)[1].sampled == 39  # type: ignore[attr-defined]


def test_posts_that_print_no_tags_have_those_of_the_tag_pages(site: Site) -> None:
    documents = without_tags(site).documents()
    assert [tag.tag for tag in documents["note-5"].tags] == ["bread", "water"]
    assert [tag.tag for tag in documents["note-7"].tags] == ["bees", "garden"]


def test_the_sign_at_the_end_of_a_tag_pages_title_stays(site: Site) -> None:
    without_tags(site)
    site.listing("tags/bread", "Posts about Bread#", [f"note-{n}" for n in range(1, 17) if n % 4 in (0, 1)])
    assert [tag.label for tag in site.documents()["note-5"].tags] == ["Bread#", "water"]


def test_a_tag_page_without_a_heading_is_called_what_its_address_says(site: Site) -> None:
    without_tags(site)
    for at, tag in enumerate(TAGS):
        listed = [n for n in range(1, 17) if at in (n % 4, (n + 1) % 4)]
        notes = "".join(f'<article><h2><a href="/note-{n}/">Note {n} from the mill</a></h2></article>' for n in listed)
        site.write(f"tags/{tag}", notes, title="The Mill")
    assert [tag.label for tag in site.documents()["note-5"].tags] == ["bread", "water"]


def test_tag_pages_that_are_headed_as_the_blog_is_are_called_what_their_addresses_say(site: Site) -> None:
    without_tags(site)
    for at, tag in enumerate(TAGS):
        site.listing(f"tags/{tag}", "Notes", [f"note-{n}" for n in range(1, 17) if at in (n % 4, (n + 1) % 4)])
    assert [tag.label for tag in site.documents()["note-5"].tags] == ["bread", "water"]


def test_a_tag_page_without_a_heading_is_called_what_its_title_says_without_the_name_of_the_site(site: Site) -> None:
    without_tags(site)
    for at, tag in enumerate(TAGS):
        listed = [n for n in range(1, 17) if at in (n % 4, (n + 1) % 4)]
        notes = "".join(f'<li><a href="/note-{n}/">Note {n} from the mill</a></li>' for n in listed)
        site.write(f"tags/{tag}", f"<ul>{notes}</ul>", title=f"All {tag.capitalize()}")
    assert [tag.label for tag in site.documents()["note-5"].tags] == ["Bread", "Water"]


def test_a_post_that_no_tag_page_lists_has_its_tags_from_nowhere(site: Site) -> None:
    without_tags(site)
    site.post(17, tags=[])
    shown = site.extracted()["note-17"].extraction
    assert shown is not None
    assert (shown.document.tags, shown.sources.get("tags")) == ((), None)


def test_every_copy_of_a_site_in_one_folder_has_the_tags_of_its_own_tag_pages(site: Site) -> None:
    for copy in range(6):
        below = Site(site.folder / f"copy-{copy}", site.index)
        for number in range(1, 21):
            below.post(number, tags=())
        for at, tag in enumerate(TAGS):
            listed = [n for n in range(1, 21) if at in (n % 4, (n + 1) % 4)]
            below.listing(f"tags/{tag}", f"Posts about {tag}", [f"copy-{copy}/note-{n}" for n in listed])
    documents = site.documents()
    assert len(documents) == 120
    assert {name: [tag.tag for tag in each.tags] for name, each in documents.items()} == {
        f"copy-{copy}/note-{n}": sorted({TAGS[n % 4], TAGS[(n + 1) % 4]}) for copy in range(6) for n in range(1, 21)
    }


def test_links_that_all_tag_pages_have_tag_nothing(site: Site) -> None:
    site.sidebar = '<ul class="recent"><li><a href="/note-5/">Note 5</a></li></ul>'
    documents = without_tags(site).documents()
    assert [tag.tag for tag in documents["note-5"].tags] == ["bread", "water"]


def test_a_changed_tag_page_changes_the_tags_of_posts_that_did_not(site: Site) -> None:
    without_tags(site).reindex()
    assert tags_of(site, "note-5") == ["bread", "water"]
    site.listing("tags/garden", "Posts about garden", ["note-2", "note-3", "note-5"])
    report = site.reindex()
    assert report.changed >= 1
    assert tags_of(site, "note-5") == ["bread", "garden", "water"]
    assert tags_of(site, "note-6") == ["water"], "it was taken off the tag page"


def test_a_tag_page_that_goes_takes_its_tag_along(site: Site) -> None:
    without_tags(site).reindex()
    (site.folder / "tags" / "bread" / "index.html").unlink()
    site.reindex()
    assert tags_of(site, "note-5") == ["water"]


def test_a_changed_post_keeps_the_tags_that_unchanged_tag_pages_give_it(site: Site) -> None:
    without_tags(site).reindex()
    site.post(5, tags=[], text=prose(77))
    assert site.reindex().changed == 1
    assert tags_of(site, "note-5") == ["bread", "water"]
    assert "Entry 77" in site.indexed("note-5").body


def test_a_new_design_is_noticed_and_learned(site: Site) -> None:
    site.build(40).reindex()
    site.frame = (
        '<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body><div id="page"><div id="top">'
        '<a href="/">The Mill</a></div><div id="middle"><section class="wide">{main}</section></div></div>'
        "</body></html>"
    )
    site.build(40)
    report = site.reindex()
    assert any("the design" in note for note in report.notes)
    assert report.changed == 40
    assert site.indexed("note-8").title == "Note 8 from the mill"
    site.post(41)
    site.reindex()
    pages, _ = state_of(site)
    assert pages.pages["https://mill.example/note-41/"].template is not None  # type: ignore[attr-defined]


def test_a_full_build_learns_anew(site: Site) -> None:
    site.build().reindex()
    site.reindex(full=True)
    assert state_of(site)[1].templates.templates  # type: ignore[attr-defined]


def test_noindex_on_all_posts_is_a_setting_of_the_site(site: Site) -> None:
    site.head = '<meta name="robots" content="noindex">'
    report = site.build().reindex()
    assert report.posts == 16
    assert any("noindex" in note for note in report.notes)
    site.post(17)
    assert site.reindex().posts == 17


def test_noindex_on_one_post_is_its_authors_wish(site: Site) -> None:
    site.build()
    site.post(17, head='<meta name="robots" content="noindex">')
    assert site.extracted()["note-17"].why == "noindex"
    report = site.reindex()
    assert (report.posts, report.no_posts["noindex"]) == (16, 1)


def test_the_report_shows_each_template_with_its_slots(site: Site) -> None:
    report = site.build().reindex()
    posts = next(template for template in report.templates.values() if template.now.posts)
    assert posts.now == Figures(pages=16, posts=16)
    assert posts.slots["title"] == "h1.entry-title"
    assert posts.examples["title"].endswith("from the mill")
    assert report.as_json()["templates"]
    assert set(posts.examples["tags"].split(", ")) <= set(TAGS)
