"""A blog of twenty-odd pages, as a generator would build it, that tests bend to their needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from indexer.extract.site.learn import learn
from indexer.extract.site.model import SiteTemplates
from indexer.gate import Gate
from indexer.pipeline import index_sources
from indexer.plan import Plan
from indexer.preview import Preview, preview
from indexer.report import Report
from indexer.sources import Page, open_source
from indexer.workers import Reading
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.model import Document
from search_service.settings import SiteRules

BASE = "https://mill.example/"
SENTENCES = (
    "The wheel has been mended again and turns as evenly as it did before the flood.",
    "Whoever walks up from the bridge in March finds the slope white with blackthorn.",
    "A colony on a sunny wall needs no more attention than a look every ten days.",
    "The miller kept a book of every sack, and of the weather on the day it was ground.",
    "Rye wants a coarser stone than wheat, and more patience from those who bake it.",
    "In a dry summer the lower pond feeds the race for an hour each morning, never longer.",
    "Swifts come back to the gable in the first week of May and leave in the last of July.",
    "Nobody has found out why the third step of the stair sounds hollow after rain.",
    "Pears from the old tree keep until Christmas if they are laid on straw, not touching.",
    "The oven takes three hours to heat, and then bakes forty loaves with one fire.",
    "Most visitors ask about the cat first, and about the turbine only when it rains.",
    "What the water leaves behind in spring is the best soil that the garden ever gets.",
)
TAGS = ("bees", "bread", "water", "garden")


def prose(number: int, *, paragraphs: int = 4) -> str:
    """Paragraphs that no other number has in this order."""
    pairs = ((SENTENCES[(number + 3 * part) % 12], SENTENCES[(5 * number + part) % 12]) for part in range(paragraphs))
    return "".join(f"<p>Entry {number}, part {part}. {one} {two}</p>" for part, (one, two) in enumerate(pairs))


@dataclass
class Site:
    """The folder of a site, and how its pages are framed."""

    folder: Path
    index: Path
    head: str = ""
    sidebar: str = ""
    frame: str = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Mill</title>{head}</head>'
        '<body><header class="masthead"><a class="brand" href="/">The Mill</a>'
        '<nav class="menu"><a href="/about/">About</a></nav>'
        '</header><div class="layout"><main class="content">{main}</main><aside class="side">{sidebar}</aside></div>'
        '<footer class="colophon"><p>All rights kept by the millers.</p></footer></body></html>'
    )
    posts: list[str] = field(default_factory=list)

    def write(self, name: str, main: str, *, title: str, head: str = "") -> None:
        """Publish a page."""
        page = self.folder / name / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(self.frame.format(title=title, head=self.head + head, main=main, sidebar=self.sidebar))

    def post(
        self,
        number: int,
        *,
        name: str = "",
        date: str | None = None,
        tags: Iterable[str] | None = None,
        text: str | None = None,
        before: str = "",
        after: str = "",
        head: str = "",
    ) -> None:
        """Publish a post with its date and tags."""
        date = date or f"2019-{number % 12 + 1:02}-{number % 27 + 1:02}"
        labels = [TAGS[number % 4], TAGS[(number + 1) % 4]] if tags is None else tags
        links = " ".join(f'<a href="/tags/{label}/">{label}</a>' for label in labels)
        main = (
            f'<article class="entry">{before}<h1 class="entry-title">Note {number} from the mill</h1>'
            f'<p class="byline"><time datetime="{date}">{date}</time> by <span class="author">Ada Miller</span></p>'
            f'<div class="entry-text">{prose(number) if text is None else text}</div>'
            + (f'<p class="tagged">{links}</p>' if links else "")
            + f"{after}</article>"
        )
        name = name or f"note-{number}"
        self.posts.append(name)
        self.write(name, main, title=f"Note {number} from the mill", head=head)

    def listing(self, name: str, title: str, posts: Iterable[str]) -> None:
        """Publish a page that lists posts."""
        cards = "".join(f'<li class="card"><a href="/{post}/">{post.replace("-", " ")}</a></li>' for post in posts)
        self.write(name, f'<h1 class="list-title">{title}</h1><ul class="cards">{cards}</ul>', title=title)

    def build(self, count: int = 16, **options: object) -> Site:
        """The posts, a front page, and a page for every tag."""
        for number in range(1, count + 1):
            self.post(number, **options)  # type: ignore[arg-type]
        self.listing(".", "The Mill", self.posts)
        for at, tag in enumerate(TAGS):
            self.listing(
                f"tags/{tag}",
                f"Posts about {tag}",
                [f"note-{n}" for n in range(1, count + 1) if at in (n % 4, (n + 1) % 4)],
            )
        return self

    def pages(self) -> list[Page]:
        """All pages as a source delivers them."""
        source = open_source(str(self.folder), base_url=BASE)
        return [visit for visit in source.visit({}) if isinstance(visit, Page)]

    def learned(self) -> SiteTemplates:
        """What is learned of the site."""
        return learn(self.pages())

    def extracted(self, rules: tuple[SiteRules, ...] = ()) -> dict[str, Preview]:
        """What `postseek extract` shows, by the name of the page."""
        source = open_source(str(self.folder), base_url=BASE)
        shown = preview([source], Reading(rules=rules), workers=1, seconds=60)
        return {each.url.removeprefix(BASE).strip("/"): each for each in shown}

    def documents(self, rules: tuple[SiteRules, ...] = ()) -> dict[str, Document]:
        """The posts that `postseek extract` finds, by name."""
        return {
            name: each.extraction.document
            for name, each in self.extracted(rules).items()
            if each.extraction is not None and each.extraction.is_post
        }

    def reindex(self, **options: Any) -> Report:
        """Run `postseek index`."""
        source = open_source(str(self.folder), base_url=BASE)
        gate = Gate(max_lost_share=30, max_failed_share=20)
        return index_sources(EmbeddedEngine(self.index), [source], Plan(workers=1, seconds=60, gate=gate, **options))

    def indexed(self, name: str) -> Document:
        """The post as the index has it."""
        searcher = EmbeddedEngine(self.index).searcher()
        document = searcher.document(f"{BASE}{name}/")
        searcher.close()
        assert document is not None
        return document


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "public", tmp_path / "index")
