"""Lists of a post's tags that say so themselves, where a page has its tags elsewhere than posts usually do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, takewhile

from lxml.html import HtmlElement

from indexer.extract.markup import icons
from indexer.extract.markup.blocks import is_hidden
from indexer.extract.markup.dom import line, own_text, vocabulary, words_of
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region, part_names

from .announced import AMBIGUOUS, after_caption, caption_before
from .in_head import LONGEST_LABEL, TAG_LABEL
from .links import TAG_WORDS, in_lists, is_label, is_rel_tag, leads_to_label, leads_to_tag, names_around, short_links

_LIST_WORDS = TAG_WORDS | vocabulary("topics themen mots motscles schlagworte stichworte etiquetas etiquettes")
_POST_WORDS = frozenset({"post", "entry", "article", "story"})
_WHOLE_SITE = vocabulary("sidebar widget cloud tagcloud recent popular comment comments archives")
_UNFOLDED = frozenset({"dropdown"})
"""What menus unfold: all tags of a site, unless they are marked as those of the page."""
_OTHER_POSTS = frozenset({"related", "recommended", "recommend", "similar", "prev", "previous", "next", "prenext"})
_MOST = 30
"""Tags in a list; longer ones are of the whole site."""
_LONGEST_LIST = 300
_WORDS_UNANNOUNCED = 4
"""Words of a label at most, where nothing but a picture says that it is one."""
_LINES = (
    "p", "div", "li", "span", "dt", "h2", "h3", "h4", "h5", "h6", "strong", "b", "em", "small", "footer",
    "td", "th", "br",
)  # fmt: skip
_IN_ROW = frozenset({"span", "em", "i", "b", "strong", "code", "small"})
_BETWEEN = " \t\r\n\xa0,;|/·•#-–"
_PLAIN_LISTS = ("ul", "ol", "div", "p", "span", "i")
_BOXES = frozenset({"ul", "ol", "div"})
_OF_OTHER_THINGS = ("pre", "code", "table", "a", "nav", "aside")
_PLAIN_NAMES = frozenset({"tags", "taglist"})
_TAG = frozenset({"tag"})
_NO_LABELS = vocabulary("none aucun keine ninguna ninguno nessuno nessuna nenhuma nenhum")
"""What systems print where a post has no tags."""
_HASHTAG = re.compile(r"#[^\W\d_][^#]*")
_HASHTAGS = re.compile(r"(?:\s*#[^\W\d_][\w-]{0,40}[,;]?(?=\s|$)){2,}\s*")


def named_list(outline: Outline, region: Region) -> list[HtmlElement]:
    """The links of the only list that is marked or called one of tags, be it in a menu or an aside of the post.

    Beside what was taken for the post, only one that is called the post's.
    """
    for part, is_listed in ((region.post, _is_listed), (outline.body, _is_called_the_posts)):
        links = [link for link in short_links(outline, part) if _is_tag(link, region) and is_listed(link, region)]
        if links:
            return links if len(in_lists(links)) == 1 and len(links) <= _MOST else []
    return []


def _is_tag(link: HtmlElement, region: Region) -> bool:
    """Whether a link leads to a tag by its address, or is marked so in a list of the post's: addresses may be any."""
    if leads_to_tag(link):
        return True
    is_category = leads_to_label(link) or "category" in (link.get("rel") or "").lower().split()
    return is_rel_tag(link) and not is_category and _is_called_the_posts(link, region)


def _is_listed(link: HtmlElement, region: Region) -> bool:
    names = names_around(link, region)
    # Markup that was closed too late or too early puts posts into the site's sidebar.
    if is_rel_tag(link) and _are_the_posts(names):
        return True
    called = not names.isdisjoint(_LIST_WORDS) or _is_announced(link)
    return (called or is_rel_tag(link)) and not _is_of_others(link, region)


def _is_announced(link: HtmlElement) -> bool:
    """Whether a list of links in an article, be it a menu, begins with a word like "Tags:"."""
    around = link.getparent()
    caption = TAG_LABEL.fullmatch((around.text or "").strip()) if around is not None else None
    return (
        caption is not None
        and not AMBIGUOUS.search(caption[0])
        and next(link.iterancestors("article"), None) is not None
    )


def _is_called_the_posts(link: HtmlElement, region: Region) -> bool:
    return _are_the_posts(names_around(link, region)) and not _is_of_others(link, region)


def _are_the_posts(names: frozenset[str]) -> bool:
    """Whether a list of these names is called one of the tags of a post; WordPress calls items of menus that, too."""
    return not names.isdisjoint(TAG_WORDS) and not names.isdisjoint(_POST_WORDS) and "menu" not in names


def _is_of_others(link: HtmlElement, region: Region) -> bool:
    """Whether a link stands among those of the whole site, or of other posts: "related-topics" are the post's own."""
    for element in takewhile(lambda each: each not in region.around, link.iterancestors()):
        words = part_names(element)
        if not is_rel_tag(link) and not words.isdisjoint(_UNFOLDED):
            return True
        if not words.isdisjoint(_WHOLE_SITE) or (not words.isdisjoint(_OTHER_POSTS) and words.isdisjoint(_LIST_WORDS)):
            return True
    return False


def announced_labels(outline: Outline, region: Region) -> list[str]:
    """The labels without links that follow words like "Keywords:" or a picture of tags, on their line or below it."""
    for element in region.post.iter(*_LINES):
        # Behind a break in the line labels stand as in a line of their own.
        begun = element.tail if element.tag == "br" else element.text
        text, first = (begun or "").strip(), element[0] if len(element) else None
        match = TAG_LABEL.match(text) if text else None
        drawn = first if not text and icons.announced_by(first) == icons.TAG else None
        if (match is None and drawn is None) or not _is_short(element, text, outline):
            continue
        if match is None:
            labels = _drawn_labels(drawn, outline)
        elif AMBIGUOUS.search(match[0]) or next(element.iterancestors("a"), None) is not None:
            continue  # a link to all tags may have their number below its name
        elif not (inside := text[match.end() :].strip()) and next(element.iter("a"), None) is not None:
            continue  # what it announces are these links, whatever they lead to, and nothing behind them
        else:
            within = [] if inside else _in_row(first, at_least=1)
            behind = "" if element.tag == "br" else (element.tail or "").strip()
            labels = within or _following(inside or behind, after_caption(element), outline)
        if labels:
            return labels
    return []


def _drawn_labels(picture: HtmlElement | None, outline: Outline) -> list[str]:
    """The labels behind a picture, where they are too short for prose."""
    if picture is None:
        return []
    labels = _following((picture.tail or "").strip(), picture.getnext(), outline)
    return labels if all(label.count(" ") < _WORDS_UNANNOUNCED for label in labels) else []


def _following(text: str, element: HtmlElement | None, outline: Outline) -> list[str]:
    """The labels in a text with commas, or where there is none in the elements behind it."""
    return _labels_of(text.split(",")) if text else _in_row(element) or _listed(element, outline)


def _is_short(element: HtmlElement, text: str, outline: Outline) -> bool:
    return len(text) <= _LONGEST_LIST if element.tag == "br" else outline.is_line(element, limit=_LONGEST_LIST)


def _in_row(element: HtmlElement | None, *, at_least: int = 2) -> list[str]:
    """The labels in a row of elements that are alike, with marks between them: `<em>bees</em> - <em>wax</em>`."""
    row = list[HtmlElement]()
    while element is not None and element.tag in _IN_ROW and (not row or element.tag == row[0].tag):
        if next(element.iter("a"), None) is not None or (element.tail or "").strip(_BETWEEN):
            return []
        row.append(element)
        element = element.getnext()
    return _labels_of(map(own_text, row)) if len(row) >= at_least else []


def named_labels(region: Region) -> list[HtmlElement]:
    """The labels without links of the only such list in the post that is called one of tags."""
    labels = [each for each in unlinked(region.post) if not _is_of_others(each, region)]
    return labels if len({each.getparent() for each in labels}) == 1 and len(labels) <= _MOST else []


def unlinked(within: HtmlElement) -> Iterator[HtmlElement]:
    """The labels in lists of tags that have no links: scripts lead from there to the pages of the tags.

    Such lists are called ones of tags, as may be each of their items or what is before them, or all begins with `#`.
    """
    for element in within.iter(*_PLAIN_LISTS):
        if (
            (
                _PLAIN_NAMES.isdisjoint(words_of(element))
                and not (_holds_tags(element) or _holds_hashtags(element) or _is_captioned(element))
            )
            or is_hidden(element.attrib)
            or next(element.iter("a"), None) is not None
        ):
            continue
        labels = [each for each in element if own_text(each) and not own_text(each).endswith((":", "："))]
        if all(not len(each) and len(each.text or "") <= LONGEST_LABEL and is_label(own_text(each)) for each in labels):
            yield from labels


def _holds_tags(element: HtmlElement) -> bool:
    """Whether a box is named after a tag, and so is each thing in it: one alone may be a badge that themes call so."""
    return bool(words_of(element) & _TAG) and len(element) > 0 and all(words_of(each) & _TAG for each in element)


def _is_captioned(element: HtmlElement) -> bool:
    """Whether nothing but things that hold no others stand in a box behind a caption like "Tags"."""
    is_row = element.tag in _BOXES and len(element) > 0 and not any(map(len, element))
    return is_row and not (element.text or "").strip() and caption_before(element)


def _holds_hashtags(element: HtmlElement) -> bool:
    """Whether nothing but hashtags, each in an element of its own, stands in a list or a box."""
    if element.tag not in _BOXES or not len(element) or not (element[0].text or "").lstrip().startswith("#"):
        return False
    if (element.text or "").strip() or not all(_HASHTAG.fullmatch(own_text(each)) for each in element):
        return False
    return next(element.iterancestors(*_OF_OTHER_THINGS), None) is None


def hashtags(outline: Outline, region: Region) -> list[str]:
    """The labels in the last line of the post that consists of hashtags and leads nowhere."""
    for element in reversed(list(region.post.iter("p", "div", "li", "span"))):
        if (element.text or "").lstrip().startswith("#") and outline.is_line(element, limit=_LONGEST_LIST):
            text = own_text(element)
            links = chain(element.iter("a"), element.iterancestors("a"))
            if _HASHTAGS.fullmatch(text) and next(links, None) is None:
                return _labels_of(text.split())
    return []


def _listed(element: HtmlElement | None, outline: Outline) -> list[str]:
    """The labels in a list, or in a line with commas."""
    if element is None or next(element.iter("a"), None) is not None:
        return []
    if element.tag in {"ul", "ol", "dl"}:
        return _labels_of(own_text(each) for each in element.iterchildren("li", "dd"))
    if len(element) and not (element.text or "").strip() and (row := _in_row(element[0], at_least=1)):
        return row if len(row) == len(element) else []
    is_all = outline.is_line(element, limit=_LONGEST_LIST) and not (element.tail or "").strip(_BETWEEN)
    return _labels_of(own_text(element).split(",")) if is_all else []


def _labels_of(texts: Iterable[str]) -> list[str]:
    """The texts if each of them may be a label, else none: what follows is prose."""
    labels = [text for each in texts if (text := line(each, limit=LONGEST_LABEL + 1).lstrip(" ,;#").rstrip(" .,;"))]
    fit = (
        len(labels) <= _MOST
        and not _says_none(labels)
        and all(len(each) <= LONGEST_LABEL and is_label(each) for each in labels)
    )
    return labels if fit else []


def _says_none(labels: list[str]) -> bool:
    return len(labels) == 1 and labels[0].casefold() in _NO_LABELS
