"""Lists as HTML to be included in a page by its server: no document around them, links in full, nothing inline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from jinja2 import Environment
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response

from ..engine.model import Results, TagCount
from .given import Pairs
from .responses import NO_INDEX

_MEDIA_RANGE = re.compile(r"\s*([\w.+*/-]+)\s*(?:;(.*))?", re.ASCII | re.DOTALL)
_QUALITY = re.compile(r"(?:^|;)\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE | re.ASCII)


def wants_html(headers: Headers, pairs: Pairs) -> bool:
    """Whether a request asks for HTML: by `format`, else by an Accept that names it and ranks JSON below it."""
    asked = next((value for name, value in pairs if name == "format" and value.strip()), None)
    if asked is not None:
        return asked == "html"
    return prefers_html(headers.get("accept", ""))


def prefers_html(accept: str) -> bool:
    """Whether text/html is named and ranks before JSON (RFC 9110, 12.5.1); `*/*` alone is JSON."""
    if "text/html" not in accept:
        return False
    ranked: dict[str, float] = {}
    for entry in accept[:1000].split(","):
        if match := _MEDIA_RANGE.fullmatch(entry):
            quality = _QUALITY.search(match[2] or "")
            ranked[match[1].lower()] = float(quality[1]) if quality else 1.0
    html = ranked.get("text/html", 0.0)
    return html > 0 and html >= ranked.get("application/json", 0.0)


class Fragments:
    """Renders lists of posts and of tags."""

    def __init__(self, templates: Environment) -> None:
        self._templates = templates

    def posts(self, name: str, results: Results) -> Response:
        """A list of posts."""
        return self._fragment("fragment_posts.html", name=name, hits=results.hits)

    def tags(self, tags: Sequence[TagCount], *, search_page: str) -> Response:
        """A list of tags, each leading to its posts on the search page."""
        linked = [(tag, f"{search_page}?{urlencode({'tag': tag.tag}, errors='replace')}") for tag in tags]
        return self._fragment("fragment_tags.html", tags=linked)

    def _fragment(self, template: str, **values: object) -> Response:
        html = self._templates.get_template(template).render(values)
        return HTMLResponse(html.encode("utf-8", "replace"), headers=NO_INDEX)
