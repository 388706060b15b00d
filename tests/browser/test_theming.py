"""docs/theming.md: its examples work, and it names every variable, part and attribute that there is."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from .servers import Blog, Served

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/theming.md").read_text("utf-8")
ELEMENTS = ROOT / "search_service/web/static/elements"
SOURCE = "".join(path.read_text("utf-8") for path in sorted(ELEMENTS.glob("*.js")))


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def named(pattern: str) -> set[str]:
    """What the tables of the guide name in their first column."""
    cells = re.findall(r"^\| ([^|]*) \|", GUIDE, re.MULTILINE)
    return {name for cell in cells for name in re.findall(rf"`({pattern})`", cell)}


def test_the_examples_of_markup_work_as_they_are(page: Page, blog: Blog, service: Served) -> None:
    script, box, panels, elsewhere, own_texts = examples("html")
    assert '<script type="module" src="https://search.example/postseek.js"></script>' in script
    page.goto(blog.page(box.replace("https://search.example", service.origin) + panels))
    expect(page.get_by_role("combobox", name="Search the blog")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.locator("post-recent").get_by_role("listitem")).to_have_count(4)
    expect(page.get_by_role("heading", name="Search by tags")).to_be_visible()
    expect(page.get_by_role("heading", name="Read on")).to_be_hidden()
    page.goto(blog.page(elsewhere))
    expect(page.locator("[part=form]")).to_have_attribute("action", "/search/")
    page.goto(blog.page(own_texts))
    expect(page.get_by_role("button")).to_have_text("Go")
    page.evaluate("document.querySelector('post-search').search({ q: 'xyzzyq' })")
    expect(page.get_by_role("heading", name="Nothing about “xyzzyq”. Ask us!")).to_be_visible()


def test_the_examples_of_styles_work_as_they_are(page: Page, blog: Blog) -> None:
    variables, parts = examples("css")
    page.route("**/own.css", lambda route: route.fulfill(body=variables + parts, content_type="text/css"))
    own = '<link rel="stylesheet" href="/own.css">'
    page.goto(blog.page("<post-search></post-search><post-tags></post-tags>", head=own) + "?q=relief")
    expect(page.locator("[part=hit-title] a")).to_have_css("color", "rgb(122, 31, 92)")
    expect(page.get_by_role("combobox")).to_have_css("border-radius", "32px")
    expect(page.locator("[part~=submit]")).to_be_hidden()
    expect(page.locator("[part=hit]")).to_have_css("background-color", "rgb(244, 244, 244)")
    expect(page.locator("post-tags [part=count]").first).to_be_hidden()


def test_the_guide_names_every_variable() -> None:
    assert named("--postseek-[a-z-]+") == set(re.findall(r"var\((--postseek-[a-z-]+)", SOURCE))


def test_the_guide_names_every_part() -> None:
    sizes = {f"size-{size}" for size in range(1, 6)}
    made = set(" ".join(re.findall(r'part: (?:[^,}"]*\? )?"([^"]+)"', SOURCE)).split())
    made |= set(" ".join(re.findall(r'part: [^,}]*: "([^"]+)"', SOURCE)).split())
    assert {"popup", "hit", "cards", "current", "narrowable", "cloud", "item"} <= made
    assert made - named(r"[a-z0-9-]+") == set()
    assert named("size-[0-9]") == {"size-1", "size-5"} <= sizes


def test_the_guide_names_every_attribute() -> None:
    read = set(re.findall(r'(?:getAttribute|number)\("([a-z-]+)"', SOURCE)) | set(re.findall(r"host\(\[(\w+)=", SOURCE))
    assert read - named("[a-z-]+") - {"text-label"} == set()
