"""The places of a page that may name its author: bylines, signatures, portraits, the company of a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from indexer.extract.dates.written import first_date
from indexer.extract.markup import icons
from indexer.extract.markup.dom import innermost, line, own_lines, own_text, wording, words_of
from indexer.extract.markup.outline import Outline

from .bylines import is_full_name, is_label, is_nickname, named_in, nickname_in, signed_in, starts_as_byline

LONGEST_BYLINE = 120
_LONGEST_NAME = 80
_LONGEST_DATED = 50
"""Characters of a byline of a nickname and a date."""
_LINES = (
    "a", "span", "div", "p", "address", "li", "em", "i", "strong", "b", "small", "cite", "td", "ul", "footer", "header",
    "aside", "dt", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
_NAME_PARTS = ("a", "span", "strong", "b", "div", "p", "h2", "h3", "h4", "h5", "h6")
_AUTHOR_WORDS = frozenset({"vcard", "writer", "autor", "auteur", "creator", "username", "submitted"})
_AUTHOR_WORD = re.compile(r"(?:author|byline)(?!i[sz]|it)")
_PAID_WORDS = frozenset({"support", "reward", "donate", "sponsor", "pay"})
"""What boxes that ask for money for the author are called: `support-author`."""
_NAME_WORDS = frozenset({"name", "fn", "username", "authorname"})
_APART = frozenset({"nav", "footer"})
_OTHERS = frozenset({"comment", "comments", "related", "recommended", "card", "cards", "teaser"})
_AUTHOR_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|people|profiles?|users?|contributors?|team|writers?|staff)/[^/]"
)
_NETWORK = re.compile(
    r"//(?:\w+\.)*(?:youtube|twitter|x|facebook|linkedin|instagram|flickr|pinterest|xing|zhihu|douban|quora|researchgate"
    r"|stackoverflow|stackexchange|goodreads|hackthebox|steamcommunity|last)\."
)
"""Where a link to a profile is called after the place, or shows a sign of it."""
_OF_PORTRAIT = re.compile(
    r"^(?:(?:headshot|photo|picture|portrait|avatar|image|foto|bild|profile (?:photo|picture|image))"
    r"\s*(?:of|von|de|for|:)?\s+)|(?:['’]s)?\s+(?:avatar|headshot|photo|portrait|picture|profile\b.*)$",
    re.IGNORECASE,
)
_LOGO = re.compile(r"(?<![a-z])logo(?![a-z])", re.IGNORECASE)
_AT_HOUR = re.compile(r"\s(?:at|um|à|às|a las|alle|om|kl\.?) \d\d?[:.]\d\d(?!\d)")
_NICKNAME = re.compile(r"\d+[^\W\d_]\w{0,30}")
_BETWEEN = re.compile(r"[|•·–—/,]|\s-\s|\sby\s")


def lines_of(outline: Outline, within: HtmlElement) -> list[HtmlElement]:
    """The elements that hold a line which may be a byline."""
    return [each for each in within.iter(*_LINES) if outline.is_line(each, limit=LONGEST_BYLINE)]


def is_others(element: HtmlElement) -> bool:
    """Whether a signature belongs to a comment or to another post; an aside may well hold the byline."""
    return any(map(_is_of_others, (element, *element.iterancestors())))


def lines_of_page(outline: Outline) -> list[HtmlElement]:
    """The lines of a page that may be bylines, but for those of menus, footers, comments and other posts."""
    others = set[HtmlElement]()
    for element in outline.elements:
        if element.getparent() in others or _is_of_others(element):
            others.add(element)
    return [each for each in lines_of(outline, outline.body) if each not in others]


def is_signature(element: HtmlElement) -> bool:
    """Whether an element is marked as the author's name."""
    return "author" in (element.get("rel") or "").lower().split()


def names_shown(element: HtmlElement) -> str:
    """The text of an element that shows who wrote a post: several names, each in a block of its own, are several."""
    lines = own_lines(element)
    return "; ".join(lines) if len(lines) > 1 and all(map(is_full_name, lines)) else own_text(element)


def signed_by(element: HtmlElement) -> str:
    """The name in a signature, which may begin with digits, as nicknames do."""
    text = own_text(element)
    return text if _NICKNAME.fullmatch(text) else named_in(text)


def marked_up(elements: list[HtmlElement]) -> Iterator[str]:
    """The names in links to authors' pages, then in elements that are called after the author."""
    yield from links_to_authors(elements)
    for element in elements:
        if _is_called_author(element):
            yield from _named_in(element)


def links_to_authors(elements: Iterable[HtmlElement]) -> Iterator[str]:
    """The names in links to authors' pages."""
    return (named_in(own_text(each)) for each in elements if _leads_to_author(each))


def announced(elements: list[HtmlElement]) -> Iterator[str]:
    """The names in lines that begin as bylines, the innermost of them, and in those after a line that is a label."""
    for element in elements:
        text = own_text(element)
        if any(map(is_signature, element.iterdescendants("a"))):
            continue  # what else is there is another field
        if starts_as_byline(text):
            if not any(starts_as_byline(own_text(child)) for child in element.iterchildren("div", "p", "span")):
                # What stands on a line of its own below the name is a job, a firm or a link.
                yield (
                    signed_in(own_lines(element)[0])
                    or signed_in(text)
                    or _set_off(named_in(text), element)
                    or _dated(text)
                )
        elif nickname := nickname_in(text):
            yield _set_off(nickname, element)
        elif is_label(text) and not _leads_to_authors(element):
            following = element.getnext()
            if element.tag == "dt" and following is not None:
                yield _in_list(following)
            yield signed_in(element.tail or "") or (signed_in(own_text(following)) if following is not None else "")


def _leads_to_authors(label: HtmlElement) -> bool:
    """Whether a label is a link of a menu, to the page that lists the authors, with another page below it."""
    following = label.getnext()
    return (
        label.tag == "li"
        and following is not None
        and all(next(each.iter("a"), None) is not None for each in (label, following))
    )


def _in_list(authors: HtmlElement) -> str:
    """The names in a list of authors that are lists in their turn: of a name, then of accounts elsewhere."""
    names = (signed_in(own_text(first)) for each in authors.iter("dl") if (first := each.find("dd")) is not None)
    return "; ".join(filter(None, names))


def _set_off(name: str, line: HtmlElement) -> str:
    """A name of one word where an element of the line holds it and no more, in small letters or not: a nickname."""
    return name if " " not in name and any(own_text(each) == name for each in line.iterdescendants()) else ""


def _dated(text: str) -> str:
    """A name of one word, in small letters or not, in a byline of that and a date, or a time of the day.

    "by ines on 2 June 2019", "posted by ines at 5:09 PM".
    """
    name = named_in(text)
    is_all = " " not in name and len(text) <= _LONGEST_DATED and is_nickname(name)
    return name if is_all and (first_date(text) is not None or _AT_HOUR.search(text)) else ""


def introduced(elements: Iterable[HtmlElement]) -> Iterator[str]:
    """The full names that sentences of an introduction begin with: "Written by <b>Ines Robledo</b>, who lives in"."""
    for element in elements:
        before, parent = element.getprevious(), element.getparent()
        label = ((before.tail if before is not None else parent.text if parent is not None else "") or "").strip()
        if " " in label and is_label(label) and is_full_name(name := own_text(element)):
            yield name


def beside_icons(elements: Iterable[HtmlElement]) -> Iterator[str]:
    """The names behind the picture of a person, as themes draw it with an empty element: `<i class="fa fa-user">`.

    Some put the name into that element.
    """
    for element in elements:
        for icon in element.iterchildren(*icons.ELEMENTS):
            if icons.draws_author_around(icon):
                name = named_in(own_text(icon))
            elif icons.announced_by(icon) == icons.AUTHOR:
                following = icon.getnext()
                name = named_in(line(icon.tail, limit=_LONGEST_NAME)) or (
                    named_in(own_text(following)) if following is not None else ""
                )
            else:
                continue
            if is_nickname(name):
                yield name


def beside_portraits(elements: Iterable[HtmlElement], within: HtmlElement) -> Iterator[str]:
    """The names that stand on the page and in the description of a picture on it."""
    pictures = (each for each in within.iter("img") if not any(map(_LOGO.search, each.values())))
    described = (_OF_PORTRAIT.sub("", line(each.get("alt"), limit=_LONGEST_NAME)) for each in pictures)
    portraits = {wording(name) for name in described if is_full_name(name)}
    if portraits:
        names = (named_in(own_text(each)) for each in elements)
        yield from (name for name in names if wording(name) in portraits)


def beside_dates(elements: Iterable[HtmlElement]) -> Iterator[str]:
    """The full names in lines that hold a date as well: "Ines Robledo | 2 June 2019"."""
    for element in elements:
        if first_date(own_text(element)):
            parts = (named_in(part) for text in own_lines(element) for part in _BETWEEN.split(text))
            yield from (part for part in parts if is_full_name(part) and not first_date(part))


def _is_of_others(element: HtmlElement) -> bool:
    return element.tag in _APART or not _OTHERS.isdisjoint(words_of(element))


def _is_called_author(element: HtmlElement) -> bool:
    words = words_of(element)
    is_called = not words.isdisjoint(_AUTHOR_WORDS) or any(map(_AUTHOR_WORD.match, words))
    return is_called and words.isdisjoint(_PAID_WORDS)


def _leads_to_author(element: HtmlElement) -> bool:
    target = (element.get("href") or "") if element.tag == "a" else ""
    return _AUTHOR_ADDRESS.search(target) is not None and not _NETWORK.search(target)


def _named_in(element: HtmlElement) -> Iterator[str]:
    """The name in an element that is called after the author: in the part called a name, in a link, as its text."""
    parts = [part for part in element.iter(*_NAME_PARTS) if part is not element]
    if signatures := [part for part in parts if is_signature(part)]:
        yield from map(signed_by, signatures)
        return
    named = [part for part in parts if not words_of(part).isdisjoint(_NAME_WORDS)]
    linked = [part for part in parts if part.tag == "a"]
    called = [part for part in parts if _is_called_author(part)]
    for part in (*innermost(named), *linked, *innermost(called)):
        yield named_in(own_text(part))
    if any(named_in(own_text(part)) for part in named):
        return  # what the line says beside the name is a byline in any language
    lines = [text for text in own_lines(element) if not is_label(text)]
    yield from (named_in(text) for text in lines[:1])
    yield named_in(" ".join(lines))
