"""Assistive technology: what is announced, what is in the accessibility tree, and that axe-core finds nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .accessibility import violations
from .conftest import FORM
from .servers import Blog, Served

PANELS = """
    <post-recent limit="3"><h2 slot="heading">Recent</h2></post-recent>
    <post-tags><h2 slot="heading">Tags</h2></post-tags>
    <post-tags view="list"><h2 slot="heading">Counted</h2></post-tags>
    <post-related url="https://blog.example/lower-back"><h2 slot="heading">Read on</h2></post-related>
"""
PAGES = {
    "start": "/",
    "results": "/?q=tea+releif",
    "filtered": "/?q=back&tag=massage&after=2017&before=2017&sort=date&author=kim&lang=en&not_tag=running",
    "pages": "/?q=tea&page=2",
    "beyond": "/?q=tea&page=99",
    "nothing": "/?q=xyzzyq&tag=massage",
    "refused": "/?q=back&sort=sideways",
    "tag": "/?tag=massage",
}


def test_the_box_is_a_combobox_that_owns_a_listbox_of_grouped_options(page: Page, blog: Blog, service: Served) -> None:
    page.goto(blog.page(FORM.format(origin=service.origin)))
    page.get_by_role("combobox").fill("mass")
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("combobox").press("ArrowDown")
    expect(page.locator("post-search")).to_match_aria_snapshot(
        """
        - search:
          - text: Search
          - combobox "Search" [expanded] [active]: mass
          - button "Find"
          - listbox "Suggestions":
            - group "Posts":
              - option /Festive massage/ [selected]
            - group "Tags":
              - option /Massage 2/
        - status
        """
    )


def test_suggestions_are_announced_once_typing_pauses(page: Page, blog: Blog, service: Served) -> None:
    page.goto(blog.page(FORM.format(origin=service.origin)))
    status = page.locator("post-search").get_by_role("status")
    page.evaluate("""() => {
        window.heard = [];
        const status = document.querySelector('post-search').shadowRoot.querySelector('[role=status]');
        new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true });
    }""")
    page.get_by_role("combobox").press_sequentially("relief", delay=40)
    expect(status).to_have_text("1 suggestion. Choose it with the arrow keys.")
    page.get_by_role("combobox").press("Enter")
    expect(status).to_have_text("1 post for “relief”")
    assert page.evaluate("heard") == ["1 suggestion. Choose it with the arrow keys.", "1 post for “relief”"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_of_the_elements(page: Page, blog: Blog, service: Served, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(blog.page(FORM.format(origin=service.origin) + PANELS))
    expect(page.locator("post-tags").first.get_by_role("link").first).to_be_visible()
    expect(page.locator("post-related").get_by_role("link").first).to_be_visible()
    assert violations(page) == []
    box = page.get_by_role("combobox")
    box.fill("mass")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    assert violations(page) == []
    box.fill("lower massage releif tea")
    box.press("Enter")
    expect(page.locator("[part=note]").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Back Pain 1")).first.click()
    expect(page.get_by_role("link", name=re.compile("Remove filter"))).to_be_visible()
    assert violations(page) == []
    box.fill("xyzzyq")
    box.press("Enter")
    expect(page.get_by_role("heading", name="No posts for “xyzzyq”")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_where_the_service_is_away(page: Page, blog: Blog, service: Served) -> None:
    for path in ("search", "recent", "suggest"):
        page.route(f"{service.origin}/{path}?*", lambda route: route.abort())
    page.goto(blog.page(FORM.format(origin=service.origin) + PANELS) + "?q=tea")
    expect(page.locator("[part=results] [part=notice]")).to_be_visible()
    expect(page.locator("post-recent [part=notice]")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_on_any_page_of_the_service(page: Page, service: Served, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(service.origin + address)
    expect(page.get_by_role("combobox")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []


def test_axe_finds_nothing_on_the_example_page(page: Page, example: Served) -> None:
    page.goto(f"{example.origin}/example/")
    expect(page.locator("post-tags").get_by_role("link").first).to_be_visible()
    assert violations(page) == []
