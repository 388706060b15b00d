"""The panels beside a post."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import FORM
from .servers import Blog, Served

RELATED = '<post-related url="https://blog.example/lower-back"><h2 slot="heading">Read on</h2></post-related>'


def test_recent_posts_are_listed_the_newest_first(page: Page, blog: Blog) -> None:
    page.goto(blog.page('<post-recent limit="2"><h2 slot="heading">New</h2><p>One moment</p></post-recent>'))
    items = page.get_by_role("list", name="Recent posts").get_by_role("listitem")
    expect(items).to_have_count(2)
    expect(items.first.get_by_role("link")).to_have_attribute("href", "https://blog.example/arabic")
    expect(items.first.get_by_role("time")).to_have_attribute("datetime", "2021-05-05")
    expect(page.get_by_role("heading", name="New")).to_be_visible()
    expect(page.get_by_text("One moment")).to_be_hidden()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://[", "mailto:somebody"])
def test_an_element_whose_service_is_no_address_asks_the_one_that_its_module_came_from(
    page: Page, blog: Blog, address: str
) -> None:
    page.goto(blog.page(f'<post-recent service="{address}" limit="2"></post-recent>'))
    expect(page.get_by_role("list", name="Recent posts").get_by_role("listitem")).to_have_count(2)


def test_related_posts_are_those_of_the_page_or_of_an_address(page: Page, blog: Blog) -> None:
    page.goto(blog.page(RELATED))
    expect(page.get_by_role("link", name="🎉🎉 Festive massage 𝔞𝔫𝔡 more")).to_be_visible()
    canonical = '<link rel="canonical" href="https://blog.example/astral">'
    page.goto(blog.page("<post-related></post-related>", head=canonical))
    expect(page.get_by_role("link", name="Relief for the lower back")).to_be_visible()


def test_a_limit_beyond_what_the_service_takes_is_the_greatest_that_it_takes(
    page: Page, blog: Blog, service: Served
) -> None:
    related = RELATED.replace("<post-related", '<post-related limit="999"')
    form = FORM.format(origin=service.origin).replace("<post-search", '<post-search limit="999"')
    page.goto(blog.page(form + related + '<post-recent limit="999"></post-recent>'))
    expect(page.locator("post-related").get_by_role("listitem").first).to_be_visible()
    expect(page.locator("post-recent").get_by_role("listitem")).to_have_count(38)
    page.get_by_role("combobox").fill("tea")
    expect(page.get_by_role("group", name="Posts").get_by_role("option")).to_have_count(20)


def test_a_post_that_is_not_indexed_has_no_panel_at_all(page: Page, blog: Blog) -> None:
    with page.expect_response("**/related?*") as answer:
        page.goto(blog.page('<post-related><h2 slot="heading">Read on</h2></post-related>'))
    assert answer.value.status == 404
    expect(page.get_by_role("heading", name="Read on")).to_be_hidden()


def test_where_nothing_is_featured_the_heading_is_hidden_too(page: Page, blog: Blog) -> None:
    with page.expect_response("**/featured"):
        page.goto(blog.page('<post-featured><h2 slot="heading">Featured</h2></post-featured>'))
    expect(page.get_by_role("heading", name="Featured")).to_be_hidden()


def test_the_cloud_is_in_alphabetical_order_and_sized_by_counts(page: Page, blog: Blog) -> None:
    page.goto(blog.page("<post-tags></post-tags>"))
    tags = page.get_by_role("list", name="Tags").get_by_role("link")
    expect(tags).to_have_count(10)
    labels = [re.sub(r" \d+$", "", text) for text in tags.all_text_contents()]
    assert labels[1:5] == ["Back Pain", "Massage", "Recipes", "Tea"]
    expect(page.locator("[part~=size-5]")).to_have_text(re.compile("Tea 23"))
    expect(page.locator("[part~=size-1]").first).to_be_visible()


def test_a_list_of_tags_starts_with_the_most_used(page: Page, blog: Blog) -> None:
    page.goto(blog.page('<post-tags view="list" limit="2"></post-tags>'))
    expect(page.get_by_role("listitem")).to_have_text(["Tea 23", "Recipes 7"])


def test_tags_lead_to_the_box_that_they_are_for(page: Page, blog: Blog, service: Served) -> None:
    box = FORM.format(origin=service.origin).replace("<post-search", '<post-search id="box"')
    page.goto(blog.page(box + '<post-tags for="box"></post-tags>'))
    page.locator("post-tags").get_by_role("link", name=re.compile("Recipes")).click()
    expect(page.get_by_role("heading", name="7 posts")).to_be_focused()


def test_an_element_follows_its_attributes_and_may_come_and_go(page: Page, blog: Blog) -> None:
    page.goto(blog.page('<post-recent limit="2"></post-recent>'))
    items = page.get_by_role("listitem")
    expect(items).to_have_count(2)
    page.evaluate("document.querySelector('post-recent').setAttribute('limit', '4')")
    expect(items).to_have_count(4)
    page.evaluate("window.kept = document.querySelector('post-recent'); kept.remove()")
    page.evaluate("document.querySelector('main').append(kept)")
    expect(items).to_have_count(4)
