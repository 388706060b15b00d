"""The service's own pages: without JavaScript, with it, and the example beside them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .conftest import FORM
from .servers import Blog, Served


def test_without_javascript_the_box_on_a_blog_leads_to_the_search_page_and_through_it(
    new_page: Callable[..., Page], blog: Blog, service: Served
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(blog.page(FORM.format(origin=service.origin)))
    page.get_by_role("searchbox", name="Search").fill("tea")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(f"{service.origin}/?q=tea")
    expect(page.get_by_role("heading", name="23 posts for “tea”")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Page 2")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Recipes 7").click()
    expect(page.get_by_role("heading", name="7 posts for “tea”")).to_be_visible()
    page.get_by_text("Dates").click()
    page.get_by_label("From").fill("2017-01-01")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Remove filter: from 1 January 2017")).to_be_visible()
    page.get_by_role("searchbox").fill("back")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", name="No posts for “back”")).to_be_visible()
    page.get_by_role("link", name="Remove filter: from 1 January 2017").click()
    page.get_by_role("link", name="Remove filter: Recipes").click()
    expect(page.get_by_role("heading", name="1 post for “back”")).to_be_visible()


def test_the_search_page_suggests_and_keeps_its_filters(page: Page, service: Served) -> None:
    page.goto(f"{service.origin}/?q=tea&tag=recipes")
    box = page.get_by_role("combobox")
    expect(box).to_have_value("tea")
    box.fill("tea of")
    expect(page.get_by_role("option").first).to_contain_text("Tea of the month")
    box.press("Enter")
    page.wait_for_url("**/?q=tea+of&tag=recipes")
    expect(page.get_by_role("heading", name="7 posts for “tea of”")).to_be_visible()


def test_a_page_that_the_browser_has_keeps_its_styles_and_its_box(page: Page, service: Served) -> None:
    for path in ("/", "/?q=tea", "/docs") * 2:
        answer = page.goto(f"{service.origin}{path}")
        assert answer is not None
        expect(page.locator("body")).to_have_css("margin-top", "0px")
        if path != "/docs":
            expect(page.get_by_role("combobox")).to_be_visible()


def test_the_box_takes_the_place_of_the_form_without_moving_the_page(
    new_page: Callable[..., Page], service: Served
) -> None:
    places = []
    for javascript in (True, False):
        page = new_page(java_script_enabled=javascript)
        page.goto(service.origin)
        expect(page.get_by_role("combobox" if javascript else "searchbox")).to_be_visible()
        places.append(page.locator("h1").bounding_box())
    assert places[0] == places[1]


def test_one_line_brings_the_three_panels_of_the_old_page_back(page: Page, example: Served) -> None:
    page.goto(f"{example.origin}/example")
    for panel, count in (("post-featured", 2), ("post-recent", 4), ("post-related", 3)):
        expect(page.locator(panel).get_by_role("listitem")).to_have_count(count)
    expect(page.locator("post-tags").get_by_role("link")).to_have_count(19)
    for heading in ("Featured Posts", "Recent Posts", "Search By Tags"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Please reload")
    page.locator("post-tags").get_by_role("link", name="Massage 4").click()
    expect(page.get_by_role("heading", name="4 posts tagged Massage")).to_be_visible()
