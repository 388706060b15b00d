"""Selectors select what BeautifulSoup's do, on the tree that pages are read from."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from indexer.extract.markup.dom import innermost, outermost
from indexer.extract.markup.selectors import Selector, SelectorError

SELECTORS = (
    "div p", "div > span", ".a.b", "#x1", "[data-k]", "[data-k=post]", "[data-k^=post]", '[data-k$="z"]',
    "[data-k*='-t']", "[data-k~=y]", "[data-k|=en]", "h1 + p", "h1 ~ a", "p:not(.a)", "div:not([data-k])",
    "span:first-child", "a:last-child", "*:nth-child(2)", ".a, .b > p", 'div.a[data-k="x y z"] span', "*",
    '[data-k=""]', "[data-k^='']", "p  >  .c-d ~ span", ".a:not(#x2):first-child", "[data-k='a,b'], h1",
)  # fmt: skip

_ELEMENT = st.tuples(
    st.sampled_from(["div", "span", "h1", "a", "p"]),
    st.lists(st.sampled_from(["a", "b", "c-d"]), max_size=2, unique=True),
    st.sampled_from(["", "x1", "x2"]),
    st.sampled_from([None, "", "post", "post-title", "en-US", "x y z", "a,b"]),
)


def _markup(tree: object) -> str:
    (tag, classes, name, value), children = tree  # type: ignore[misc]
    attributes = (
        (f' class="{" ".join(classes)}"' if classes else "")
        + (f' id="{name}"' if name else "")
        + (f' data-k="{value}"' if value is not None else "")
    )
    return f"<{tag}{attributes}>{''.join(map(_markup, children))}</{tag}>"


TREES = st.recursive(
    st.tuples(_ELEMENT, st.just(())), lambda inner: st.tuples(_ELEMENT, st.lists(inner, max_size=3)), max_leaves=20
)


@given(st.lists(TREES, max_size=4))
def test_each_selector_selects_what_beautifulsoup_selects(trees: list[object]) -> None:
    # Parsed, written and parsed again: both see the same nesting, however the parser mends it.
    source = str(BeautifulSoup(f"<html><body><main>{''.join(map(_markup, trees))}</main></body></html>", "lxml"))
    soup, root = BeautifulSoup(source, "lxml"), document_fromstring(source)
    for css in SELECTORS:
        wanted = [(each.name, each.attrs.get("id"), each.get("class") or []) for each in soup.select(css)]
        found = [(each.tag, each.get("id"), (each.get("class") or "").split()) for each in Selector(css).all(root)]
        assert found == wanted, css


@pytest.mark.parametrize(
    "css",
    ["", "a,", "a >", "> a", "a:hover", "a::before", "[x", "[x=]", ".1a", "a {}", ":not(a b)", "a,,b", "a" * 3000],
)
def test_what_is_no_selector_is_refused_with_a_word_on_why(css: str) -> None:
    with pytest.raises(SelectorError, match=r"names nothing|can't be read|must be one|are read"):
        Selector(css)


def test_values_with_quotes_are_values() -> None:
    root = document_fromstring("""<div><p title='say "yes"'>one</p><p title="it's">two</p></div>""")
    assert [each.text for each in Selector("""[title='say "yes"']""").all(root)] == ["one"]
    assert [each.text for each in Selector("""[title="it's"]""").all(root)] == ["two"]


def test_of_nested_elements_the_outermost_and_the_innermost_are_found() -> None:
    root = document_fromstring('<div id="a" class="x"><div id="b" class="x"></div></div><div id="c" class="x"></div>')
    assert [each.get("id") for each in outermost(Selector(".x").all(root))] == ["a", "c"]
    assert [each.get("id") for each in innermost(Selector(".x").all(root))] == ["b", "c"]
