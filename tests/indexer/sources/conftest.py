from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

Answer = Callable[[BaseHTTPRequestHandler], None]


class SiteServer:
    """A real HTTP server on loopback: what `pages` holds by path, 404 for the rest; every request is in `requests`."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes] | Answer] = {}
        self.fallback: Answer | None = None
        self.requests: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                site.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answer = site.pages.get(self.path, site.fallback or (404, {}, b"not here"))
                # A client may hang up in the middle of what it doesn't want.
                with contextlib.suppress(ConnectionError):
                    if callable(answer):
                        answer(self)
                    else:
                        send(self, *answer)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda request, address: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def html(self, path: str, body: str = "", **headers: str) -> None:
        """Put a page at `path`."""
        content = f"<!doctype html><title>{path}</title>{body}".encode()
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8"} | _named(headers), content)

    def file(self, path: str, content: bytes | str, media_type: str = "application/xml", **headers: str) -> None:
        """Put anything at `path`."""
        content = content.encode() if isinstance(content, str) else content
        self.pages[path] = (200, {"Content-Type": media_type} | _named(headers), content)

    def redirect(self, path: str, location: str, status: int = 301) -> None:
        """Make `path` a redirect."""
        self.pages[path] = (status, {"Location": location}, b"")

    def sitemap(self, path: str, *addresses: str) -> None:
        """Put a sitemap of these paths or addresses at `path`."""
        locs = "".join(f"<url><loc>{self.url + a if a.startswith('/') else a}</loc></url>" for a in addresses)
        self.file(path, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locs}</urlset>')

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.requests]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def send(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    etag = headers.get("ETag")
    if etag and handler.headers.get("If-None-Match") == etag:
        status, body = 304, b""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if status != 304:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture
def site() -> Iterator[SiteServer]:
    server = SiteServer()
    yield server
    server.close()


@pytest.fixture
def other_site() -> Iterator[SiteServer]:
    server = SiteServer()
    yield server
    server.close()
