"""The only place that knows the adapters."""

from __future__ import annotations

from ..config import Config
from .port import Engine


def open_engine(config: Config) -> Engine:
    """The engine that the configuration names. Its adapter, and what that needs, is imported here and now."""
    from .embedded.engine import EmbeddedEngine

    return EmbeddedEngine(config.index)
