"""The service is away, and comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .conftest import FORM
from .servers import Blog, Served

PANEL = '<post-recent limit="3"><h2 slot="heading">Recent</h2></post-recent>'
KEPT = '<post-tags><p><a href="https://blog.example/tags">All tags</a></p></post-tags>'


@pytest.fixture
def away(page: Page, blog: Blog, service: Served) -> Iterator[Page]:
    """A page that is open when the service goes away, with a panel that is only then put into it."""
    page.goto(blog.page(FORM.format(origin=service.origin)))
    expect(page.get_by_role("combobox")).to_be_visible()
    service.stop()
    page.evaluate("document.querySelector('main').append(document.createElement('post-recent'))")
    yield page
    if service.away:
        service.start()


def test_typing_gets_a_sentence_and_a_way_on_and_then_suggestions_again(away: Page, service: Served) -> None:
    box = away.get_by_role("combobox")
    box.fill("relief")
    notice = away.locator("post-search [part=notice]")
    expect(notice).to_have_text("The search can’t be reached at the moment. Go to the search page")
    expect(notice.get_by_role("link")).to_have_attribute("href", f"{service.origin}/?q=relief")
    expect(away.locator("post-search").get_by_role("status")).to_contain_text("can’t be reached")
    service.start()
    box.press("Backspace")
    expect(away.get_by_role("option").first).to_contain_text("Relief")
    expect(notice).to_be_hidden()


def test_a_search_gets_a_sentence_and_then_results_again(away: Page, service: Served) -> None:
    box = away.get_by_role("combobox")
    box.fill("tea")
    box.press("Enter")
    results = away.locator("[part=results]")
    expect(results).to_contain_text("can’t be reached")
    expect(results).to_have_attribute("aria-busy", "false")
    service.start()
    box.press("Enter")
    expect(away.get_by_role("heading", name="23 posts for “tea”")).to_be_visible()


def test_a_panel_says_so_and_fills_itself_when_the_service_is_back(away: Page, service: Served) -> None:
    panel = away.locator("post-recent")
    expect(panel).to_contain_text("The search can’t be reached at the moment.")
    service.start()
    away.evaluate("dispatchEvent(new Event('online'))")
    expect(panel.get_by_role("listitem")).to_have_count(5)


def test_a_panel_with_something_of_its_own_to_say_keeps_it(page: Page, blog: Blog, service: Served) -> None:
    for pattern in ("**/tags", "**/tags?*"):
        page.route(pattern, lambda route: route.abort())
    page.goto(blog.page(KEPT))
    with page.expect_event("requestfailed"):
        page.wait_for_function("customElements.get('post-tags') !== undefined")
    expect(page.get_by_role("link", name="All tags")).to_be_visible()
    page.wait_for_timeout(600)
    expect(page.get_by_role("link", name="All tags")).to_be_visible()
    expect(page.locator("post-tags")).not_to_contain_text("can’t be reached")


def test_in_a_browser_that_is_too_old_for_the_elements_the_form_in_them_searches(
    page: Page, blog: Blog, service: Served
) -> None:
    page.add_init_script("delete AbortSignal.any")
    page.goto(blog.page(FORM.format(origin=service.origin)))
    page.get_by_label("Search").fill("relief")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url(f"{service.origin}/?q=relief")
    expect(page.get_by_role("listitem").first).to_be_visible()
