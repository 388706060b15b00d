"""Titles that no heading shows: an anchor's, the first words of a note, what stands anywhere on the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from indexer.extract.dates.shown import DAY_BEFORE
from indexer.extract.head.metadata import Metadata
from indexer.extract.markup.dom import line, own_text, wording
from indexer.extract.markup.outline import Outline, in_furniture
from indexer.extract.model import MAX_TITLE
from indexer.extract.site_name import SEPARATOR

from .headings import links_home
from .title import Title

_SPACES_OF_NOTE = 3
"""Spaces in the first words of a note: a name of the site has fewer, as a rule."""
_SPACING = 12
"""Characters that spaces and marks, or the day in front, may add to a title between its elements."""


def named_as_page(outline: Outline, url: str) -> Title | None:
    """What the anchor with the name of the page's file holds, Blosxom's titles: `<a name="bees"><b>Bees</b></a>`."""
    name = PurePosixPath(unquote(urlsplit(url).path)).stem
    anchors = (each for each in outline.of("a") if name and each.get("name") == name and not each.get("href"))
    held = (each for each in anchors if outline.is_line(each, limit=MAX_TITLE))
    return next((Title(own_text(each), "anchor of the page", each) for each in held), None)


def behind_linked_name(outline: Outline, metadata: Metadata, url: str) -> Title | None:
    """The words of a note that stand behind the site's name in its head: a heading links that to the front page."""
    title = line(metadata.title, limit=MAX_TITLE)
    for cut in SEPARATOR.finditer(title):
        name, words = wording(title[: cut.start()]), wording(title[cut.end() :])
        if words.count(" ") < _SPACES_OF_NOTE:
            break
        named = (each for each in outline.of("h1", "h2") if name and wording(own_text(each)) == name)
        if any(links_home(each, url) for each in named) and words in wording(own_text(outline.body)):
            return Title(title[cut.end() :].strip(), "title behind the site's name")
    return None


def shown_anywhere(outline: Outline, stated: Sequence[tuple[str, str]]) -> Title | None:
    """The title that the page states and that readers see on it, in whatever element."""
    wanted = {wording(text): (text, source) for source, text in reversed(stated)}
    sizes = {len(text) for text, _ in wanted.values()}
    for element in outline.elements:
        size = outline.weight(element).text
        if any(size <= each + _SPACING and each <= 2 * size for each in sizes) and outline.is_line(
            element, limit=MAX_TITLE
        ):
            # Furniture inside of it, which has no weight, may hold much.
            shown = own_text(element)[: 2 * MAX_TITLE]
            undated = DAY_BEFORE.sub("", shown, count=1)
            stated_so = wanted.get(wording(shown)) or (wanted.get(wording(undated)) if undated != shown else None)
            text, source = stated_so or ("", "")
            if text and not in_furniture(element):
                return Title(text, f"{element.tag} = {source}", element)
    return None
