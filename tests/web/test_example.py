"""`/example/`: a page of the operator's own beside the service, where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.errors import ConfigError
from search_service.engine.factory import open_engine
from search_service.settings import Config
from search_service.web.app import create_app
from search_service.web.responses import PAGE_POLICY
from search_service.web.server import serve


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


def test_a_folder_may_be_named_by_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "index.html").write_text("<p>My page</p>")
    assert served(tmp_path, "~").get("/example/").text == "<p>My page</p>"


def test_without_the_setting_there_is_no_such_page(tmp_path: Path) -> None:
    assert served(tmp_path, "").get("/example/").status_code == 404


def test_a_folder_without_a_page_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"index\.html"):
        served(tmp_path, str(tmp_path))


def test_hidden_files_and_detours_are_not_found_and_no_redirect_is_made_of_the_host_header(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    for name in ("index.html", ".env", ".git/config", "old: 50% off/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("<p>A page</p>")
    client = served(tmp_path, str(folder))
    for path in (".env", ".git/config", ".git", "index.html/..", "index.html/%2e%2e", "a/.."):
        # As a raw address: the client would resolve the dots itself.
        response = client.get("/example/" + path.replace(".", "%2E"), headers={"Host": "evil.example"})
        assert (path, response.status_code) == (path, 404)
    response = client.get("/example/old:%2050%25%20off", headers={"Host": "evil.example"})
    assert (response.status_code, response.headers["location"]) == (307, "./old%3A%2050%25%20off/")
    assert response.headers["content-security-policy"] == PAGE_POLICY
    assert client.get("/example/old:%2050%25%20off/").text == "<p>A page</p>"


def test_a_folder_without_a_page_ends_the_start_before_the_service_listens(tmp_path: Path) -> None:
    announced: list[str] = []
    with pytest.raises(ConfigError, match=r"example: there is no .*index\.html"):
        serve(Config(index=tmp_path / "index", port=0, example=str(tmp_path)), announce=announced.append)
    assert announced == []
