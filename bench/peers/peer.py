"""What an engine must do to be measured: build an index in a folder, open it, answer with a top ten."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from search_service.engine.model import Document

from ..querylog import KINDS, Asked

TOP = 10


class Found(NamedTuple):
    """A hit: what a list of results needs at least."""

    url: str
    title: str


class Peer(ABC):
    """One engine on one index. Words are alternatives, stemmed, ranked by BM25; a title counts three times."""

    kinds: ClassVar[frozenset[str]] = frozenset(KINDS)
    """The kinds of queries that it can answer."""
    index: ClassVar[str]
    """The name of its index's folder; peers that read the same index have the same."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / self.index

    @abstractmethod
    def build(self, documents: Iterable[Document]) -> None:
        """Write the index. The folder doesn't exist before."""

    @abstractmethod
    def open(self) -> None:
        """Make ready to search."""

    @abstractmethod
    def search(self, asked: Asked) -> Sequence[Found]:
        """The ten best hits, best first. All that a query costs is in here, parsing too."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the index."""
