"""Links to the posts before and after one at the end of its text, where nothing but their words tell what they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from lxml.html import HtmlElement

from indexer.extract.addresses.keys import resolved
from search_service.engine.urls import origin

_WORDS = (
    r"previous|prev|next|older|newer|earlier|later|vorherige[rs]?|nächste[rs]?|voriger|älterer?|neuerer?|précédente?"
    r"|suivante?|anterior|siguiente|próxim[oa]|seguinte|precedente|successiv[oa]|vorige|volgende|forrige|neste|næste"
    r"|föregående|nästa|edellinen|seuraava|poprzedni[ae]?|następn[yae]|předchozí|další|predchádzajúci|ďalší|előző"
    r"|következő|önceki|sonraki|предыдущ(?:ая|ий|ее)|следующ(?:ая|ий|ее)|попередн(?:я|ій)|наступн(?:а|ий)"
    r"|sebelumnya|selanjutnya|berikutnya|上一[篇页頁章]|下一[篇页頁章]|[前后後]一篇|前の記事|次の記事|이전 ?글?"
    r"|다음 ?글?"
)
_POSTS = (
    r"post|article|entry|story|in (?:the )?series|artikel|beitrag|eintrag|billet|entrada|artículo|artigo|articolo|wpis"
    r"|příspěvek|článek|bejegyzés|yazı|запись|статья|пост|tulisan|포스트|文章"
)
_HINT = re.compile(rf"\W*(?:{_WORDS})(?![^\W\d_])|\s*[«‹←<⟵]|.*[»›→>⟶]\s*$", re.IGNORECASE)
"""What such a line begins with, or ends with."""
_REST = re.compile(rf"(?:[\W_]|(?:{_WORDS}|{_POSTS})(?![^\W\d_]))*", re.IGNORECASE)
_MOST = 6
"""Lines at the end of a text."""


def are_likely(lines: Sequence[str]) -> bool:
    """Whether the last lines may be such a link, which costs less to ask than which links there are."""
    return len(lines) > 1 and any(map(_HINT.match, lines[-2:]))


def own_links(content: HtmlElement, url: str) -> frozenset[str]:
    """The texts of links to the site itself: what an author links at the end, to other sites, are sources."""
    return frozenset(" ".join(link.text_content().split()) for link in content.iter("a") if _is_own(link, url))


def _is_own(link: HtmlElement, url: str) -> bool:
    """Whether a link leads to the site itself."""
    target = resolved(link.get("href") or "#", url)
    return target is not None and origin(target) == origin(url)


def end_before(lines: Sequence[str], linked: Collection[str]) -> int:
    """Where the text ends: before lines of nothing but texts that are `linked`, to the site itself, and such words.

    Either may be a line of its own: `Previous`, and below it the title of that post.
    """
    end = len(lines)
    first = max(1, end - _MOST)
    while end > first:
        if _is_of_neighbours(lines[end - 1], linked):
            end -= 1
        elif end - 1 > first and _is_caption(lines[end - 2]) and lines[end - 1] in linked:
            end -= 2
        else:
            break
    return end


def _is_caption(line: str) -> bool:
    return _HINT.match(line) is not None and _REST.fullmatch(line) is not None


def _is_of_neighbours(line: str, linked: Collection[str]) -> bool:
    if not _HINT.match(line):
        return False
    held = sorted((text for text in linked if text and text in line), key=len, reverse=True)
    rest = line
    for text in held:
        rest = rest.replace(text, " ")
    return bool(held) and _REST.fullmatch(rest) is not None
