"""The ASGI application: routes, errors and the life of the index that it serves."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from ..config import RUN_FOLDER, load_config
from ..engine.factory import open_engine
from ..engine.port import Engine
from ..engine.requests import ReindexRequests
from ..logs import configure_logging
from ..settings import Config
from .access_log import AccessLog
from .assets import Assets
from .compression import Compression
from .cors import CrossOrigin
from .docs import Docs
from .etag import Revalidation, fingerprint
from .example import example_routes
from .exchange import Observed, Observer
from .feed import Feeds
from .fragments import Fragments
from .handlers import Api
from .limits import Counts, RateLimit
from .live import LiveIndex
from .metrics import Metrics
from .pages import SearchPage
from .problems import InternalErrors, error_handlers
from .public import PublicAddress
from .reindex import Reindex
from .responses import ResponseHeaders
from .templating import templates
from .texts import PageLanguage


def create_app(config: Config, engine: Engine, *, run_folder: Path | None = None) -> Starlette:
    """The service on an engine, which may still be without an index: that is served once it is published.

    `run_folder` is where several processes of one service meet.
    """
    live = LiveIndex(engine)
    environment = templates()
    public = PublicAddress(config.public_url)
    api = Api(live, Fragments(environment), public)
    language = PageLanguage(live, config.page_lang)
    page = SearchPage(live, language, site_name=config.site_name)
    feeds = Feeds(live, environment, public, language, site_name=config.site_name)
    docs = Docs(environment, public)
    assets = Assets()
    metrics = Metrics(live)
    reindex = Reindex(live, ReindexRequests(config.index), secret=config.reindex_secret)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with live.following():
            yield

    app = Starlette(
        routes=[
            Route("/", page.show),
            Route("/search", api.search),
            Route("/suggest", api.suggest),
            Route("/tags", api.tags),
            Route("/tags/{tag:path}", api.tag),
            Route("/recent", api.recent),
            Route("/featured", api.featured),
            Route("/related", api.related),
            Route("/feed", feeds.feed),
            Route("/opensearch.xml", feeds.description),
            Route("/openapi.json", docs.description),
            Route("/docs", docs.page),
            Route("/healthz", api.health),
            Route("/readyz", api.ready),
            Route("/metrics", metrics.show),
            Route("/reindex", reindex.take, methods=["POST"]),
            Route("/robots.txt", assets.robots),
            Route("/postseek.js", assets.module),
            Mount("/static", assets),
            *example_routes(config.example),
        ],
        middleware=_layers(config, live, metrics, page, public, run_folder),
        exception_handlers=error_handlers(page.nowhere),
        lifespan=lifespan,
    )
    # A redirect would be made of the request's Host header, which anyone can write.
    app.router.redirect_slashes = False
    return app


def app_from_environment() -> Starlette:
    """The service as `POSTSEEK_*` variables describe it; what a server process starts from."""
    config = load_config()
    configure_logging(config.log_level)
    folder = os.environ.get(RUN_FOLDER)
    return create_app(config, open_engine(config), run_folder=Path(folder) if folder else None)


def _layers(
    config: Config,
    live: LiveIndex,
    metrics: Metrics,
    page: SearchPage,
    public: PublicAddress,
    run_folder: Path | None,
) -> list[Middleware]:
    """The middleware, the outermost first: whatever answers, it is observed, complete and readable across origins."""
    observers: list[Observer] = [metrics.requests]
    if config.access_log:
        observers.append(AccessLog(queries=config.log_queries))
    layers = [
        Middleware(Observed, observers=observers),
        Middleware(ResponseHeaders),
        Middleware(CrossOrigin, live=live, allow_origins=config.allow_origins),
    ]
    if config.rate_limit:
        counts = Counts(run_folder)
        layers.append(Middleware(RateLimit, counts=counts, limit=config.rate_limit, page=page.too_many))
    return [
        *layers,
        Middleware(Compression),
        Middleware(Revalidation, live=live, public=public, fingerprint=fingerprint(config)),
        Middleware(InternalErrors),
    ]
