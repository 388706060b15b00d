"""The search page at `/`: rendered here, complete without JavaScript, and never an error for what a visitor typed."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..engine.errors import PostseekError
from ..engine.model import Query, Sort
from ..engine.port import Searcher
from ..engine.query import parse_query
from . import view
from .address import Address, link_headers
from .given import InvalidParameters
from .live import LiveIndex
from .markup import web_address
from .problems import retry_headers
from .queries import known, search_query
from .responses import NO_INDEX, NO_STORE, PAGE_POLICY
from .templating import templates
from .texts import PageLanguage

_HERE = "./"
_RECENT = 10
_TAGS = 60
"""Tags that the page shows where there is no query; `/tags` has them all."""
_INSTEAD = 12
"""Tags that it proposes where nothing is found."""


class SearchPage:
    """Renders the page from the live index."""

    def __init__(self, live: LiveIndex, language: PageLanguage, *, site_name: str) -> None:
        self._live = live
        self._language = language
        environment = templates()
        environment.globals.update(site_name=site_name.strip())
        environment.filters.update(tag_address=view.tag_address)
        self._templates = environment

    async def show(self, request: Request) -> Response:
        """`GET /`: results where something is asked for, else the tags and the recent posts."""
        pairs = known(request.query_params.multi_items())
        q = parse_query(request.query_params.get("q", "")).text
        try:
            query = search_query(pairs)
            with self._live.searcher() as searcher:
                if pairs:
                    return self._results(searcher, query, Address.of(pairs))
                return self._start(searcher)
        except InvalidParameters as exc:
            texts = self._language.texts
            names = ", ".join(dict.fromkeys(error.parameter for error in exc.errors))
            refused, sentence = texts.say("refused"), texts.say("refused-parts", names=names)
            return self._message(refused, [sentence], q, details=list(map(str, exc.errors)), status=400)
        except PostseekError as exc:
            if exc.http_status is None:
                raise
            texts = self._language.texts
            return self._message(texts.say("away-heading"), [texts.say("away-reason")], q, status=exc.http_status)

    def _start(self, searcher: Searcher) -> Response:
        recent = searcher.search(Query(sort=Sort.NEWEST, per_page=_RECENT, facets=False))
        tags = searcher.tags()
        return self._page(
            "start.html",
            q="",
            kept=(),
            recent=recent.hits,
            featured=[hit for hit in searcher.featured().hits if web_address(hit.url)],
            tags=view.tag_index(tags[:_TAGS]),
            more_tags=len(tags) > _TAGS,
            documents=searcher.generation.documents,
        )

    def _results(self, searcher: Searcher, query: Query, address: Address) -> Response:
        results = searcher.search(query)
        tags = searcher.tags()
        labels = {tag.tag: tag.label for tag in tags}
        texts = self._language.texts
        missing, uncounted = view.uncounted(results)
        return self._page(
            "results.html",
            headers=NO_INDEX | link_headers(address, results),
            q=query.text,
            kept=address.without("q").pairs,
            dateless=address.without("after", "before").pairs,
            period=results.query.after or results.query.before,
            heading=view.heading(results, labels, texts),
            results=results,
            missing=missing,
            uncounted=uncounted,
            filters=list(view.filters(address, labels, texts)),
            orders=list(view.orders(address, texts)),
            tag_facets=list(view.tag_facets(address, results)),
            year_facets=list(view.year_facets(address, results)),
            pages=view.pages(address, results),
            previous=view.neighbour(address, results, -1),
            next=view.neighbour(address, results, 1),
            first=address.without(),
            insisting=address.set(q=results.corrected.insisting) if results.corrected else None,
            proposed=address.set(q=results.proposed) if results.proposed else None,
            suggested=[] if results.total else view.tag_index(tags[:_INSTEAD]),
        )

    def too_many(self, limit: int, seconds: int, headers: dict[str, str]) -> Response:
        """What a visitor beyond the rate limit sees."""
        texts = self._language.texts
        sentences = [texts.count("too-many", limit), texts.count("wait", seconds)]
        return self._message(texts.say("too-fast"), sentences, "", status=429, headers=headers)

    def nowhere(self, path: str) -> Response:
        """What a visitor sees at an address that leads nowhere; its links lead up from there to the search page."""
        texts = self._language.texts
        heading, sentences = texts.say("nothing-here"), [texts.say("nothing-here-reason")]
        home = "../" * (path.count("/") - 1) or _HERE
        return self._message(heading, sentences, "", status=404, home=home)

    def _message(
        self,
        heading: str,
        sentences: Sequence[str],
        q: str,
        *,
        status: int,
        details: Sequence[str] = (),
        headers: dict[str, str] | None = None,
        home: str = _HERE,
    ) -> Response:
        """A page that says something; `details` are for those who wrote the address, as the API says them."""
        headers = NO_INDEX | NO_STORE | retry_headers(status) | (headers or {})
        return self._page(
            "message.html",
            status=status,
            headers=headers,
            q=q,
            kept=(),
            heading=heading,
            sentences=sentences,
            details=details,
            home=home,
        )

    def _page(
        self,
        template: str,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        home: str = _HERE,
        **values: object,
    ) -> Response:
        """A template filled; `home` leads from the address of the page to that of the search page."""
        html = self._templates.get_template(template).render(values, texts=self._language.texts, home=home)
        return HTMLResponse(
            html.encode("utf-8", "replace"), status, {"Content-Security-Policy": PAGE_POLICY} | (headers or {})
        )
