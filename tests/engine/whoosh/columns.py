"""What is known of each document without its text: tags, dates, languages. Read once, then never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Set
from typing import Any

from search_service.engine.embedded.postings.exact import LABEL_SEPARATOR
from search_service.engine.model import TagCount


class Columns:
    """The columns of a Whoosh reader, by document number.

    `tags[n]` are the normalised tags of document n and `years[n]` its year or 0; `labels` gives the spelling of a
    tag that most posts use; `languages` are those that documents were analysed in.
    """

    def __init__(self, reader: Any) -> None:
        count = reader.doc_count_all()
        self.all_documents = frozenset(reader.all_doc_ids())
        self.tags: list[list[str]] = [[] for _ in range(count)]
        self.years = [0] * count
        self._ordinals = [0] * count
        for text, numbers in _postings(reader, "date"):
            date = dt.date.fromisoformat(text)
            for number in numbers:
                self.years[number] = date.year
                self._ordinals[number] = date.toordinal()
        frequencies = {}
        for tag, numbers in _postings(reader, "tags"):
            holding = list(numbers)
            for number in holding:
                self.tags[number].append(tag)
            if holding:
                frequencies[tag] = len(holding)
        self.labels = _most_used_labels(reader)
        self.tag_counts = tuple(
            TagCount(tag, self.labels[tag], frequencies[tag])
            for tag in sorted(frequencies, key=lambda tag: (-frequencies[tag], tag))
        )
        self.languages = tuple(text for text, _ in _postings(reader, "analysed_as")) or ("en",)

    def dated_between(self, after: dt.date | None, before: dt.date | None) -> Set[int]:
        """The documents with a date in the range; both ends belong to it."""
        first = (after or dt.date.min).toordinal()
        last = (before or dt.date.max).toordinal()
        return frozenset(number for number, ordinal in enumerate(self._ordinals) if first <= ordinal <= last)

    def by_date(self, documents: Iterable[int], *, newest_first: bool) -> list[int]:
        """Documents in order of their dates, then of their numbers; those without a date last."""
        ordinals = self._ordinals
        sign = -1 if newest_first else 1
        return sorted(documents, key=lambda number: (not ordinals[number], sign * ordinals[number], number))


def _postings(reader: Any, field: str) -> Iterator[tuple[str, Iterable[int]]]:
    if field not in reader.indexed_field_names():
        return
    for term in reader.lexicon(field):
        yield term.decode(), reader.postings(field, term).all_ids()


def _most_used_labels(reader: Any) -> dict[str, str]:
    best: dict[str, tuple[int, str]] = {}
    for text, numbers in _postings(reader, "labels"):
        tag, _, label = text.partition(LABEL_SEPARATOR)
        count = sum(1 for _ in numbers)
        if tag not in best or count > best[tag][0]:
            best[tag] = (count, label)
    return {tag: label for tag, (_, label) in best.items()}
