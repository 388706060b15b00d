"""bm25s (https://github.com/xhluca/bm25s): sparse matrices of scores; keywords only, in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import bm25s
import Stemmer

from search_service.engine.model import Document

from ..querylog import Asked
from .peer import TOP, Found, Peer


class Bm25s(Peer):
    """Snowball stems; titles are part of the text."""

    index = "bm25s"
    kinds = frozenset({"keyword"})

    def build(self, documents: Iterable[Document]) -> None:
        texts, shown = [], []
        for document in documents:
            texts.append(f"{document.title}\n{document.body}")
            shown.append((document.url, document.title))
        stemmer = Stemmer.Stemmer("english")
        tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
        retriever = bm25s.BM25()
        retriever.index(tokens, show_progress=False)
        retriever.save(str(self.folder))
        (self.folder / "shown.json").write_text(json.dumps(shown), encoding="utf-8")

    def open(self) -> None:
        self._retriever = bm25s.BM25.load(str(self.folder), mmap=True)
        self._shown = json.loads((self.folder / "shown.json").read_text(encoding="utf-8"))
        self._stemmer = Stemmer.Stemmer("english")

    def search(self, asked: Asked) -> Sequence[Found]:
        tokens = bm25s.tokenize(asked.text, stopwords="en", stemmer=self._stemmer, show_progress=False)
        numbers, scores = self._retriever.retrieve(tokens, k=min(TOP, len(self._shown)), show_progress=False)
        pairs = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
        return [Found(*self._shown[number]) for number, score in pairs if score > 0]

    def close(self) -> None:
        del self._retriever, self._shown
