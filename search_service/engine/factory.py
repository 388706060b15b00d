"""The only place that knows the adapters."""

from __future__ import annotations

from ..settings import Config
from .model import Curation, Pinned
from .port import Engine


def open_engine(config: Config) -> Engine:
    """The engine that the configuration names. Its adapter, and what that needs, is imported here and now."""
    from .embedded.engine import EmbeddedEngine

    curation = Curation(
        featured=config.featured,
        synonyms=config.synonyms,
        pins=tuple(Pinned(pin.query, pin.urls) for pin in config.pins),
        recency=config.recency / 100,
    )
    return EmbeddedEngine(config.index, curation=curation)
