"""The API's description for programs at `/openapi.json`, and the same for people at `/docs`."""

from __future__ import annotations

import json

from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .openapi import openapi
from .public import PublicAddress
from .responses import NO_INDEX, json_response

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Docs:
    """Renders both."""

    def __init__(self, templates: Environment, public: PublicAddress) -> None:
        self._page = templates.get_template("docs.html")
        self._public = public

    async def description(self, request: Request) -> Response:
        """`GET /openapi.json`."""
        return json_response(openapi(self._public.of(request)))

    async def page(self, request: Request) -> Response:
        """`GET /docs`: readable without a script, and made of nothing but the description."""
        html = self._page.render(api=openapi(self._public.of(request)), pretty=_pretty, prose=_prose)
        return HTMLResponse(html, headers=NO_INDEX | {"Content-Security-Policy": _POLICY})


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _prose(text: str) -> Markup:
    """The description's text as HTML: what stands between backticks is code."""
    pieces = [escape(piece) for piece in text.split("`")]
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else piece for number, piece in enumerate(pieces)
    )
