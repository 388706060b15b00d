"""What a site keeps beside its posts, on their template: products, events, jobs."""

from __future__ import annotations

import re

from indexer.extract.markup.dom import vocabulary, wording, words_in

from .glance import Glance

OTHER_TYPE = "no post by its type"
POST_BODY = re.compile(r"(?:^|\s)(?:single|single-post|postid-\d+)(?:\s|$)")
_TYPE = re.compile(r"(?:^|\s)single-(?!post(?:\s|$)|format-)(\S+)")
_NO_POSTS_OF_WORDPRESS = vocabulary(
    "product products download event events mec job jobs stelle stellen stellenangebot stellenangebote vacancy career"
    " careers project projects projekt projekte portfolio referenz referenzen reference references testimonial"
    " testimonials team staff member members mitarbeiter people person employee service services leistung leistungen"
    " servicio servicios course courses lesson lessons quiz forum topic reply faq faqs property location store docs"
    " library layout template popup"
)
"""Words in the names of what plug-ins and agencies make WordPress keep beside posts: `tribe_events`, `job_listing`.

Page builders keep the parts of their pages so, which crawls of a site find as well: `elementor_library`.
"""
_POST_WORDS = vocabulary(
    "news blog post posts article articles review reviews report reports story stories update updates"
)


def other_type(glance: Glance) -> str | None:
    """What WordPress says is a product, an event, a job: themes show those on the template of posts.

    And what has an event's name, and no article, in its JSON-LD.
    """
    types = _TYPE.findall(glance.body_class) if POST_BODY.search(glance.body_class) else []
    words = frozenset().union(*map(words_in, types))
    is_other = not _NO_POSTS_OF_WORDPRESS.isdisjoint(words) and _POST_WORDS.isdisjoint(words)
    events = (each for each in glance.metadata.statements if any(kind.endswith("Event") for kind in each.types))
    is_event = (
        glance.metadata.article is None
        and glance.title
        and any(wording(each.headline or "") == wording(glance.title) for each in events)
    )
    return OTHER_TYPE if is_other or is_event else None
