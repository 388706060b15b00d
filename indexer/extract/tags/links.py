"""What a link is to the post that it stands with: one of its tags, one of its categories, or nothing of the kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, takewhile
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from indexer.extract.addresses.keys import host_of
from indexer.extract.addresses.words import CATEGORY_STEPS, TAG_STEPS
from indexer.extract.dates.written import first_date
from indexer.extract.markup import blocks
from indexer.extract.markup.dom import BLOCKS, line, own_text, vocabulary, wording, words_of
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region, stands_apart

from .announced import LONGEST_CAPTION, announced, announced_in_row, is_caption
from .in_head import IS_ADDRESS, LONGEST_LABEL, TAG_LABEL

TAG_WORDS = frozenset({"tag", "tags", "taglist", "tagged", "keyword", "keywords", "labels", "hashtag", "hashtags"})
"""What lists of tags are called."""
_REL = frozenset({"tag"})
_CATEGORY_WORDS = frozenset({"category", "categories", "cat", "cats", "categorie"})
_SECTION = frozenset({"section"})
"""What newspapers call a category, and generators any part of a text that has a heading."""
_LABEL_ELEMENTS = frozenset({"a", "span", "li", "p", "em", "strong", "small"})
_FOREIGN_WORDS = vocabulary(
    "cloud tagcloud tagadelic sidebar widget related recommended recommend similar recent popular comment comments nav"
    " menu breadcrumb breadcrumbs pagination pager prev previous next prenext share archives query"
)
_WAY = frozenset({"breadcrumb", "breadcrumbs", "crumbs", "arbo", "ariane", "rootline"})
"""What the way to a page is called: by SPIP `arbo`, for its tree, by TYPO3 the line from its root."""
_TEXT_BLOCKS = frozenset({"p", "li", "td", "dd", "blockquote"})
_WORD = re.compile(r"\w")
_COMMENTS = re.compile("#.*(?:comment|respond)", re.IGNORECASE)
_YEAR = re.compile(r"/((?:19|20)\d\d)(?:\.html?)?$")
_COUNT = re.compile(r"\s*[(（]\s*\d+\s*[)）]$")
_NAMED_AS_LABEL = re.compile(r"(?:^|/)([^\W\d_]+)[-_]([^/?#]{1,80}?)(?:/|\.html?)?$")
_ASKS_FOR_LABEL = re.compile(r"(\w+)=[^&=]+")
_NUMBERED_CATEGORY = re.compile(r"(?:/(?:(?:blog-)?category|cat|theme)[-_]|(?:^|[/?])rubrique)\d+(?:\.html?)?$")
"""How FC2, Livedoor, Ameba and SPIP call their pages of categories."""
_BESIDE_LABEL = " ,;·•|/"
"""What may stand before and behind a label in a link; a `#` only before it: `C#` is one."""
_LEVELS_OF_LIST = 5
_LONGEST_DATED = 160
_LEVELS = 3
"""Elements around a link whose names may say what it is."""


def short_links(outline: Outline, within: HtmlElement) -> Iterator[HtmlElement]:
    """The links whose text may be a tag."""
    lines = (link for link in within.iter("a") if outline.is_line(link, limit=LONGEST_LABEL))
    return (link for link in lines if not ((link.get("href") or "#").startswith("#") or _is_in_sentence(link)))


def _is_in_sentence(link: HtmlElement) -> bool:
    """Whether letters stand right before and behind a link, as in a sentence of a script without spaces."""
    before, parent = link.getprevious(), link.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return (text or "")[-1:].isalpha() and (link.tail or "")[:1].isalpha()


def kind_of(link: HtmlElement, outline: Outline, region: Region, *, hosts: frozenset[str]) -> str | None:
    """What a link in a post is: "rel=tag", "tag", "category", or None."""
    if stands_apart(link, region, _FOREIGN_WORDS) or _COMMENTS.search(link.get("href") or ""):
        return None
    # What is marked as a category is one in any sentence: "This entry is filed under ...".
    is_category = "category" in (link.get("rel") or "").lower().split()
    if not is_category and _in_running_text(link, outline) and announced_in_row(link) is None:
        return None
    steps = _steps(link)
    if _leads_to_year(link) and steps.isdisjoint(TAG_STEPS):
        return None
    around = names_around(link, region)
    rel_tag = is_rel_tag(link)
    if not steps.isdisjoint(CATEGORY_STEPS) or is_category:
        return "category"
    if rel_tag and not steps.isdisjoint(TAG_STEPS):
        return "rel=tag"
    # What the link itself is marked as tells nothing: systems without tags mark categories as such.
    called = around - _REL if rel_tag else around
    is_own = host_of(link.get("href") or "") in hosts
    named = not called.isdisjoint(_CATEGORY_WORDS) or (is_own and _is_in_section(link))
    if named and called.isdisjoint(TAG_WORDS) and steps.isdisjoint(TAG_STEPS):
        return "category"
    if rel_tag:
        return "rel=tag"
    if not around.isdisjoint(TAG_WORDS):
        return "tag"
    return announced(link, outline, region) or ("tag" if is_own and leads_to_tag(link) else None)


def _is_in_section(link: HtmlElement) -> bool:
    """Whether a link is called a section, or what is around nothing but a label is."""
    around = takewhile(lambda each: each.tag in _LABEL_ELEMENTS, islice(link.iterancestors(), _LEVELS))
    return any(not _SECTION.isdisjoint(words_of(each)) for each in (link, *around))


def _leads_to_year(link: HtmlElement) -> bool:
    """Whether a link leads to the archive of a year, and says so."""
    year = _YEAR.search((link.get("href") or "").rstrip("/"))
    return year is not None and label_of(link, limit=LONGEST_LABEL) == year[1]


def hosts_of(outline: Outline, url: str) -> frozenset[str]:
    """The hosts that links to the site itself name: none, the page's, and the one most links of the page name.

    The last is the site's own where the page is a copy that lives elsewhere.
    """
    named = Counter(host for link in outline.of("a") if (host := host_of(link.get("href") or "")))
    return frozenset({"", host_of(url) or "", *(host for host, _ in named.most_common(1))})


def labels_in(links: Iterable[HtmlElement]) -> Iterator[str]:
    """What links to tags call them."""
    for link in links:
        label = label_of(link, limit=LONGEST_LABEL)
        if is_label(label):
            yield label


def label_of(link: HtmlElement, *, limit: int) -> str:
    """What a link calls its target, without the number of posts there: `bees (12)`, `bees<sup>12</sup>`.

    "" of one that only announces others.
    """
    if is_caption(link):
        return ""
    text, last = own_text(link), link
    while len(last) and not (last[-1].tail or "").strip():
        last = last[-1]
    if last is not link and (count := own_text(last)).isdecimal():
        text = text.removesuffix(count) or text
    return _COUNT.sub("", line(text, limit=limit)).lstrip(_BESIDE_LABEL + "#").rstrip(_BESIDE_LABEL)


def is_label(text: str) -> bool:
    """Whether a text may be a tag, rather than what announces tags, an address or a date."""
    is_word = _WORD.search(text) is not None and not TAG_LABEL.fullmatch(text)
    return is_word and not IS_ADDRESS.search(text) and first_date(text) is None


def in_lists(links: Iterable[HtmlElement]) -> list[list[HtmlElement]]:
    """The links by the innermost elements that hold several of them; those that stand alone are one list."""
    around = {link: list(islice(link.iterancestors(), _LEVELS_OF_LIST)) for link in links}
    held = Counter(chain.from_iterable(around.values()))
    lists = defaultdict[HtmlElement | None, list[HtmlElement]](list)
    for link, elements in around.items():
        lists[next((each for each in elements if held[each] > 1), None)].append(link)
    return list(lists.values())


def is_rel_tag(link: HtmlElement) -> bool:
    """Whether a link is marked as one to a tag of what it stands in."""
    return "tag" in (link.get("rel") or "").lower().split()


def leads_to_tag(link: HtmlElement) -> bool:
    """Whether the address of a link is below a folder of tag pages, and not below one of categories."""
    steps = _steps(link)
    return not steps.isdisjoint(TAG_STEPS) and steps.isdisjoint(CATEGORY_STEPS)


def category_crumbs(outline: Outline, region: Region) -> list[HtmlElement]:
    """The links to categories on the way from the front page to the post: `Home > Garden > Bees`.

    It is the first such way, and not below the text: others lead to posts in lists.
    """
    *_, last = region.content.iter("*")
    above = set(takewhile(lambda each: each is not last, outline.elements))
    ways = [
        (link, _way_around(link))
        for link in short_links(outline, outline.body)
        if link in above and not _steps(link).isdisjoint(CATEGORY_STEPS)
    ]
    first = next((way for _, way in ways if way is not None), None)
    return [link for link, way in ways if way is not None and way is first]


def _way_around(link: HtmlElement) -> HtmlElement | None:
    """The outermost element around a link that is called the way to the page."""
    around = (link, *islice(link.iterancestors(), _LEVELS))
    return next((each for each in reversed(around) if not _WAY.isdisjoint(words_of(each))), None)


def leads_to_label(link: HtmlElement) -> bool:
    """Whether the address of a link is below a folder of tag pages or of categories."""
    return not _steps(link).isdisjoint(TAG_STEPS | CATEGORY_STEPS)


def names_around(link: HtmlElement, region: Region) -> frozenset[str]:
    """The words of the names of a link and of the elements next around it."""
    outside = {region.post, *region.post.iterancestors()}
    named = takewhile(lambda each: each not in outside, islice(link.iterancestors(), _LEVELS))
    return words_of(link).union(*map(words_of, named))


def _in_running_text(link: HtmlElement, outline: Outline) -> bool:
    block = next((each for each in link.iterancestors() if each.tag in BLOCKS), None)
    if block is None or block.tag not in _TEXT_BLOCKS or outline.weight(block).own <= LONGEST_CAPTION:
        return False
    return not (blocks.kind_of(block) & blocks.Kind.META and _is_dated_line(block, outline))


def _is_dated_line(block: HtmlElement, outline: Outline) -> bool:
    """Whether a line tells a day: "By Ines, on Sunday, 2 June 2019, 10:20, in Bees"."""
    return outline.is_line(block, limit=_LONGEST_DATED) and first_date(own_text(block)) is not None


def _steps(link: HtmlElement) -> frozenset[str]:
    """The steps of a link's path in lower case but for the last one, which names no kind of page.

    On `/tags/#bees` the fragment is the last one: a page that lists the posts of all tags. What nothing but a label
    is asked for is a step, too: `/?tag=bees`; and what a page is called that has the label behind it: `/tag-bees/`. So
    is what numbered lists are called: `/blog-category-3.html`.
    """
    steps, kind, label = _steps_in(link.get("href") or "")
    return steps | {kind} if kind and label == wording(label_of(link, limit=LONGEST_LABEL)) else steps


@lru_cache(maxsize=8192)
def _steps_in(address: str) -> tuple[frozenset[str], str, str]:
    """The steps of an address and, where its last one may be a label behind what that is, `tag-bees`, both of these."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return frozenset(), "", ""
    path = unquote(parts.path).lower().rstrip("/")
    steps = path.removesuffix(".html").split("/")[: None if parts.fragment else -1]
    asked = _ASKS_FOR_LABEL.fullmatch(unquote(parts.query))
    numbered = _NUMBERED_CATEGORY.search(path) or _NUMBERED_CATEGORY.search(f"?{parts.query}")
    found = frozenset((*steps, *([asked[1].lower()] if asked else ()), *(["category"] if numbered else ())))
    named = _NAMED_AS_LABEL.search(path)
    if named is None or named[1] not in TAG_STEPS | CATEGORY_STEPS:
        return found, "", ""
    return found, named[1], wording(named[2])
