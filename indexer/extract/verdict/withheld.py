"""Is this post for everybody, and today? One behind a password, for members or of the future stays out of the index."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from indexer.extract.markup.blocks import is_hidden
from indexer.extract.markup.dom import own_text, words_in, words_of
from indexer.extract.model import FUTURE

from .glance import Glance

MEMBERS = "for members only"

_TEXT_BESIDE = 500
"""Characters that a page may have where its text is encrypted, as Hexo's hexo-blog-encrypt and others have it."""
_LEVELS = 3
_TYPED = frozenset({"text", "email"})
_POST = frozenset({"post", "article", "entry"})

# What stands where the rest of a text is for those who pay or have signed in: Ghost, Substack, Jetpack, and the
# membership plugins of WordPress.
_PAYWALL = re.compile(
    r"(?:^|\s)(?:paywall|(?:gh-)?post-upgrade-cta|(?:wp-block-jetpack|jetpack-subscribe)-paywall|pmpro_content_message"
    r"|mepr-unauthorized-message|rcp_restricted|wc-memberships-restriction-message)(?:\s|$)"
)
# What each of these has in it: looked for first, as it takes a tenth of the time.
_PAYWALL_PARTS = (
    "paywall", "upgrade-cta", "pmpro_content", "mepr-unauthorized", "rcp_restricted", "memberships-restriction"
)  # fmt: skip
# All classes at once: a loop over the elements takes five times as long.
_CLASSES = (etree.XPath(".//div/@class", smart_strings=False), etree.XPath(".//aside/@class", smart_strings=False))


def held_back(glance: Glance) -> str | None:
    """Why a post isn't to be found, now or ever, whatever it asks for itself (see `directives`)."""
    return next((why for rule in _WITHHELD if (why := rule(glance))), None)


def _password(glance: Glance) -> str | None:
    fields = [each for each in glance.body.iter("input") if each.get("type") == "password"]
    for field in fields:
        if not _is_concealed(field):
            form = next(field.iterancestors("form"), None)
            of_post = form is not None and "post" in words_in(form.get("class") or "")
            stands_alone = glance.text < _TEXT_BESIDE or (len(fields) == 1 and _is_all_of_a_post(field))
            if of_post or (stands_alone and _asks_for_nothing_else(field)):
                return "password-protected"
    return None


def _is_all_of_a_post(field: HtmlElement) -> bool:
    """Whether a field is what a post has in place of its text, whatever stands beside the post."""
    for each in field.iterancestors():
        if len(own_text(each)) >= _TEXT_BESIDE:
            return False
        if each.tag == "article" or each.get("itemprop") == "articleBody" or not _POST.isdisjoint(words_of(each)):
            return True
    return False


def _is_concealed(field: HtmlElement) -> bool:
    """Whether readers don't see a field: themes that can lock a site have it on every page."""
    return any(is_hidden(each.attrib) for each in (field, *field.iterancestors()))


def _asks_for_nothing_else(field: HtmlElement) -> bool:
    """Whether there is no name to type near a field for a password, as there is where readers sign in."""
    around = next(islice(field.iterancestors(), _LEVELS, None), field)
    return all(each is field or each.get("type", "text") not in _TYPED for each in around.iter("input"))


def _members_only(glance: Glance) -> str | None:
    if glance.metadata.article is not None and glance.metadata.article.is_free is False:
        return MEMBERS
    for find in _CLASSES:
        classes = " ".join(find(glance.body))  # type: ignore[arg-type]
        if any(map(classes.__contains__, _PAYWALL_PARTS)) and _PAYWALL.search(classes):
            return MEMBERS
    return None


def _future(glance: Glance) -> str | None:
    published = glance.published
    return FUTURE if published is not None and published.date > glance.today else None


_WITHHELD: tuple[Callable[[Glance], str | None], ...] = (_password, _members_only, _future)
