"""Bytes -> a tree that is safe to work on."""

from __future__ import annotations

import codecs
import re
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from indexer.sources.model import MAX_BYTES, Page
from search_service.engine.errors import ExtractionError

from .contents import drop_contents
from .latin_charsets import latin_charset
from .line_numbers import drop_line_numbers
from .permalinks import settle_permalinks
from .saved import settle_links
from .twice_encoded import once_encoded
from .unindexed import drop_ignored, is_marked, without_switched_off

MAX_NODES = 40_000
"""Elements. Real posts stay below 10,000; 2 MB of nested tags would cost seconds and hundreds of megabytes."""
MAX_ATTRIBUTES = 1_000
"""Attributes of one element, of which libxml2 compares each with all before it: 200,000 would cost half a minute."""
MAX_ATTRIBUTES_IN_ALL = 100_000
"""Real posts stay below 20,000; what works on copies of the tree would need hundreds of megabytes."""
MAX_DEPTH = 200
"""Levels. Real pages stay below 50; libxml2 itself drops without a word what is below 255."""
DEEP = 40
MAX_DEEP = 4_000
"""Elements nested deeper than `DEEP` levels; who looks for what an element stands in climbs them again and again."""
MAX_JSON_LD = 100_000
"""Characters of all such scripts of a page. What is beyond is dropped: trafilatura would search it for minutes."""

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_DECLARATION_WITHIN = 4096
_DETECT_WITHIN = 50_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers read for these labels (https://encoding.spec.whatwg.org/#names-and-labels).
_AS_BROWSERS_READ = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "shift_jis": "cp932",
    "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "utf8": "utf-8",
    "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8",
}  # fmt: skip
_ONE_BYTE = re.compile(r"(?:iso-?8859|windows-125|cp125|latin|(?:us-)?ascii|koi8)")
"""Encodings with one byte a character."""
# A page is taken to be what it declares unless more than this share of its non-ASCII bytes contradicts.
_TOLERATED_ERRORS = 0.05
_ASCII = bytes(range(128))
# What XML has no place for: control characters, and the two code points that are none.
_UNWANTED = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_NO_CHARACTERS = ("\ufffe", "\uffff")
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*>")
_END = re.compile(rb"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])\s*>")
_BODY_TAG = re.compile(rb"<body[\s>]", re.IGNORECASE)
# Smaller pages can't have enough attributes to take a second. A `>` or `<` in quotes doesn't end a tag.
_SUSPECT = 120_000
_SHORTEST_ATTRIBUTE = 2
"""Bytes, the space before it included."""
_ELEMENTS_PER_TAG = 2
"""Elements that a `<` makes at most: the parser puts in what a tag implies, as `tbody` around `tr`, one for each. As a
tag has two bytes at least, there are never more elements than bytes."""
_TAG = re.compile(rb"<[a-zA-Z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|))*+")
_ATTRIBUTE = re.compile(rb"[^\s/=>]++(?:\s*+=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>]*+))?+")
_ATTRIBUTES = etree.XPath(f"count(descendant-or-self::*/@*) > {MAX_ATTRIBUTES_IN_ALL}")
# Each of these takes a quarter of the time of parsing the page: they are only asked where the source allows for more.
_TOO_MANY = etree.XPath(f"count(descendant-or-self::*) > {MAX_NODES}")
_IS_DEEP = etree.XPath(f"boolean(self::*{'/*' * DEEP})")
_TOO_MANY_DEEP = etree.XPath(f"count(self::*{'/*' * DEEP}/descendant-or-self::*) > {MAX_DEEP}")
_TOO_DEEP = etree.XPath("boolean(self::*" + "/*" * MAX_DEPTH + ")")


@dataclass(frozen=True)
class Markup:
    """A parsed page, and its source as UTF-8."""

    root: HtmlElement
    source: bytes
    is_marked: bool = False
    """Whether parts of it may be marked as not to be indexed."""

    @cached_property
    def head(self) -> str:
        """The source up to the body, for what browsers and crawlers look up there."""
        body = _BODY_TAG.search(self.source)
        return (self.source[: body.start()] if body else self.source).decode()


def body_of(markup: Markup) -> HtmlElement:
    """The body of a page; all of it where the markup has no body."""
    body = markup.root.find("body")
    return markup.root if body is None else body


def parse(page: Page) -> Markup:
    """The tree of a page, within the caps. ExtractionError where it is over one or is no HTML at all."""
    if len(page.content) > MAX_BYTES:
        raise ExtractionError(f"the page has {len(page.content):,} bytes, more than {MAX_BYTES:,}", url=page.url)
    text = once_encoded(decode(page.content, declared=page.charset))
    for character in _NO_CHARACTERS:
        if character in text:
            text = text.replace(character, "")
    source = text.encode("utf-8", "replace").translate(None, _UNWANTED)
    declaration = _DECLARATION.match(source)
    source = _without_early_end(without_switched_off(source[declaration.end() :] if declaration else source))
    if not source.strip():
        raise ExtractionError("the page is empty", url=page.url)
    if len(source) > _SUSPECT and _has_too_many_attributes(source):
        raise ExtractionError(f"an element of the page has more than {MAX_ATTRIBUTES:,} attributes", url=page.url)
    root = _tree(source, page.url)
    may_be_many = len(source) > MAX_NODES and _ELEMENTS_PER_TAG * source.count(b"<") > MAX_NODES
    if may_be_many and _TOO_MANY(root):
        raise ExtractionError(f"the page has more than {MAX_NODES:,} elements", url=page.url)
    if len(source) > _SHORTEST_ATTRIBUTE * MAX_ATTRIBUTES_IN_ALL and _ATTRIBUTES(root):
        raise ExtractionError(f"the page has more than {MAX_ATTRIBUTES_IN_ALL:,} attributes", url=page.url)
    if _IS_DEEP(root):
        if _TOO_DEEP(root):
            raise ExtractionError(f"the page is nested deeper than {MAX_DEPTH} levels", url=page.url)
        if _TOO_MANY_DEEP(root):
            raise ExtractionError(f"more than {MAX_DEEP:,} elements of the page are nested {DEEP} levels", url=page.url)
    if len(source) > MAX_JSON_LD:
        _bound_json_ld(root)
    if (base := root.find("head/base[@href]")) is not None:
        with suppress(ValueError):  # it may be no address at all
            _rebase(root, urljoin(page.url, base.get("href") or ""))
    settle_links(root, source)
    drop_line_numbers(root, source)
    settle_permalinks(root)
    drop_contents(root, source)
    marked = is_marked(source)
    if marked:
        drop_ignored(root)
    return Markup(root, source, marked)


def _without_early_end(source: bytes) -> bytes:
    """The markup without tags that end the document or its body before its end.

    Browsers read on as if there were none (https://html.spec.whatwg.org/#parsing-main-afterbody); libxml2 would stop.
    """
    end = _END.search(source)
    if end is None:
        return source
    rest = _END.sub(b"", source[end.start() :])
    return source[: end.start()] + rest if rest.strip() else source


def _bound_json_ld(root: HtmlElement) -> None:
    left = MAX_JSON_LD
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            left -= len(script.text or "")
            if left < 0:
                script.text = None


def _rebase(root: HtmlElement, base: str) -> None:
    """Write the links out that are relative to another address than the page's own, but for those within the page."""
    for link in root.iter("a"):
        href = link.get("href")
        if href and not href.startswith("#"):
            with suppress(ValueError):
                link.set("href", urljoin(base, href))


class _Parser(threading.local):
    """A parser for each thread: to make one takes a twentieth of the time that it takes to read a page."""

    def __init__(self) -> None:
        # What isn't used isn't kept: which element has which id.
        self.parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
        # What lxml.html.HTMLParser would give, but for the properties of forms: it asks a function for each element.
        self.parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


_of_this_thread = _Parser()


def _tree(source: bytes, url: str) -> HtmlElement:
    try:
        root = etree.fromstring(source, _of_this_thread.parser)
    except (etree.LxmlError, ValueError, AssertionError) as exc:
        raise ExtractionError(f"the page can't be parsed as HTML: {exc}", url=url) from exc
    if not isinstance(root, HtmlElement):
        raise ExtractionError("the page can't be parsed as HTML: it has no element", url=url)
    return root


def _has_too_many_attributes(source: bytes) -> bool:
    least = _SHORTEST_ATTRIBUTE * MAX_ATTRIBUTES
    for tag in _TAG.finditer(source):
        start, end = tag.span()
        if end - start >= least:
            attributes = _ATTRIBUTE.finditer(source, start, end)
            if next(islice(attributes, MAX_ATTRIBUTES, None), None) is not None:
                return True
    return False


def decode(content: bytes, *, declared: str | None = None) -> str:
    """The text of a page: its byte order mark, else what it or its server declares, else what its bytes suggest."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    in_markup = _DECLARED.search(content[:_DECLARATION_WITHIN])
    labels = [declared, in_markup.group(1).decode("ascii") if in_markup else None, "utf-8"]
    for label in labels:
        text = _decoded_as(content, label, is_from_server=label is declared) if label else None
        if text is not None:
            return text
    from charset_normalizer import from_bytes  # few pages need it

    found = from_bytes(content[:_DETECT_WITHIN]).best()
    detected = found.encoding if found else None
    return content.decode(latin_charset(content, detected) or detected or "cp1252", "replace")


def _decoded_as(content: bytes, label: str, *, is_from_server: bool) -> str | None:
    label = label.strip().lower()
    if not is_from_server and _ONE_BYTE.match(label):
        # No text in these is UTF-8 by chance: who saved the page anew left its declaration as it was.
        with suppress(UnicodeDecodeError):
            return content.decode("utf-8")
    try:
        text = content.decode(_AS_BROWSERS_READ.get(label, label), "replace")
    except (LookupError, ValueError):
        return None
    errors = text.count("\ufffd")
    if errors and errors > _TOLERATED_ERRORS * len(content.translate(None, _ASCII)):
        return None
    return text
