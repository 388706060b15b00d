"""What browsers load and keep: the module with the custom elements and what it imports, styles, the icon."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from .script import Script

_FOLDER = Path(__file__).parent / "static"
_KEPT = "public, max-age=3600"
"""An hour after an upgrade every page has the new module."""
_LONGEST_PATH = 1024


class Files(StaticFiles):
    """The files of a folder. Every step of a path is looked up: for one that is too long that would take a second."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Where a file is, and what it is; None where there is none."""
        return super().lookup_path(path) if len(path) <= _LONGEST_PATH else ("", None)


class Assets(Files):
    """The files of `static`; scripts come as text/javascript whatever this machine calls them."""

    def __init__(self) -> None:
        super().__init__(directory=_FOLDER)
        self._script = Script(_FOLDER / "postseek.js")

    async def module(self, request: Request) -> Response:
        """`GET /postseek.js`."""
        return self._script.response(request.headers, {"Cache-Control": _KEPT})

    async def robots(self, request: Request) -> Response:
        """`GET /robots.txt`: searches aren't for crawlers, which would follow every facet of every other."""
        return await self.get_response("robots.txt", request.scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file, or 304 where the browser has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = _KEPT
        if os.fspath(full_path).endswith(".js") and "content-type" in response.headers:
            response.headers["Content-Type"] = "text/javascript; charset=utf-8"
        return response
