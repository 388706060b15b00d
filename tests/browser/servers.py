"""Applications on ports of their own: a service that can go away and come back, and a blog on another origin."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp


class Served:
    """What `make` makes, served at `origin` from `start` to `stop`, as often as that is asked for."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self._port = probe.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self._port}"
        self.away = True

    def start(self) -> None:
        config = uvicorn.Config(self._make(), log_config=None, access_log=False, timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        listening = socket.create_server(("127.0.0.1", self._port))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]})
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the server has ended"
            time.sleep(0.01)
        self.away = False

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self.away = True


class Blog:
    """Somebody's blog, on another origin than the service's and with a policy that trusts nothing but the module."""

    _PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="90"><rect width="120" height="90"/></svg>'
    _STYLE = """
        :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
        body { background: Canvas; max-width: 60rem; margin: 0 auto; padding: 1rem; }
        @media (prefers-color-scheme: dark) { a { color: #8cb4ff; } }
    """

    def __init__(self, service: str) -> None:
        self._service = service
        self._pages: list[str] = []
        routes = [
            Route("/style.css", lambda request: Response(self._STYLE, media_type="text/css")),
            Route("/picture.svg", lambda request: Response(self._PICTURE, media_type="image/svg+xml")),
            Route("/page/{number:int}", self._show),
        ]
        self.served = Served(lambda: Starlette(routes=routes))

    @property
    def policy(self) -> str:
        return (
            f"default-src 'none'; script-src {self._service}; connect-src {self._service}; style-src 'self';"
            f" img-src 'self'; form-action {self._service}; base-uri 'none'; require-trusted-types-for 'script';"
            " trusted-types 'none'"
        )

    def page(self, body: str, *, lang: str = "en", direction: str = "ltr", head: str = "") -> str:
        """The address of a page that holds `body` and the one line that loads the module."""
        self._pages.append(
            f'<!doctype html><html lang="{lang}" dir="{direction}"><head><meta charset="utf-8"><title>A blog</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="stylesheet" href="/style.css"><link rel="icon" href="/picture.svg">{head}'
            f'<script type="module" src="{self._service}/postseek.js"></script></head>'
            f"<body><main><h1>A blog</h1>{body}</main></body></html>"
        )
        return f"{self.served.origin}/page/{len(self._pages) - 1}"

    async def _show(self, request: Request) -> Response:
        page = self._pages[request.path_params["number"]]
        return HTMLResponse(page, headers={"Content-Security-Policy": self.policy})
