"""What a server answers, and what its headers mean."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from search_service.engine.errors import FetchError
from search_service.engine.urls import canonical_url

from .model import Validators

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_NOW = frozenset({429, 502, 503, 504})
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([!-~]+?)(?=["',;\s]|$)""", re.IGNORECASE | re.ASCII)
_SHOWN = 200
"""Characters of an address that is none which an error shows."""


class NoAnswer(FetchError):
    """The server is down, busy or out of reach: it is no matter of this one page."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered. Header names are lowercase; `content` is decoded, and empty unless it was wanted.

    `location` is where a redirect leads that wasn't followed; `robots_tags` are the fields X-Robots-Tag, each of which
    may be meant for another robot.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes = b""
    location: str | None = None
    robots_tags: tuple[str, ...] = ()

    @property
    def media_type(self) -> str | None:
        """`text/html` and the like; None where the server doesn't say."""
        value = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return value or None

    @property
    def charset(self) -> str | None:
        """The encoding that the server declares."""
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match[1].lower() if match else None

    @property
    def validators(self) -> Validators:
        """What to ask with next time."""
        return Validators(self.headers.get("etag"), self.headers.get("last-modified"))

    @property
    def moved_for_good(self) -> bool:
        """Whether this is a permanent redirect."""
        return self.status in {301, 308}

    def raise_for_status(self) -> None:
        """FetchError where the server refuses, fails or leads nowhere; success, 304 and redirects pass."""
        if self.status >= 400:
            error = NoAnswer if self.status in _NOT_NOW else FetchError
            raise error(f"the server answers {self.status}", url=self.url, gone=self.status in {404, 410})
        if self.status in REDIRECTS and self.location is None:
            target = self.headers.get("location", "")[:_SHOWN]
            raise FetchError(f"it redirects to {target!r}, which is no address of a page", url=self.url)


def header_fields(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by lowercase name, repeated ones joined by a comma (RFC 9110, 5.2)."""
    decoded: dict[str, str] = {}
    for name, value in headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        decoded[key] = f"{decoded[key]}, {text}" if key in decoded else text
    return decoded


def fields_named(name: str, headers: Iterable[tuple[bytes, bytes]]) -> tuple[str, ...]:
    """The values of all headers with this lowercase name, one by one: for those that a comma would change."""
    return tuple(value.decode("latin-1") for key, value in headers if key.decode("latin-1").lower() == name)


def location(url: str, headers: Mapping[str, str]) -> str | None:
    """Where a redirect leads, ready to be requested: the path as the server spells it, canonical or not."""
    named = headers.get("location", "").encode("latin-1").decode("utf-8", "replace").strip()
    address = canonical_url(named, base=url)
    if address is None or not named:
        return None
    try:
        there, raw = urlsplit(address), urlsplit(urljoin(url, named))
    except ValueError:  # control characters in it hide from one what the other stumbles over
        return None
    path, query = (quote(part, safe="%/:;@!$&'()*+,=~?") for part in (raw.path or "/", raw.query))
    return urlunsplit((there.scheme, there.netloc, path, query, ""))


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that the server asks to wait for; 0 where it doesn't say."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return 0.0
    return max(0.0, moment - dt.datetime.now(dt.UTC).timestamp())
