"""The embedded engine keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from search_service.engine.embedded.engine import EmbeddedEngine

from ..contract import EngineContract


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> EmbeddedEngine:
        return EmbeddedEngine(tmp_path / "index")
