"""A sample of a site's pages -> its templates: which kinds of pages there are, which are posts, what stands where."""

from __future__ import annotations

import datetime as dt
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from msgspec import structs

from indexer.extract.addresses.keys import address_key, is_tag_page
from indexer.extract.dates.shown import CHANGE
from indexer.extract.head.sites_own import find_sites_own
from indexer.extract.markup.dom import line
from indexer.extract.markup.html import body_of
from indexer.extract.model import IN_LIST, LISTED, MAX_TITLE
from indexer.extract.rules import RulesBySite
from indexer.extract.site_name import names_in_titles
from indexer.extract.verdict.ruled_out import LISTING
from indexer.sources.model import Page

from .body import find_body
from .filing import filing_of
from .labels import STRAY as STRAY_TAGS
from .labels import SURE as SURE_TAGS
from .labels import category_places, labels_of_all, menu_names, tag_places
from .model import NO_POSTS, POSTS, UNSURE, SiteTemplates, Template
from .observe import Observed
from .panels import panels, repeated_lines
from .sample import FEWEST as FEWEST_PAGES
from .sampled import OBSERVED, Sampled, parsed
from .sampled import observed as observed_of
from .skeleton import Skeleton, clusters, skeleton
from .slots import author_slots, date_slots, modified_slots, month_first, title_slots
from .steps import Steps, common_names
from .tag_pages import affixes, entry_paths, name_of, tag_folders

_TAG_PAGES = 12
"""Tag pages that are looked at where only those tell the posts' tags."""
_FEWEST = 3
_POSTS = 0.8
_STRAY_POSTS = 0.1
"""The share of a cluster's pages that are posts from which it is a template of posts, and up to which of no posts."""
_CORE = 0.8
_FRAME = 0.1
"""Shares of a cluster's pages that have a path for it to be one of the template's."""
_DATED = 0.9
_SURE = 0.9
"""The share of the pages on which the slots of a field must hold it: else the pages are read one by one."""
_SERVING = 0.5
"""The share of the posts that must have categories for these to serve where there are no tags."""
_MOST = 0.5
"""The share of a cluster's posts that must show when they were published for those that don't to be other pages."""
_TYPED = 0.9
"""The share of the posts that must say that they are articles for what says otherwise to be none."""
_PARTING = 0.8
"""By how much the shares of posts and of other pages that have a path must differ for it to tell them apart."""


def learn(
    pages: Iterable[Page],
    rules: RulesBySite | None = None,
    site: SiteTemplates | None = None,
    *,
    today: dt.date | None = None,
) -> SiteTemplates:
    """What the pages have in common; without templates where they are too few, or too different.

    `rules` are their operator's; of what is known of the `site` only what its feeds list counts; `today` is the day
    as of which they are read.
    """
    sampled = list(parsed(pages, rules or RulesBySite(), site or SiteTemplates(), today))
    if len(sampled) < FEWEST_PAGES:
        return SiteTemplates()
    named = names_in_titles(line(each.markup.root.findtext(".//title"), limit=MAX_TITLE) for each in sampled)
    sites_own = find_sites_own([(each.page.url, each.head) for each in sampled])
    sampled = [replace(each, given=each.given._replace(site_names=named, sites_own=sites_own)) for each in sampled]
    bodies = [body_of(each.markup) for each in sampled]
    names = common_names(bodies)
    steps = Steps(names)
    skeletons = [skeleton(body, steps) for body in bodies]
    templates: list[Template] = []
    observed: list[Observed] = []
    posts: list[Observed] = []
    certain: list[Observed] = []
    known: set[int] = set()
    pending = deque((members, False) for members in clusters(skeletons))
    while pending:
        members, is_part = pending.popleft()
        frame = _frame(f"t{len(templates) + 1}", [skeletons[at] for at in members])
        # Where there are posts of one build, one or two pages of another one tell nothing about the site.
        cluster = observed_of([sampled[at] for at in members], steps) if frame.pages >= _FEWEST or not posts else []
        template = _template(frame, cluster)
        if template.kind == UNSURE and not is_part and (path := _parting(frame, cluster)):
            parts = [[at for at in members if (path in skeletons[at]) is has_it] for has_it in (True, False)]
            pending.extendleft((part, True) for part in parts if part)
            continue
        templates.append(template)
        observed += cluster
        if template.kind != NO_POSTS:
            posts += [page for page in cluster if page.is_post]
            certain += [page for page in cluster if page.is_post and template.kind == POSTS]
            known.update(address_key(sampled[at].page.url) for at in members)
    printed = any(template.tags or template.stated_tags for template in templates)
    untagged = not printed and sum(bool(page.labels.tags) for page in posts) <= STRAY_TAGS * len(posts)
    folders = tag_folders(each.page.url for each in sampled) if posts and untagged else []
    tag_pages = [each for each in sampled if is_tag_page(each.page.url, folders)][:_TAG_PAGES]
    listings = [each.observe(steps) for each in tag_pages]
    entries = entry_paths(listings, known)
    with_categories = sum(bool(page.labels.categories) for page in posts)
    menu = menu_names(observed)
    filing = filing_of([page.page.url for page in posts], observed, menu, site or SiteTemplates())
    return SiteTemplates(
        names=tuple(sorted(names)),
        site_names=named,
        sites_own=sites_own,
        templates=tuple(templates),
        tag_folders=tuple(folders) if entries else (),
        tag_titles=affixes({name_of(page.page.url, folders): page.seen.title.text for page in listings}),
        entries=entries,
        menu=menu,
        everywhere=labels_of_all(posts, menu),
        typed=_types_tell(certain, (each for each in sampled if address_key(each.page.url) not in known)),
        filed=filing.some_as_posts,
        filed_all=filing.all_as_posts,
        archived=filing.archived,
        standing=filing.standing,
        categories_serve=untagged and not entries and with_categories > _SERVING * len(posts),
    )


def _types_tell(posts: Sequence[Observed], others: Iterable[Sampled]) -> bool:
    """Whether (nearly) all these posts say that they are articles, and several other pages that they are none.

    A page that looks like them and says otherwise may be among them.
    """
    if not posts or sum(page.seen.metadata.is_article is True for page in posts) < _TYPED * len(posts):
        return False
    return sum(each.head.is_article is False for each in others) >= _FEWEST


def _parting(frame: Template, cluster: Sequence[Observed]) -> str | None:
    """The path that tells the posts of a cluster from its other pages, where posts and lists of them differ by less.

    That is so where most of a page is the site's frame.
    """
    posts = [page for page in cluster if page.is_post]
    others = [page for page in cluster if not page.is_post]
    if min(len(posts), len(others)) < _FEWEST:
        return None
    shares = {path: (_share(path, posts), _share(path, others)) for path in frame.frame}
    parting = {path: abs(of_posts - of_others) for path, (of_posts, of_others) in shares.items()}
    best = max(parting, key=lambda path: parting[path], default=None)
    return best if best is not None and parting[best] >= _PARTING else None


def _share(path: str, pages: Sequence[Observed]) -> float:
    return sum(path in page.paths for page in pages) / len(pages)


def _frame(name: str, skeletons: Sequence[Skeleton]) -> Template:
    """The template of a cluster, by which its pages are recognised."""
    paths = Counter(path for each in skeletons for path in each)
    return Template(
        name=name,
        pages=len(skeletons),
        core=tuple(sorted(path for path, count in paths.items() if count >= _CORE * len(skeletons))),
        frame=tuple(sorted(path for path, count in paths.items() if count >= _FRAME * len(skeletons))),
    )


def _template(frame: Template, cluster: Sequence[Observed]) -> Template:
    """The template with what its pages have in common."""
    if frame.pages < _FEWEST or not frame.core:
        return frame
    posts = _posts(cluster)
    # Pages that their address or their head rules out do so on any template; those without a date don't fit this one.
    others = [page for page in cluster if not page.is_post and not page.seen.ruled_out]
    undecided = [page for page in others if page.seen.dates.published is not None]
    if len(posts) >= max(_FEWEST, _POSTS * (len(posts) + len(undecided))):
        return _post_template(frame, posts)
    if len(posts) <= _STRAY_POSTS * min(frame.pages, OBSERVED):
        reasons = Counter(page.seen.why for page in cluster if page not in posts)
        # Of copies of a site the lists are alike, titles and all.
        title, _ = title_slots(list({page.seen.title.text: page for page in cluster}.values()))
        return structs.replace(frame, kind=NO_POSTS, why=reasons.most_common(1)[0][0] or LISTING, title=title)
    return frame


def _posts(cluster: Sequence[Observed]) -> list[Observed]:
    """The posts of a cluster; where most show when they were published, without those that tell of changes alone."""
    posts = [page for page in cluster if page.is_post]
    dated = [page for page in posts if not page.seen.barely_dated]
    return dated if len(dated) > _MOST * len(posts) else posts


def _post_template(frame: Template, posts: Sequence[Observed]) -> Template:
    title, has_title = title_slots(posts)
    date, has_date = date_slots(posts)
    # Of those that only a feed or a list dates there are others that it has forgotten.
    sources = [page.seen.dates.published.source for page in posts if page.seen.dates.published]
    dated = sum(source not in {LISTED, IN_LIST} for source in sources) >= _DATED * len(posts)
    texts, body, has_body = find_body(posts)
    tags = tag_places(posts)
    categories = category_places(posts, tags)
    confidence = {
        "title": round(has_title, 3),
        "date": round(has_date, 3),
        "tags": round(tags.covered, 3),
        "body": round(has_body, 3),
    }
    unsure = has_title < _SURE or (dated and has_date < _SURE) or tags.covered < SURE_TAGS
    if body is None or unsure:
        return structs.replace(frame, confidence=confidence)
    cut = panels(texts, body, posts)
    return structs.replace(
        frame,
        kind=POSTS,
        dated=dated,
        of_changes=dated and sum(source.startswith(CHANGE) for source in sources) > _MOST * len(sources),
        title=title,
        date=date,
        month_first=month_first(posts, date),
        modified=modified_slots(posts),
        author=author_slots(posts),
        tags=tags.links,
        stated_tags=tags.stated,
        categories=categories.links,
        stated_categories=categories.stated,
        body=body,
        cut=tuple(cut),
        repeated=tuple(repeated_lines(posts, body, cut, date)),
        confidence=confidence,
    )
