"""The rules of a site in postseek.toml have the last word on how its pages are read."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.extract.fingerprint import how_read
from indexer.extract.rules import RulesBySite
from search_service.cli import main
from search_service.engine.errors import ConfigError
from search_service.engine.model import Document, Section
from search_service.settings import SiteRules

from .conftest import BASE, Site, prose


def rules(**fields: object) -> tuple[SiteRules, ...]:
    return (SiteRules(address=BASE, **fields),)  # type: ignore[arg-type]


def read(site: Site, **fields: object) -> dict[str, Document]:
    return site.documents(rules(**fields))


@pytest.mark.parametrize("count", [4, 16], ids=["page by page", "by templates"])
def test_every_field_is_what_its_selector_selects(site: Site, count: int) -> None:
    extra = (
        '<p class="own"><b class="name">The Honey Book</b><span class="day">3 April 2011</span><i>Bo Weir</i>'
        '<a class="mark" href="/x/">Comb</a><a class="mark" href="/y/">Wax</a><em>Cellar</em><img src="/wheel.jpg"></p>'
        '<div class="story"><h2 id="top">A heading</h2><p>Only this is the story.</p></div>'
    )
    site.build(count, after=extra)
    document = read(
        site, title=".own .name", date=".own .day", author=".own i", tags=".own a.mark", categories=".own em",
        image=".own img", body=".story",
    )["note-3"]  # fmt: skip
    assert (document.title, document.date, document.author) == ("The Honey Book", dt.date(2011, 4, 3), "Bo Weir")
    assert [tag.label for tag in document.tags] == ["Comb", "Wax"]
    assert [tag.label for tag in document.categories] == ["Cellar"]
    assert (document.image, document.body) == (f"{BASE}wheel.jpg", "A heading\nOnly this is the story.")
    assert document.sections == (Section(0, 9, "top"),)


def test_where_a_selector_selects_nothing_the_field_is_empty_but_for_title_and_body(site: Site) -> None:
    document = read(site.build(), title=".none", body=".none", author=".none", tags=".none")["note-3"]
    assert document.title == "Note 3 from the mill"
    assert document.body.startswith("Entry 3")
    assert (document.author, document.tags) == (None, ())


def test_no_other_page_gives_tags_to_a_post_of_which_the_rules_find_none(site: Site) -> None:
    site.build(tags=[])
    assert read(site, author=".author")["note-5"].tags
    assert read(site, tags=".none")["note-5"].tags == ()


def test_categories_are_no_tags_of_a_post_of_which_the_rules_find_none(site: Site) -> None:
    for number in range(1, 17):
        site.post(number, tags=[], after='<p class="filed">in <a class="category" href="/category/oven/">Oven</a></p>')
    site.listing(".", "The Mill", site.posts)
    assert read(site, author=".author")["note-5"].tags
    assert read(site, tags=".none")["note-5"].tags == ()


def test_what_is_removed_is_read_nowhere(site: Site) -> None:
    site.build(
        after='<p class="promo">Buy our flour, which was ground this week. <a rel="tag" href="/flour/">Flour</a></p>'
    )
    document = read(site, remove=".promo, .byline .author")["note-3"]
    assert "flour" not in document.body
    assert document.author is None
    assert {tag.tag for tag in document.tags} == {"garden", "bees"}


def test_globs_say_which_pages_are_posts(site: Site) -> None:
    site.build()
    site.write("about", f'<h1 class="list-title">About us</h1>{prose(70)}', title="About us")
    found = read(site, posts=("about/",), not_posts=("note-1*",))
    assert "about" in found
    assert {"note-1", "note-12", "note-2"} & set(found) == {"note-2"}
    assert site.extracted(rules(not_posts=("note-1*",)))["note-1"].why == "no post by the site's rules"


def test_a_post_by_the_rules_may_still_ask_not_to_be_found(site: Site) -> None:
    site.build()
    site.post(17, head='<meta name="robots" content="noindex">')
    site.post(18, date=(dt.date.today() + dt.timedelta(days=30)).isoformat())
    found = site.extracted(rules(posts=("note-1*",)))
    assert found["note-17"].why == "noindex"
    assert found["note-18"].why == "dated in the future"
    assert found["note-16"].why is None


def test_a_text_that_its_page_wants_nobody_to_see_is_not_selected_either(site: Site) -> None:
    site.build(4)
    site.post(5, head='<meta name="robots" content="nosnippet">')
    assert read(site, body=".entry-text")["note-5"].body == ""


def test_posts_whose_dates_only_the_rules_find_are_posts(site: Site) -> None:
    for number in range(1, 17):
        text = f'<div class="entry-text">{prose(number)}<p class="when">Anno 2018, on 7 / 3</p></div>'
        site.write(
            f"plain-{number}",
            f"<div><h1>Plain {number}</h1>{text}<u>Ground and baked at the mill on 2018-03-07</u></div>",
            title=f"Plain {number}",
        )
    assert site.documents() == {}
    found = read(site, date=".layout u")
    assert len(found) == 16
    assert {document.date for document in found.values()} == {dt.date(2018, 3, 7)}


def test_rules_are_for_the_pages_below_their_address_and_the_narrower_address_wins() -> None:
    wide, narrow = SiteRules(address="https://www.mill.example/"), SiteRules(address="https://mill.example/notes/")
    by_site = RulesBySite((wide, narrow))
    of = [by_site.of(f"https://mill.example/{path}") for path in ("notes/a/", "about/")]
    assert [each and each.stated for each in of] == [narrow, wide]
    assert by_site.of("https://other.example/notes/a/") is None
    assert RulesBySite((narrow,)).of("https://mill.example/notes-2/") is None


def test_a_selector_that_cant_be_read_is_refused_by_name_with_a_remedy() -> None:
    with pytest.raises(ConfigError) as refused:
        RulesBySite((SiteRules(address=BASE, title="h1["),))
    assert all(words in str(refused.value) for words in ("title", BASE, "h1.entry-title"))


def test_the_command_takes_its_rules_from_the_file(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(4)
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "postseek.toml"
    arguments = ["extract", str(site.folder), "--base-url", BASE, "--jsonl", "--explain"]
    file.write_text(f'[[sites]]\naddress = "{BASE}"\nauthor = ".brand"\nremove = ".side"\n')
    lines = [json.loads(line) for line in CliRunner().invoke(main, arguments).stdout.splitlines()]
    post = next(line for line in lines if line["path"] == "note-3/index.html")
    assert post["author"] == "The Mill"
    assert post["sources"]["author"] == "author of postseek.toml: .brand"
    assert post["confidence"]["author"] == 1.0
    file.write_text(f'[[sites]]\naddress = "{BASE}"\nbody = "div {{"\n')
    refused = CliRunner().invoke(main, arguments)
    assert refused.exit_code == 2


def test_other_rules_read_the_pages_of_their_site_again_and_of_no_other(site: Site) -> None:
    site.build().reindex()
    assert site.reindex().unchanged == 21
    changed = site.reindex(rules=rules(author=".brand"))
    assert (changed.changed, changed.unchanged) == (16, 0)
    assert site.indexed("note-3").author == "The Mill"
    assert site.reindex(rules=rules(author=".brand")).unchanged == 21
    other = SiteRules(address="https://other.example/", author="b")
    assert how_read((other,), base_url=BASE) == how_read((), base_url=BASE)
