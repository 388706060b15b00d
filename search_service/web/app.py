"""The ASGI application: routes, errors and the life of the index that it serves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..config import Config, load_config
from ..engine.factory import open_engine
from ..engine.port import Engine
from ..logs import configure_logging
from .handlers import Api
from .live import LiveIndex
from .pages import SearchPage
from .problems import HANDLERS, InternalErrors
from .responses import ResponseHeaders

_STATIC = Path(__file__).parent / "static"


def create_app(config: Config, engine: Engine) -> Starlette:
    """The service on an engine, which may still be without an index: that is served once it is published."""
    live = LiveIndex(engine)
    api = Api(live)
    page = SearchPage(live, site_name=config.site_name)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with live.following():
            yield

    app = Starlette(
        routes=[
            Route("/", page.show),
            Route("/search", api.search),
            Route("/tags", api.tags),
            Route("/tags/{tag:path}", api.tag),
            Route("/recent", api.recent),
            Route("/healthz", api.health),
            Route("/readyz", api.ready),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[Middleware(ResponseHeaders), Middleware(InternalErrors)],
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    # A redirect would be made of the request's Host header, which anyone can write.
    app.router.redirect_slashes = False
    return app


def app_from_environment() -> Starlette:
    """The service as `POSTSEEK_*` variables describe it; what a server process starts from."""
    config = load_config()
    configure_logging(config.log_level)
    return create_app(config, open_engine(config))
