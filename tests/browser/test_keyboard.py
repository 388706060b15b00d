"""The keyboard, as the ARIA Authoring Practices describe a combobox whose list is chosen from by hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import FORM
from .servers import Blog, Served


@pytest.fixture
def box(page: Page, blog: Blog, service: Served) -> Locator:
    """The box with an open list of four options: three posts and a tag."""
    page.goto(blog.page(FORM.format(origin=service.origin).replace("<post-search", '<post-search limit="3"')))
    box = page.get_by_role("combobox")
    box.fill("tea")
    expect(page.get_by_role("option")).to_have_count(4)
    return box


def chosen(page: Page) -> Locator:
    return page.get_by_role("option", selected=True)


def test_the_list_opens_without_a_choice(page: Page, box: Locator) -> None:
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_be_focused()
    expect(chosen(page)).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None


def test_arrows_walk_through_the_list_and_round_while_focus_stays(page: Page, box: Locator) -> None:
    options = page.get_by_role("option")
    for index in (0, 1, 2, 3, 0):
        box.press("ArrowDown")
        expect(options.nth(index)).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    expect(options.nth(3)).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.nth(3).get_attribute("id")
    expect(box).to_be_focused()
    expect(chosen(page)).to_have_count(1)


@pytest.mark.parametrize("key", ["Home", "End", "ArrowLeft", "ArrowRight"])
def test_keys_of_the_text_go_back_to_the_text(page: Page, box: Locator, key: str) -> None:
    box.press("ArrowUp")
    box.press(key)
    expect(chosen(page)).to_have_count(0)
    page.keyboard.type("x")
    expect(box).to_have_value({"Home": "xtea", "ArrowLeft": "texa"}.get(key, "teax"))


def test_escape_closes_the_list_and_then_empties_the_box(page: Page, box: Locator) -> None:
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("tea")
    box.press("Escape")
    expect(box).to_have_value("")


def test_a_closed_list_opens_with_an_arrow(page: Page, box: Locator) -> None:
    box.press("Escape")
    box.press("Alt+ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(chosen(page)).to_have_count(0)
    box.press("Alt+ArrowUp")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")


def test_enter_takes_the_chosen_post(page: Page, box: Locator) -> None:
    page.route("https://blog.example/**", lambda route: route.fulfill(body="the post"))
    target = page.get_by_role("option").nth(1).get_attribute("href")
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(target or "")


def test_enter_on_a_tag_shows_its_posts_here(page: Page, box: Locator) -> None:
    box.press("ArrowUp")
    box.press("Enter")
    expect(page.get_by_role("heading", name="23 posts")).to_be_visible()
    expect(page.get_by_role("link", name="Remove filter: Tea")).to_be_visible()
    assert page.url.endswith("?tag=tea")


def test_typing_on_takes_the_choice_back_at_once(page: Page, blog: Blog, box: Locator) -> None:
    page.route("**/suggest?*", lambda route: None)  # never answered
    box.press("ArrowDown")
    page.keyboard.type("s")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="23 posts for “teas”")).to_be_visible()


def test_enter_without_a_choice_searches(page: Page, box: Locator) -> None:
    box.press("Enter")
    expect(page.get_by_role("heading", name="23 posts for “tea”")).to_be_visible()
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_be_focused()


def test_tab_leaves_the_list(page: Page, box: Locator) -> None:
    box.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Find")).to_be_focused()


def test_the_shortcut_leads_to_the_box_but_not_out_of_another_field(page: Page, blog: Blog, service: Served) -> None:
    page.goto(blog.page(FORM.format(origin=service.origin) + '<label>Name <input id="name"></label>'))
    box = page.get_by_role("combobox")
    expect(box).to_be_visible()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.locator("#name").press("/")
    expect(page.locator("#name")).to_have_value("/")
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))  # playwright takes no method of a list
    page.evaluate("document.querySelector('#name').dispatchEvent(new Event('keydown', {bubbles: true}))")  # autofill
    assert errors == []
