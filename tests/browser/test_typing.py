"""The box while somebody types."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from .conftest import FORM
from .servers import Blog, Served


def open_box(page: Page, blog: Blog, service: Served, form: str = FORM) -> None:
    page.goto(blog.page(form.format(origin=service.origin)))
    expect(page.get_by_role("combobox")).to_be_visible()


def test_a_few_keystrokes_show_posts_and_tags_with_what_was_typed_marked(
    page: Page, blog: Blog, service: Served
) -> None:
    open_box(page, blog, service)
    page.get_by_role("combobox").press_sequentially("mas")
    post = page.get_by_role("option", name="Relief for the lower back")
    expect(page.get_by_role("option", name="🎉🎉 Festive massage")).to_be_visible()
    expect(page.get_by_role("option", name=re.compile(r"Massage\s*2"))).to_be_visible()
    expect(page.get_by_role("listbox").locator("mark").first).to_have_text("mas")
    expect(post).to_have_count(0)
    page.get_by_role("combobox").fill("relief")
    expect(post).to_have_attribute("href", "https://blog.example/lower-back")


def test_of_a_post_with_many_tags_the_first_are_named(page: Page, blog: Blog, service: Served) -> None:
    open_box(page, blog, service)
    page.get_by_role("combobox").fill("a walk")
    expect(page.get_by_role("option", name="A walk")).to_contain_text("Walks · Wind · Winter")
    expect(page.get_by_role("listbox")).not_to_contain_text("Woods")


def test_marks_count_characters_beyond_the_basic_plane_once(page: Page, blog: Blog, service: Served) -> None:
    open_box(page, blog, service)
    page.get_by_role("combobox").fill("festive")
    expect(page.get_by_role("listbox").locator("mark")).to_have_text("Festive")
    page.get_by_role("combobox").press("Enter")
    expect(page.locator("[part=hit-title] mark")).to_have_text("Festive")


def test_an_answer_that_comes_too_late_is_not_shown(page: Page, blog: Blog, service: Served) -> None:
    held: list[Route] = []
    page.route("**/suggest?q=t&*", lambda route: held.append(route))
    open_box(page, blog, service)
    box = page.get_by_role("combobox")
    with page.expect_request("**/suggest?q=t&*"):
        box.press("t")
    with page.expect_event("requestfailed", lambda request: "suggest?q=t&" in request.url):
        box.fill("relief")
    expect(page.get_by_role("option").first).to_contain_text("Relief")
    assert len(held) == 1


def test_a_request_that_fails_is_tried_once_more(page: Page, blog: Blog, service: Served) -> None:
    tried: list[str] = []

    def fail_once(route: Route) -> None:
        tried.append(route.request.url)
        if len(tried) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/suggest?*", fail_once)
    open_box(page, blog, service)
    page.get_by_role("combobox").fill("relief")
    expect(page.get_by_role("option").first).to_contain_text("Relief")
    assert len(tried) == 2


def test_without_suggestions_the_box_still_searches(page: Page, blog: Blog, service: Served) -> None:
    page.route("**/suggest?*", lambda route: route.fulfill(status=404))
    open_box(page, blog, service)
    box = page.get_by_role("combobox")
    with page.expect_response("**/suggest?*"):
        box.press_sequentially("relief", delay=20)
    expect(page.get_by_role("option")).to_have_count(0)
    box.press("Enter")
    expect(page.get_by_role("heading", name="1 post for “relief”")).to_be_visible()


def test_what_was_typed_before_the_module_came_is_kept_and_so_is_the_place_in_it(
    page: Page, blog: Blog, service: Served
) -> None:
    waiting: list[Route] = []
    page.route("**/postseek.js", lambda route: waiting.append(route))
    page.goto(blog.page(FORM.format(origin=service.origin)), wait_until="commit")
    plain = page.get_by_role("searchbox")
    plain.press_sequentially("relf")
    plain.press("ArrowLeft")
    waiting[0].continue_()
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("ie")
    expect(box).to_have_value("relief")


def test_the_form_names_the_box_and_its_button(page: Page, blog: Blog, service: Served) -> None:
    open_box(page, blog, service)
    expect(page.get_by_role("combobox")).to_have_accessible_name("Search")
    expect(page.get_by_role("button")).to_have_text("Find")


def test_what_a_post_says_is_shown_as_text(page: Page, blog: Blog, service: Served) -> None:
    open_box(page, blog, service)
    box = page.get_by_role("combobox")
    box.fill("canary")
    expect(page.get_by_role("option").first).to_contain_text("<img src=x onerror=alert(1)> canary")
    expect(page.get_by_role("option").last).to_contain_text("<b>canary</b>")
    box.press("Enter")
    expect(page.locator("[part=hit]").first).to_contain_text("<script>alert(2)</script>")
    assert page.locator("post-search img").count() == 0
