"""What is cut from an extracted text, and what stays although it looks like furniture."""

from __future__ import annotations

import pytest

from indexer.extract.markup.blocks import Block, Kind, Place
from indexer.extract.text.furniture import without_furniture

PLAIN = Kind(0)
TEXT = [f"Sentence number {number} of a post about bees, long enough to count for something." for number in range(8)]


def block(text: str, *, kind: Kind = PLAIN, linked: bool = False) -> Block:
    return Block(text, len(text) if linked else 0, kind, Place.CONTENT | Place.POST | Place.BELOW_HEADING)


def kept(text: str, *, kind: Kind = PLAIN, linked: bool = False) -> bool:
    """Whether a line of this kind in the middle of a post stays in its text."""
    lines = [*TEXT[:4], text, *TEXT[4:]]
    return text in without_furniture(lines, [*map(block, TEXT), block(text, kind=kind, linked=linked)])


def test_a_link_that_stands_alone_goes_and_one_in_a_list_or_heading_stays() -> None:
    assert not kept("The pear tree in winter", linked=True)
    assert kept("The pear tree in winter", linked=True, kind=Kind.LIST)
    assert kept("The pear tree in winter", linked=True, kind=Kind.HEADING)


def test_lines_in_boxes_for_something_else_go() -> None:
    assert kept("Ines keeps bees.")
    assert not kept("Ines keeps bees.", kind=Kind.AUTHOR)
    assert not kept("Four times a year.", kind=Kind.OFFER)


@pytest.mark.parametrize(
    "note",
    [
        "This entry was posted on Sunday, June 2nd, 2019 at 10:12 pm and is filed under Bees. You can follow it.",
        "This entry was posted in Bees and tagged wax by ines. Bookmark the permalink.",
        "Dieser Beitrag wurde am 2. Juni 2019 von ines unter Bienen veröffentlicht und mit Wachs verschlagwortet.",
    ],
)
def test_the_note_on_the_entry_goes(note: str) -> None:
    assert not kept(note)


def test_a_sentence_on_an_entry_stays() -> None:
    assert kept("This post was written on a train, on the last Sunday in June, and never quite finished.")
    assert kept("This post was about the RSS feed of the hive, which nobody reads but the bees.")
    assert kept("Dieser Beitrag wurde am Sonntag fertig, nachdem die Bienen gefüttert waren.")


def test_the_same_line_in_the_text_and_in_a_box_stays() -> None:
    lines = [*TEXT, "Ines keeps bees."]
    blocks = [*map(block, lines), block("Ines keeps bees.", kind=Kind.AUTHOR)]
    assert without_furniture(lines, blocks) == lines


def test_a_box_that_holds_a_good_part_of_the_text_stays() -> None:
    blocks = [block(text, kind=Kind.OFFER) for text in TEXT[:2]] + [block(text) for text in TEXT[2:]]
    assert without_furniture(TEXT, blocks) == TEXT


@pytest.mark.parametrize(
    "heading",
    ["Related posts", "Posted in:", "Filed under", "Subscribe to our newsletter", "Enjoyed reading this article?"],
)
def test_what_follows_the_heading_of_other_things_goes_unless_it_is_most_of_the_text(heading: str) -> None:
    lines = [*TEXT[:6], heading, *TEXT[6:]]
    assert without_furniture(lines, [*map(block, lines)]) == TEXT[:6]
    early = [*TEXT[:2], heading, *TEXT[2:]]
    assert without_furniture(early, [*map(block, early)]) == early


@pytest.mark.parametrize("line", ["Estimated reading time: 3 minutes", "On this page", "Edit this page"])
def test_what_a_site_says_of_a_page_goes(line: str) -> None:
    assert not kept(line)
    assert kept(line, kind=Kind.HEADING)
    assert kept("On this page I keep what the bees have taught me.")


def test_a_sentence_that_only_begins_like_furniture_stays() -> None:
    assert kept("Related plants flower at the same time, which is why the bees of the valley are never without work.")
