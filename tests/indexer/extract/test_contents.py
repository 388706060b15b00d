"""Tables of contents are no text; lists of links that are something else are."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from indexer.extract.markup.contents import drop_contents

from .conftest import PARAGRAPHS, article, html, read

LINKS = '<li><a href="#swarm">The swarm</a></li><li><a href="#wax">2. The wax</a></li>'
SECTIONS = f'<h2 id="swarm">The swarm</h2>{PARAGRAPHS}<h2 id="wax">The wax</h2>{PARAGRAPHS}'


def text_below(table: str) -> str:
    """The text of a post that begins with a table of contents."""
    return read(html(article(text=f"{table}{SECTIONS}"))).document.body


@pytest.mark.parametrize(
    "table",
    [
        f"<ul>{LINKS}</ul>",
        f"<p>Contents</p><ol>{LINKS}</ol>",
        f"<h2>Inhaltsverzeichnis</h2><div><ul><li><ul>{LINKS}</ul></li></ul></div>",
        f"<h2>Table of contents</h2><details><summary>Unfold it all</summary><ul>{LINKS}</ul></details>",
        '<div><strong>สารบัญ</strong><ul><li><a href="#swarm">The swarm</a></li></ul></div>',
    ],
)
def test_a_table_of_contents_is_no_text_and_neither_is_what_announces_it(table: str) -> None:
    assert text_below(table) == text_below("")


@pytest.mark.parametrize(
    "table",
    [
        f'<ul>{LINKS}<li><a href="#why">Why we sell no honey</a></li></ul>',
        f"<ul>{LINKS}<li>A word on the frost of that year.</li></ul>",
        f'<ul>{LINKS}<li><a href="/frost/">The frost of that year</a></li></ul>',
        f"<details><summary>What it cost</summary><p>Nothing.</p><ul><li>{LINKS} or so.</li></ul></details>",
    ],
)
def test_a_list_that_holds_more_than_links_to_headings_stays(table: str) -> None:
    source = f"<html><body>{table}{SECTIONS}</body></html>"
    root = document_fromstring(source)
    drop_contents(root, source.encode())
    assert len(list(root.iter("ul"))) == 1
