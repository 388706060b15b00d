"""A sample shows every kind of page that addresses tell apart."""

from __future__ import annotations

import pytest

from indexer.extract.addresses.keys import address_key, is_tag_page, placed, resolved
from indexer.extract.rules import RulesBySite
from indexer.extract.site.model import SiteTemplates
from indexer.extract.site.sample import SAMPLE, choose
from indexer.extract.site.sampled import observed, parsed
from indexer.extract.site.steps import Steps
from indexer.extract.site.tag_pages import tag_folders
from indexer.sources.model import Page
from search_service.engine.urls import canonical_url

POST = """<html><head><title>Bees {0}</title></head><body><h1>Bees {0}</h1><time datetime="2019-03-0{0}">then</time>
<p>The mill turns again, and the bees of summer {0} are out in the garden before the bread is.</p></body></html>"""


def test_a_small_kind_is_sampled_beside_a_large_one() -> None:
    posts = [f"2019/{number % 12:02}/post-{number}/index.html" for number in range(5_000)]
    tags = [f"tags/tag-{number}/index.html" for number in range(12)]
    chosen = choose([*posts, *tags, "index.html", "about.html"])
    assert len(chosen) == SAMPLE
    assert {"index.html", "about.html"} <= set(chosen)
    assert sum(path.startswith("tags/") for path in chosen) >= 5
    years = [path for path in chosen if path.startswith("2019/")]
    assert len({path.split("/")[1] for path in years}) == 12


def test_a_site_that_is_smaller_than_the_sample_is_taken_whole() -> None:
    paths = [f"post-{number}.html" for number in range(40)]
    assert choose(paths) == paths


def test_links_mean_the_same_page_however_they_are_spelt() -> None:
    spellings = ("https://a.example/x%20y/", "http://b.example/x y", "https://a.example/x y.html", "/x y/index.html")
    assert len({address_key(url) for url in spellings}) == 1
    assert address_key("https://a.example/xy/") != address_key("https://a.example/x/y/")


def test_a_tag_page_stands_below_the_folder_of_tags() -> None:
    assert is_tag_page("https://a.example/tags/bees/", ["/tags/"])
    assert not is_tag_page("https://a.example/tags/", ["/tags/"])
    assert placed("/tags/bees/", "https://a.example/a-post/") == ("https://a.example/tags/bees/", "/tags/")
    assert [
        is_tag_page(f"https://a.example/{path}", ["*/tags/"]) for path in ("en/tags/bees/", "en/tags/", "en/a/")
    ] == [
        True,
        False,
        False,
    ]


def test_several_parts_of_a_site_that_have_few_tag_pages_each_share_the_name_of_their_folders() -> None:
    urls = [f"https://a.example/{part}/tags/{tag}/" for part in ("en", "de", "fr") for tag in ("bees", "birds")]
    assert tag_folders(urls) == ["*/tags/"]
    assert tag_folders(urls[:4]) == []
    assert tag_folders([url.replace("/en/", "/") for url in urls[:2]] + ["https://a.example/tags/x/"]) == ["/tags/"]


@pytest.mark.parametrize(
    "href",
    [
        "bees.html",
        "../about/",
        "./../../x/index.html",
        "../../../../a%20b/",
        "a//b",
        "a/../b",
        "?p=2",
        ".",
        "../",
        "x:y",
    ],
)
@pytest.mark.parametrize("base", ["https://a.example/", "https://a.example/b/c.html", "https://a.example/b//c/?d=/e/"])
def test_relative_links_lead_where_any_address_does(href: str, base: str) -> None:
    assert resolved(href, base) == canonical_url(href, base=base)


def test_of_pages_that_their_addresses_rule_out_few_are_looked_at() -> None:
    """And all of the others of the same build, which may be posts."""
    urls = [f"https://a.example/tag/{number}/" for number in range(16)]
    urls[7] = "https://a.example/2019/bees/"
    pages = [Page(url=url, content=POST.format(at % 9 + 1).encode()) for at, url in enumerate(urls)]
    sampled = list(parsed(pages, RulesBySite(), SiteTemplates(), None))
    found = observed(sampled, Steps(frozenset()))
    assert len(found) == 6
    assert [page.page.url for page in found if page.is_post] == [urls[7]]
