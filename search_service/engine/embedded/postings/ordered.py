"""The documents of a segment in their final order, with all that was found out about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..read_model.stored.arrays import Array
from .exact import ExactPostings
from .inversion import Block, TokenFile, inverted
from .spool import Spool, Spooled
from .vocabulary import SortedVocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedDocuments:
    """N documents in order of their dates, the undated first, of equal ones in the order in which they came.

    `day` i4 [N]; `first_position` i8 [N + 1]; `field_position` and `field_length` i8 [N, 4]: see `layout`. `languages`
    are those that documents were analysed in.
    """

    urls: Sequence[bytes]
    day: Array
    languages: Sequence[str]
    first_position: Array
    field_position: Array
    field_length: Array
    vocabulary: SortedVocabulary
    exact: Mapping[str, ExactPostings]
    tokens: TokenFile
    spool: Spool
    order: Array

    def __len__(self) -> int:
        return len(self.urls)

    def documents(self) -> Iterator[Spooled]:
        """Every document as it was spooled."""
        return (self.spool[number] for number in self.order.tolist())

    def blocks(self) -> Iterator[Block]:
        """The postings of all terms, one range of terms after the other."""
        return inverted(self.tokens, self.vocabulary.positions, self.first_position, self.field_position)

    def close(self) -> None:
        """Give the disk space back."""
        self.tokens.close()
        self.spool.close()
