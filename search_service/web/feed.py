"""Results for programs that follow them: an Atom feed (RFC 4287) and the description by which browsers add a search."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from ..engine.model import Hit, Results
from .address import Address, last_page
from .live import LiveIndex
from .markup import web_address
from .public import PublicAddress
from .queries import feed_query
from .responses import NO_INDEX
from .texts import PageLanguage

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHORT_NAME = 16
"""Characters of a name in a browser's list of search engines (OpenSearch 1.1, ShortName)."""
_DESCRIPTION = 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in a feed. Posts have a day, feeds want an instant: noon in UTC is that day almost everywhere."""

    hit: Hit
    updated: dt.datetime


class Feeds:
    """Renders both from the live index."""

    def __init__(
        self, live: LiveIndex, templates: Environment, public: PublicAddress, language: PageLanguage, *, site_name: str
    ) -> None:
        self._live = live
        self._public = public
        self._language = language
        self._site_name = site_name.strip()
        self._atom = templates.get_template("feed.xml")
        self._description = templates.get_template("opensearch.xml")

    async def feed(self, request: Request) -> Response:
        """`GET /feed`: the posts that a search finds, as an Atom feed."""
        pairs = request.query_params.multi_items()
        query = feed_query(pairs)
        with self._live.searcher() as searcher:
            results, built = searcher.search(query), searcher.generation.created_at
        entries = [Entry(hit, _instant(hit.date, built)) for hit in results.hits if web_address(hit.url)]
        page, address = self._public.of(request), Address.of(pairs)
        xml = self._atom.render(
            title=self._title(results),
            site_name=self._site_name or "Postseek",
            address=f"{page}feed{address}",
            search_page=f"{page}{address.without('per_page')}",
            updated=max((entry.updated for entry in entries), default=built),
            entries=entries,
            links=[(relation, f"{page}feed{address.set(page=number)}") for relation, number in _around(results)],
        )
        return _xml(xml, "application/atom+xml")

    async def description(self, request: Request) -> Response:
        """`GET /opensearch.xml`: how a browser searches here."""
        texts = self._language.texts
        name, label = self._site_name, texts.say("label").unescape()
        xml = self._description.render(
            lang=texts.lang,
            short_name=(name or texts.say("search").unescape())[:_SHORT_NAME],
            description=(f"{label} · {name}" if name else label)[:_DESCRIPTION],
            page=self._public.of(request),
        )
        return _xml(xml, "application/opensearchdescription+xml")

    def _title(self, results: Results) -> str:
        name = self._site_name or "Posts"
        return f"{name}: {results.query.text}" if results.query.text else name


def _instant(date: dt.date | None, built: dt.datetime) -> dt.datetime:
    """When a post was updated as far as is known; one without a date when the index was built."""
    return dt.datetime.combine(date, dt.time(12), dt.UTC) if date else built


def _around(results: Results) -> list[tuple[str, int]]:
    """The pages around this one (RFC 5005, 3)."""
    page, last = results.query.page, last_page(results)
    pages = [("first", 1), ("previous", page - 1), ("next", page + 1), ("last", last)]
    return [(relation, number) for relation, number in pages if 1 <= number <= last]


def _xml(text: str, media_type: str) -> Response:
    """XML without the characters that it can't hold, escaped or not."""
    body = _NOT_XML.sub("\ufffd", text).encode("utf-8")
    return Response(body, headers=NO_INDEX, media_type=f"{media_type}; charset=utf-8")
