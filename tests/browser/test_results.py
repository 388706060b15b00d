"""Results on the blog's own page: their address, their filters, and the way back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import FORM
from .servers import Blog, Served


def address(blog: Blog, service: Served, query: str = "", attributes: str = "") -> str:
    form = FORM.format(origin=service.origin).replace("<post-search", f"<post-search {attributes}")
    return blog.page(form) + query


def hits(page: Page) -> int:
    return page.locator("[part=hit]").count()


def test_a_search_has_an_address_that_can_be_shared(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?page_id=7"))
    page.get_by_role("combobox").fill("relief")
    page.get_by_role("combobox").press("Enter")
    expect(page.get_by_role("heading", name="1 post for “relief”")).to_be_visible()
    assert page.url.endswith("?page_id=7&q=relief")
    page.goto(page.url)
    expect(page.get_by_role("link", name="Relief for the lower back")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_value("relief")
    hit = page.locator("[part=hit]")
    expect(hit.get_by_role("time")).to_have_text("March 22, 2017")
    expect(hit).to_contain_text("Kim Lee")


def test_back_and_forward_walk_through_searches(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service))
    box = page.get_by_role("combobox")
    box.fill("relief")
    box.press("Enter")
    expect(page.get_by_role("heading", name="1 post for “relief”")).to_be_visible()
    box.fill("tea")
    box.press("Enter")
    expect(page.get_by_role("heading", name="23 posts for “tea”")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="1 post for “relief”")).to_be_visible()
    expect(box).to_have_value("relief")
    page.go_back()
    expect(page.locator("[part=results]")).to_be_hidden()
    expect(box).to_have_value("")
    page.go_forward()
    expect(page.get_by_role("heading", name="1 post for “relief”")).to_be_visible()


def test_a_way_to_a_part_of_the_page_is_no_other_search(page: Page, blog: Blog, service: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: "/search?" in request.url and asked.append(request.url))
    page.goto(address(blog, service, "?q=tea"))
    expect(page.get_by_role("heading", name="23 posts for “tea”")).to_be_visible()
    page.get_by_role("combobox").fill("relief")
    page.evaluate("location.hash = 'part'; history.back()")
    page.wait_for_url("**?q=tea")
    page.evaluate("location.hash = 'another'")
    expect(page.get_by_role("combobox")).to_have_value("relief")
    page.get_by_role("combobox").press("Enter")
    expect(page.get_by_role("heading", name="1 post for “relief”")).to_be_visible()
    assert len(asked) == 2


def test_facets_narrow_and_chips_widen(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=tea"))
    page.get_by_role("link", name=re.compile("Recipes 7")).click()
    expect(page.get_by_role("heading", name="7 posts for “tea”")).to_be_focused()
    page.get_by_role("link", name=re.compile(r"^2016 \d$")).click()
    expect(page.get_by_role("link", name="Remove filter: 2016")).to_be_visible()
    assert page.url.endswith("?q=tea&tag=recipes&after=2016&before=2016")
    expect(page.get_by_role("link", name=re.compile(r"^2016 \d$"))).to_have_count(0)
    other = page.get_by_role("link", name=re.compile(r"^2017 \d$"))
    count = (other.text_content() or "").split()[1]
    other.click()
    expect(page.get_by_role("heading", name=f"{count} post")).to_be_focused()
    assert page.url.endswith("?q=tea&tag=recipes&after=2017&before=2017")
    page.go_back()
    expect(page.get_by_role("link", name="Remove filter: 2016")).to_be_visible()
    page.get_by_role("link", name="Remove filter: Recipes").click()
    expect(page.get_by_role("link", name="Remove filter: Recipes")).to_have_count(0)
    page.get_by_role("link", name="Remove filter: 2016").click()
    expect(page.get_by_role("heading", name="23 posts for “tea”")).to_be_focused()


def test_with_alternatives_no_tag_is_offered_that_would_find_nothing(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?tag=tea,massage"))
    expect(page.get_by_role("list", name="Years")).to_be_visible()
    expect(page.locator("[part=facets]").get_by_role("list", name="Tags")).to_have_count(0)


def test_dates_narrow_in_either_order(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=tea&after=2016"))
    expect(page.get_by_label("From", exact=True)).to_have_value("2016-01-01")
    page.get_by_label("From", exact=True).fill("2017-12-31")
    page.get_by_label("Until", exact=True).fill("2017-01-01")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Remove filter: until December 31, 2017")).to_be_visible()
    assert page.url.endswith("?q=tea&after=2017-01-01&before=2017-12-31")
    expect(page.locator("[part=hit] time").first).to_contain_text("2017")


def test_more_results_follow_and_are_still_there_after_a_visit_elsewhere(
    page: Page, blog: Blog, service: Served
) -> None:
    page.goto(address(blog, service, "?q=tea"))
    more = page.get_by_role("button", name="More results")
    more.click()
    expect(page.locator("[part=hit]")).to_have_count(20)
    expect(page.locator("[part=hit]").nth(10).get_by_role("link").first).to_be_focused()
    more.click()
    expect(page.locator("[part=hit]")).to_have_count(23)
    expect(more).to_have_count(0)
    titles = page.locator("[part=hit-title]").all_text_contents()
    assert len(set(titles)) == 23
    page.reload()
    expect(page.locator("[part=hit]")).to_have_count(23)


def test_pages_of_a_size_that_no_hundred_is_made_of_still_follow_each_other(
    page: Page, blog: Blog, service: Served
) -> None:
    with page.expect_request("**/search?*") as asked:
        page.goto(address(blog, service, "?q=tea&page=3", 'per-page="40"'))
    assert "per_page=80" in asked.value.url, "two whole pages, after which the third would come"


def test_where_more_results_fail_to_come_those_that_are_there_stay(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=tea"))
    more = page.get_by_role("button", name="More results")
    expect(more).to_be_visible()
    page.route("**/search?*", lambda route: route.abort())
    for _ in range(2):
        more.click()
        expect(page.locator("[part=more] [part=notice]")).to_contain_text("can’t be reached")
        expect(page.locator("[part=hit]")).to_have_count(10)
        expect(more).to_be_focused()
    page.unroute("**/search?*")
    more.click()
    expect(page.locator("[part=hit]")).to_have_count(20)
    expect(page.locator("[part=notice]")).to_have_count(0)


def test_a_page_of_the_blogs_own_list_is_no_search(page: Page, blog: Blog, service: Served) -> None:
    with page.expect_response("**/recent?*"):
        page.goto(blog.page(FORM.format(origin=service.origin) + "<post-recent></post-recent>") + "?page=2")
    expect(page.locator("post-recent").get_by_role("listitem").first).to_be_visible()
    expect(page.locator("[part=results]")).to_be_hidden()
    assert page.url.endswith("?page=2")


def test_the_language_of_the_blogs_own_page_is_no_search_but_narrows_one(
    page: Page, blog: Blog, service: Served
) -> None:
    with page.expect_response("**/recent?*"):
        page.goto(blog.page(FORM.format(origin=service.origin) + "<post-recent></post-recent>") + "?lang=en&page=2")
    expect(page.locator("post-recent").get_by_role("listitem").first).to_be_visible()
    expect(page.locator("[part=results]")).to_be_hidden()
    page.get_by_role("combobox").fill("massage")
    page.get_by_role("combobox").press("Enter")
    expect(page.get_by_role("heading", name="1 post for “massage”")).to_be_visible()
    assert page.url.endswith("?lang=en&q=massage")


def test_a_language_is_a_filter_that_tags_keep(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=massage&lang=en"))
    expect(page.get_by_role("heading", name="1 post for “massage”")).to_be_visible()
    page.locator("[part=hit]").get_by_role("link", name="Massage", exact=True).click()
    expect(page.get_by_role("heading", name="1 post", exact=True)).to_be_focused()
    assert page.url.endswith("?tag=massage&lang=en")
    page.get_by_role("link", name="Remove filter: English").click()
    expect(page.get_by_role("heading", name="2 posts")).to_be_focused()
    assert page.url.endswith("?tag=massage")


@pytest.mark.parametrize(
    "refused", ["after=2017-13", "before=2017-02-30", "after=2019&before=2018", "author=%3F", "tag=%2C", "not_tag=%2C"]
)
def test_what_the_service_refuses_of_an_address_is_left_out(
    page: Page, blog: Blog, service: Served, refused: str
) -> None:
    page.goto(address(blog, service, f"?q=tea&{refused}"))
    expect(page.get_by_role("heading", name="23 posts for “tea”")).to_be_visible()
    assert refused.partition("=")[0] not in str(page.get_by_role("link", name="Oldest").get_attribute("href"))


def test_where_nothing_is_left_of_an_address_there_is_no_search(page: Page, blog: Blog, service: Served) -> None:
    with page.expect_response(lambda response: response.status == 400):
        page.goto(address(blog, service, "?after=2017-13"))
    expect(page.get_by_role("combobox")).to_be_visible()
    expect(page.locator("[part=results]")).to_be_hidden()
    expect(page.locator("post-search")).not_to_contain_text("can’t be reached")


def test_a_script_searches_for_what_an_address_can_say(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service))
    expect(page.get_by_role("combobox")).to_be_visible()
    page.evaluate(
        "document.querySelector('post-search').search({ q: 'tea', tag: 'recipes', colour: 'red', page: 'x' })"
    )
    expect(page.get_by_role("heading", name="7 posts for “tea”")).to_be_focused()
    assert page.url.endswith("?q=tea&tag=recipes")


def test_orders_are_links(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=tea"))
    page.get_by_role("link", name="Oldest").click()
    expect(page.locator("[part=hit] time").first).to_contain_text("2015")
    expect(page.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "true")
    assert page.url.endswith("?q=tea&sort=date")


def test_a_correction_can_be_refused(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=lower+releif"))
    expect(page.locator("[part=note]")).to_contain_text("Showing results for lower relief.")
    page.get_by_role("link", name="Search for lower releif as it is written").click()
    expect(page.get_by_role("combobox")).to_have_value('lower "releif"')


def test_nothing_found_says_what_may_help(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=xyzzyq"))
    expect(page.get_by_role("heading", name="No posts for “xyzzyq”")).to_be_visible()
    expect(page.locator("post-search")).to_contain_text("Check the spelling")


def test_a_search_that_takes_its_time_says_so(page: Page, blog: Blog, service: Served) -> None:
    held: list[Route] = []
    page.route("**/search?*", lambda route: held.append(route))
    page.goto(address(blog, service, "?q=relief"))
    results = page.locator("[part=results]")
    expect(results).to_have_text("Searching…")
    expect(results).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(results).to_contain_text("1 post for “relief”")
    expect(results).to_have_attribute("aria-busy", "false")


def test_nonsense_in_the_address_is_ignored(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=tea&after=yesterday&sort=random&page=many&tag=&constructor=1"))
    expect(page.get_by_role("heading", name="23 posts for “tea”")).to_be_visible()


def test_a_prefix_keeps_parameters_of_the_page_apart(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=mine", 'prefix="s-"'))
    box = page.get_by_role("combobox")
    expect(box).to_have_value("")
    box.fill("relief")
    box.press("Enter")
    expect(page.get_by_role("heading", name="1 post for “relief”")).to_be_visible()
    assert page.url.endswith("?q=mine&s-q=relief")


def test_results_on_another_page_are_a_plain_form_away(page: Page, blog: Blog, service: Served) -> None:
    results = address(blog, service)
    page.goto(address(blog, service, attributes=f'results="{service.origin}/"'))
    page.get_by_role("combobox").fill("relief")
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url(f"{service.origin}/?q=relief")
    page.goto(blog.page(f'<post-tags results="{results}"></post-tags>'))
    page.get_by_role("link", name=re.compile("Back Pain")).click()
    expect(page.get_by_role("heading", name="1 post")).to_be_visible()


def test_a_hit_leads_to_the_section_that_its_snippet_stands_in(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=massage+helps"))
    hit = page.locator("[part=hit]").filter(has_text="Relief")
    link = hit.get_by_role("link", name="What helps")
    expect(link).to_have_attribute("href", "https://blog.example/lower-back#what-helps")
    expect(link.locator("mark")).to_have_text("helps")
    expect(hit.locator("[part=snippet]")).to_have_text("A massage helps a sore back. …")
    page.goto(address(blog, service, "?q=waiting"))
    expect(page.locator("[part=section]")).to_have_text("What is <b>useless</b>")
    expect(page.locator("[part=section] a")).to_have_count(0)


def test_what_was_probably_meant_is_a_link_away(page: Page, blog: Blog, service: Served) -> None:
    page.goto(address(blog, service, "?q=strenght"))
    expect(page.get_by_role("heading", name="1 post for “strenght”")).to_be_visible()
    expect(page.locator("[part=note]")).to_have_text("Did you mean strength?")
    page.get_by_role("link", name="strength", exact=True).click()
    expect(page.get_by_role("heading", name="10 posts for “strength”")).to_be_focused()
    expect(page.locator("[part=note]")).to_have_count(0)
    assert page.url.endswith("?q=strength")
