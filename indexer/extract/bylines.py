"""Names in bylines: `Posted by A. Writer on 3 May | 2 min read` -> `A. Writer`."""

from __future__ import annotations

import re

LONGEST_NAME = 60
"""Characters; what is longer is a sentence."""
_MOST_WORDS = 8
_MOST_WORDS_SIGNED = 5

_BY = (
    r"(?:(?:an?|eine?|une?) )?(?:(?:re)?(?:written|posted|published|submitted|reviewed|created)|words|text"
    r"|texte|story|article|artikel|beitrag|kolumne|kommentar|publi[ée]e?"
    r"|escrito|publicado|scritto|pubblicato|gepostet|verfasst|veröffentlicht|geschrieben|gespeichert|skrevet|geschreven)?"
    r"\s*(?:by|von|par|por|di|door|av|af|da)"
)
_FIELD = (
    r"(?:author|autor(?:in|e)?|auteur|autore|writer|redaktion|redactie|words|text|texte|testo|story"
    r"|作者|撰文|文|著者|執筆|글쓴이|автор)(?:\((?:s|en|in)\)|s)?"
)
_LABEL = re.compile(
    rf"^.*?(?:\b(?:posts|beiträge|articles|all posts|entradas) {_BY}\s+|^\W*{_BY}\s*:?\s+|\b{_FIELD}\s*[:：]\s*)"
    r"[:：]?\s*",
    re.IGNORECASE,
)
_STARTS_AS_BYLINE = re.compile(rf"^\W*(?:{_BY}\s*:?\s+|{_FIELD}\s*[:：]\s*)(?=[^\W\d_])", re.IGNORECASE)
_IS_LABEL = re.compile(rf"^\W*(?:{_BY}|{_FIELD})\s*[:：]?\s*$", re.IGNORECASE)
# What follows a name on the same line: a date, a reading time, another field.
_REST = re.compile(
    r"\s*(?:[|•·/–—→»@(]|\s-\s|,?\s*\d|,?\s*\b(?:on|in|at|am|last|updated|published|posted|follow|min read|subscribe"
    r"|search for|le|el|il|hace|vor)\b"
    r"|,?\s*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d"
    r"|,?\s*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|@\w+\.|^/|^www\.", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"[?!{}<>=]|\.\s+\w+\s+\w+\s+\w+")
_FIELD_NAMES = re.compile(
    rf"^(?:(?!redaktion){_FIELD}|about the author|category|use case|mehr artikel|quelle|source|datum|date|posted"
    r"|published|unknown|by|von|mon|tue|wed|thu|fri|sat|sun)$",
    re.IGNORECASE,
)


def starts_as_byline(text: str) -> bool:
    """Whether a line is a byline: "By A. Writer", "Autor: A. Writer"."""
    return _STARTS_AS_BYLINE.match(text) is not None


def is_label(text: str) -> bool:
    """Whether a line only announces a name: "Written by", "Author:"."""
    return _IS_LABEL.match(text) is not None


def named_in(text: str) -> str:
    """The name in a line that names an author; "" where what is left of it is no name."""
    if is_label(text):
        return ""
    if _ADDRESS.search(text):
        return ""
    name = _REST.sub("", _LABEL.sub("", text, count=1)).strip(" ,;:|-–—•·")
    return name if looks_like_a_name(name) else ""


def signed_in(text: str) -> str:
    """The name in a line that may be a sentence: of a few words that begin as names do."""
    name = named_in(text)
    return name if name.count(" ") < _MOST_WORDS_SIGNED and not name[:1].islower() else ""


def looks_like_a_name(text: str) -> bool:
    """Whether `text` may be a name: short, with letters, no address, no word that only stands beside names."""
    short = len(text) <= LONGEST_NAME and text.count(" ") < _MOST_WORDS
    return short and any(map(str.isalpha, text)) and not _NOT_A_NAME.search(text) and not _FIELD_NAMES.match(text)
