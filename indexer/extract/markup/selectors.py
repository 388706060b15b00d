"""CSS selectors on the trees that pages are read from.

BeautifulSoup's selectors want a tree of BeautifulSoup's own, at 15 ms a page where the parse itself takes one; so the
selectors that name parts of pages become XPath: types, `#id`, `.class`, attributes with all operators, the four
combinators, `:not()`, `:first-child`, `:last-child`, `:nth-child(number)` and lists of them (Selectors Level 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

MAX_SELECTOR = 2_000
"""Characters of a list of selectors."""

_NAME = r"-?[A-Za-z_\u0080-\U0010ffff][\w-]*"
_COMPOUND = re.compile(
    rf"""(?P<type>\*|{_NAME})
       | \#(?P<id>[\w-]+)
       | \.(?P<class>{_NAME})
       | \[\s*(?P<attribute>[\w:-]+)\s*(?:(?P<operator>[~|^$*]?=)\s*
           (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[\w-]+))\s*)?\]
       | :not\(\s*(?P<not>[^()]+?)\s*\)
       | :nth-child\(\s*(?P<nth>\d+)\s*\)
       | :(?P<edge>first-child|last-child)(?![\w-])""",
    re.VERBOSE,
)
# A comma that no bracket closes after.
_LIST = re.compile(r",(?![^\[(]*[\])])")
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_AXES = {
    None: "/descendant::",  # `//` would first collect all nodes below, as a set that is searched at every addition
    ">": "/",
    "+": "/following-sibling::*[1]/self::",
    "~": "/following-sibling::",
}


class SelectorError(ValueError):
    """A selector that can't be read: says where, and what would do."""


@dataclass(frozen=True)
class Selector:
    """A list of selectors, ready to be used on any number of trees. SelectorError where it can't be read."""

    css: str
    _xpath: etree.XPath = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_xpath", etree.XPath(_translated(self.css)))

    def all(self, root: HtmlElement) -> list[HtmlElement]:
        """The elements below `root` (itself included) that it selects, in document order."""
        found: list[HtmlElement] = self._xpath(root)  # type: ignore[assignment]
        return found

    def first(self, root: HtmlElement) -> HtmlElement | None:
        """The first of them."""
        return next(iter(self.all(root)), None)


def _translated(css: str) -> str:
    if len(css) > MAX_SELECTOR:
        raise SelectorError(f"it has {len(css):,} characters; {MAX_SELECTOR:,} are read")
    return " | ".join(_path(each.strip(), css) for each in _LIST.split(css))


def _path(selector: str, css: str) -> str:
    if not selector:
        raise SelectorError(f"{css!r} names nothing" + (" before or after a comma" if "," in css else ""))
    path, axis, at = "descendant-or-self::", "", 0
    while True:
        step, at = _step(selector, at)
        path += axis + step
        if at == len(selector):
            return path
        combinator = _COMBINATOR.match(selector, at)
        if combinator is None or combinator.end() == len(selector):
            raise SelectorError(f"{selector[at:]!r} of {selector!r} can't be read; simpler selectors can")
        axis, at = _AXES[combinator[1]], combinator.end()


def _step(selector: str, at: int) -> tuple[str, int]:
    """One element's step of the path, and where the selector goes on."""
    kind, conditions, start = "*", list[str](), at
    while (part := _COMPOUND.match(selector, at)) is not None:
        if part["type"] and at > start:
            break
        if part["type"]:
            kind = part["type"].lower()
        else:
            conditions.append(_condition(part, selector))
        at = part.end()
    if at == start:
        raise SelectorError(f"{selector[at:]!r} of {selector!r} can't be read; simpler selectors can")
    return kind + "".join(f"[{each}]" for each in conditions), at


def _condition(part: re.Match[str], selector: str) -> str:
    if part["id"]:
        return f"@id = {_quoted(part['id'])}"
    if part["class"]:
        return _has_word("@class", part["class"])
    if part["not"]:
        inner, end = _step(part["not"], 0)
        if end != len(part["not"]):
            raise SelectorError(f"what :not() names in {selector!r} must be one element")
        return f"not(self::{inner})"
    if part["nth"] or part["edge"]:
        before = "following" if part["edge"] == "last-child" else "preceding"
        return f"count({before}-sibling::*) = {int(part['nth'] or 1) - 1}"
    return _attribute(part)


def _attribute(part: re.Match[str]) -> str:
    named, operator = part["attribute"].lower(), part["operator"]
    name = f"@*[name() = '{named}']" if ":" in named else f"@{named}"
    value = next((part[way] for way in ("double", "single", "bare") if part[way] is not None), "")
    if operator is None:
        return name
    if operator == "=":
        return f"{name} = {_quoted(value)}"
    if operator == "|=":
        return f"{name} = {_quoted(value)} or starts-with({name}, {_quoted(value + '-')})"
    if not value or (operator == "~=" and re.search(r"\s", value)):
        return "false()"  # the standard's word for what can be in no value
    if operator == "~=":
        return _has_word(name, value)
    if operator == "^=":
        return f"starts-with({name}, {_quoted(value)})"
    if operator == "*=":
        return f"contains({name}, {_quoted(value)})"
    return f"substring({name}, string-length({name}) - {len(value) - 1}) = {_quoted(value)}"


def _has_word(attribute: str, word: str) -> str:
    # Nearly no element has it, and a look for the letters costs half of one for the word.
    words = f"concat(' ', normalize-space({attribute}), ' ')"
    return f"contains({attribute}, {_quoted(word)}) and contains({words}, {_quoted(f' {word} ')})"


def _quoted(text: str) -> str:
    """A string as XPath 1.0 writes it: it has no escapes, so quotes of both kinds are joined from pieces."""
    if '"' not in text:
        return f'"{text}"'
    return "concat(" + ", '\"', ".join(f'"{piece}"' for piece in text.split('"')) + ")"
