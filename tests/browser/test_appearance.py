"""In the dark, from right to left, on a phone, in high contrast; the pictures are for people to look at."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import FORM
from .servers import Blog, Served

Picture = Callable[[Page, str], None]
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
LANGUAGES = {
    "ar": "مقالان عن «massage»",
    "de": "2 Beiträge zu „massage“",
    "es": "2 entradas",
    "fr": "2 articles",
    "it": "2 articoli",
    "ja": "2件",
    "ko": "글 2개",
    "nl": "2 berichten",
    "pt-BR": "2 artigos",
    "zh": "2 篇关于",
    "zh-TW": "2 篇關於",
    "fi": "2 posts for “massage”",
    "x!": "2 posts for “massage”",
}


def brightness(locator: Locator, what: str) -> float:
    """The mean of the three colours, from 0 (black) to 255."""
    colour = locator.evaluate(f"element => getComputedStyle(element).{what}")
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3


def open_list(page: Page, address: str, typed: str = "mas") -> Locator:
    page.goto(address)
    page.get_by_role("combobox").fill(typed)
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("combobox").press("ArrowDown")
    return page.get_by_role("listbox")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_page(page: Page, blog: Blog, service: Served, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    popup = open_list(page, blog.page(FORM.format(origin=service.origin)))
    dark = scheme == "dark"
    assert (brightness(popup, "backgroundColor") < 60) == dark
    assert (brightness(popup, "color") > 190) == dark


def test_a_page_that_is_always_light_or_dark_is_not_asked_what_the_visitor_prefers(
    page: Page, blog: Blog, service: Served
) -> None:
    page.emulate_media(color_scheme="dark")
    form = FORM.format(origin=service.origin).replace("<post-search", '<post-search scheme="light"')
    assert brightness(open_list(page, blog.page(form)), "backgroundColor") > 190


def test_in_high_contrast_the_choice_has_the_colours_of_the_system(page: Page, blog: Blog, service: Served) -> None:
    page.emulate_media(forced_colors="active")
    open_list(page, blog.page(FORM.format(origin=service.origin)))
    shown = page.get_by_role("option", selected=True).evaluate("""option => {
        const probe = document.createElement("div");
        document.body.append(probe);
        probe.style.cssText = "forced-color-adjust: none; background: Highlight";
        return [getComputedStyle(option).backgroundColor, getComputedStyle(probe).backgroundColor];
    }""")
    assert shown[0] == shown[1]


def test_nothing_moves_for_those_who_want_it_still(page: Page, blog: Blog, service: Served) -> None:
    address = blog.page(FORM.format(origin=service.origin))
    moving = "element => getComputedStyle(element).animationName"
    assert open_list(page, address).evaluate(moving) != "none"
    page.emulate_media(reduced_motion="reduce")
    assert open_list(page, address).evaluate(moving) == "none"


def test_the_elements_speak_the_language_of_the_page(page: Page, blog: Blog, service: Served) -> None:
    for lang, summary in LANGUAGES.items():
        page.goto(blog.page(FORM.format(origin=service.origin), lang=lang) + "?q=massage")
        expect(page.locator("[part=summary]")).to_contain_text(summary)


def test_from_right_to_left_everything_turns_round(page: Page, blog: Blog, service: Served, picture: Picture) -> None:
    form = FORM.format(origin=service.origin)
    page.goto(blog.page(form, lang="ar", direction="rtl") + "?q=%D8%AA%D8%AF%D9%84%D9%8A%D9%83+massage")
    box, button = page.get_by_role("combobox").bounding_box(), page.locator("[part~=submit]").bounding_box()
    assert box is not None
    assert button is not None
    assert box["x"] > button["x"]
    facets, hits = page.locator("[part=facets]").bounding_box(), page.locator("[part=hits]").bounding_box()
    assert facets is not None
    assert hits is not None
    assert hits["x"] > facets["x"]
    picture(page, "right-to-left")


def test_a_page_in_arabic_that_sets_no_direction_gets_one_inside_the_elements(
    page: Page, blog: Blog, service: Served
) -> None:
    page.goto(blog.page(FORM.format(origin=service.origin), lang="ar") + "?q=massage")
    expect(page.locator("[part=root]")).to_have_css("direction", "rtl")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_on_a_phone_nothing_is_wider_than_the_screen(
    new_page: Callable[..., Page], blog: Blog, service: Served, direction: str
) -> None:
    page = new_page(**PHONE)
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    address = blog.page(FORM.format(origin=service.origin) + "<post-tags></post-tags>", direction=direction)
    page.goto(address + "?q=massage&tag=massage")
    expect(page.locator("[part=hit]").first).to_be_visible()
    assert page.evaluate(wider) == 0
    assert page.locator("[part=facets]").get_attribute("open") is None
    open_list(page, address)
    assert page.evaluate(wider) == 0
    for path in ("/", "/?q=tea+massage&tag=tea", "/?q=xyzzyq"):
        page.goto(service.origin + path)
        assert page.evaluate(wider) == 0


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_in_type_of_twice_the_size_a_phone_shows_what_is_typed_and_nothing_is_wider_than_the_screen(
    new_page: Callable[..., Page], blog: Blog, service: Served, javascript: bool
) -> None:
    page = new_page(**PHONE)
    if not javascript:
        page.route("**/postseek.js", lambda route: route.abort())
    lists = '<post-tags></post-tags><post-recent view="cards"></post-recent>'
    elements = blog.page(FORM.format(origin=service.origin) + lists) + "?q=massage"
    for address in (service.origin, f"{service.origin}/?q=massage", elements)[: 3 if javascript else 2]:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        box = page.get_by_role("combobox" if javascript else "searchbox")
        expect(box).to_be_visible()
        if address == elements:
            expect(page.locator("[part=hit], [part~=item]").last).to_be_visible()
        shown = box.evaluate(
            """box => {
                const { paddingInlineStart: before, paddingInlineEnd: after, fontSize } = getComputedStyle(box);
                return (box.clientWidth - parseFloat(before) - parseFloat(after)) / parseFloat(fontSize);
            }"""
        )
        assert shown > 3, "a few letters have room"
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_in_a_narrow_panel_the_button_stands_below_the_box(page: Page, blog: Blog, service: Served) -> None:
    lists = '<post-recent view="cards"></post-recent>'
    page.goto(blog.page(FORM.format(origin=service.origin) + lists))
    page.evaluate("document.querySelector('main').style.width = '180px'")
    expect(page.locator("[part~=cards]")).to_be_visible()
    box, button = page.get_by_role("combobox").bounding_box(), page.locator("[part~=submit]").bounding_box()
    assert box
    assert button
    assert box["width"] == 180
    assert button["y"] >= box["y"] + box["height"]
    assert page.evaluate("Math.max(...[...document.querySelectorAll('main *')].map(each => each.scrollWidth))") == 180


def test_text_runs_over_lines_wherever_on_the_page_an_element_is(page: Page, blog: Blog, service: Served) -> None:
    page.goto(blog.page(FORM.format(origin=service.origin)))
    page.evaluate("Object.assign(document.body.style, { whiteSpace: 'nowrap', textIndent: '4em' })")
    for part in ("root", "field"):
        expect(page.locator(f"[part={part}]")).to_have_css("white-space", "normal")
        expect(page.locator(f"[part={part}]")).to_have_css("text-indent", "0px")


def test_the_sign_in_the_box_has_the_colour_of_the_text_in_it(page: Page, blog: Blog, service: Served) -> None:
    page.goto(blog.page(FORM.format(origin=service.origin)))
    page.evaluate("document.body.style.setProperty('--postseek-text', 'rgb(250, 240, 230)')")
    expect(page.get_by_role("combobox")).to_have_css("color", "rgb(250, 240, 230)")
    assert "0.98" in page.locator("[part=field]").evaluate("field => getComputedStyle(field, '::before').color")


def test_pictures_of_the_search_page(new_page: Callable[..., Page], example: Served, picture: Picture) -> None:
    page = new_page(viewport={"width": 1100, "height": 800})
    # The blog's pictures are on an address that leads nowhere.
    page.route("https://www.riverstone-wellness.example/**", lambda route: route.abort())
    page.goto(example.origin)
    expect(page.get_by_role("heading", name="Recent posts")).to_be_visible()
    picture(page, "start")
    page.goto(f"{example.origin}/?q=lower+back+releif")
    expect(page.locator("mark").first).to_be_visible()
    picture(page, "results")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{example.origin}/?q=back+pain&tag=massage")
    expect(page.get_by_role("link", name="Remove filter: Massage")).to_be_visible()
    picture(page, "phone")


def test_a_picture_of_suggestions_in_the_dark(page: Page, example: Served, picture: Picture) -> None:
    page.emulate_media(color_scheme="dark")
    page.route("https://www.riverstone-wellness.example/**", lambda route: route.abort())
    open_list(page, example.origin, "bac")
    picture(page, "typing")


def test_a_picture_of_the_old_page_with_its_panels(page: Page, example: Served, picture: Picture) -> None:
    page.goto(f"{example.origin}/example/")
    expect(page.locator("post-tags").get_by_role("link").first).to_be_visible()
    picture(page, "old-blog-page")
