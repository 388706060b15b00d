"""Where the text of a template's posts is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from indexer.extract.markup.blocks import Kind, kind_of
from indexer.extract.markup.dom import own_text
from indexer.extract.markup.outline import HEADINGS
from indexer.extract.text.furniture import FOREIGN

from .observe import Observed
from .sample import spread

_SAMPLED = 8
"""Pages of which the text is extracted in full."""
_CONTAINERS = frozenset({"div", "article", "section", "main", "td", "center"})
_LEADS = frozenset({"div", "p", "section"})
_LEAD = 120
"""Characters of a lead; what is shorter may be anything."""
_TEXT_ITEMS = frozenset({"articleBody", "text"})
_TEXT_NAMES = frozenset(
    {"entry-content", "post-content", "post-body", "article-content", "article-body", "article__content"}
)
# What is called "more" may be other posts, or the rest of this one.
_NO_REST = FOREIGN & ~Kind.RELATED | Kind.WIDGET | Kind.META
_COVERING = 0.88
"""The share of the text that its container must hold ..."""
ON_PAGES = 0.7
"""... on this share of the pages."""
_OUTRIGHT = 0.5
"""... or on this share, if that is what the general path takes for the main text of others: trafilatura takes the
comments below a short post for more of it."""
_EVERYWHERE = 0.95
"""The share of the posts that must have the container at all, and once."""
_MOSTLY = 4
"""How many times as much of it is text as is links' in a text that is no list of other posts."""
_SELDOM = 0.5
"""The share of the posts up to which what stands below their texts may be the rest of these."""
_REPEATED_IN_SAMPLE = 0.3
FEWEST = 3
"""Pages that something must be on to be taken for a habit of the site."""
_SLIGHT = 60
_TELLING = 250
"""Characters of text below which trafilatura takes other parts of a page for more of it."""
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\w+")


class Texts:
    """The texts of some of a template's pages as trafilatura extracts them, without what repeats."""

    def __init__(self, pages: Sequence[Observed]) -> None:
        # "3 min read" and "5 min read" are the same line.
        masked = {line: _NUMBER.sub("0", line) for page in pages for line in page.extracted}
        count = Counter(line for page in pages for line in {masked[each] for each in page.extracted})
        most = max(FEWEST - 1, _REPEATED_IN_SAMPLE * len(pages))
        self.lines = {page: [line for line in page.extracted if count[masked[line]] <= most] for page in pages}

    @property
    def pages(self) -> list[Observed]:
        """The pages with enough text to tell where it is."""
        return [page for page, lines in self.lines.items() if sum(map(len, lines)) >= _SLIGHT]


def find_body(posts: Sequence[Observed]) -> tuple[Texts, str | None, float]:
    """The texts of some posts, and the path of the innermost element that holds nearly all of the text.

    Third comes the share of pages where it does. Where none does, it is the element that the general path takes for the
    main text on most pages: on some sites much of what trafilatura extracts stands elsewhere.
    """
    telling = [page for page in posts if page.layout.weight(page.seen.region.content).own >= _TELLING]
    texts = Texts(spread(telling, _SAMPLED))
    votes, pages = _votes(texts), texts.pages
    main = Counter(map(_main_text, posts))
    for counts, least in ((votes, ON_PAGES * len(pages)), (main, ON_PAGES * len(posts))):
        wide = [path for path, count in counts.items() if path and count >= least and _is_everywhere(path, posts)]
        if wide:
            best = max(wide, key=lambda path: (path.count(" "), counts[path]))
            share, around = votes[best] / max(1, len(pages)), best.rpartition(" ")[0]
            going_on = sum(_goes_on(page, best) for page in posts)
            if (marked := _marked_inside(best, posts)) is not None:
                best = marked
            elif 0 < going_on <= _SELDOM * len(posts) and _is_everywhere(around, posts):
                best = around
            around = best.rpartition(" ")[0]
            if sum(_begins_above(page, best) for page in posts) >= FEWEST and _is_everywhere(around, posts):
                best = around
            return texts, best, share
    return texts, None, 0.0


def _votes(texts: Texts) -> Counter[str]:
    """On how many pages the elements at each path hold nearly all of the text."""
    pages = texts.pages
    votes, seconded = Counter[str](), Counter[str]()
    for page in pages:
        size = sum(map(len, texts.lines[page]))
        words = _words(texts.lines[page])
        holding = set[HtmlElement]()
        # The innermost first: what holds such an element holds the text, too.
        for path, elements in reversed(page.paths.items()):
            first = elements[0]
            if first.tag in _CONTAINERS and page.layout.weight(first).text >= size / 2:
                if first not in holding and _coverage(first, words) >= _COVERING:
                    holding.update((first, *first.iterancestors()))
                votes[path] += first in holding
        seconded[_main_text(page)] += _coverage(page.seen.region.content, words) < _COVERING
    return votes + Counter({path: count for path, count in seconded.items() if votes[path] >= _OUTRIGHT * len(pages)})


def _marked_inside(path: str, posts: Sequence[Observed]) -> str | None:
    """The path inside another one of what all posts mark as their text: what is around it are cards of other posts."""
    marked = (
        page.path_of[element]
        for page in posts
        for element in page.layout.elements[1:]
        if element.get("itemprop") in _TEXT_ITEMS
    )
    inside = (found for found, _ in Counter(marked).most_common() if found.startswith(f"{path} "))
    return next((found for found in inside if _is_everywhere(found, posts)), None)


def _goes_on(page: Observed, path: str) -> bool:
    """Whether the text goes on below the element at a path, in a box that is there for the two: "Read more"."""
    element = next(iter(page.paths.get(path, ())), None)
    below = element.getnext() if element is not None else None
    if element is None or below is None or below.tag not in _CONTAINERS or kind_of(below) & _NO_REST:
        return False
    if _are_sections(page, element, below):
        return True
    weight, weigh = page.layout.weight(below), page.layout.weight
    beside = weigh(below.getparent()).text - weight.text - weigh(element).text
    has_prose = weight.own >= _TELLING and _MOSTLY * weight.linked < weight.own
    return has_prose and beside <= _SLIGHT and next(below.iter(*HEADINGS), None) is None


def _begins_above(page: Observed, path: str) -> bool:
    """Whether the text begins above the element at a path that is marked as the text: with a lead.

    What is so marked is all that trafilatura takes.
    """
    element = next(iter(page.paths.get(path, ())), None)
    if element is None or not is_marked_as_text(element):
        return False
    return any(is_lead(page, each) for each in element.itersiblings(preceding=True))


def is_marked_as_text(element: HtmlElement) -> bool:
    """Whether an element says that it is a post's text, by an item of microdata or by the name that most themes use."""
    names = (element.get("class") or "").split()
    return element.get("itemprop") in _TEXT_ITEMS or not _TEXT_NAMES.isdisjoint(names)


def is_lead(page: Observed, element: HtmlElement) -> bool:
    """Whether an element may be a lead above the text: some sentences without a link, a heading, or another name."""
    weight = page.layout.weight(element)
    return (
        element.tag in _LEADS
        and weight.own >= _LEAD
        and weight.linked == 0
        and not kind_of(element) & _NO_REST
        and next(element.iter(*HEADINGS), None) is None
    )


def _are_sections(page: Observed, element: HtmlElement, below: HtmlElement) -> bool:
    """Whether two elements are sections of one text, as docutils has them beside each other where several headings are
    main ones. Themes name theirs.
    """
    weight = page.layout.weight(below)
    is_plain = all(each.tag == "section" and not each.get("class") for each in (element, below))
    return is_plain and _MOSTLY * weight.linked < weight.own


def _main_text(page: Observed) -> str:
    """The path of what the general path takes for the main text."""
    return page.path_of.get(page.seen.region.content, "")


def _is_everywhere(path: str, posts: Sequence[Observed]) -> bool:
    """Whether (nearly) all posts have one element at `path`."""
    return sum(len(page.paths.get(path, ())) == 1 for page in posts) >= _EVERYWHERE * len(posts)


def _coverage(element: HtmlElement, wanted: Counter[str]) -> float:
    """The share of the words that are in `element`."""
    return (wanted & _words([own_text(element)])).total() / max(1, wanted.total())


def _words(lines: Iterable[str]) -> Counter[str]:
    return Counter(word for line in lines for word in _WORD.findall(line))
