"""The main text of a page as trafilatura extracts it, from a tree that is as it should be for that, and is as it was
afterwards.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from lxml.html import HtmlElement

# Persian words and pictures of several people are spelt with joiners, which trafilatura leaves out as it does all signs
# that aren't seen. So they are letters meanwhile, of a script that has none.
_JOINERS = "\u200c\u200d"
_MASKED = str.maketrans({"\u200c": "\ua60c", "\u200d": "\ua610"})
_UNMASKED = str.maketrans({"\ua60c": "\u200c", "\ua610": "\u200d"})
_CELL = "cell"
"""What Quarto calls each run of a program in a text, and trafilatura believes to be a whole text."""


def extracted(
    root: HtmlElement,
    url: str,
    content: HtmlElement,
    *,
    fast: bool = False,
    favor_precision: bool = False,
    favor_recall: bool = False,
) -> list[str]:
    """The lines of the main text of a page as trafilatura extracts it.

    Tables around the `content` are there for the layout: their rows are no lines.
    """
    parts = list(_parts_of_tables(content))
    tags = [part.tag for part in parts]
    texts = [(each, each.text, each.tail) for each in root.iter() if _has_joiner(each.text) or _has_joiner(each.tail)]
    cells = [each for each in content.iterdescendants("div") if each.get("class") == _CELL]
    for part in parts:
        part.tag = "div"
    for cell in cells:
        del cell.attrib["class"]
    for each, text, tail in texts:
        each.text, each.tail = text and text.translate(_MASKED), tail and tail.translate(_MASKED)
    try:
        lines = _extracted(root, url, fast=fast, favor_precision=favor_precision, favor_recall=favor_recall)
    finally:
        for part, tag in zip(parts, tags, strict=True):
            part.tag = tag
        for cell in cells:
            cell.set("class", _CELL)
        for each, text, tail in texts:
            each.text, each.tail = text, tail
    if not texts:
        return lines
    # At the ends of a line they join nothing: Webflow keeps empty lines open with one.
    return [line for each in lines if (line := each.translate(_UNMASKED).strip(_JOINERS))]


def _has_joiner(text: str | None) -> bool:
    return text is not None and any(joiner in text for joiner in _JOINERS)


def _parts_of_tables(content: HtmlElement) -> Iterator[HtmlElement]:
    """The tables that an element stands in, with their rows and cells."""
    for table in content.iterancestors("table"):
        yield table
        parts = table.iter("thead", "tbody", "tfoot", "tr", "td", "th")
        yield from (part for part in parts if next(part.iterancestors("table")) is table)


def _extracted(root: HtmlElement, url: str, *, fast: bool, favor_precision: bool, favor_recall: bool) -> list[str]:
    # Imported here, as htmldate is: that takes a quarter of a second, and most pages of a site are read without.
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            root,
            url=url,
            fast=fast,
            favor_precision=favor_precision,
            favor_recall=favor_recall,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
        )
    # trafilatura documents no errors; on broken markup it lets those of lxml and of its recursion through.
    except Exception:
        logging.getLogger(__name__).debug("trafilatura failed", exc_info=True, extra={"url": url})
        return []
    text = getattr(found, "text", None) or ""
    return [line for each in text.splitlines() if (line := each.strip())]
