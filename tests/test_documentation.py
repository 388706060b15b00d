"""The documentation has all that there is: settings, routes, commands, codes, metrics; the API answers as shown."""

from __future__ import annotations

import json
import re
import runpy
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from starlette.testclient import TestClient

from search_service.cli import main
from search_service.engine import errors
from search_service.engine.factory import open_engine
from search_service.settings import SETTINGS, Config
from search_service.web.app import create_app
from search_service.web.parameters import PARAMETERS
from search_service.web.reindex import signature
from search_service.web.routes import PLACES

from .engine.posts import publish
from .web.conftest import POSTS

ROOT = Path(__file__).parents[1]
API = (ROOT / "docs/api.md").read_text("utf-8")
OPERATING = (ROOT / "docs/operating.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
TEXTS = [README, *(path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md")))]
SECRET = "0123456789abcdef0123456789abcdef"
VARYING = frozenset({"took_ms", "score", "generation", "indexed_at"})

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_setting_is_in_a_table_of_settings_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| *`?([^`|]*?)`? *\|", OPERATING, re.MULTILINE))
    for name, setting in SETTINGS.items():
        assert name in rows, f"docs/operating.md says nothing of {name}"
        default = setting.default
        shown = "" if default in ("", ()) else str(default).lower() if isinstance(default, bool) else str(default)
        assert rows[name] == shown, name


def test_every_route_is_in_the_table_of_requests() -> None:
    table = API[: API.index("## Search")]
    for route in PLACES:
        method = "POST" if route == "/reindex" else "GET"
        assert f"`{method} {route}`" in table or f"`{route}`" in table, f"docs/api.md says nothing of {route}"


def test_every_parameter_is_explained() -> None:
    for name in PARAMETERS:
        assert re.search(rf"`{name}[`=]", API), f"docs/api.md says nothing of {name}"


@pytest.mark.parametrize("command", main.list_commands(click.Context(main)))
def test_every_command_is_shown_somewhere(command: str) -> None:
    assert any(re.search(rf"\bpostseek {command}\b", text) for text in TEXTS), f"postseek {command}"


def error_codes() -> set[str]:
    tree = {
        each.code for each in vars(errors).values() if isinstance(each, type) and getattr(each, "http_status", None)
    }
    of_the_web = {
        code
        for path in (ROOT / "search_service/web").glob("*.py")
        for code in re.findall(r'\bproblem\(\s*\d{3},\s*"(\w+)"', path.read_text("utf-8"))
    }
    assert {"rate_limited", "replayed", "internal_error"} <= of_the_web
    return tree | of_the_web | {"not_found", "method_not_allowed"}


def test_every_error_code_is_in_the_table_of_errors_and_no_other() -> None:
    table = API[API.index("| code | status |") : API.index("## Caching")]
    assert set(re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| ([^|]*) \|", table, re.MULTILINE)))) == error_codes()


def test_every_exit_status_is_explained() -> None:
    explained = README[README.index("## Exit codes") :]
    for each in vars(errors).values():
        if isinstance(each, type) and issubclass(each, errors.PostseekError) and each.exit_status != 70:
            assert re.search(rf"\b{each.exit_status}\b", explained), each.__name__


def test_every_metric_is_in_the_table_of_metrics(tmp_path: Path) -> None:
    with TestClient(create_app(Config(), open_engine(Config(index=tmp_path)))) as client:
        shown = set(re.findall(r"^# TYPE (\w+)", client.get("/metrics").text, re.MULTILINE))
    shown = {name for name in shown if not name.endswith("_created")}
    documented = set(re.findall(r"^\| `(postseek_\w+)`", OPERATING, re.MULTILINE))
    assert shown <= documented
    assert documented - shown == {"postseek_index_documents", "postseek_index_timestamp_seconds"}  # there is no index


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    config = Config(index=tmp_path_factory.mktemp("docs") / "index", reindex_secret=SECRET, access_log=False)
    engine = open_engine(config)
    publish(engine, *POSTS)
    with TestClient(create_app(config, engine)) as client:
        yield client


def ask(blog: TestClient, text: str) -> Any:
    """The answer to a request as it is written down."""
    head, _, body = text.partition("\n\n")
    first, *fields = head.strip().splitlines()
    method, path = first.split(" ", 1)
    return blog.request(method, path, headers=dict(field.split(": ", 1) for field in fields), content=body.strip())


def examples() -> list[tuple[str, tuple[str, str]]]:
    """Every request in the API's documentation with the block that follows it, if that is right below."""
    blocks = list(_FENCED.finditer(API))
    found = []
    for number, block in enumerate(blocks):
        if block[1] == "http":
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            below = following and not API[block.end() : following.start()].strip()
            found.append((block[2], (following[1], following[2]) if following and below else ("", "")))
    return found


@pytest.mark.parametrize(("request_text", "shown"), examples(), ids=[text.split("\n")[0] for text, _ in examples()])
def test_an_example_is_answered_as_it_is_shown(blog: TestClient, request_text: str, shown: tuple[str, str]) -> None:
    answer = ask(blog, request_text)
    kind, text = shown
    if kind == "json":
        written = json.loads(text)
        assert answer.status_code == written.get("status", 202 if "accepted" in written else 200)
        given, written = lasting(answer.json()), lasting(written)
        assert given == written
        assert str(given) == str(written)  # the fields in the same order
    else:
        assert answer.status_code in (200, 202)
        assert kind != "html" or answer.text.strip() == text.strip()


def lasting(value: Any) -> Any:
    """An answer with the types of what is another on each machine and day in the place of it."""
    if isinstance(value, dict):
        return {name: type(each).__name__ if name in VARYING else lasting(each) for name, each in value.items()}
    return [lasting(each) for each in value] if isinstance(value, list) else value


def test_the_example_signs_as_the_service_checks(blog: TestClient, tmp_path: Path) -> None:
    (code,) = (text for kind, text in _FENCED.findall(API) if kind == "python")
    (tmp_path / "example.py").write_text(code)
    signed = runpy.run_path(str(tmp_path / "example.py"))["signed"]
    body = b'{"urls": ["https://blog.example/running"]}'
    headers = signed(SECRET, body)
    assert headers["X-Postseek-Signature"] == signature(SECRET, headers["X-Postseek-Timestamp"], body)
    assert abs(int(headers["X-Postseek-Timestamp"]) - time.time()) < 60
    assert blog.post("/reindex", content=body, headers=headers).status_code == 202


def test_links_to_headings_lead_to_headings() -> None:
    for name, text in (("docs/api.md", API), ("docs/operating.md", OPERATING)):
        for path, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", text):
            page = (ROOT / name).parent / path if path else ROOT / name
            headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}, anchor
