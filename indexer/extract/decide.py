"""Is this page a post?"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import unquote, urlsplit

from .dates import Dates
from .html import Markup
from .metadata import Metadata
from .outline import Outline
from .region import Region

_LISTING_STEPS = frozenset(
    "tag tags category categories archive archives author authors page search topics label labels"
    " series keywords".split()
)
_PAGE_NUMBER = re.compile(r"/page/?\d+/?$|[?&]paged?=\d+")
_ERROR = re.compile(r"\b404\b|not found|page introuvable|nicht gefunden", re.IGNORECASE)


def why_no_post(
    markup: Markup, outline: Outline, metadata: Metadata, region: Region, dates: Dates, *, url: str, today: dt.date
) -> str | None:
    """Why a page is no post, in a phrase; None for a post."""
    path = unquote(urlsplit(url).path)
    steps = [step for step in path.lower().split("/") if step]
    if "refresh" in metadata.metas and "url" in (metadata.meta("refresh") or "").lower() and outline.weight(outline.body).text < 1000:
        return "a redirect"
    robots = (metadata.meta("robots") or "").lower()
    if "noindex" in robots or robots == "none":
        return "noindex"
    if steps and re.fullmatch(r"404(\.html)?", steps[-1]) or _ERROR.search(metadata.title or "") and outline.weight(region.content).own < 600:
        return "an error page"
    if _PAGE_NUMBER.search(url) or (steps and not _LISTING_STEPS.isdisjoint(steps)):
        return "a tag or archive page"
    if not steps:
        return "a listing of other pages"
    if dates.published and dates.published.date > today:
        return "dated in the future"
    if dates.published is None:
        return "no date"
    weight = outline.weight(region.post)
    if len(list(outline.of("article"))) > 3 and region.post.tag != "article":
        return "a listing of other pages"
    if weight.linked > 0.6 * weight.text:
        return "a listing of other pages"
    return None
