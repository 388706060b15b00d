"""What stands in the text of a template's posts that is no part of it: panels, and lines that most of them have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from urllib.parse import unquote

from lxml.html import HtmlElement

from indexer.extract.authors.bylines import named_in, starts_as_byline
from indexer.extract.dates.foot import LONGEST_DATE_LINE
from indexer.extract.dates.written import first_date
from indexer.extract.markup.blocks import Kind, kind_of
from indexer.extract.markup.dom import own_lines, own_text, wording, words_of
from indexer.extract.markup.outline import HEADINGS
from indexer.extract.text.furniture import announces_others

from .body import FEWEST, ON_PAGES, Texts, is_lead, is_marked_as_text
from .date_lines import date_lines
from .model import Slot, last_step
from .observe import Observed
from .text import PROTECTED, QUOTED, comparable, take_lines

_APART = frozenset({"nav", "aside", "header", "footer", "form"})
_PANELS = frozenset({"div", "section", "ul", "ol", "p", "span"})
_FURNITURE = Kind.SHARING | Kind.RELATED | Kind.AUTHOR | Kind.COMMENTS | Kind.OFFER | Kind.CONTENTS
_REPEATED = 0.5
"""The share of the pages on which a line must stand to be boilerplate."""
_COPY = 0.8
"""The share of a page's lines that another page must hold for the two to be copies of one post."""
_IN_TEXT = 0.1
"""The share of a panel's text up to which it is none of the post's."""
_NOTICES = frozenset({"copyright", "license", "licence"})
"""What themes call a box that says to whom a post belongs, with its title and address."""
_LONGEST_NOTICE = 600
_ASKS = ("?", "\uff1f", "\u061f")
"""What questions end with: "?", and the signs of it in Chinese, Japanese and Arabic."""
_SPACE = re.compile(r"\s+")


def panels(texts: Texts, body: str, posts: Sequence[Observed]) -> list[str]:
    """The paths of the elements inside the body that hold none of the text: share buttons, related posts."""
    seen = Counter[str]()
    outside = Counter[str]()
    inside = f"{body} "
    for page in texts.pages:
        said = _Said(page)
        whole = "\n".join({_compact(line) for line in texts.lines[page] if not said.has(line)})
        for path, elements in page.paths.items():
            if path.startswith(inside) and _may_be_panel(path, elements[0]):
                seen[path] += 1
                outside[path] += not _is_above_text(page, elements[0]) and all(
                    _is_notice(each) or _is_panel(each, whole, said) for each in elements
                )
    cut = {
        path
        for path, count in seen.items()
        if count >= min(FEWEST, len(texts.pages)) and outside[path] >= ON_PAGES * count
    }
    unwanted = _of_platform(posts) | _of_others(posts, inside)
    cut |= {path for path in unwanted if path.startswith(inside) and not last_step(path).isalnum()}
    return sorted(path for path in cut if not any(path.startswith(f"{other} ") for other in cut))


def _is_above_text(page: Observed, element: HtmlElement) -> bool:
    """Whether an element is the lead above what a page marks as its text, of which trafilatura takes no more."""
    return is_lead(page, element) and any(map(is_marked_as_text, element.itersiblings()))


def _of_platform(posts: Sequence[Observed]) -> set[str]:
    """The paths of what the platform of the site is known to put into posts, and of nothing else.

    What was answered to a post may stand where the post itself does.
    """
    unwanted, kept = set[str](), set[str]()
    for page in posts:
        elements = frozenset(page.seen.hints.unwanted())
        paths = {page.path_of[element] for element in elements if element in page.path_of}
        unwanted |= paths
        kept |= {path for path in paths if not elements.issuperset(page.paths[path])}
    return unwanted - kept


def _of_others(posts: Sequence[Observed], inside: str) -> set[str]:
    """The paths of boxes that are both named and headed for other posts wherever there is one: on few pages, maybe."""
    unwanted, kept = set[str](), set[str]()
    for page in posts:
        for path, elements in page.paths.items():
            if path.startswith(inside) and path not in kept:
                is_box = all(kind_of(each) & Kind.RELATED and _announces_others(each) for each in elements)
                (unwanted if is_box else kept).add(path)
    return unwanted - kept


def repeated_lines(pages: Sequence[Observed], body: str, cut: Iterable[str], dates: Iterable[Slot]) -> list[str]:
    """The lines, as they are compared, that most pages have in the body beside title, `dates` and what is `cut`, paths.

    Copies of one post count once.
    """
    paths, slots = frozenset(cut), [slot for slot in dates if slot.kind == "path"]
    distinct: list[set[str]] = []
    for page in pages:
        elements = page.paths.get(body, ())[:1]
        names = (page.seen.title.text, page.page.url)
        lines = {line for element in elements for line in comparable(_lines(element, page, paths, slots), *names)}
        if lines and not any(len(lines & other) >= _COPY * min(len(lines), len(other)) for other in distinct):
            distinct.append(lines)
    count = Counter(line for lines in distinct for line in lines)
    least = max(FEWEST, _REPEATED * len(distinct))
    return [line for line, pages_with in count.items() if pages_with >= least]


def _may_be_panel(path: str, element: HtmlElement) -> bool:
    """Whether the element has a name, or is a menu or the like: nameless lists and paragraphs may be the author's."""
    named = element.tag in _PANELS and not last_step(path).isalnum()
    return element.tag in _APART or named or (element.tag in _PANELS and _announces_others(element))


def _announces_others(element: HtmlElement) -> bool:
    """Whether an element begins with a heading like "Related posts"."""
    heading = next(element.iter(*HEADINGS), None)
    if heading is None or not announces_others(title := own_text(heading)):
        return False
    return own_lines(element)[:1] == [title]


class _Said:
    """What a page says of its post beside the text: lines with its title, address, date, author or labels alone."""

    def __init__(self, page: Observed) -> None:
        labels = (*page.labels.tags, *page.labels.categories)
        author = page.author.value if page.author else ""
        names = (page.seen.title.text, unquote(page.page.url), author, *(each.label for each in labels))
        self._names = frozenset(map(wording, names)) - {""}
        self._date = page.seen.dates.published and page.seen.dates.published.date
        self._lang = page.seen.lang and page.seen.lang.value

    def has(self, line: str) -> bool:
        """Whether a line says no more than that."""
        if wording(line) in self._names or (starts_as_byline(line) and wording(named_in(line)) in self._names):
            return True
        if self._date is None or len(line) > LONGEST_DATE_LINE:
            return False
        return first_date(line, lang=self._lang) == self._date


def _is_notice(element: HtmlElement) -> bool:
    """Whether an element is named for the rights in the post, whatever the extraction takes it for."""
    return not _NOTICES.isdisjoint(words_of(element)) and len(own_text(element)) <= _LONGEST_NOTICE


def _is_panel(element: HtmlElement, whole: str, said: _Said) -> bool:
    """Whether hardly anything of an element's text is in the text of the post; with a heading nothing, as a rule."""
    around = (element, *element.iterancestors())
    if any(each.tag in PROTECTED or kind_of(each) & Kind.NOTE for each in around):
        return False
    if next(element.iter(*QUOTED), None) is not None or _is_answered_below(element, whole):
        return False
    lines = own_lines(element)
    headings = {line for heading in element.iter(*HEADINGS) for line in own_lines(heading) if not said.has(line)}
    # Whatever the extraction makes of them: cards of other posts have text enough to look like more of this one.
    if _announces_others(element):
        return True
    # A box that is named for what it is may have one: "Related posts".
    if headings and not kind_of(element) & _FURNITURE:
        others = [line for line in lines if line not in headings]
        return bool(others) and all(map(said.has, others))
    size = sum(map(len, lines))
    held = (line for line in lines if _compact(line) in whole and not said.has(line))
    return size > 0 and sum(map(len, held)) <= _IN_TEXT * size


def _is_answered_below(element: HtmlElement, whole: str) -> bool:
    """Whether an element is a question and what follows it is of the text: the extraction passes over such headings."""
    lines, below = own_lines(element), element.getnext()
    if len(lines) != 1 or not lines[0].endswith(_ASKS) or below is None or kind_of(element) & _FURNITURE:
        return False
    return any(_compact(line) in whole for line in own_lines(below))


def _lines(element: HtmlElement, page: Observed, paths: frozenset[str], dates: Iterable[Slot]) -> list[str]:
    """What is left of the element's lines, as whoever reads pages by the template will see them."""
    dropped = {page.seen.title.heading, *(each for path in paths for each in page.paths.get(path, ()))}
    dropped.update(each for slot in dates for each in date_lines(slot, page.paths.get(slot.name, ())))
    spent = deepcopy(element)
    for own, copy in list(zip(element.iter(), spent.iter(), strict=True)):
        if own in dropped and own is not element:
            copy.drop_tree()
    return take_lines(spent)


def _compact(text: str) -> str:
    return _SPACE.sub("", text).lstrip("-*|")
