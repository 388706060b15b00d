"""What stands on pages around every post, and how it is told from the post: by phrases, names and links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import and_

from indexer.extract.dates.labels import is_note_on_entry
from indexer.extract.markup.blocks import Block, Kind, Place, letters_of
from indexer.extract.tags.in_head import CATEGORY_LABEL

FOREIGN = (
    Kind.NAV | Kind.ASIDE | Kind.FOOTER | Kind.FORM | Kind.SHARING | Kind.RELATED | Kind.AUTHOR | Kind.COMMENTS
    | Kind.OFFER | Kind.MENU | Kind.CAPTION | Kind.HIDDEN | Kind.CONTENTS
)  # fmt: skip
"""Kinds of blocks that are not taken for a part of the post unless the extraction says so."""
_REMOVED = (
    Kind.AUTHOR, Kind.OFFER, Kind.CAPTION, Kind.ASIDE, Kind.COMMENTS, Kind.SHARING, Kind.NAV, Kind.WIDGET,
)  # fmt: skip
"""Kinds that are no part of the post even where the extraction takes them for one."""
_STRUCTURED = Kind.HEADING | Kind.LIST | Kind.TABLE | Kind.CODE
"""Kinds whose few words may begin like a phrase of furniture: "Subscribe to events" in a manual."""
_LARGEST_SHARE = 0.15
"""What a kind may hold of a text to be removed: a box that holds more of it was named for something else."""
_LARGEST_CUT = 0.5
_LONGEST_PHRASE = 80
_LONGEST_NOTICE = 200
BEFORE_THE_END = 0.2
"""The share of a text after which a heading like "Related posts" ends it."""
_TAIL = 0.35
"""The share of a text that a line like it may cut off without being a heading."""

_PHRASE = re.compile(
    r"[\W\d]*(?:share (?:this|on)|read more|read also|subscribe|sign up|newsletter|related (?:posts|articles|stories)"
    r"|follow us|click here to|leave a (?:comment|reply)|all rights reserved|photo(?:graph)? (?:by|:)"
    r"|image (?:credit|source)|min(?:utes?)? read|table of contents|you (?:may|might) also like|privacy policy"
    r"|continue reading|view all|see also|about the author|filed under|tags?:|categor(?:y|ies):|posted (?:in|on|by)"
    r"|(?:estimated )?reading time:|(?:on|edit) this page\W*$"
    r"|mehr zum thema|lesen sie auch|abonnieren|kommentare?|quelle:|foto:|weiterlesen|impressum|datenschutz"
    r"|partager|à lire aussi|lire la suite|compartir|comparte|leer más|suscr|fuente:)",
    re.IGNORECASE,
)
_END = re.compile(
    r"\W*(?:read (?:this )?next|you (?:may|might)(?: also)? (?:like|enjoy|be interested in)|keep reading|up next"
    r"|(?:related|recommended|more|latest|recent|popular|featured|trending|similar|other|sponsored) "
    r"(?:posts?|articles?|stories|news|content|reading|topics|comments|coverage|links)"
    r"(?: (?:in|on|from) (?:my|our|the|this) (?:blog|journal|site))?|related|recommended(?: for you)?"
    r"|more (?:from|like this)\b.{0,40}|trending(?: now)?|sponsored|(?:\d+ )?comments?|leave a (?:comment|reply).{0,20}"
    r"|join the conversation|about the author|post navigation|(?:posted|filed) (?:in|under)"
    r"|subscribe to (?:my|our|the|this) (?:newsletter|blog)|enjoy(?:ed)? reading this (?:article|post)"
    r"|mehr zum thema|auch interessant|das könnte (?:sie|dich|euch) auch interessieren"
    r"|(?:ähnliche|verwandte|neueste|weitere) (?:artikel|beiträge|nachrichten|themen)|lesen sie auch|passend zum thema"
    r"|empfohlene (?:artikel|beiträge)|(?:\d+ )?kommentare?|schreibe einen kommentar"
    r"|(?:lire|voir) aussi|à lire (?:aussi|également)|articles (?:similaires|liés|connexes|récents)|sur le même sujet"
    r"|plus d['’]articles|vous aimerez (?:peut-être )?aussi|dans la même rubrique|(?:\d+ )?commentaires?"
    r"|(?:también )?(?:te|le) puede interesar|(?:artículos|noticias|entradas|publicaciones) relacionad[ao]s|lee también"
    r"|más (?:noticias|sobre)|(?:\d+ )?comentarios?"
    r"|leia (?:também|mais)|(?:artigos|posts|postagens|publicações) relacionad[ao]s|(?:\d+ )?comentários?"
    r"|leggi anche|(?:articoli|post) correlati|(?:potrebbe|ti potrebbe) (?:anche )?(?:piacerti|interessar(?:ti|e))"
    r"|altri articoli|(?:\d+ )?commenti|lees ook|(?:gerelateerde|meer) (?:berichten|artikelen)|(?:\d+ )?reacties"
    r"|läs (?:också|mer)|(?:liknande|relaterade|fler) (?:inlägg|artiklar)|les også|relaterte innlegg"
    r"|læs også|relaterede indlæg|lue myös|aiheeseen liittyv(?:ää|iä artikkeleita)"
    r"|czytaj (?:też|także|więcej)|zobacz (?:też|także|również)|(?:podobne|powiązane) (?:wpisy|artykuły|posty)"
    r"|(?:podobné|související) (?:články|příspěvky)|(?:kapcsolódó|hasonló) (?:bejegyzések|cikkek)"
    r"|(?:benzer|ilgili) (?:yazılar|içerikler)|articole similare|σχετικά άρθρα|bài viết liên quan|artikel terkait"
    r"|читайте также|похожие (?:записи|статьи|посты)|(?:схожі|пов['’]язані) (?:записи|статті)|(?:\d+ )?комментари[ий]"
    r"|مقالات ذات صلة|مواضيع ذات صلة|مطالب مرتبط|関連(?:記事|投稿)|あわせて読みたい|관련 ?글"
    r"|相关(?:文章|推荐|阅读)|相關文章|猜你喜欢)\W*",
    re.IGNORECASE,
)


def announces_others(heading: str) -> bool:
    """Whether a heading is one of what comes after posts: "Related posts"."""
    return _END.fullmatch(heading) is not None


def is_prose(block: Block, *, kinds: Kind = FOREIGN, at_least: int) -> bool:
    """Whether a block is text that somebody wrote for the post: of some length, no links, not of these kinds."""
    return (
        len(block.text) >= at_least
        and block.linked < len(block.text) / 2
        and not block.kind & kinds
        and not (len(block.text) < _LONGEST_NOTICE and _is_phrase(block.text))
    )


def _is_phrase(text: str) -> bool:
    return (_PHRASE.match(text) or CATEGORY_LABEL.match(text)) is not None


def without_furniture(lines: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The lines of an extracted text that are the post's."""
    kept = _without(lines, _foreign(lines, blocks))
    return _without(kept, _after_the_end(kept, blocks))


def _without(lines: Sequence[str], cut: set[int]) -> list[str]:
    """The lines but for those at some places; all of them where next to nothing would be left."""
    if sum(len(lines[at]) for at in cut) > _LARGEST_CUT * sum(map(len, lines)):
        return list(lines)
    return [line for at, line in enumerate(lines) if at not in cut]


def _foreign(lines: Sequence[str], blocks: Sequence[Block]) -> set[int]:
    """The lines that are links, furniture's phrases, or stand in boxes for something else."""
    keys = [letters_of(line) for line in lines]
    wanted = frozenset(keys)
    by_key = defaultdict[str, list[Block]](list)
    for block in blocks:
        if block.key in wanted:
            by_key[block.key].append(block)
    # Once a key, not once a line: all lines of a page may read the same.
    shared = {key: reduce(and_, (block.kind for block in same)) for key, same in by_key.items()}
    stray = {key for key, same in by_key.items() if all(map(_is_stray_link, same))}
    structured = {key for key, same in by_key.items() if any(block.kind & _STRUCTURED for block in same)}
    size = sum(map(len, lines))
    foreign = set[int]()
    for kind in _REMOVED:
        of_kind = {at for at, key in enumerate(keys) if key in shared and shared[key] & kind}
        if sum(len(lines[at]) for at in of_kind) <= _LARGEST_SHARE * size:
            foreign |= of_kind
    for at, (line, key) in enumerate(zip(lines, keys, strict=True)):
        phrase = len(line) < _LONGEST_PHRASE and _is_phrase(line) and not _END.fullmatch(line)
        if key in stray or (key not in structured and (phrase or is_note_on_entry(line))):
            foreign.add(at)
    return foreign


def _is_stray_link(block: Block) -> bool:
    """Whether a block is a link that stands alone; lists of links and linked headings may well be an author's."""
    listed = block.kind & Kind.LIST and block.place & Place.CONTENT
    return block.is_linked and not listed and not block.kind & Kind.HEADING


def _after_the_end(lines: Sequence[str], blocks: Sequence[Block]) -> set[int]:
    """The lines from the first one on that announces what comes after posts: other posts, comments.

    In the middle of a text it must be a heading: news set "read also" between their paragraphs.
    """
    headings = {block.key for block in blocks if block.kind & Kind.HEADING}
    before, size = 0, sum(map(len, lines))
    for at, line in enumerate(lines):
        ends = before > BEFORE_THE_END * size and len(line) < _LONGEST_PHRASE and _END.fullmatch(line)
        if ends and (letters_of(line) in headings or size - before < _TAIL * size):
            return set(range(at, len(lines)))
        before += len(line)
    return set()
