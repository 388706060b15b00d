"""`/example/`: a page of the operator's own beside the service, where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.config import Config
from search_service.engine.errors import ConfigError
from search_service.engine.factory import open_engine
from search_service.web.app import create_app
from search_service.web.responses import PAGE_POLICY


def served(tmp_path: Path, example: str) -> TestClient:
    config = Config(index=tmp_path / "index", example=example, access_log=False)
    return TestClient(create_app(config, open_engine(config)), follow_redirects=False)


def test_a_folder_with_a_page_is_served_under_the_policy_of_pages(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "index.html").write_text("<p>My page</p>")
    (tmp_path / "secret").write_text("no")
    client = served(tmp_path, str(folder))
    assert client.get("/example").headers["location"] == "example/"
    response = client.get("/example/")
    assert response.text == "<p>My page</p>"
    assert response.headers["content-security-policy"] == PAGE_POLICY
    assert response.headers["x-robots-tag"] == "noindex"
    assert client.get("/example/%2e%2e/secret").status_code == 404


def test_without_the_setting_there_is_no_such_page(tmp_path: Path) -> None:
    assert served(tmp_path, "").get("/example/").status_code == 404


def test_a_folder_without_a_page_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"index\.html"):
        served(tmp_path, str(tmp_path))
