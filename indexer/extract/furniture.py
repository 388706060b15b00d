"""What stands on pages around every post, and how it is told from the post: by phrases, names and links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from .blocks import Block, Kind, Place, letters_of

FOREIGN = (
    Kind.NAV | Kind.ASIDE | Kind.FOOTER | Kind.FORM | Kind.SHARING | Kind.RELATED | Kind.AUTHOR | Kind.COMMENTS
    | Kind.OFFER | Kind.MENU | Kind.CAPTION | Kind.HIDDEN | Kind.CONTENTS
)  # fmt: skip
"""Kinds of blocks that are not taken for a part of the post unless the extraction says so."""
_REMOVED = (
    Kind.AUTHOR, Kind.OFFER, Kind.CAPTION, Kind.ASIDE, Kind.COMMENTS, Kind.SHARING, Kind.NAV, Kind.WIDGET,
)  # fmt: skip
"""Kinds that are no part of the post even where the extraction takes them for one."""
_LARGEST_SHARE = 0.15
"""What a kind may hold of a text to be removed: a box that holds more of it was named for something else."""
_LARGEST_CUT = 0.5
_LONGEST_PHRASE = 80
_LONGEST_NOTICE = 200
_BEFORE_THE_END = 0.2
"""The share of a text after which a heading like "Related posts" ends it."""

_PHRASE = re.compile(
    r"\b(?:share (?:this|on)|read more|read also|subscribe|sign up|newsletter|related (?:posts|articles|stories)"
    r"|advertis|follow us|click here to|leave a (?:comment|reply)|copyright|all rights reserved"
    r"|photo(?:graph)? (?:by|:)"
    r"|image (?:credit|source)|min(?:utes?)? read|table of contents|recommended|you (?:may|might) also like|affiliate"
    r"|cookie|privacy policy|log ?in|sign in|continue reading|view all|see also|about the author|filed under|tags?:"
    r"|categor(?:y|ies):|posted (?:in|on|by)|updated|published"
    r"|teilen|mehr zum thema|lesen sie auch|anzeige|abonnieren|kommentare?|quelle:|foto:|bild:|weiterlesen|impressum"
    r"|datenschutz|partager|à lire aussi|lire la suite|compartir|comparte|leer más|suscr|fuente:)",
    re.IGNORECASE,
)
_END = re.compile(
    r"\W*(?:read (?:this )?next|related(?: \w+){0,3}|you (?:may|might)(?: also)? (?:like|enjoy|be interested in)"
    r"|more (?:from|on|stories|articles|news|posts|like this|in)\b.{0,40}|recommended(?: \w+){0,3}|keep reading"
    r"|up next|latest (?:news|posts|articles|stories)|recent (?:posts|articles|comments)|popular (?:posts|articles)"
    r"|featured(?: \w+)?|trending(?: now)?|sponsored(?: content)?|(?:\d+ )?comments?|leave a (?:comment|reply).{0,20}"
    r"|join the conversation|about the author|share (?:this|with).{0,30}|post navigation|see also|further reading"
    r"|mehr zum thema|auch interessant|das könnte (?:sie|dich|euch) auch interessieren|ähnliche (?:artikel|beiträge)"
    r"|weitere (?:artikel|beiträge|themen|informationen|nachrichten)|lesen sie auch|passend zum thema"
    r"|empfohlene (?:artikel|beiträge)|(?:\d+ )?kommentare?|schreibe einen kommentar"
    r"|(?:lire|voir) aussi|à lire (?:aussi|également)|articles (?:similaires|liés)|sur le même sujet"
    r"|(?:te|le) puede interesar|(?:artículos|noticias) relacionad[ao]s|lee también|más (?:noticias|sobre)"
    r"|leia (?:também|mais)|artigos relacionados|leggi anche|articoli correlati|lees ook|läs (?:också|mer)|les også"
    r"|læs også|czytaj (?:też|także|więcej)|zobacz (?:też|także)|читайте также|関連記事|あわせて読みたい"
    r"|相关文章|相關文章)\W*",
    re.IGNORECASE,
)


def is_prose(block: Block, *, kinds: Kind = FOREIGN, at_least: int) -> bool:
    """Whether a block is text that somebody wrote for the post: of some length, no links, not of these kinds."""
    return (
        len(block.text) >= at_least
        and block.linked < len(block.text) / 2
        and not block.kind & kinds
        and not (len(block.text) < _LONGEST_NOTICE and _PHRASE.search(block.text))
    )


def without_furniture(lines: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The lines of an extracted text that are the post's."""
    kept = _without(lines, _foreign(lines, blocks))
    return _without(kept, _after_the_end(kept))


def _without(lines: Sequence[str], cut: set[int]) -> list[str]:
    """The lines but for those at some places; all of them where next to nothing would be left."""
    if sum(len(lines[at]) for at in cut) > _LARGEST_CUT * sum(map(len, lines)):
        return list(lines)
    return [line for at, line in enumerate(lines) if at not in cut]


def _foreign(lines: Sequence[str], blocks: Sequence[Block]) -> set[int]:
    """The lines that are links, furniture's phrases, or stand in boxes for something else."""
    by_key = defaultdict[str, list[Block]](list)
    for block in blocks:
        by_key[block.key].append(block)
    found = [by_key.get(letters_of(line), []) for line in lines]
    size = sum(map(len, lines))
    foreign = set[int]()
    for kind in _REMOVED:
        of_kind = {at for at, same in enumerate(found) if same and all(block.kind & kind for block in same)}
        if sum(len(lines[at]) for at in of_kind) <= _LARGEST_SHARE * size:
            foreign |= of_kind
    for at, (line, same) in enumerate(zip(lines, found, strict=True)):
        links = bool(same) and all(_is_stray_link(block) for block in same)
        if links or (len(line) < _LONGEST_PHRASE and _PHRASE.search(line)):
            foreign.add(at)
    return foreign


def _is_stray_link(block: Block) -> bool:
    """Whether a block is a link that stands alone; lists of links and linked headings may well be an author's."""
    listed = block.kind & Kind.LIST and block.place & Place.CONTENT
    return block.is_linked and not listed and not block.kind & Kind.HEADING


def _after_the_end(lines: Sequence[str]) -> set[int]:
    """The lines from the first one on that announces what comes after posts: other posts, comments."""
    before, size = 0, sum(map(len, lines))
    for at, line in enumerate(lines):
        if before > _BEFORE_THE_END * size and len(line) < _LONGEST_PHRASE and _END.fullmatch(line):
            return set(range(at, len(lines)))
        before += len(line)
    return set()
