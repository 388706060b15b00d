"""The lines of a post that say no more than its date, at the places where its template has that."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from indexer.extract.authors.bylines import starts_as_byline
from indexer.extract.dates.labels import is_note_of_publication
from indexer.extract.dates.written import first_date, stated_date
from indexer.extract.markup.dom import own_text
from indexer.extract.tags.links import is_rel_tag, leads_to_label

from .model import Slot, last_step
from .observe import LONGEST_DATE

_LONGEST_UNNAMED = 80
"""Characters of a date line, with a byline but without labels, that is a paragraph like those of the text."""


def date_lines(slot: Slot, elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Of the elements at the place of a date those that show one; of elements without a name only the first.

    Where the date is a plain paragraph above the text, the paragraphs of the text are at its path, too.
    """
    is_named = not last_step(slot.name).isalnum()
    longest = LONGEST_DATE if is_named else _LONGEST_UNNAMED
    found = (each for each in elements if _shows_date(each, slot.part, longest))
    return list(found if is_named else islice(found, 1))


def _shows_date(element: HtmlElement, part: str, longest: int) -> bool:
    if part:
        return stated_date(element.get(part)) is not None
    text = own_text(element)
    is_line = len(text) <= longest or len(text) - _in_labels(element) <= longest or is_note_of_publication(text)
    # "Published by Ines Robledo" may be longer than a day is.
    return is_line and first_date(text if starts_as_byline(text) else text[:LONGEST_DATE]) is not None


def _in_labels(element: HtmlElement) -> int:
    """The characters of an element that are in links to labels."""
    return sum(len(own_text(link)) for link in element.iter("a") if is_rel_tag(link) or leads_to_label(link))
