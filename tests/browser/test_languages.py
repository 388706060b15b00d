"""The search page in other languages: turned round, sound for assistive technology, and one with its elements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from search_service.engine.factory import open_engine
from search_service.languages import NAMES
from search_service.settings import Config
from search_service.web.app import create_app
from search_service.web.texts import texts_for

from ..engine.posts import publish
from .accessibility import violations
from .conftest import posts
from .servers import Served
from .test_accessibility import PAGES

INTL = """tag => {
    const days = new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" });
    const months = new Intl.DateTimeFormat(tag, { year: "numeric", month: "long", timeZone: "UTC" });
    const numbers = new Intl.NumberFormat(tag);
    const every = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2019, month, 3)));
    return [
        every.map((day) => days.format(day)),
        every.map((day) => months.format(day)),
        [7, 1234, 98765, 1234567].map((number) => numbers.format(number)),
    ];
}"""


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service whose page is in Arabic."""
    index = tmp_path_factory.mktemp("arabic") / "index"
    config = Config(index=index, page_lang="ar", site_name="The Example", access_log=False, rate_limit=0)
    publish(open_engine(config), *posts())
    served = Served(lambda: create_app(config, open_engine(config)))
    served.start()
    yield served
    served.stop()


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_on_any_page_from_right_to_left(page: Page, arabic: Served, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(arabic.origin + address)
    expect(page.get_by_role("combobox", name="البحث في المقالات")).to_be_visible()
    assert violations(page) == []


def test_from_right_to_left_the_page_is_turned_round_and_as_wide_as_the_window(
    new_page: Callable[..., Page], arabic: Served
) -> None:
    for width in (390, 1100):
        page = new_page(viewport={"width": width, "height": 800})
        page.goto(f"{arabic.origin}/?q=tea")
        box, button = page.get_by_role("combobox").bounding_box(), page.get_by_role("button").first.bounding_box()
        assert box is not None
        assert button is not None
        assert box["x"] > button["x"]
        # What is out of sight until it has the focus stands where nothing can be scrolled to.
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.evaluate("document.documentElement.scrollLeft = -1000")
        assert page.evaluate("document.documentElement.scrollLeft") == 0
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="الانتقال إلى المحتوى").bounding_box()
        assert skip is not None
        assert width / 2 < skip["x"] + skip["width"] < width


@pytest.mark.parametrize("language", NAMES)
def test_days_and_numbers_are_written_as_the_elements_write_them(page: Page, language: str) -> None:
    # Newer browsers write Arabic with European digits, older ones with its own; English as it is written in Britain.
    tag = {"ar": "ar-u-nu-latn", "en": "en-GB"}.get(language, language)
    texts = texts_for(language)
    days, months, numbers = page.evaluate(INTL, tag)
    assert [texts.date(dt.date(2019, month, 3)) for month in range(1, 13)] == days
    assert [texts.period(f"2019-{month:02}") for month in range(1, 13)] == months
    assert [texts.number(number) for number in (7, 1234, 98765, 1234567)] == numbers
