"""Text becomes HTML in one place, and only escaped."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.model import Snippet
from search_service.web.markup import highlighted, web_address


def test_marked_ranges_become_marks_and_everything_is_escaped() -> None:
    assert highlighted(Snippet("a <b> & c", ((0, 1), (3, 4)))) == "<mark>a</mark> &lt;<mark>b</mark>&gt; &amp; c"


@given(text=st.text(), cuts=st.lists(st.integers(0, 30)).map(sorted))
def test_without_the_marks_the_html_is_the_text_again(text: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(text)) for cut in cuts})
    marks = tuple(zip(places[::2], places[1::2], strict=False))
    marked = str(highlighted(Snippet(text, marks)))
    bare = re.sub("</?mark>", "", marked)
    assert html.unescape(bare) == html.unescape(html.escape(text))
    assert "<" not in bare
    assert marked.count("<mark>") == len(marks)


@pytest.mark.parametrize("url", ["http://a/", "HTTPS://a/b?c"])
def test_web_addresses_become_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//a/", "https://\n", "ftp://a/"],
)
def test_nothing_else_becomes_a_link(url: str | None) -> None:
    assert web_address(url) is None
