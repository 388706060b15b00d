"""A browser, a service with posts, and a blog that uses it.

`SCREENSHOTS=docs/screenshots make test` keeps the pictures that the tests take; else they go to a temporary folder.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from indexer.cli import index as index_command
from search_service.config import load_config
from search_service.engine.factory import open_engine
from search_service.engine.model import Document, Section
from search_service.settings import Config
from search_service.web.app import create_app

from ..engine.posts import post, publish
from .servers import Blog, Served

EXAMPLES = Path(__file__).parents[2] / "examples"
_BINARIES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

FORM = (
    '<post-search shortcut="/"><form action="{origin}/" role="search">'
    '<label>Search <input name="q" type="search"></label><button>Find</button></form></post-search>'
)
"""What a page has where its search box is to be."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.served)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program; Playwright drives the one that the system has."""
    found = next(filter(None, map(shutil.which, _BINARIES)), None)
    if found is None:
        pytest.skip("there is no Chromium here; on Debian and Ubuntu: apt-get install chromium")
    return found


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=10_000)  # a busy machine is no failure
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that answers the blog's pages."""
    index = tmp_path_factory.mktemp("browser") / "index"
    config = Config(index=index, site_name="The Example", access_log=False, rate_limit=0)
    served = Served(lambda: create_app(replace(config, allow_origins=("*",)), open_engine(config)))
    publish(open_engine(config), *posts())
    served.start()
    yield served
    served.stop()


def posts() -> list[Document]:
    """The posts of the blog."""
    teas = [
        post(
            f"tea-{number}",
            f"Tea of the month, part {number}",
            f"A cup of tea, and part {number} of its story.",
            tags=["Tea"] if number % 3 else ["Tea", "Recipes"],
            date=dt.date(2015 + number % 4, 1 + number % 12, 5),
            lang="en",
        )
        for number in range(1, 24)
    ]
    others = [
        post(
            "lower-back",
            "Relief for the lower back",
            "What helps\nA massage helps a sore back.\nWhat is <b>useless</b>\nWaiting for it to go away.",
            sections=(Section(0, 10, "what-helps"), Section(40, 62)),
            tags=["Back Pain", "Massage"],
            date=dt.date(2017, 3, 22),
            author="Kim Lee",
            lang="en",
        ),
        post("astral", "🎉🎉 Festive massage 𝔞𝔫𝔡 more", "A festive day.", tags=["Massage"], date=dt.date(2020, 2, 2)),
        post(
            "canary",
            "<img src=x onerror=alert(1)> canary",
            "<script>alert(2)</script> canary",
            tags=["<b>canary</b>"],
        ),
        post(
            "arabic",
            "تدليك أسفل الظهر",
            "التدليك يخفف ألم الظهر.",
            tags=["تدليك"],
            date=dt.date(2021, 5, 5),
            lang="ar",
        ),
    ]
    misspelt = [
        post("strenght", "A walk", "What gives strenght without weights.", tags=["Walks", "Wind", "Winter", "Woods"])
    ]
    spelt = [post(f"gym-{number}", f"Gym {number}", "For strength and balance.", lang="en") for number in range(10)]
    return teas + others + misspelt + spelt


@pytest.fixture(scope="package")
def blog(service: Served) -> Iterator[Blog]:
    """A blog on another origin."""
    blog = Blog(service.origin)
    blog.served.start()
    yield blog
    blog.served.stop()


@pytest.fixture(scope="package")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example blog, as `make run` serves it."""
    index = tmp_path_factory.mktemp("example") / "index"
    index_command.main([str(EXAMPLES / "riverstone"), "--index", str(index)], standalone_mode=False)
    config = load_config(environment={}, file=EXAMPLES / "postseek.toml", flags={"index": index})
    config = replace(config, example=str(EXAMPLES / "old-blog-page"), access_log=False)
    served = Served(lambda: create_app(config, open_engine(config)))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages in fresh contexts. Whatever a test does, no script fails and no policy is broken."""
    pages: list[Page] = []
    wrong: list[str] = []

    def new(**context: object) -> Page:
        page = browser.new_context(**context).new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(f"{error.name}: {error.message} {error.stack}"))
        page.on("console", lambda message: "Content Security Policy" in message.text and wrong.append(message.text))
        pages.append(page)
        return page

    yield new
    for page in pages:
        page.context.close()
    assert wrong == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of ordinary size."""
    return new_page(viewport={"width": 1100, "height": 800})


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Page, str], None]:
    """Takes a screenshot under a name."""
    kept = os.environ.get("SCREENSHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return lambda page, name: page.screenshot(path=folder / f"{name}.png") and None
