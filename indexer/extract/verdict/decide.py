"""Is this page a post? Each rule knows one reason why not; a page that none objects to is one."""

from __future__ import annotations

from collections.abc import Callable

from indexer.extract.addresses.folders import is_filed_as_post
from indexer.extract.dates.month_alone import shows_its_month
from indexer.extract.dates.shown import CHANGE, IN_TITLE
from indexer.extract.model import IN_LIST, NO_DATE

from .glance import Glance, Look
from .listings import many_entries, many_links
from .other_types import OTHER_TYPE, POST_BODY
from .ruled_out import ruled_out
from .withheld import held_back

_TEXT_OF_ITS_OWN = 500
_LONG_TEXT = 1_000


def why_no_post(look: Look) -> str | None:
    """Why a page is no post, in a phrase; None for a post."""
    return (
        ruled_out(look.glance) or next((why for rule in _RULES if (why := rule(look))), None) or held_back(look.glance)
    )


def _other_type(look: Look) -> str | None:
    """What doesn't say that it is an article, where all posts do."""
    return OTHER_TYPE if look.typed and look.glance.metadata.is_article is False else None


def _nothing_of_a_post(look: Look) -> str | None:
    """No date in any place where posts have theirs, and no other sign of a post."""
    if look.dated and is_barely_dated(look.glance):
        return NO_DATE
    if look.glance.published is not None or POST_BODY.search(look.glance.body_class):
        return None
    weight = look.outline.weight(look.region.content)
    stated = look.glance.is_stated_article or _is_marked_as_post(look)
    # Where dates are shown, a page without one is the site's.
    if stated and not look.dated and look.region.post.tag == "article" and weight.own >= _TEXT_OF_ITS_OWN:
        return None
    # Blogs of firms often show no days at all.
    headed = not look.dated and look.region.heading is not None
    if headed and shows_its_month(look.outline, look.region, look.glance.url):
        return None
    return None if headed and is_filed_as_post(look.glance.url) and weight.own >= _LONG_TEXT else NO_DATE


def _is_marked_as_post(look: Look) -> bool:
    """Whether nothing else on the page is marked as a blog post than what was taken for one, with its text."""
    marked = [each for each in look.outline.elements if (each.get("itemtype") or "").endswith("/BlogPosting")]
    if len(marked) != 1 or marked[0] not in (look.region.post, *look.region.post.iterancestors()):
        return False
    return any("articleBody" in (each.get("itemprop") or "") for each in marked[0].iter("*"))


def is_barely_dated(glance: Glance) -> bool:
    """Whether a change, its title or a list is all that dates a page: among posts with dates it is no post.

    Prices are from a day, and programmes for one.
    """
    if glance.published is None or not glance.published.source.startswith((CHANGE, IN_TITLE, IN_LIST)):
        return False
    return not glance.is_stated_article and POST_BODY.search(glance.body_class) is None


def _no_text(look: Look) -> str | None:
    has_text = look.outline.weight(look.region.post).text > 0
    shows_something = has_text or next(look.region.post.iter("img", "video"), None) is not None
    return None if shows_something else "no article text"


_RULES: tuple[Callable[[Look], str | None], ...] = (
    many_links,
    many_entries,
    _other_type,
    _nothing_of_a_post,
    _no_text,
)
