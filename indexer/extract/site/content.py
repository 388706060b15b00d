"""The text of a post in the container that its template names, without what stands in there beside it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, takewhile

from lxml.html import HtmlElement

from indexer.extract.addresses.keys import placed
from indexer.extract.addresses.leading import leads_elsewhere
from indexer.extract.dates.foot import LONGEST_DATE_LINE
from indexer.extract.dates.labels import is_note_of_publication
from indexer.extract.dates.written import first_date
from indexer.extract.markup.dom import own_text, wording
from indexer.extract.markup.outline import HEADINGS
from indexer.extract.model import MAX_BODY, MAX_CUT, Cut
from indexer.extract.tags.in_head import CATEGORY_LABEL, TAG_LABEL
from indexer.extract.tags.links import is_rel_tag
from indexer.extract.text import neighbours
from indexer.extract.text.furniture import BEFORE_THE_END, announces_others
from indexer.extract.text.header_lines import HEADER_LINES, SENTENCE_ENDS, is_header

from .date_lines import date_lines
from .model import Template, last_step
from .text import PROTECTED, QUOTED, comparable, protected_lines, take_lines

_IN_FIGURES = re.compile(r"[\W\d年月日]+")
_CAPTION = 40
"""Characters around the links in a list of labels: "Tags:", commas."""
_ABOVE = 120
"""Characters that may stand above a title and be none of the text."""
_LINES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "small", "time", "p"})
_LABELS = "the post's tags or categories"
_NO_TEXT = "part of the site's frame: none of it is a post's text"
_ON_MOST = "on most of the site's posts"
_LINKED = "a link to another post, at the end"


def shows_something(content: HtmlElement) -> bool:
    """Whether there is any text, or a picture."""
    has_text = any(text.strip() for text in content.itertext())
    return has_text or next(content.iter("img", "video", "iframe"), None) is not None


def take_content(
    content: HtmlElement,
    template: Template,
    elements: Mapping[str, Sequence[HtmlElement]],
    *,
    url: str,
    title: str,
    date: dt.date | None,
) -> tuple[str, list[Cut]]:
    """The text in `content` without `title`, `date` and what the template cuts; and what was cut. The tree is spent.

    `elements` are those at the template's paths.
    """
    cut = dict.fromkeys(_drop_elements(content, template, elements, url=url, title=title))
    lines, repeated = _without_repeated(take_lines(content), content, template, url=url, title=title)
    cut |= dict.fromkeys(repeated)
    if neighbours.are_likely(lines):
        end = neighbours.end_before(lines, neighbours.own_links(content, url))
        cut |= {Cut(each[:MAX_CUT], _LINKED): None for each in lines[end:]}
        lines = lines[:end]
    start, end = _edges(lines, title, date)
    cut |= {Cut(each[:MAX_CUT], "the title"): None for each in lines[:start]}
    dated = {at for at in range(start, min(start + HEADER_LINES, end)) if _says_day(lines[at], date)}
    cut |= {Cut(lines[at][:MAX_CUT], "the date"): None for at in (*dated, *range(end, len(lines)))}
    for at in sorted(dated, reverse=True):
        del lines[at]
    text = "\n".join(lines[start : end - len(dated)])
    return text[:MAX_BODY].rstrip(), list(cut)


def _drop_elements(
    content: HtmlElement, template: Template, elements: Mapping[str, Sequence[HtmlElement]], *, url: str, title: str
) -> Iterator[Cut]:
    """What the template cuts, the date, the title and what stands above it, and lists of labels: gone from the tree."""
    unwanted = [(path, _NO_TEXT, elements.get(path, ())) for path in template.cut]
    dates = [slot for slot in template.date if slot.kind == "path"]
    unwanted += [(slot.name, "the date", date_lines(slot, elements.get(slot.name, ()))) for slot in dates]
    # Headings of the text may stand where the title does: it is the first of them.
    titles = [slot.name for slot in template.title if slot.kind == "path" and elements.get(slot.name)]
    headings = [(path, elements[path][0]) for path in titles if content in elements[path][0].iterancestors()]
    for path, why, found in unwanted:
        for element in found:
            if element is not content and element.getparent() is not None and content in element.iterancestors():
                element.drop_tree()
                yield Cut(last_step(path), why)
    for path, heading in headings:
        if wording(own_text(heading)) == wording(title):
            for element in _above(heading, content):
                yield Cut(own_text(element)[:MAX_CUT], "above the title")
                element.drop_tree()
        if heading.getparent() is not None:
            heading.drop_tree()
            yield Cut(last_step(path), "the title")
    for element in _label_lists(content, template, elements, url):
        if element.getparent() is not None:
            yield Cut(own_text(element)[:MAX_CUT], _LABELS)
            element.drop_tree()


def _without_repeated(
    lines: list[str], content: HtmlElement, template: Template, *, url: str, title: str
) -> tuple[list[str], list[Cut]]:
    """The lines without those that most posts have, nor what follows such a line at the end; and what was cut."""
    repeated = frozenset(template.repeated)
    keys = comparable(lines, title, url) if repeated else []
    if repeated.isdisjoint(keys):
        return lines, []
    linked = neighbours.own_links(content, url)
    quoted = protected_lines(content, QUOTED)
    boilerplate = [key in repeated and each not in quoted for each, key in zip(lines, keys, strict=True)]
    headings = protected_lines(content, frozenset(HEADINGS))
    # The site's name is one on some posts, and leads to its front page.
    named = ((link, own_text(link)) for link in content.iter("a"))
    headings -= {text for link, text in named if text in headings and leads_elsewhere(link, url)}
    end = min(_end_of_text(lines, boilerplate, linked), _first_of_others(lines, boilerplate, headings))
    kept = [at for at in range(end) if not boilerplate[at] or lines[at] in headings]
    gone = frozenset(lines) - {lines[at] for at in kept}
    cut = [
        Cut(each[:MAX_CUT], _ON_MOST if key in repeated else _LINKED)
        for each, key in zip(lines, keys, strict=True)
        if each in gone
    ]
    return [lines[at] for at in kept], cut


def _above(heading: HtmlElement, content: HtmlElement) -> list[HtmlElement]:
    """What stands above the title in the post's container, if that is a line or two: its section, its day."""
    around = chain((heading,), takewhile(lambda each: each is not content, heading.iterancestors()))
    above = [before for each in around for before in each.itersiblings(preceding=True) if own_text(before)]
    is_line = all(each.tag in _LINES for each in above) and sum(len(own_text(each)) for each in above) <= _ABOVE
    return above if is_line else []


def _edges(lines: Sequence[str], title: str, date: dt.date | None) -> tuple[int, int]:
    """Where a text begins that begins with its title, and where one ends that ends with its date."""
    start = int(len(lines) > 1 and wording(lines[0]) == wording(title))
    last = lines[-1] if len(lines) > start + 1 else ""
    says_a_date = len(last) <= LONGEST_DATE_LINE and (is_note_of_publication(last) or _IN_FIGURES.fullmatch(last))
    return start, len(lines) - bool(date is not None and says_a_date and first_date(last) == date)


def _says_day(text: str, date: dt.date | None) -> bool:
    """Whether a line above a text tells the post's day and little but by whom, where no slot of the template is."""
    return date is not None and not text.endswith(SENTENCE_ENDS) and is_header(text, ()) and first_date(text) == date


def _label_lists(
    content: HtmlElement, template: Template, elements: Mapping[str, Sequence[HtmlElement]], url: str
) -> Iterator[HtmlElement]:
    """What holds the links to tags and categories inside the text, and next to nothing else."""
    for place in (*template.tags, *template.categories):
        if place.path.startswith(f"{template.body} "):
            for link in elements.get(place.path, ()):
                holder = link.getparent()
                _, folder = placed(link.get("href") or "#", url) or ("", "")
                is_listed = place.holds(folder, marked=is_rel_tag(link))
                if is_listed and holder not in (None, content) and _is_list_of_links(holder):
                    yield from _captions(holder, content)
                    yield holder


def _captions(holder: HtmlElement, content: HtmlElement) -> Iterator[HtmlElement]:
    """What stands before a label, or the list of it, and only announces labels: `<h3>Tags:</h3><ul><li>`."""
    for element in (holder, holder.getparent()):
        before = element.getprevious() if element not in (None, content) else None
        if before is not None and (TAG_LABEL.fullmatch(text := own_text(before)) or CATEGORY_LABEL.fullmatch(text)):
            yield before


def _is_list_of_links(element: HtmlElement) -> bool:
    linked = sum(len(own_text(link)) for link in element.iter("a"))
    return element.tag not in PROTECTED and len(own_text(element)) - linked <= _CAPTION


def _first_of_others(lines: Sequence[str], boilerplate: Sequence[bool], headings: Collection[str]) -> int:
    """Where a heading stands that most posts have, and that announces other posts or comments; else the end."""
    before, size = 0, sum(map(len, lines))
    for at, line in enumerate(lines):
        if boilerplate[at] and line in headings and before > BEFORE_THE_END * size and announces_others(line):
            return at
        before += len(line)
    return len(lines)


def _end_of_text(lines: Sequence[str], boilerplate: Sequence[bool], linked: frozenset[str]) -> int:
    """Where the text ends: before a line that most posts have, if nothing but links to other posts follows it."""
    end = at = len(lines)
    while at and (boilerplate[at - 1] or lines[at - 1] in linked):
        at -= 1
        if boilerplate[at]:
            end = at
    return end
