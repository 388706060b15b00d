"""Documents in, one by one: each is analysed once, and waits on disk."""

from __future__ import annotations

import pickle
import zlib
from array import array
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ...bigrams import parts
from ...model import Document
from ..analysed import encodable, texts_of
from ..read_model.stored.arrays import Array
from ..read_model.stored.card import stored_card
from ..read_model.stored.layout import FAR, FIELDS, WIDEST
from ..read_model.stored.strings import encoded
from ..schema import stored_fields
from .exact import ExactTerms, exact_terms
from .inversion import TokenFile
from .ordered import OrderedDocuments
from .spool import Spool
from .vocabulary import NO_WORD, Vocabulary

_COMPRESSION = 1
"""Of zlib, for what Whoosh stores: level 3, Whoosh's own, saves 2 % of the bytes."""
_PICKLE_PROTOCOL = 2


class Collection:
    """Documents by URL; of several with one URL the last one counts. They wait on the disk of `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spool = Spool(folder)
        self._vocabulary = Vocabulary()
        self._exact = ExactTerms()
        self._numbers: dict[str, int] = {}
        self._languages: Counter[str] = Counter()
        self._days = array("i")
        self._field_positions = array("I")
        self._field_lengths = array("I")

    def __len__(self) -> int:
        return len(self._numbers)

    def put(self, document: Document) -> None:
        """Add a document, in the place of the one with the same URL."""
        document = encodable(document)
        words = self._vocabulary.words(document.lang)
        numbers, char, width = array("I"), array("H"), array("B")
        for texts in texts_of(document):
            first, apart = len(numbers), 0
            self._field_positions.append(first)
            for text in texts:
                if len(numbers) > first:
                    numbers.append(NO_WORD)
                    char.append(0)
                    width.append(0)
                found, starts = words.analyser.words(text)
                numbers.extend(map(words.__getitem__, found))
                char.extend(starts if len(text) <= FAR else [min(start, FAR) for start in starts])
                width.extend([min(len(word), WIDEST) for word in found])
                for part, start in zip(*parts(text), strict=True):
                    numbers.extend((NO_WORD, words[part]))
                    char.extend((0, min(start, FAR)))
                    width.extend((0, min(len(part), WIDEST)))
                    apart += 1
            self._field_lengths.append(len(numbers) - first - apart)
            numbers.append(NO_WORD)
            char.append(FAR)
            width.append(0)
        self._numbers[document.url] = len(self._spool)
        self._languages[words.analyser.lang] += 1
        self._days.append(document.date.toordinal() if document.date else 0)
        self._exact.put(exact_terms(document, words.analyser.lang))
        stored = zlib.compress(pickle.dumps(stored_fields(document), _PICKLE_PROTOCOL), _COMPRESSION)
        contents = (encoded(document.title), encoded(document.body), *stored_card(document), stored)
        self._spool.put(numbers, char, width, contents)

    def delete(self, url: str) -> None:
        """Forget the document with this URL."""
        self._numbers.pop(url, None)

    def sort(self) -> OrderedDocuments:
        """The documents in order of their dates. Nothing can be put in after this."""
        numbers = np.fromiter(sorted(self._numbers.values()), np.int64, len(self._numbers))
        days = np.frombuffer(self._days, np.int32)
        # The undated, whose day is 0, come first.
        order = numbers[np.argsort(days[numbers], kind="stable")]
        urls = {number: url.encode() for url, number in self._numbers.items()}
        first_position = np.concatenate([[0], np.cumsum(self._spool.positions()[order])])
        with TokenFile.written(self._folder, (self._spool[number].words for number in order.tolist())) as words:
            vocabulary = self._vocabulary.sort(words.counts(len(self._vocabulary)))
            tokens = words.translated(vocabulary.rank_of)
        fields = (len(self._spool), len(FIELDS))
        return OrderedDocuments(
            urls=[urls[number] for number in order.tolist()],
            day=days[order],
            languages=sorted(self._languages),
            first_position=first_position,
            field_position=_rows(self._field_positions, fields)[order] + first_position[:-1, None],
            field_length=_rows(self._field_lengths, fields)[order],
            vocabulary=vocabulary,
            exact=self._exact.postings(order),
            tokens=tokens,
            spool=self._spool,
            order=order,
        )

    def close(self) -> None:
        """Give the disk space back."""
        self._spool.close()


def _rows(values: array[int], shape: Sequence[int]) -> Array:
    return np.frombuffer(values, np.uint32).reshape(shape).astype(np.int64)
