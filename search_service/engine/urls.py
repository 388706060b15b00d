"""What makes two addresses the same address. The only definition; a document's key is `canonical_url`."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

MAX_URL = 2048
"""Characters; a longer address is no post's address."""

_MAX_HOST = 253
"""Characters (RFC 1035) of a host that has no ASCII form yet: to find it takes as long as there are more."""
_DEFAULT_PORT = {"http": 80, "https": 443}
_INDEX_PAGE = re.compile(r"/index\.(?:html?|xhtml|php)$", re.IGNORECASE)
# Parameters that say where a visitor came from, never which page this is.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|_ga|_gl|ref_src|replytocom|share",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_ASCII_HOST = r"[a-z0-9_\-]{1,63}(?:\.[a-z0-9_\-]{1,63})*"
_HOST = re.compile(_ASCII_HOST)
# Most addresses that are met: in their one spelling already. No step begins with a dot, none is an index page.
_CANONICAL = re.compile(
    rf"https?://{_ASCII_HOST}/(?:(?!(?<=/)(?:\.|(?i:index\.)))"
    # ... and escapes of what has to be escaped, in capital letters.
    r"(?:[A-Za-z0-9_.\-~/:@!$&'()*+,=]|%(?:[0189A-F][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[BCDF])))*+"
)
# A semicolon, with which parameters begin, may be lost where an address is joined to its base.
_ABSOLUTE = re.compile(r"https?://[^/?#\\\s;][^;]*", re.IGNORECASE)


def canonical_url(address: str, *, base: str | None = None) -> str | None:
    """The one spelling of an http(s) address; None where `address` is no such address.

    `address` may be relative to `base`. Scheme and host are lowercased, the host in its ASCII form, default
    ports, user names, fragments and tracking parameters go, percent-encodings are normalised (RFC 3986, 6.2.2)
    and `index.html` is its directory. Trailing slashes stay as they are: servers tell them apart.
    """
    if len(address) <= MAX_URL:
        if _CANONICAL.fullmatch(address):
            return address
        folder = _INDEX_PAGE.sub("/", address)  # as most files of a directory of pages are named
        if _CANONICAL.fullmatch(folder):
            return folder
    try:
        address = _CONTROL.sub("", address).strip()
        parts = urlsplit(address if _ABSOLUTE.fullmatch(address) else urljoin(base or "", address))
        port = parts.port
    except ValueError:
        return None
    host = _ascii_host(parts)
    if parts.scheme not in _DEFAULT_PORT or not host:
        return None
    netloc = host if port in (None, _DEFAULT_PORT[parts.scheme]) else f"{host}:{port}"
    path = _INDEX_PAGE.sub("/", _without_dots(_requote(parts.path, safe="/:@!$&'()*+,;=~")))
    pairs = _requote(parts.query, safe="/:@!$&'()*+,;=?~").split("&")
    query = "&".join(pair for pair in pairs if pair and not _TRACKING.fullmatch(pair.partition("=")[0]))
    url = f"{parts.scheme}://{netloc}{path}" + (f"?{query}" if query else "")
    return url if len(url) <= MAX_URL else None


def slash_variants(url: str) -> tuple[str, str]:
    """A canonical URL, and the same with a slash at its end or without: people who write one may mean the other."""
    return url, url.rstrip("/") if url.endswith("/") else url + "/"


def origin(url: str) -> str:
    """`scheme://host[:port]` of a canonical URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _ascii_host(parts: SplitResult) -> str | None:
    host = (parts.hostname or "").rstrip(".")
    if _HOST.fullmatch(host):
        return host
    if ":" in host:
        return f"[{host}]"
    if len(host) > _MAX_HOST:
        return None
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return name if _HOST.fullmatch(name) else None


def _without_dots(path: str) -> str:
    """The path without `.` and `..` segments (RFC 3986, 5.2.4)."""
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del segments[-1:]
        elif segment != ".":
            segments.append(segment)
    if path.endswith(("/.", "/..")):
        segments.append("")
    return "/" + "/".join(segments)


def _requote(text: str, *, safe: str) -> str:
    """Percent-encode what must be and nothing else; an encoded delimiter (`%2F`) stays encoded."""
    if "%" not in text:
        return quote(text, safe=safe, errors="replace")
    pieces = re.split(r"(%[0-9A-Fa-f]{2})", text)
    return "".join(
        _normal_escape(piece) if index % 2 else quote(piece, safe=safe, errors="replace")
        for index, piece in enumerate(pieces)
        if piece  # nothing stands between the escapes of a word in most of the world's scripts
    )


@lru_cache(maxsize=1024)
def _normal_escape(escape: str) -> str:
    byte = unquote_to_bytes(escape)
    return quote(byte, safe="~")
