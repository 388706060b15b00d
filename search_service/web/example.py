"""A page of somebody's own at `/example/`, beside the service whose elements it shows."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Scope

from ..engine.errors import ConfigError
from .assets import Files
from .responses import NO_INDEX, PAGE_POLICY


def example_routes(folder: str) -> list[BaseRoute]:
    """The routes of the setting `example`; none where it is empty. ConfigError if there is no such folder."""
    check_example(folder)
    if not folder:
        return []
    pages = _Pages(directory=Path(folder).expanduser(), html=True)
    return [Route("/example", _with_slash), Mount("/example", pages)]


def check_example(folder: str) -> None:
    """ConfigError where the setting `example` names a folder without a page in it."""
    page = Path(folder).expanduser() / "index.html"
    if folder and not page.is_file():
        raise ConfigError(f"example: there is no {page}")


async def _with_slash(request: Request) -> Response:
    return RedirectResponse("example/")  # relative, as the Host header can be anything


class _Pages(Files):
    """Files under the policy of the service's own pages, which lets the module in and nothing that is inline."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or 304 where the browser has it; of what is hidden, as `.env` is, there is nothing."""
        names = scope["path"].split("/")
        if any(name.startswith(".") for name in names):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        if isinstance(response, RedirectResponse):  # to the folder with a slash, absolute by the Host header
            response = RedirectResponse(f"./{quote(names[-1])}/")
        response.headers.update({"Content-Security-Policy": PAGE_POLICY} | NO_INDEX)
        return response
