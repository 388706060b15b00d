"""The table of publishing platforms (`platforms.toml`): how to recognise them, and where they keep what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from lxml.html import HtmlElement

from indexer.extract.fingerprint import PROFILES
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.html import Markup
from indexer.extract.markup.selectors import Selector

MARKERS = ("evidence", "post", "no_post", "dated_page")
_VALUE = re.compile(r"'([^']+)'")
_NAME = re.compile(r"[\w-]+")
FIELDS = ("title", "date", "author", "body", "tags", "primary_tag", "categories", "remove")


@dataclass(frozen=True)
class Platform:
    """A platform's habits.

    It is recognised by its name in the page's generator statement, or by an element that `evidence` selects. Pages with
    an element that `post` selects are posts, those with one that `no_post` or `dated_page` selects are none; the
    selectors of `fields` say where a post keeps what.
    """

    name: str
    generator: re.Pattern[str] | None
    markers: Mapping[str, Selector]
    traces: tuple[bytes, ...]
    """What a page's source must hold some of for `evidence` to select anything: a look that costs next to nothing."""
    fields: Mapping[str, Selector]

    def is_named(self, metadata: Metadata) -> bool:
        """Whether a page's head says that it was made by this platform."""
        return self.generator is not None and self.generator.match(metadata.meta("generator") or "") is not None

    def is_recognised(self, markup: Markup, metadata: Metadata) -> bool:
        """Whether a page was made by this platform."""
        if self.is_named(metadata):
            return True
        if not any(trace in markup.source for trace in self.traces):
            return False
        return self.markers["evidence"].first(markup.root) is not None

    def is_post(self, root: HtmlElement) -> bool | None:
        """Whether the platform marks a page of its as a post, or as something else; None where it marks neither."""
        for marker, verdict in (("no_post", False), ("dated_page", False), ("post", True)):
            if self._marks(marker, root):
                return verdict
        return None

    def is_dated_page(self, root: HtmlElement) -> bool:
        """Whether the platform marks a page as one of the site, though it says that it is an article with a date."""
        return self._marks("dated_page", root)

    def _marks(self, marker: str, root: HtmlElement) -> bool:
        return marker in self.markers and self.markers[marker].first(root) is not None


def platforms_of(markup: Markup, metadata: Metadata) -> tuple[Platform, ...]:
    """The platforms that made a page: few pages show more than one."""
    return tuple(platform for platform in platforms() if platform.is_recognised(markup, metadata))


def is_none_of_platform(root: HtmlElement, metadata: Metadata) -> bool:
    """Whether the platform that a page's head names marks it as no post: of the others nothing is looked for."""
    named = (each for each in platforms() if "no_post" in each.markers and each.is_named(metadata))
    return any(platform.is_post(root) is False for platform in named)


@cache
def platforms() -> tuple[Platform, ...]:
    """All platforms that are known."""
    table = tomllib.loads(files(__package__).joinpath(PROFILES).read_text("utf-8"))
    return tuple(_platform(entry) for entry in table["platform"])


def _platform(entry: dict[str, str]) -> Platform:
    unknown = entry.keys() - {"name", "generator", *MARKERS, *FIELDS}
    if unknown:
        raise ValueError(f"{PROFILES}: {entry.get('name')} has {', '.join(sorted(unknown))}, which mean nothing")
    generator = entry.get("generator")
    return Platform(
        name=entry["name"],
        generator=re.compile(generator, re.IGNORECASE) if generator else None,
        markers=MappingProxyType({name: Selector(entry[name]) for name in MARKERS if name in entry}),
        traces=tuple(_trace(css) for css in entry.get("evidence", "").split(",") if css),
        fields=MappingProxyType({name: Selector(entry[name]) for name in FIELDS if name in entry}),
    )


def _trace(css: str) -> bytes:
    """The longest value in a selector, else the longest name."""
    return str(max(_VALUE.findall(css) or _NAME.findall(css), key=len)).encode()
