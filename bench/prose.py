"""Running text to make a blog of: paragraphs out of whatever documentation there is.

Speed depends on how words are distributed, so the text must be real: word frequencies follow Zipf's law, the
vocabulary keeps growing, and neighbouring words belong together.
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import random
import re
import sysconfig
import warnings
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.etree
import lxml.html

ENOUGH_WORDS = 1_000_000
"""Of less text, posts repeat each other and rare words are too few."""

MAX_WORDS = 12_000_000
_MAX_BYTES = 8_000_000
_MARKUP = {".html", ".htm", ".xhtml", ".xml"}
_PLAIN = {".txt", ".md", ".rst"}
_BLOCKS = ("p", "dd", "li", "blockquote", "para", "simpara")
_NO_PROSE = ("changelog", "copyright", "genindex", "license")
_COMMENTS = re.compile(r"(?m)(?:^[ \t]*#(?!!).*\n)+")
_LEAST, _MOST = 100, 3000
_LETTERS_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs by the text that they come from. The same files give the same `fingerprint`."""

    texts: tuple[tuple[str, ...], ...]
    words: int
    fingerprint: str


def read_prose(folders: Iterable[Path] = (), *, max_words: int = MAX_WORDS) -> Prose:
    """The paragraphs of all text files below `folders`; without any, of /usr/share/doc and of the Python library."""
    named = list(folders)
    files = _files_of(named or [Path("/usr/share/doc")], suffixes=_MARKUP | _PLAIN)
    if not named:
        files += _files_of([Path(sysconfig.get_path("stdlib"))], suffixes={".py"})
    random.Random(0).shuffle(files)  # so that `max_words` takes some of everything
    return prose_of((_paragraphs(path) for path in files), max_words=max_words)


def prose_of(texts: Iterable[Iterable[str]], *, max_words: int = MAX_WORDS) -> Prose:
    """The running text among these paragraphs, each only once."""
    kept: list[tuple[str, ...]] = []
    seen: set[str] = set()
    digest = hashlib.sha256()
    words = 0
    for text in texts:
        paragraphs = []
        for paragraph in (" ".join(raw.split()) for raw in text):
            opening = paragraph[:160]
            if _is_running_text(paragraph) and opening not in seen:
                seen.add(opening)
                paragraphs.append(paragraph)
                digest.update(paragraph.encode("utf-8", "replace"))
                words += paragraph.count(" ") + 1
        if paragraphs:
            kept.append(tuple(paragraphs))
        if words >= max_words:
            break
    return Prose(tuple(kept), words, digest.hexdigest()[:16])


def _is_running_text(paragraph: str) -> bool:
    if not _LEAST <= len(paragraph) <= _MOST or paragraph.count(" ") < 15:
        return False
    letters = sum(character.isalpha() or character == " " for character in paragraph)
    return letters > _LETTERS_SHARE * len(paragraph)


def _files_of(folders: Iterable[Path], *, suffixes: set[str]) -> list[Path]:
    found: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise SystemExit(f"{folder} is no folder: name one with text files")
        paths = (path for path in sorted(folder.rglob("*")) if "site-packages" not in path.parts)
        found += [path for path in paths if _suffix(path) in suffixes and not path.name.lower().startswith(_NO_PROSE)]
    return found


def _suffix(path: Path) -> str:
    return Path(path.name.removesuffix(".gz")).suffix.lower()


def _paragraphs(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as file:
            content = file.read(_MAX_BYTES)
    except (OSError, EOFError, zlib.error):
        return
    suffix = _suffix(path)
    if suffix in _MARKUP:
        yield from _blocks(content)
    elif suffix == ".py":
        yield from _docstrings_and_comments(content)
    else:
        yield from re.split(r"\n\s*\n", content.decode("utf-8", "replace"))


def _blocks(content: bytes) -> Iterator[str]:
    """The text of the blocks that hold paragraphs, in HTML and in DocBook."""
    try:
        root = lxml.html.document_fromstring(content)
    except (lxml.etree.LxmlError, ValueError):
        return
    for block in root.iter(*_BLOCKS):
        if next(block.iter(*(tag for tag in _BLOCKS if tag != block.tag)), None) is None:
            yield "".join(map(str, block.itertext()))


def _docstrings_and_comments(content: bytes) -> Iterator[str]:
    source = content.decode("utf-8", "replace")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from re.split(r"\n\s*\n", ast.get_docstring(node) or "")
    for comment in _COMMENTS.finditer(source):
        yield re.sub(r"(?m)^[ \t]*#+", " ", comment.group())
