"""SQLite's full-text extension (https://sqlite.org/fts5.html)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from search_service.engine.model import Document

from ..querylog import KINDS, Asked
from .peer import TOP, Found, Peer

_TABLES = """
CREATE TABLE posts (id INTEGER PRIMARY KEY, url TEXT, title TEXT, body TEXT, day INTEGER);
CREATE INDEX posts_by_day ON posts (day);
CREATE TABLE tags (tag TEXT, post INTEGER, PRIMARY KEY (tag, post)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (title, body, content = posts, content_rowid = id, tokenize = 'porter unicode61');
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(3.0, 1.0)');
"""


class Fts5(Peer):
    """Porter's stems; no tolerance for typos."""

    index = "fts5"
    kinds = frozenset(KINDS) - {"typo"}

    def build(self, documents: Iterable[Document]) -> None:
        self.folder.mkdir(parents=True)
        connection = sqlite3.connect(self.folder / "posts.db")
        connection.executescript(_TABLES)
        for number, document in enumerate(documents, 1):
            day = document.date.toordinal() if document.date else None
            row = (number, document.url, document.title, document.body, day)
            connection.execute("INSERT INTO posts VALUES (?, ?, ?, ?, ?)", row)
            connection.executemany("INSERT INTO tags VALUES (?, ?)", [(tag.tag, number) for tag in document.tags])
        connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.commit()
        connection.close()

    def open(self) -> None:
        self._connection = sqlite3.connect(f"file:{self.folder / 'posts.db'}?mode=ro&immutable=1", uri=True)

    def search(self, asked: Asked) -> Sequence[Found]:
        conditions = ["words MATCH ?"]
        values: list[str | int] = [_match(asked)]
        # The plus keeps SQLite from evaluating the words anew for every rowid of the filter.
        if asked.tag:
            conditions.append("+rowid IN (SELECT post FROM tags WHERE tag = ?)")
            values.append(asked.tag)
        if asked.after and asked.before:
            conditions.append("+rowid IN (SELECT id FROM posts WHERE day BETWEEN ? AND ?)")
            values += [asked.after.toordinal(), asked.before.toordinal()]
        best = f"SELECT rowid, rank FROM words WHERE {' AND '.join(conditions)} ORDER BY rank LIMIT {TOP}"
        rows = self._connection.execute(
            f"SELECT url, title FROM ({best}) AS best JOIN posts ON id = best.rowid ORDER BY best.rank", values
        )
        return [Found(*row) for row in rows]

    def close(self) -> None:
        self._connection.close()


def _match(asked: Asked) -> str:
    if asked.kind == "phrase":
        return f'"{asked.text}"'
    words = [f'"{word}"' for word in asked.words]
    return " OR ".join(words) + ("*" if asked.kind == "prefix" else "")
