"""A page of somebody's own at `/example/`, beside the service whose elements it shows."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ..engine.errors import ConfigError
from .responses import NO_INDEX, PAGE_POLICY


def example_routes(folder: str) -> list[BaseRoute]:
    """The routes of the setting `example`; none where it is empty. ConfigError if there is no such folder."""
    if not folder:
        return []
    if not (Path(folder) / "index.html").is_file():
        raise ConfigError(f"example: there is no {Path(folder) / 'index.html'}")
    return [Route("/example", _with_slash), Mount("/example", _Pages(directory=folder, html=True))]


async def _with_slash(request: Request) -> Response:
    return RedirectResponse("example/")  # relative, as the Host header can be anything


class _Pages(StaticFiles):
    """Files under the policy of the service's own pages, which lets the module in and nothing that is inline."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file, or 304 where the browser has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update({"Content-Security-Policy": PAGE_POLICY} | NO_INDEX)
        return response
