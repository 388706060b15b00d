"""The JSON endpoints. Queries run right here on the event loop: a hop to a thread would cost more than they do."""

from __future__ import annotations

import time

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..engine.model import Query
from ..engine.tags import normalize_tag
from .address import Address, link_headers
from .answers import narrowed, search_answer, tags_answer
from .live import LiveIndex
from .params import list_query, narrowing, search_query
from .responses import NO_STORE, json_response


class Api:
    """Answers from the live index; each answer from one generation of it."""

    def __init__(self, live: LiveIndex) -> None:
        self._live = live

    async def search(self, request: Request) -> Response:
        """`GET /search`: posts for words and filters."""
        return self._posts(request, search_query(request.query_params.multi_items()))

    async def tag(self, request: Request) -> Response:
        """`GET /tags/{tag}`: the posts with a tag, in any spelling of it; an empty list if there are none."""
        label = request.path_params["tag"]
        if not label:
            raise HTTPException(404)
        return self._posts(request, list_query(request.query_params.multi_items(), tag=normalize_tag(label)))

    async def recent(self, request: Request) -> Response:
        """`GET /recent`: all posts, the newest first."""
        accepted = ("page", "per_page", "facets")
        return self._posts(request, list_query(request.query_params.multi_items(), accepted=accepted))

    async def tags(self, request: Request) -> Response:
        """`GET /tags`: tags with their counts, those that hold `q`."""
        text = narrowing(request.query_params.multi_items())
        with self._live.searcher() as searcher:
            return json_response(tags_answer(narrowed(searcher.tags(), text), searcher.generation))

    async def health(self, request: Request) -> Response:
        """`GET /healthz`: the process is alive."""
        return json_response({"status": "ok"}, headers=NO_STORE)

    async def ready(self, request: Request) -> Response:
        """`GET /readyz`: an index is served; 503 otherwise."""
        with self._live.searcher() as searcher:
            generation = searcher.generation
        answer = {"status": "ready", "generation": generation.id, "documents": generation.documents}
        return json_response(answer, headers=NO_STORE)

    def _posts(self, request: Request, query: Query) -> Response:
        with self._live.searcher() as searcher:
            started = time.perf_counter()
            results = searcher.search(query)
            took_ms = (time.perf_counter() - started) * 1000
            answer = search_answer(results, searcher.generation, took_ms=took_ms)
        address = Address(tuple(request.query_params.multi_items()))
        return json_response(answer, headers=link_headers(address, results))
