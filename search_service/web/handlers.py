"""The JSON endpoints. Queries run right here on the event loop: a hop to a thread would cost more than they do."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..engine.model import Query, Results
from ..engine.port import Searcher
from ..engine.tags import normalize_tag
from .address import Address, link_headers
from .answers import narrowed, search_answer, tags_answer
from .fragments import Fragments, wants_html
from .live import LiveIndex
from .parameters import RECENT
from .public import PublicAddress
from .queries import check_nothing_else, keystrokes, list_query, narrowing, neighbourhood, search_query
from .responses import NO_STORE, json_response
from .suggestions import suggest_answer


class HealthAnswer(Struct, frozen=True):
    """The process is alive."""

    status: str


class ReadyAnswer(Struct, frozen=True):
    """An index is served."""

    status: str
    generation: str
    documents: int
    indexed_at: dt.datetime


class Api:
    """Answers from the live index; each answer from one generation of it."""

    def __init__(self, live: LiveIndex, fragments: Fragments, public: PublicAddress) -> None:
        self._live = live
        self._fragments = fragments
        self._public = public

    async def search(self, request: Request) -> Response:
        """`GET /search`: posts for words and filters."""
        return self._posts(request, _search(search_query(request.query_params.multi_items())))

    async def suggest(self, request: Request) -> Response:
        """`GET /suggest`: posts and tags for what has been typed so far."""
        typed = keystrokes(request.query_params.multi_items())
        with self._live.searcher() as searcher:
            suggestions = searcher.suggest(typed.text, limit=typed.limit)
            return json_response(suggest_answer(suggestions, searcher.generation))

    async def tag(self, request: Request) -> Response:
        """`GET /tags/{tag}`: the posts with a tag, in any spelling of it; an empty list if there are none."""
        label = request.path_params["tag"]
        if not label:
            raise HTTPException(404)
        return self._posts(request, _search(list_query(request.query_params.multi_items(), tag=normalize_tag(label))))

    async def recent(self, request: Request) -> Response:
        """`GET /recent`: all posts, the newest first."""
        query = list_query(request.query_params.multi_items(), accepted=RECENT)
        return self._posts(request, _search(query), fragment="recent")

    async def featured(self, request: Request) -> Response:
        """`GET /featured`: the posts that the blog's owner features, in the owner's order."""
        check_nothing_else(request.query_params.multi_items())
        return self._posts(request, lambda searcher: searcher.featured(), fragment="featured", paged=False)

    async def related(self, request: Request) -> Response:
        """`GET /related`: the posts nearest to one; 404 where that isn't indexed."""
        around = neighbourhood(request.query_params.multi_items())

        def related(searcher: Searcher) -> Results:
            results = searcher.related(around.url, limit=around.limit) if around.url else None
            if results is None:
                raise HTTPException(404, "No post with this address is indexed.")
            return results

        return self._posts(request, related, fragment="related", paged=False)

    async def tags(self, request: Request) -> Response:
        """`GET /tags`: tags with their counts, those that hold `q`."""
        pairs = request.query_params.multi_items()
        text = narrowing(pairs)
        with self._live.searcher() as searcher:
            tags = narrowed(searcher.tags(), text)
            if wants_html(request.headers, pairs):
                return self._fragments.tags(tags, search_page=self._public.of(request))
            return json_response(tags_answer(tags, searcher.generation))

    async def health(self, request: Request) -> Response:
        """`GET /healthz`: the process is alive."""
        return json_response(HealthAnswer("ok"), headers=NO_STORE)

    async def ready(self, request: Request) -> Response:
        """`GET /readyz`: an index is served; 503 otherwise."""
        with self._live.searcher() as searcher:
            generation = searcher.generation
        answer = ReadyAnswer("ready", generation.id, generation.documents, generation.created_at)
        return json_response(answer, headers=NO_STORE)

    def _posts(
        self,
        request: Request,
        ask: Callable[[Searcher], Results],
        *,
        fragment: str | None = None,
        paged: bool = True,
    ) -> Response:
        """A list of posts: as HTML where there is a fragment of that name and the request wants it, else as JSON."""
        pairs = request.query_params.multi_items()
        with self._live.searcher() as searcher:
            started = time.perf_counter()
            results = ask(searcher)
            took_ms = (time.perf_counter() - started) * 1000
            if fragment is not None and wants_html(request.headers, pairs):
                return self._fragments.posts(fragment, results)
            answer = search_answer(results, searcher.generation, took_ms=took_ms)
        return json_response(answer, headers=link_headers(Address.of(pairs), results) if paged else None)


def _search(query: Query) -> Callable[[Searcher], Results]:
    return lambda searcher: searcher.search(query)
