"""The lines at either end of a text that are no text: the post's title, its date and labels, its author's name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from indexer.extract.authors.bylines import ends_as_byline, is_full_name, is_label, signed_in, starts_as_byline
from indexer.extract.dates.foot import LONGEST_DATE_LINE
from indexer.extract.dates.labels import is_note_of_change, is_note_of_publication
from indexer.extract.dates.written import first_date
from indexer.extract.markup.blocks import Block, Kind, Place, letters_of
from indexer.extract.markup.dom import own_text, wording
from indexer.extract.markup.outline import Outline
from indexer.extract.markup.region import Region, byline_of
from indexer.extract.tags.in_head import CATEGORY_LABEL, TAG_LABEL
from indexer.extract.tags.links import is_rel_tag, leads_to_label

HEADER_LINES = 4
"""Lines at the start of a text among which title, date and author are looked for, to be left out."""
_DATA_LINES = 10
_FOOT_LINES = 3
_LONGEST_BYLINE = 80
_LONGEST_LABELS = 160
_SHORTEST_PART = 4
_WIDE = "\u2e80"
"""From here on letters are those of East Asia."""
_MOST_WIDE = 8
"""Such letters in a line that tells a day: where there are more it is a sentence."""
_READING_TIME = re.compile(
    r"\b\d+\s?(?:min(?:ut[aeo]?)?[ns]?\b\.?|words?\b|мин\w*|分钟|分鐘|分|字)"
    r"(?:\s(?:read\b|(?:de )?lect\w+|de leitura|di lettura))?",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[\[(]\s*[\])]|(?<!\w)#(?!\w)")
"""What is left around labels: `[] #`."""
SENTENCE_ENDS = (".", "!", "?", "…", "。", "．", "！", "？")
"""What a sentence ends with, and no line of a date does."""
_MARK = re.compile(r"\s+[—–|·•-]\s+")


def titles_of(title: str, region: Region, rows: Iterable[str] = ()) -> frozenset[str]:
    """The title and, which may be longer, what the heading says; with them the `label_lines` around that."""
    heading = own_text(region.heading) if region.heading is not None else ""
    return frozenset(map(wording, (title, heading, *rows)))


def label_lines(outline: Outline, region: Region) -> Iterator[str]:
    """The lines next to the heading that hold the day, links to labels and how long it takes to read, and no more."""
    for element in byline_of(outline, region):
        labels = [own_text(link) for link in element.iter("a") if is_rel_tag(link) or leads_to_label(link)]
        if labels and outline.is_line(element, limit=_LONGEST_LABELS):
            bare = text = own_text(element)
            for label in labels:
                bare = bare.replace(label, "", 1)
            if is_date_line(_EMPTY.sub("", _READING_TIME.sub("", bare)).strip()):
                yield text


def without_header(
    lines: list[str], titles: Collection[str], blocks: list[Block], rows: Iterable[str] = ()
) -> list[str]:
    """The lines without title, date and labels, and without the author's name behind the date on a line of code.

    `rows` are the lines that hold day and labels, of which parts may be missing; see `label_lines`.
    """
    whole = {each.key for each in blocks if len(each.text) <= _LONGEST_BYLINE}
    words = [wording(row).split() for row in rows]
    notes = [each for each in blocks if _is_note(each)]
    labels = [each.key for each in blocks if _is_labels(each)] + [each.key for each in notes]
    listed = {each.key for each in blocks if _lists_labels(each)}
    kept: list[str] = []
    begun = ""
    for line in lines[:HEADER_LINES]:
        key = letters_of(begun + line)
        if is_header(line, titles) or (begun and key in whole):
            begun = "" if key in whole else line
        else:
            begun = ""
            if not (key in listed or _is_part(line, labels) or any(_is_left_of(line, row) for row in words)):
                kept.append(_without_note(line, notes))
    return kept + lines[HEADER_LINES:]


def without_data(lines: list[str], region: Region) -> list[str]:
    """The lines without those at the start that list, name by name, who wrote the post."""
    data = [own_text(each) for each in region.post.iter("dl") if any(is_label(own_text(dt)) for dt in each.iter("dt"))]
    keys = [letters_of(text) for text in data if len(text) <= _LONGEST_LABELS]
    return [each for each in lines[:_DATA_LINES] if not _is_part(each, keys)] + lines[_DATA_LINES:]


def _is_note(block: Block) -> bool:
    """Whether a block beside the text says when it was published, or how it is labelled.

    "Posted on 2 June 2019 by Ines, tagged: bees", "Category: Garden".
    """
    is_beside = Place.CONTENT not in block.place and len(block.text) <= _LONGEST_BYLINE
    return is_beside and (_is_dated_note(block.text) or _announces_labels(block.text))


def _lists_labels(block: Block) -> bool:
    """Whether a block, be it in the text, announces labels and is nothing but links besides: "Tags: bees, wax"."""
    announced = CATEGORY_LABEL.match(block.text) or TAG_LABEL.match(block.text)
    if announced is None or len(block.text) > _LONGEST_LABELS:
        return False
    return 0 < len(letters_of(block.text[announced.end() :])) <= block.linked


def _announces_labels(text: str) -> bool:
    return (CATEGORY_LABEL.match(text) or TAG_LABEL.match(text)) is not None


def _without_note(line: str, notes: Iterable[Block]) -> str:
    """A line without the note that it begins with, where the page has that for itself."""
    note = next((each.text for each in notes if line.startswith(f"{each.text} ")), "")
    return line.removeprefix(note).lstrip()


def _is_part(line: str, labels: Iterable[str]) -> bool:
    key = letters_of(line)
    return len(key) >= _SHORTEST_PART and any(key in each for each in labels)


def _is_left_of(line: str, row: Iterable[str]) -> bool:
    """Whether the words of a line are some of those of a row, in their order."""
    left = iter(row)
    words = wording(line).split()
    return bool(words) and all(word in left for word in words)


def without_foot(lines: Sequence[str], blocks: Iterable[Block]) -> list[str]:
    """The lines without those at the end that say, below the text or as the last of it, of which day it is.

    Those that announce its labels are none of it either where they stand below it, or hold nothing else but links.
    """
    last = {letters_of(line) for line in lines[-_FOOT_LINES:] if len(line) <= _LONGEST_LABELS}
    ends = [each for each in blocks if each.key in last]
    beside = (each for each in ends if not each.place & Place.CONTENT)
    below = {each.key for each in beside if is_told(each, ()) or _is_note(each)}
    below.update(each.key for each in ends if _lists_labels(each))
    end = len(lines)
    while end > 1 and (letters_of(lines[end - 1]) in below or _is_short_note(lines[end - 1])):
        end -= 1
    return list(lines[:end])


def _is_short_note(line: str) -> bool:
    return len(line) <= _LONGEST_BYLINE and (_is_dated_note(line) or is_note_of_change(line))


def is_told(block: Block, titles: Collection[str]) -> bool:
    """Whether a block is the title, the date, or the line of the post's labels with its date."""
    return is_header(block.text, titles) or _is_labels(block)


def _is_labels(block: Block) -> bool:
    """Whether a block is marked as what is told of the post, and tells its day: "2 June 2019 in Bees, 5 min"."""
    is_named = bool(block.kind & Kind.META) and len(block.text) <= _LONGEST_LABELS
    return is_named and first_date(block.text) is not None


def is_header(text: str, titles: Collection[str]) -> bool:
    """Whether a line is the title or the date, which may have a reading time or the author's name with it."""
    if wording(text) in titles or is_date_line(text):
        return True
    if LONGEST_DATE_LINE < len(text) <= _LONGEST_LABELS and is_date_line(_READING_TIME.sub("", text)):
        return True
    return len(text) <= _LONGEST_BYLINE and (_is_dated_name(text) or _is_dated_byline(text) or _is_dated_note(text))


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and little else."""
    if len(text) > LONGEST_DATE_LINE or first_date(text) is None:
        return False
    return sum(each >= _WIDE and each.isalpha() for each in text) <= _MOST_WIDE


def _is_dated_name(text: str) -> bool:
    dated, *name = _MARK.split(text)
    return len(name) == 1 and is_date_line(dated) and is_full_name(name[0])


def _is_dated_note(text: str) -> bool:
    """Whether a line says first that something was published, and when: "Posted on 2 June 2019, tagged: bees"."""
    return is_note_of_publication(text) and not text.endswith(SENTENCE_ENDS) and first_date(text) is not None


def _is_dated_byline(text: str) -> bool:
    """Whether a line is a byline with a date, and no sentence: "Publicado por Ines Robledo em 2 de junho de 2019"."""
    if text.endswith(SENTENCE_ENDS) or first_date(text) is None:
        return False
    return ends_as_byline(text) or (starts_as_byline(text) and signed_in(text) != "")
