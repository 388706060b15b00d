"""A title as it was found."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Title:
    """A title, where it was found, and the heading of the page that shows it."""

    text: str
    source: str
    heading: HtmlElement | None = None
