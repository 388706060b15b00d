"""Why a page is no post by its address and its head, whatever its text looks like."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from indexer.extract.addresses.words import LISTING_STEPS, PAGING, SITE_PAGES
from indexer.extract.markup.dom import own_text, vocabulary, wording
from indexer.extract.model import LATER_PAGE

from .glance import Glance
from .later_pages import is_called_page, is_marked_as_later, later_page
from .other_types import POST_BODY, other_type

REDIRECT = "a redirect"
LISTING = "a listing of other pages"
ARCHIVE = "a tag or archive page"

_REDIRECT_TEXT = 1_000
_ERROR_TEXT = 1_500
_NUMBERED = re.compile(r"\d+(?:-\D.*)?|(?=[a-f]*\d)[\da-f]{6,8}")
"""`123`, `123-keeping-bees`, and `3dbd4859`, as Hexo's abbrlinks are; not `06-2019`."""
_NAMED_LISTING = re.compile(
    r"(?:tag|label|category):|(?:blog-)?(?:archive|date|category|categorie)\d?(?:[-_]\d+){1,2}$|\d{4}_\d\d_\d\d_archive$"
)
"""What WriteFreely calls its pages of tags, `/tag:linux`; FC2, Ameba and Over-blog call their lists
`/blog-date-200705.html`, `/archive1-200705.html` and `/archive-05-2007.html`, Blogger those of its months and weeks
`/2007_05_01_archive.html`."""
_LABELS_OF_BLOGGER = ["search", "label"]
"""The folders of Blogger's pages of labels; where there is one post, they state its date as their own."""
_FILED_BELOW = frozenset({"archive", "archives"})
"""Those below which many blogs file posts that have numbers for names, whatever those say of themselves."""
_FILES_ALL_THERE = re.compile("halo|typecho", re.IGNORECASE)
"""The generators that file all posts there unless they are told otherwise."""
# Those that may as well be a post's own name: "How to tag", filed as /git/tag.html.
_AMBIGUOUS_STEPS = frozenset({"tag", "page", "topic", "label", "author", "autor", "auteur", "search", "feed", "rss"})
_QUERY = re.compile("[?@]")
"""Begins what a script was asked for; in copies of a site that is part of the file's name."""
_LISTING_KEYS = vocabulary(
    "tag tags tagged label cat category categorie kategorie categoria rubrique mot etiqueta author year month archive"
    " updated-max updated-min"
)
_PAGE_KEYS = frozenset({"page", "paged", "max-results", "start", "by-date"})
_COMMENT_PAGE = re.compile(
    r"/comment-page-\d+(?:/|\.html?)?$|[?&@](?:(?:cpage|replytocom|thread|showcomment)=\d+|mode=reply(?![^&#.]))"
    r"|[^/:]/[^/]+/[^/]*[a-z][^/]*/comments(?:/|\.html?)?$",
    re.IGNORECASE,
)
"""Names of a post's pages of comments: the post again, at an address of its own, or what was said of it and no more.

Those of WordPress, of LiveJournal and of Blogger, and `/the-post/comments`.
"""
_BLOG_PAGES = frozenset({"blog", "post", "posts", "articles", "news", "home"})
_PERIOD = re.compile(r"(?:/(?!\d+/)[^/]*)*/(?P<year>(?:19|20)\d\d)(?:/(?:week)?\d\d?){0,2}(?:/|\.html?)?")
_MONTH_BELOW = re.compile(r".*/archives?/(?P<year>(?:19|20)\d\d)(?:0[1-9]|1[0-2])(?:/|\.html?)?")
"""The archive of a month: `/archive/201906`."""
_FIRST_YEAR = 1990
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?")
"""The folder of a language of the site: `/ru/about/`."""
_ABOUT = vocabulary(
    "about about-us ueber-uns a-propos quienes-somos sobre-nosotros sobre-nos chi-siamo o-nas om-oss om-os over-ons"
)
_BELOW_FOLDER = 2
"""Steps of the address of a page in a folder that tells of the site: `/about/history/`."""
_ERROR_TITLE = re.compile(
    r"\b404\b|(?:page|seite|página|pagina).{0,20}(?:not found|introuvable|nicht gefunden|no encontrada|não encontrada)"
    r"|^not found$|页面不存在|找不到|찾을 수 없",
    re.IGNORECASE,
)
_LISTING_TITLE = re.compile(
    r"(?:^\s*|[|:»·•—–-]\s+)(?:(?:posts|entries|articles) (?:tagged|labell?ed|filed under)"
    r"|(?:beiträge|einträge) mit dem (?:tag|schlagwort)|(?:articles|billets) étiquetés"
    r"|entradas (?:etiquetadas|con la etiqueta))\b",
    re.IGNORECASE,
)
"""What whole posts below say nothing against: lists of them by bashblog and others. Within a title it may be a post's:
"How to list posts tagged twice"."""
_LONGEST_TITLE = 200
_LISTING_TYPES = frozenset(
    {"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage", "AboutPage", "ContactPage"}
)
# What WordPress and its static copies write into the class of the body.
_LISTING_BODY = frozenset({"archive", "category", "tag", "author", "search"})
_ATTACHMENT_BODY = frozenset({"attachment", "single-attachment"})
_ERROR_BODY = frozenset({"error404"})
_SINGLE = re.compile(r"(?:^|\s)(?:single-post|postid-\d+)(?:\s|$)")
_PAGE_BODY = re.compile(r"(?:^|\s)(?:page|page-id-\d+|page-template)(?:\s|$)")


def ruled_out(glance: Glance) -> str | None:
    """Why a page is no post, in a phrase; None where nothing but its text can tell."""
    return next((why for rule in _RULES if (why := rule(glance))), None)


def _redirect(glance: Glance) -> str | None:
    refresh = (glance.metadata.meta("refresh") or "").lower()
    short = glance.text < _REDIRECT_TEXT
    return REDIRECT if "url" in refresh and short else None


def _error_page(glance: Glance) -> str | None:
    named = bool(glance.steps) and glance.steps[-1] == "404"
    marked = not _ERROR_BODY.isdisjoint(glance.body_class.split())
    short = glance.text < _ERROR_TEXT and glance.published is None
    titled = short and any(_ERROR_TITLE.search(title) for title in (glance.title, glance.metadata.title or ""))
    return "an error page" if named or marked or titled else None


def _front_page(glance: Glance) -> str | None:
    """The front page of the site, of its blog or of one of its languages."""
    site = not glance.steps and "?" not in glance.named
    blog = len(glance.steps) in {1, 2} and glance.steps[-1] in _BLOG_PAGES
    of_language = glance.steps == [(glance.metadata.lang or "").lower().partition("-")[0]]
    return LISTING if site or blog or of_language else None


def _listing_address(glance: Glance) -> str | None:
    steps, last = glance.steps[:-1], [_QUERY.split(step, maxsplit=1)[0] for step in glance.steps[-1:]]
    if glance.is_dated_article:
        # A dated article may well be filed below /archives/ or /category/, or be called "page" itself.
        of_labels = "tags" in steps or steps[:2] == _LABELS_OF_BLOGGER
        listed = of_labels or not (LISTING_STEPS - _AMBIGUOUS_STEPS).isdisjoint(last)
    else:
        numbered = any(map(_NUMBERED.fullmatch, last)) or _SINGLE.search(glance.body_class)
        filed = numbered or _is_filed_issue(glance) or _FILES_ALL_THERE.match(glance.metadata.meta("generator") or "")
        below = not (LISTING_STEPS - _FILED_BELOW if filed else LISTING_STEPS).isdisjoint(steps)
        listed = below or not LISTING_STEPS.isdisjoint(last) or any(map(_NAMED_LISTING.match, last))
    period = _is_period(glance) and not (glance.is_dated_article and "archives" in steps)
    paging = PAGING.search(unquote(glance.named)) and not is_called_page(glance.named, glance.metadata)
    queried = _asks_for_list(glance.named) and not glance.is_dated_article
    return ARCHIVE if listed or period or paging or queried else None


def _is_filed_issue(glance: Glance) -> bool:
    """Whether a page says that it is an article of this title, and shows a date: letters are filed in an archive."""
    stated = wording(glance.metadata.meta("og:title") or "")
    return glance.is_stated_article and glance.published is not None and wording(glance.title) == stated != ""


def _asks_for_list(url: str) -> bool:
    """Whether an address asks for nothing but a list: `?tag=bees`, `?cat=3&paged=2`; not `?id=5&cat=3`."""
    _, *query = _QUERY.split(unquote(url), maxsplit=1)
    pairs = [pair.partition("=")[:2] for each in query for pair in each.split("&")]
    keys = {key.lower() for key, mark in pairs if mark}
    return not keys.isdisjoint(_LISTING_KEYS) and keys <= _LISTING_KEYS | _PAGE_KEYS


def _is_period(glance: Glance) -> bool:
    """Whether the address is that of a year, a month or a day; a post may have the number of a year to come."""
    path = urlsplit(glance.named).path
    match = _PERIOD.fullmatch(path) or _MONTH_BELOW.fullmatch(path)
    return match is not None and _FIRST_YEAR <= int(match["year"]) <= glance.today.year


def _attachment(glance: Glance) -> str | None:
    marked = not _ATTACHMENT_BODY.isdisjoint(glance.body_class.split())
    return "the page of a picture or a file" if marked else None


def _later_page(glance: Glance) -> str | None:
    """The second page of a post, and those after it, at addresses of their own: `/the-post/2/`."""
    if is_marked_as_later(glance.body_class):
        return LATER_PAGE
    page = later_page(glance.url, glance.metadata, body_class=glance.body_class)
    if page is None or not page.is_sure:
        return None
    first = replace(glance, url=page.first, mirrored=None)
    return None if _front_page(first) or _listing_address(first) else LATER_PAGE


def _comment_page(glance: Glance) -> str | None:
    return "a page of a post's comments" if _COMMENT_PAGE.search(unquote(glance.named)) else None


def _amp_copy(glance: Glance) -> str | None:
    return "an AMP copy of another page" if len(glance.steps) > 1 and glance.steps[-1] == "amp" else None


def _listing_title(glance: Glance) -> str | None:
    listed = _LISTING_TITLE.search(glance.metadata.title or "") or any(
        _LISTING_TITLE.match(own_text(heading)[:_LONGEST_TITLE]) for heading in glance.body.iter("h1")
    )
    return ARCHIVE if listed and not glance.is_dated_article else None


def _listing_type(glance: Glance) -> str | None:
    types = frozenset().union(*(statement.types for statement in glance.metadata.statements))
    stated = glance.metadata.article is None and not types.isdisjoint(_LISTING_TYPES)
    marked = not _LISTING_BODY.isdisjoint(glance.body_class.split()) and not POST_BODY.search(glance.body_class)
    return ARCHIVE if stated or marked else None


def _site_page(glance: Glance) -> str | None:
    # Below /posts/ a dated article may be called "support"; at the root it is the site's.
    depth = 1 if glance.is_dated_article else 2
    in_language = len(glance.steps) > 1 and _LANGUAGE.fullmatch(glance.steps[0]) is not None
    named = bool(glance.steps) and glance.steps[-1] in SITE_PAGES and len(glance.steps) <= depth + in_language
    named = named or (len(glance.steps) == _BELOW_FOLDER and glance.steps[0] in _ABOUT)
    # What has no date may be called "single" as well: Z-Blog has `single page` beside the `single article` of posts.
    is_post = POST_BODY if glance.published is not None else _SINGLE
    marked = _PAGE_BODY.search(glance.body_class) and not is_post.search(glance.body_class)
    return "a page of the site, not of the blog" if named or marked else None


_RULES: tuple[Callable[[Glance], str | None], ...] = (
    _redirect,
    _error_page,
    _front_page,
    _later_page,
    _comment_page,
    _amp_copy,
    _attachment,
    _listing_address,
    _listing_title,
    _listing_type,
    other_type,
    _site_page,
)
