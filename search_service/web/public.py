"""Where visitors reach the service, for what must name it in full: feeds, descriptions, fragments in other pages."""

from __future__ import annotations

import re

from starlette.requests import Request

_HOST = re.compile(r"[a-z0-9._-]{1,255}(:\d{1,5})?|\[[0-9a-f:.]{2,45}\](:\d{1,5})?", re.IGNORECASE | re.ASCII)


class PublicAddress:
    """The configured address, or else the one that a request was sent to."""

    def __init__(self, public_url: str) -> None:
        self._configured = public_url.rstrip("/") + "/" if public_url else None

    def of(self, request: Request) -> str:
        """The address of the search page, with a slash at its end."""
        if self._configured:
            return self._configured
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host):  # anyone can write anything there
            host = "localhost"
        return f"{request.scope['scheme']}://{host}/"
