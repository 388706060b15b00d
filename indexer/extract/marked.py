"""A page with what was taken from it marked, for people to look at: the text, title, date, author and tags."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement
from lxml_html_clean import Cleaner

from indexer.extract.dates.written import first_date
from indexer.extract.markup.dom import BLOCKS, SILENT, innermost, line, own_text
from indexer.extract.markup.html import body_of, parse
from indexer.sources.model import Page
from search_service.engine.tags import normalize_tag

from .model import Extraction

MAX_MARKED = 400_000
"""Characters of a marked page; one that is longer isn't shown."""
PREFIX = "taken-"
_LONGEST_DATE = 60
_LONGEST_NAME = 200

# Nothing of it may run or load: what is left are elements, their text and what belongs to reading it.
_CLEANER = Cleaner(
    scripts=True,
    javascript=True,
    style=True,
    inline_style=True,
    links=True,
    meta=True,
    comments=True,
    page_structure=False,
    embedded=True,
    frames=True,
    forms=True,
    annoying_tags=True,
    remove_unknown_tags=False,
    safe_attrs_only=True,
    safe_attrs=frozenset({"alt", "class", "colspan", "dir", "lang", "rowspan"}),
)


def marked_page(page: Page, extraction: Extraction) -> str:
    """The markup of the page's body without anything that runs or loads; "" where it is too long to be shown.

    What stands in the index has the class `taken-body`, `taken-title`, `taken-date`, `taken-author` or `taken-tags`;
    nothing else has a class. ExtractionError where the page can't be read.
    """
    body = body_of(parse(page))
    _replace_pictures(body)
    _drop_unnameable(body)
    _CLEANER(body)
    for element in body.iter():
        element.attrib.pop("class", None)
    for element, name in _taken(body, extraction):
        element.set("class", name)
    content = (body.text or "") + "".join(etree.tostring(child, method="html", encoding="unicode") for child in body)
    return content if len(content) <= MAX_MARKED else ""


def _taken(body: HtmlElement, extraction: Extraction) -> Iterator[tuple[HtmlElement, str]]:
    document = extraction.document
    if not extraction.is_post:
        return
    yield from _blocks(body, set(document.body.split("\n")))
    yield from _deepest(body, PREFIX + "title", {document.title})
    if document.author:
        yield from _deepest(body, PREFIX + "author", {document.author})
    if document.date:
        shown = (element for element in body.iter() if _is_short(element, _LONGEST_DATE))
        dated = [element for element in shown if first_date(own_text(element)) == document.date]
        yield from ((element, PREFIX + "date") for element in innermost(dated))
    tags = {tag.tag for tag in document.tags}
    for link in body.iter("a"):
        if _is_short(link, _LONGEST_NAME) and normalize_tag(own_text(link)) in tags:
            yield link, PREFIX + "tags"


def _blocks(body: HtmlElement, lines: set[str]) -> Iterator[tuple[HtmlElement, str]]:
    """The blocks whose text is a line of the document's."""
    for element in body.iter():
        if element.tag in BLOCKS and not any(child.tag in BLOCKS for child in element.iterdescendants()):
            text = own_text(element)
            if text in lines and line(text, limit=1):
                yield element, PREFIX + "body"


def _deepest(body: HtmlElement, name: str, texts: set[str]) -> Iterator[tuple[HtmlElement, str]]:
    named = [element for element in body.iter() if _is_short(element, _LONGEST_NAME) and own_text(element) in texts]
    yield from ((element, name) for element in innermost(named))


def _is_short(element: HtmlElement, limit: int) -> bool:
    """Whether the text is short enough to be a name, without reading all of a long one."""
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return False
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > limit:
            return False
    return length > 0


def _drop_unnameable(body: HtmlElement) -> None:
    """Remove attributes such as the `{{` of a template that nobody rendered: lxml takes them for those of a namespace,
    and the cleaner ends on them."""
    for element in body.iter(etree.Element):
        named = [(name, value) for name, value in element.items() if not name.startswith("{")]
        if len(named) < len(element.attrib):
            element.attrib.clear()  # one by one they can't be removed either
            for name, value in named:
                element.set(name, value)


def _replace_pictures(body: HtmlElement) -> None:
    """Leave a word where a picture was: nothing is loaded."""
    for picture in list(body.iter("img", "video", "audio", "canvas")):
        parent = picture.getparent()
        if parent is None:
            continue
        stand_in = etree.SubElement(parent, "small")
        parent.replace(picture, stand_in)
        stand_in.text = f"[{picture.get('alt') or 'picture'}]"[:_LONGEST_NAME]
        stand_in.tail = picture.tail
