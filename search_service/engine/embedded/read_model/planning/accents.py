"""What posts gain that write a word with the accents that were typed: `año` the year, `schön` the beautiful.

Terms have no accents, so that those who leave them out find everything. Who does type them means them: where some posts
write a word so and others don't, those that do gain. They are looked for in the texts, among the posts that the word
scores best in; where all of these agree, nobody gains over the others that weren't read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice

import numpy as np

from search_service.engine.text import LONGEST_LETTER, folded_word

from ..scoring.gains import Gain
from ..scoring.words import WordTerms
from ..stored.arrays import Array
from ..stored.segment import Segment
from ..stored.strings import encoded
from ..weights import AS_TYPED
from .vocabulary import Vocabulary

MOST_WORDS = 4
"""Words of a query whose accents are looked at."""

_READ = 64
"""Posts of a segment, by term, whose texts are looked at; of each the first `_BYTES` bytes."""
_BYTES = 1 << 16
_TERMS = 4
_TRIES = 16
_SHORTEST = 4
"""Letters of a word that are compared at least; further on, endings differ."""
_REMEMBERED = 1024


class Accents:
    """Words with accents in some segments; those that were looked up last are remembered. Safe for many threads."""

    def __init__(self, segments: Sequence[Segment], vocabulary: Vocabulary) -> None:
        self._gain = lru_cache(_REMEMBERED)(partial(_gain, tuple(segments), vocabulary))

    def among(self, counted: Iterable[str]) -> tuple[Gain, ...]:
        """What hits gain for those of the words that have accents."""
        accented = islice(dict.fromkeys(word for word in counted if not word.isascii()), MOST_WORDS)
        return tuple(filter(None, map(self._gain, accented)))


def _gain(segments: Sequence[Segment], vocabulary: Vocabulary, surface: str) -> Gain | None:
    word = vocabulary.word(surface)
    written = unicodedata.normalize("NFC", surface).lower()
    # Other scripts are hardly ever typed without their signs.
    if not word.frequency or not folded_word(surface).isascii() or folded_word(surface) == written.casefold():
        return None
    forms = list(_forms(written))
    read = [_best(segment, terms) for segment, terms in zip(segments, word.by_segment, strict=True)]
    documents = [
        np.array([number for number in numbers if _holds(segment, number, forms)], np.int64)
        for segment, numbers in zip(segments, read, strict=True)
    ]
    if list(map(len, documents)) == list(map(len, read)):
        return None  # all write it so
    reason = f'"{surface}" written so'
    return Gain.of(reason, segments, documents, AS_TYPED, word.by_segment[0].frequency(segments[0]))


def _forms(written: str) -> Iterator[bytes]:
    """How the beginning of a word, up to its last accent, may stand in a text."""
    accented = max(place for place, letter in enumerate(written, start=1) if not letter.isascii())
    beginning = written[: max(accented, _SHORTEST)]
    for form in dict.fromkeys((beginning, beginning.capitalize(), beginning.upper())):
        yield encoded(form)


def _best(segment: Segment, word: WordTerms) -> list[int]:
    """The documents that a word scores best in."""
    found: list[Array] = []
    for term in word.all_terms[:_TERMS]:
        postings = segment.postings(term)
        impacts, documents = segment.posting_impact[postings], segment.posting_doc[postings]
        if len(impacts) > _READ:
            documents = documents[np.argpartition(impacts, len(impacts) - _READ)[-_READ:]]
        found.append(documents)
    return sorted({number for documents in found for number in documents.tolist()})


def _holds(segment: Segment, document: int, forms: Iterable[bytes]) -> bool:
    """Whether a title or a text has a word that begins with one of the forms."""
    for text in (segment.title(document), bytes(segment.bodies.view(document)[:_BYTES])):
        for form in forms:
            at = text.find(form)
            for _ in range(_TRIES):
                if at < 0:
                    break
                if not _letter_before(text, at):
                    return True
                at = text.find(form, at + 1)
    return False


def _letter_before(text: bytes, at: int) -> bool:
    return text[max(0, at - LONGEST_LETTER) : at].decode("utf-8", "ignore")[-1:].isalpha()
