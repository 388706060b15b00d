"""The text of a post (trafilatura), without what stands around it."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, islice

from lxml.html import HtmlElement

from indexer.extract.dates.written import first_date
from indexer.extract.markup.blocks import Block, Kind, Place, blocks_of, letters_of
from indexer.extract.markup.dom import own_lines, own_text, words_of
from indexer.extract.markup.outline import HEADINGS, TITLE_WORDS, Outline
from indexer.extract.markup.region import Region
from indexer.extract.model import MAX_BODY, Found

from . import neighbours
from .furniture import FOREIGN, is_prose, without_furniture
from .header_lines import is_told, label_lines, titles_of, without_data, without_foot, without_header
from .main_text import extracted
from .recovery import MAX_WORK, aligned, completed

_LONGEST_PANEL = 300
# What trafilatura is asked for first takes two thirds of the time of its standard way, which comes last, and leaves
# out what is doubtful; the prose that is missing is put back from the page.
_ATTEMPTS: tuple[dict[str, bool], ...] = ({"fast": True, "favor_precision": True}, {"favor_recall": True}, {})
_MANY_BLOCKS = 3_000
"""On pages of so many blocks the slow ways, whose time grows with the square of the blocks, are not gone ..."""
_MUCH_TEXT = 400_000
"""... nor on those of so many characters, which are read word by word again and again."""
_TOO_MANY_BLOCKS = 8_000
"""Of so many, as of a crowded page, the text is what readers see."""
_MANY_LINKS = 1_000
_NESTED_LINKS = 100_000
"""Links of a page, each counted once for every element around it: for each of these trafilatura reads all links below,
again and again. Real pages stay below 50,000."""
_COVERED = 0.6
_SHORT = 500
"""Characters. An extraction that is shorter, or holds less of the main text's prose, is followed by another one."""
_SENTENCE = 40
_SLIGHT = 150
"""Characters of a whole post, title included, below which trafilatura takes other parts of the page for more of it."""
# The region is trusted to be the whole post where it holds at least this share of the extracted text.
_TRUSTED = 0.8


def find_body(root: HtmlElement, outline: Outline, region: Region, *, title: str, url: str) -> Found:
    """The text of the post, a paragraph a line."""
    blocks, rows = blocks_of(outline, region), list(label_lines(outline, region))
    titles = titles_of(title, region, rows)
    if _is_slight(outline, region):
        slight = _slight(blocks, titles, is_article=region.post.tag == "article")
        slight = _without_panels(without_furniture(slight, blocks), outline, region)
        words = _joined(without_foot(without_header(slight, titles, blocks, rows), blocks))
        note = own_text(region.heading) if region.heading is not None and _is_text(region.heading) else ""
        return Found(words or note[:MAX_BODY], "text of the post")
    if len(blocks) > _TOO_MANY_BLOCKS or outline.is_crowded or _has_nested_links(outline):
        return visible_body(region)
    is_large = len(blocks) > _MANY_BLOCKS or outline.weight(outline.body).text > _MUCH_TEXT
    bounds = {"fast": True} if is_large else {}
    # Of a table for the layout other cells are other columns of the page.
    within = Place.CONTENT if region.content.tag == "td" else Place.POST
    lines: list[str] = []
    for options in _ATTEMPTS:
        lines = _inside(extracted(root, url, region.content, **options | bounds), blocks, within) or lines
        alignment = aligned(lines, blocks)
        if sum(map(len, lines)) >= _SHORT and alignment.coverage >= _COVERED:
            break
    if not lines:
        return visible_body(region)
    lines = completed(lines, blocks, alignment, title=title)
    lines = _without_panels(without_furniture(lines, blocks), outline, region)
    if neighbours.are_likely(lines):
        lines = lines[: neighbours.end_before(lines, neighbours.own_links(region.post, url))]
    lines = without_header(without_data(lines, region), titles, blocks, rows)
    return Found(_joined(without_foot(lines, blocks)), "trafilatura")


def visible_body(region: Region) -> Found:
    """The text that readers see where the main text of the page is; it costs next to nothing."""
    return Found(_joined(own_lines(region.content)), "text of the page")


def _joined(lines: list[str]) -> str:
    return "\n".join(lines)[:MAX_BODY].rstrip()


def _has_nested_links(outline: Outline) -> bool:
    links = list(outline.body.iter("a"))
    if len(links) <= _MANY_LINKS:
        return False
    around = chain.from_iterable(link.iterancestors() for link in links)
    return next(islice(around, _NESTED_LINKS, None), None) is not None


def _is_slight(outline: Outline, region: Region) -> bool:
    """Whether the post is known to be a picture or a sentence: looking for more would find the sidebar."""
    if region.heading is None:
        return False
    for part, known in ((region.post, region.post is not outline.body), (outline.body, True)):
        weight = outline.weight(part)
        if known and weight.own < 2 * _SLIGHT and weight.text < 4 * _SLIGHT and len(own_text(part)) < 6 * _SLIGHT:
            return True
    return False


def _slight(blocks: list[Block], titles: Collection[str], *, is_article: bool) -> list[str]:
    """The few words of such a post, up to the heading of whatever comes next; they may be the picture's caption.

    A heading with a sentence below it is the post's own where it stands in an article, or is the first one after title
    and date. Where there are no words but those of a list of links, it is what the author collected.
    """
    apart = FOREIGN & ~Kind.CAPTION
    wanted = Place.POST | Place.BELOW_HEADING
    own = [each for each in blocks if wanted in each.place and not each.is_linked and not each.kind & apart]
    own = [each for each in own if not (each.kind & Kind.HEADING and is_told(each, titles))]
    own = [each for each in own if Place.CONTENT in each.place or not each.kind & Kind.WIDGET]
    # Below the name of the blog the post's header is its day and its title together: "2 June 2019 Keeping bees".
    if own and own[0].kind & Kind.HEADING and first_date(own[0].text) is not None:
        del own[0]
    # A subtitle is in the header, outside of what holds the text.
    begins = next((at for at, each in enumerate(own) if Place.CONTENT in each.place), 0)
    own = [each for at, each in enumerate(own) if at >= begins or not each.kind & Kind.HEADING]
    first = next((at for at, each in enumerate(own) if not is_told(each, titles)), 0)
    headed = (at for at, each in enumerate(own) if each.kind & Kind.HEADING)
    others = (at for at in headed if not ((is_article or at == first) and _heads_a_sentence(own[at:])))
    words = own[: next(others, len(own))]
    if any(not is_told(each, titles) for each in words):
        return [each.text for each in words]
    listed = Place.CONTENT | wanted
    linked = [each for each in blocks if listed in each.place and each.kind & Kind.LIST and each.is_linked]
    links = [each for each in linked if not each.kind & (FOREIGN | Kind.META | Kind.WIDGET)]
    # All that an article says may stand below short headings, "Ingredients", and what any post says in a list.
    lists = any(each.kind & Kind.LIST and not each.kind & (Kind.META | Kind.WIDGET) for each in own)
    own = [each for each in own if (is_article or lists) and Place.CONTENT in each.place]
    if is_article and links and any(is_prose(each, kinds=FOREIGN | Kind.META, at_least=_SENTENCE) for each in own):
        said = {id(each) for each in own + links if not each.kind & Kind.META}
        return [each.text for each in blocks if id(each) in said]
    return [each.text for each in links or own]


def _heads_a_sentence(blocks: list[Block]) -> bool:
    """Whether a heading, the first block, and what comes next are text that somebody wrote for the post."""
    heading, *below = blocks
    following = next((each for each in below if not each.kind & Kind.HEADING), None)
    return (
        following is not None
        and bool(heading.place & following.place & Place.CONTENT)
        and is_prose(following, kinds=FOREIGN | Kind.WIDGET, at_least=_SENTENCE)
    )


def _inside(lines: list[str], blocks: list[Block], within: Place) -> list[str]:
    """The lines without those at either end that stand outside of the post: other posts, menus, footers.

    Those that are nothing but links elsewhere count for nothing, however many there are: cards quote the post's text.
    """
    post = "".join(each.key for each in blocks if each.place & within)
    if len(lines) * len(post) > MAX_WORK:
        return lines
    own = {each.key for each in blocks if each.place & within}
    linked = {each.key for each in blocks if each.is_linked} - own
    keys = list(map(letters_of, lines))
    inside = [key in post and key not in linked for key in keys]
    sizes = [0 if key in linked else len(line) for line, key in zip(lines, keys, strict=True)]
    held = sum(size for size, within in zip(sizes, inside, strict=True) if within)
    if not any(inside) or held < _TRUSTED * sum(sizes):
        return lines
    return lines[inside.index(True) : len(inside) - inside[::-1].index(True)]


def _without_panels(lines: list[str], outline: Outline, region: Region) -> list[str]:
    """The lines without those at the end that are nothing but links: tags, share buttons, the next post."""
    panels = {
        letters_of(own_text(element))
        for element in region.post.iter("div", "ul", "nav", "footer", "section")
        if outline.is_line(element, limit=_LONGEST_PANEL) and outline.weight(element).own == 0
    }
    last = len(lines)
    while last and letters_of(lines[last - 1]) in panels:
        last -= 1
    return lines[:last]


def _is_text(heading: HtmlElement) -> bool:
    """Whether what shows the title is neither a heading nor called one: the words of a note, which the head repeats."""
    is_called = heading.tag in HEADINGS or not TITLE_WORDS.isdisjoint(words_of(heading))
    return not (is_called or any(map(own_text, heading.iter("a", *HEADINGS))))
