"""What can be known of a page without reading its text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from indexer.extract.addresses.folders import below
from indexer.extract.dates.cascade import Dated
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region

_OF_MICRODATA = "datepublished"
_LIST = 3
"""Entries of a list: a post has one date, or two."""


@dataclass(frozen=True)
class Glance:
    """What is known of a page before its text is looked at.

    `text` is the number of its characters, links left out; `mirrored` the address that it was copied from, if it says;
    `path` the folder that its site is published in.
    """

    url: str
    metadata: Metadata
    body: HtmlElement
    title: str
    published: Dated | None
    text: int
    today: dt.date
    mirrored: str | None = None
    path: str = "/"

    @property
    def named(self) -> str:
        """The address whose name tells what the page is: that of the page itself, not that of a copy's file."""
        return self.mirrored or self.url

    @cached_property
    def steps(self) -> list[str]:
        """The steps of the path below the site's in lower case, without `index.html` and file extensions."""
        path = below(self.path, unquote(urlsplit(self.named).path)).lower()
        steps = [re.sub(r"\.(?:html?|php|aspx?)$", "", step).lstrip("_") for step in path.split("/")]
        return [step for step in steps if step and step != "index"]

    @cached_property
    def body_class(self) -> str:
        """The class attribute of the body."""
        return self.body.get("class") or ""

    @cached_property
    def is_stated_article(self) -> bool:
        """Whether the page says that it is an article; many say so of all their pages."""
        return self.metadata.is_article is True

    @cached_property
    def is_dated_article(self) -> bool:
        """Whether the page says that it is an article and when it was published."""
        return self.is_stated_article and self.published is not None and self.published.is_certain

    @cached_property
    def is_certainly_dated(self) -> bool:
        """Whether a certain date is the page's: not the first of several that microdata state, one for each entry."""
        if self.published is None or not self.published.is_certain:
            return False
        of_entries = self.published.source == _OF_MICRODATA and len(self.metadata.metas.get(_OF_MICRODATA, ())) >= _LIST
        return not of_entries


@dataclass(frozen=True)
class Look:
    """What is known of a page before its text is extracted."""

    glance: Glance
    outline: Outline
    region: Region
    dated: bool = False
    """Whether the posts of its site all show their dates."""
    typed: bool = False
    """Whether they alone say that they are articles."""
