"""The templates of pages and of parts of pages: all escaped, nothing inline."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from .markup import highlighted, section_address, web_address


def templates() -> Environment:
    """An environment that finds the templates of this package."""
    environment = Environment(
        loader=PackageLoader("search_service.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(highlighted=highlighted, section_address=section_address, web_address=web_address)
    return environment
