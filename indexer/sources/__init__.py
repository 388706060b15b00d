"""Where a blog's pages come from: a directory of built HTML, one file, or a site on the web.

The kinds of sources are imported when one is opened: the processes that read pages need none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from search_service.engine.errors import ConfigError, SourceError
from search_service.engine.urls import canonical_url

from .model import Failed, NotModified, Page, Source, Validators, Visit

__all__ = [
    "Failed",
    "NotModified",
    "Page",
    "Source",
    "Validators",
    "Visit",
    "open_source",
]


def open_source(
    spec: str,
    *,
    base_url: str | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    limit: int | None = None,
) -> Source:
    """The source that `spec` names: a directory, an HTML file, or the http(s) address of a site, page, sitemap or feed.

    `base_url` is where a directory or file is published; `include` and `exclude` are globs over paths; `limit` is the
    most pages that a visit delivers. Reads nothing yet. SourceError where `spec` names nothing of the
    kind, ConfigError for a `base_url` that can't be one.
    """
    from .selection import Selection

    base = None if base_url is None else _base(base_url)
    selection = Selection.of(include, exclude)
    if "://" in spec:
        from .site import open_site

        if base is not None:
            raise ConfigError(f"--base-url is for a directory or a file; {spec} is an address already: leave it out")
        return open_site(spec, selection=selection, limit=limit)
    from .directory import DirectorySource, FileSource, is_page_name

    if not spec.strip():  # which is where the command was started, to pathlib
        raise SourceError("SOURCE is empty; name a directory, an HTML file or a site's address")
    path = Path(spec).resolve()
    if path.is_dir():
        return DirectorySource(path, selection, base, limit)
    if not path.exists():
        raise SourceError(f"{spec}: no such file or directory; a site's address starts with https:// or http://")
    if not is_page_name(path.name) or not path.is_file():
        raise SourceError(f"{spec} is no HTML file; name a directory, a .html file or a site's address")
    return FileSource(path, base)


def _base(address: str) -> str:
    url = canonical_url(address)
    if url is None or "?" in url:
        raise ConfigError(f"--base-url {address} is no http(s) address such as https://blog.example/")
    return url.rstrip("/") + "/"
